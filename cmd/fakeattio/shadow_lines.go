package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// shadowOption returns the option that --shadow asks for.
func (s *serving) shadowOption() fake.Option {
	if s.shadowWrites {
		return fake.Shadow(s.shadow, fake.ShadowWrites())
	}
	return fake.Shadow(s.shadow)
}

// followShadow prints each request to which the other server has answered something else, or nothing. The function that it returns
// prints what is left, and ends it.
func followShadow(server *fake.Server, say announcer) (end func()) {
	return followWatch(server.WatchShadow(), say.shadowed, say.shadowDropped)
}

func (p person) shadowing(url string, writes bool) {
	what := "reads with tokens of the clients' own are"
	if writes {
		what = "requests with tokens of the clients' own, writes included, are"
	}
	p.print(fmt.Sprintf("\nShadow: %s also sent to %s; GET /_fake/shadow has the differences\n", what, url))
}

func (p person) shadowed(r fake.ShadowedRequest) {
	if r.Outcome == "different" || r.Outcome == "failed" {
		p.print(p.shadowLines(r, time.Now()) + "\n")
	}
}

func (p person) shadowDropped(n int) {
	p.warn(fmt.Sprintf("%d answers of the other server have no line, because the output is read too slowly; GET /_fake/shadow has them", n))
}

// maxShownDifferences is how many differences of a request are printed.
const maxShownDifferences = 5

// shadowLines describes how the other server answered a request: in one line, and below it a line for each difference.
func (p person) shadowLines(r fake.ShadowedRequest, now time.Time) string {
	head := []string{p.paint(dim, now.Format("15:04:05.000")), p.paint(magenta, fmt.Sprintf("shadow of #%d", r.Number)), fmt.Sprintf("%-6s", oneLine(r.Method)), shown(r.Path, maxShownPath)}
	if r.Outcome == "failed" {
		return strings.Join(append(head, p.paint(yellow, "the other server gave no answer: "+shown(r.Failure, maxShownHint))), " ")
	}
	lines := []string{strings.Join(append(head, p.paint(dim, took(r.Duration))), " ")}
	for i, d := range r.Differences {
		if i == maxShownDifferences {
			lines = append(lines, fmt.Sprintf("  and %d more; GET /_fake/requests?after=%d&limit=1 has them", len(r.Differences)-i+r.More, r.Number-1))
			break
		}
		lines = append(lines, "  "+p.paint(severityColour(d.Severity), shown(d.String(), maxShownHint)))
	}
	return strings.Join(lines, "\n")
}

func severityColour(severity string) colour {
	switch severity {
	case "breaking":
		return red
	case "notable":
		return yellow
	}
	return dim
}

func (m machine) shadowing(url string, writes bool) {
	m.log.Info("shadowing", "url", url, "writes", writes)
}

func (m machine) shadowed(r fake.ShadowedRequest) {
	attributes := []slog.Attr{
		slog.Int("number", r.Number), slog.String("method", r.Method), slog.String("path", r.Path), slog.String("outcome", r.Outcome),
		slog.Int("status", r.Status), slog.Int("other_status", r.OtherStatus),
	}
	for _, text := range [][2]string{{"operation", r.Operation}, {"reason", r.Reason}, {"failure", r.Failure}} {
		if text[1] != "" {
			attributes = append(attributes, slog.String(text[0], text[1]))
		}
	}
	if len(r.Differences) > 0 {
		var all []string
		for _, d := range r.Differences {
			all = append(all, d.String())
		}
		attributes = append(attributes, slog.Any("differences", all))
	}
	attributes = append(attributes, slog.Float64("other_duration_ms", float64(r.Duration)/float64(time.Millisecond)))
	m.log.LogAttrs(context.Background(), slog.LevelInfo, "shadow", attributes...)
}

func (m machine) shadowDropped(n int) { m.log.Warn("shadows dropped", "requests", n) }
