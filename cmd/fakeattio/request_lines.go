package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-colorable"
	"github.com/mattn/go-isatty"

	"github.com/fakeattio/fakeattio/fake"
)

// lastLines is how long the end of the program waits for lines that nobody seems to read.
const lastLines = time.Second

// follow prints each request once it is answered. The function that it returns prints what is left, and ends it.
func follow(server *fake.Server, say announcer) (end func()) {
	return followWatch(server.WatchRequests(), say.request, say.dropped)
}

// watch is a watch of a server.
type watch[T any] interface {
	Next() (item T, dropped int, ok bool)
	Close()
}

// followWatch prints what a watch has. The function that it returns prints what is left, and ends it.
func followWatch[T any](watch watch[T], print func(T), dropped func(int)) (end func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			item, n, ok := watch.Next()
			switch {
			case !ok:
				return
			case n > 0:
				dropped(n)
			default:
				print(item)
			}
		}
	}()
	return func() {
		watch.Close()
		select {
		case <-ended:
		case <-time.After(lastLines):
		}
	}
}

func (p person) request(r fake.Request) { p.print(p.requestLine(r, time.Now()) + "\n") }

func (p person) dropped(n int) {
	p.warn(fmt.Sprintf("%d requests are not shown, because the output is read too slowly; GET /_fake/requests has them", n))
}

// The most characters that a line shows of a path, and of a hint.
const (
	maxShownPath = 200
	maxShownHint = 400
)

// requestLine describes a request in one line: the time, method, path, status, Attio's code, the token, the duration, the
// faults and the hint.
func (p person) requestLine(r fake.Request, now time.Time) string {
	outcome := colourOf(r.Status)
	words := []string{
		p.paint(dim, now.Format("15:04:05.000")),
		fmt.Sprintf("%-6s", oneLine(r.Method)),
		shown(r.Path, maxShownPath),
	}
	if r.Status == 0 {
		words = append(words, p.paint(outcome, "no answer"))
	} else {
		words = append(words, p.paint(outcome, fmt.Sprint(r.Status)))
	}
	if r.Code != "" {
		words = append(words, p.paint(outcome, oneLine(r.Code)))
	}
	if r.Token != "" {
		words = append(words, oneLine(r.Workspace+"/"+r.Token))
	}
	words = append(words, p.paint(dim, took(r.Duration)))
	if len(r.Faults) > 0 {
		words = append(words, p.paint(magenta, "fault: "+oneLine(strings.Join(r.Faults, ", "))))
	}
	if r.Hint != "" {
		words = append(words, p.paint(yellow, "hint: "+shown(r.Hint, maxShownHint)))
	}
	return strings.Join(words, " ")
}

// shown returns the first characters of a text, in one line.
func shown(text string, most int) string {
	if runes := []rune(oneLine(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return oneLine(text)
}

// took writes a duration in milliseconds, or in seconds if it is long.
func took(d time.Duration) string {
	if d >= 10*time.Second {
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	return fmt.Sprintf("%.1fms", float64(d)/float64(time.Millisecond))
}

func (m machine) request(r fake.Request) {
	attributes := []slog.Attr{
		slog.Int("number", r.Number), slog.String("method", r.Method), slog.String("path", r.Path), slog.Int("status", r.Status),
	}
	for _, text := range [][2]string{{"operation", r.Operation}, {"code", r.Code}, {"message", r.Message}, {"workspace", r.Workspace}, {"token", r.Token}, {"hint", r.Hint}} {
		if text[1] != "" {
			attributes = append(attributes, slog.String(text[0], text[1]))
		}
	}
	if len(r.Faults) > 0 {
		attributes = append(attributes, slog.Any("faults", r.Faults))
	}
	attributes = append(attributes, slog.Float64("duration_ms", float64(r.Duration)/float64(time.Millisecond)))
	m.log.LogAttrs(context.Background(), slog.LevelInfo, "request", attributes...)
}

func (m machine) dropped(n int) { m.log.Warn("requests dropped", "requests", n) }

// colour is a colour of ANSI terminals.
type colour string

const (
	dim     colour = "2"
	red     colour = "31"
	green   colour = "32"
	yellow  colour = "33"
	magenta colour = "35"
)

func colourOf(status int) colour {
	switch {
	case status == 0 || status >= 500:
		return red
	case status >= 400:
		return yellow
	}
	return green
}

func (p person) paint(c colour, text string) string {
	if !p.coloured {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

var colourChoices = []string{"auto", "always", "never"}

func checkColour(choice string) error {
	if !slices.Contains(colourChoices, choice) {
		return fmt.Errorf("--color is auto, always or never, not %q", choice)
	}
	return nil
}

// newPerson announces to streams, in colour as --color says.
func newPerson(out, log io.Writer, choice string) person {
	p := person{out: out, log: log}
	file, isFile := out.(*os.File)
	p.coloured = inColour(choice, isFile && isatty.IsTerminal(file.Fd()), os.Getenv)
	if isFile && p.coloured {
		p.out = colorable.NewColorable(file) // consoles of Windows have to be told that colours follow
	}
	return p
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream io.Writer) bool {
	file, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(file.Fd())
}

// inColour reports whether to print in colour. By default that is on a terminal, unless NO_COLOR is set (https://no-color.org).
func inColour(choice string, terminal bool, variable func(string) string) bool {
	switch choice {
	case "always":
		return true
	case "never":
		return false
	}
	return terminal && variable("NO_COLOR") == "" && variable("TERM") != "dumb"
}
