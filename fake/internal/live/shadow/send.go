package shadow

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
)

// maxClients is how many tokens have a client at the same time. Each keeps to the limits of its own.
const maxClients = 16

// sender sends requests to the other server, with the tokens of clients.
type sender struct {
	url  string
	wire *wire

	mu      sync.Mutex
	clients []*tokenClient // the latest used last
}

type tokenClient struct {
	token  string
	client *live.Client
	relation
}

func newSender(baseURL string, transport http.RoundTripper) (*sender, error) {
	if transport == nil {
		transport = live.Network()
	}
	s := &sender{url: baseURL, wire: &wire{transport}}
	_, err := live.New(baseURL, "unused", s.wire) // checks the URL
	return s, err
}

func (s *sender) close() {
	if idle, ok := s.wire.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
}

// client returns the client of a token.
func (s *sender) client(token string) (*live.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.clients, func(c *tokenClient) bool { return c.token == token })
	if i < 0 {
		client, err := live.New(s.url, token, s.wire)
		if err != nil {
			return nil, err
		}
		s.clients = append(s.clients[max(0, len(s.clients)-maxClients+1):], &tokenClient{token: token, client: client})
		return client, nil
	}
	used := s.clients[i]
	s.clients = append(slices.Delete(s.clients, i, i+1), used)
	return used.client, nil
}

// relate takes the answers to a request of a token into account. It returns the body of the other one with the id of the fake's
// workspace, and whether the two servers have things in common.
func (s *sender) relate(token string, own, other compare.Answer) (body []byte, kin bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.clients, func(c *tokenClient) bool { return c.token == token })
	if i < 0 {
		return other.Body, false // the token has not been used for long
	}
	return s.clients[i].learn(own, other), s.clients[i].kin
}

// send sends a request as the client did, and reads the whole answer, for which the context waits so long. An error says in plain words
// why there is none that can be compared.
func (s *sender) send(ctx context.Context, r *Request, patience time.Duration) (live.Answer, error) {
	client, err := s.client(r.Token)
	if err != nil {
		return live.Answer{}, err
	}
	path, query, _ := strings.Cut(r.Target, "?")
	sent := &attempt{query: query}
	answer, err := client.Do(context.WithValue(ctx, attemptKey{}, sent), live.Request{Method: r.Method, Path: path, Header: passed(r.Header), Body: sentBody(r)})
	switch {
	case err == nil:
		return answer, unusable(answer.Status, answer.Header)
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		if why := sent.why(); why != nil {
			return live.Answer{}, fmt.Errorf("%w; nothing better came within %v", why, patience)
		}
		return live.Answer{}, fmt.Errorf("it did not answer within %v", patience)
	}
	return live.Answer{}, plain(err)
}

func sentBody(r *Request) []byte {
	if len(r.Body) == 0 {
		return nil
	}
	return r.Body
}

// unusable says why an answer is no answer of Attio's to the request, if it is none.
func unusable(status int, header http.Header) error {
	switch {
	case status == http.StatusTooManyRequests:
		if at := header.Get("Retry-After"); at != "" {
			return fmt.Errorf("it answered 429, too many requests, with Retry-After: %s", at)
		}
		return errors.New("it answered 429, too many requests")
	case status >= http.StatusInternalServerError:
		return fmt.Errorf("it answered %d", status)
	}
	return nil
}

// passed returns the headers that are passed on: those that Attio reads. Others may hold secrets for somebody else.
func passed(sent http.Header) http.Header {
	header := http.Header{Header: {"1"}}
	for name, values := range sent {
		switch name = textproto.CanonicalMIMEHeaderKey(name); {
		case slices.Contains([]string{"Accept", "Accept-Language", "Content-Type", "Origin", "Range", "User-Agent"}, name), strings.HasPrefix(name, "X-Attio-"):
			header[name] = values
		}
	}
	return header
}

// attempt is one request on its way to the other server.
type attempt struct {
	query string

	mu      sync.Mutex
	failure error // of the latest try
}

type attemptKey struct{}

func (a *attempt) why() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.failure
}

// wire sends requests with the query as the client wrote it, and remembers why a try failed.
type wire struct{ http.RoundTripper }

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	sent, ok := r.Context().Value(attemptKey{}).(*attempt)
	if !ok {
		return w.RoundTripper.RoundTrip(r)
	}
	asked, to := *r, *r.URL
	to.RawQuery = sent.query
	asked.URL = &to
	answer, err := w.RoundTripper.RoundTrip(&asked)
	failure := err
	if err == nil {
		failure = unusable(answer.StatusCode, answer.Header)
	} else if r.Context().Err() == nil {
		failure = plain(err)
	}
	if failure != nil && r.Context().Err() == nil {
		sent.mu.Lock()
		sent.failure = failure
		sent.mu.Unlock()
	}
	return answer, err
}

// plain says in plain words why there is no answer.
func plain(err error) error { return errors.New(webhook.Reason(err, "it")) }
