package fake

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/shadow"
)

// Shadow sends the requests that clients make with tokens of their own to another server as well, such as
// https://api.attio.com, and compares the answers; ShadowReport returns the differences. The clients get the fake's answer, as
// soon as without a shadow.
//
// A token of a client's own is one of Attio's form that the fake has never given out. At the fake it stands for the first token of
// the first workspace. Only reads are sent, unless ShadowWrites says otherwise.
func Shadow(url string, options ...ShadowOption) Option {
	return func(c *config) {
		c.shadow = &shadowConfig{URL: url}
		for _, option := range options {
			option(c.shadow)
		}
	}
}

// ShadowOption changes what Shadow does.
type ShadowOption func(*shadowConfig)

type shadowConfig shadow.Options

// ShadowWrites sends writes too, one request at a time and in order. They change the other server's workspace.
func ShadowWrites() ShadowOption { return func(c *shadowConfig) { c.Writes = true } }

// ShadowTransport reaches the other server by a transport of your own in place of the network.
func ShadowTransport(t http.RoundTripper) ShadowOption {
	return func(c *shadowConfig) { c.Transport = t }
}

// follow starts the shadow.
func (s *Server) follow(c shadowConfig) error {
	made, err := shadow.New(shadow.Options(c))
	if err != nil {
		return &OptionError{fmt.Errorf("Shadow: %w", err)}
	}
	s.shadow = made
	s.shadow.Observe = s.shadowed.put
	s.control.Follow(s.shadow)
	return nil
}

// endShadow ends the shadow, if there is one.
func (s *Server) endShadow() {
	if s.shadow != nil {
		s.shadow.Close()
	}
	s.shadowed.close()
}

// ShadowReport is what came of the requests that clients made with tokens of their own, since the start or ClearShadow.
type ShadowReport struct {
	Same         int            // apart from harmless differences
	Different    int            // a client can notice it
	Incomparable int            // only one of the two servers has what the request is about
	Failed       int            // the other server gave no answer to the request
	Skipped      map[string]int // not sent, by reason: "write", "upload", "disturbed", "not-built", "only-here", "queue-full", "server-closed"
	Values       int            // how many places differ only because the two servers have other data
	Requests     []ShadowedRequest
}

// ShadowedRequest is a request that was sent to the other server too, or skipped.
type ShadowedRequest struct {
	Number      int // in the journal
	Method      string
	Path        string
	Operation   string             // "records.create"; empty where Attio has no such endpoint
	Outcome     string             // "same", "different", "incomparable", "failed" or "skipped"
	Reason      string             // why it was skipped, or is not comparable
	Failure     string             // why the other server gave no answer
	Status      int                // of the fake's answer
	OtherStatus int                // of the other server's; 0 without one
	Duration    time.Duration      // of the other server
	Differences []ShadowDifference // the first 50
	More        int                // how many more there are
}

// ShadowDifference is one point where the answers to a request differ.
type ShadowDifference struct {
	Path     string // "status", "header vary" or a place in the body: "data[0].id.record_id"; empty for the whole body
	Kind     string // "status", "missing-key", "message", …
	Severity string // "breaking", "notable" or "harmless"
	Fake     string // what the fake has there
	Other    string // what the other server has there
}

// ShadowReport waits until the other server has answered what it was sent, which takes no more than 20 seconds for a request, and
// returns the differences: of the latest 10,000 requests. It fails the test of a server without Shadow.
func (s *Server) ShadowReport() ShadowReport {
	s.helper()
	if s.shadow == nil {
		s.fatalf("fake: the server has no shadow; start it with fake.Shadow(url)")
		return ShadowReport{}
	}
	_, _ = s.shadow.Settle(context.Background(), s.control.Closing()) // ends early only with a close
	results, counts := s.shadow.Results()
	report := ShadowReport{
		Same: counts.Outcomes[shadow.Same], Different: counts.Outcomes[shadow.Different], Incomparable: counts.Outcomes[shadow.Incomparable],
		Failed: counts.Outcomes[shadow.Failed], Skipped: map[string]int{}, Values: counts.Values,
	}
	for reason, n := range counts.Reasons {
		if reason != shadow.OneHasIt {
			report.Skipped[string(reason)] = n
		}
	}
	for _, result := range results {
		if result.Outcome != shadow.Waiting {
			report.Requests = append(report.Requests, newShadowed(result))
		}
	}
	return report
}

// ShadowWatch returns the requests that were sent to the other server, as they are compared. It holds the first 256 that nobody has
// taken yet and counts the rest.
type ShadowWatch struct {
	server *running
	feed   *feed[*shadow.Result]
}

// WatchShadow returns a watch of all requests that are compared from now on. Close it when you no longer need it; the server also
// closes it when it ends. Without Shadow there is nothing to see.
func (s *Server) WatchShadow() *ShadowWatch { return &ShadowWatch{s.running, s.shadowed.open()} }

// Next waits for the next request and returns it. If requests were dropped, it returns their number once instead of a request.
// After Close, it returns what is left, and then false.
func (w *ShadowWatch) Next() (r ShadowedRequest, dropped int, ok bool) {
	result, dropped, ok := w.feed.next()
	if result != nil {
		r = newShadowed(result)
	}
	return r, dropped, ok
}

// Close ends the watch. Closing twice is harmless.
func (w *ShadowWatch) Close() { w.server.shadowed.end(w.feed) }

// ClearShadow forgets what the other server answered. Reset does not.
func (s *Server) ClearShadow() {
	if s.shadow != nil {
		s.shadow.Clear()
	}
}

// String lists the requests whose answers differ, and those that the other server did not answer.
func (r ShadowReport) String() string {
	lines := []string{fmt.Sprintf("%d requests with the same answers, %d with different ones, %d not comparable, %d not answered by the other server", r.Same, r.Different, r.Incomparable, r.Failed)}
	for _, request := range r.Requests {
		if request.Outcome == string(shadow.Different) || request.Outcome == string(shadow.Failed) {
			lines = append(lines, request.String())
		}
	}
	return strings.Join(lines, "\n")
}

// String describes the request, and each difference in a line of its own.
func (r ShadowedRequest) String() string {
	text := fmt.Sprintf("#%d %s %s: %s", r.Number, r.Method, r.Path, r.Outcome)
	if why := r.Failure + r.Reason; why != "" {
		text += ": " + why
	}
	for _, d := range r.Differences {
		text += "\n\t" + d.String()
	}
	if r.More > 0 {
		text += fmt.Sprintf("\n\tand %d more", r.More)
	}
	return text
}

// String describes the difference in one line.
func (d ShadowDifference) String() string {
	path := d.Path
	if path == "" {
		path = "body"
	}
	return fmt.Sprintf("%s: %s: the fake has %s, the other server %s", d.Severity, path, d.Fake, d.Other)
}

func newShadowed(from *shadow.Result) ShadowedRequest {
	r := ShadowedRequest{
		Number: from.Request, Method: from.Method, Path: from.Path, Operation: from.Operation, Outcome: string(from.Outcome),
		Reason: string(from.Reason), Failure: from.Failure, Status: from.Status, OtherStatus: from.OtherStatus,
		Duration: time.Duration(from.Duration * float64(time.Millisecond)), More: from.More,
	}
	for _, d := range from.Differences {
		r.Differences = append(r.Differences, ShadowDifference{d.Path, string(d.Kind), d.Severity.String(), d.Fake, d.Other})
	}
	return r
}
