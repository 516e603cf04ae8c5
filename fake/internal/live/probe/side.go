package probe

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// side is one of the two that are asked.
type side struct {
	kept  map[string]string // what later calls use, by name
	calls func(authorization string) (*live.Client, error)
	own   *live.Client
	aside live.Counts // of the clients with other headers
}

// newSide returns a side at a URL. Without a transport it uses the network.
func newSide(address, token string, transport http.RoundTripper) (*side, error) {
	own, err := live.New(address, token, transport)
	if err != nil {
		return nil, err
	}
	return &side{kept: map[string]string{}, own: own, calls: func(authorization string) (*live.Client, error) {
		return live.New(address, "none", instead{authorization, transport})
	}}, nil
}

// instead sends another header Authorization than that of the token, or none.
type instead struct {
	authorization string
	transport     http.RoundTripper
}

func (t instead) RoundTrip(r *http.Request) (*http.Response, error) {
	other := r.Clone(r.Context())
	other.Header.Del("Authorization")
	if t.authorization != "none" {
		other.Header.Set("Authorization", t.authorization)
	}
	if t.transport == nil {
		return http.DefaultTransport.RoundTrip(other)
	}
	return t.transport.RoundTrip(other)
}

// fill replaces the names in a text by what was kept under them.
func (s *side) fill(text string) string {
	return placeholder.Get().ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := s.kept[strings.Trim(name, "<>")]; ok {
			return value
		}
		return name
	})
}

// missing returns the first name of a probe that nothing was kept under, or "".
func (s *side) missing(p Probe) string {
	for _, name := range p.names() {
		if s.kept[name] == "" {
			return name
		}
	}
	return ""
}

// send sends a call.
func (s *side) send(ctx context.Context, c *Call) (Reply, error) {
	client := s.own
	if c.As != "" {
		other, err := s.calls(c.As)
		if err != nil {
			return Reply{}, err
		}
		defer func() {
			counts := other.Counts()
			s.aside.Requests, s.aside.Limited = s.aside.Requests+counts.Requests, s.aside.Limited+counts.Limited
			other.Close()
		}()
		client = other
	}
	answer, err := client.Do(ctx, s.request(c))
	if err != nil {
		return Reply{}, err
	}
	return Reply{answer.Status, answer.Header, answer.Body}, nil
}

func (s *side) request(c *Call) live.Request {
	r := live.Request{Method: c.Method, Path: s.fill(c.Path)}
	if path, query, ok := strings.Cut(r.Path, "?"); ok {
		if parsed, err := url.ParseQuery(query); err == nil { // else it goes as it is
			r.Path, r.Query = path, parsed
		}
	}
	if c.Body != "" {
		r.Body = append(bytes.Repeat([]byte(" "), c.pad), s.fill(c.Body)...)
	}
	if c.Type != "" {
		r.Header = http.Header{"Content-Type": {c.Type}}
	}
	return r
}

// remember keeps what later calls use of a success.
func (s *side) remember(c *Call, r Reply) error {
	if len(c.keep) == 0 || r.Status >= http.StatusMultipleChoices {
		return nil
	}
	body, err := compare.Parse(r.Body)
	if err != nil {
		return fmt.Errorf("%s answered no JSON", c)
	}
	for name, path := range c.keep {
		if text := lookup(body, path); text != "" {
			s.kept[name] = text
		}
	}
	return nil
}
