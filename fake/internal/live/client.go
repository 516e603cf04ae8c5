package live

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// DefaultURL is the base URL of the real API.
const DefaultURL = "https://api.attio.com"

const (
	timeout   = time.Minute // of one attempt
	maxAnswer = 64 << 20    // the bytes of one answer
	attempts  = 8           // of one request; with their pauses at least half a minute
	firstWait = 250 * time.Millisecond
	maxWait   = 8 * time.Second // between two attempts, unless the answer says when to come back
	maxHold   = time.Minute     // what is believed of a Retry-After
)

// Client calls one workspace. It is safe for concurrent use: all its requests share the limits. The token cannot be read from
// it, printed or not.
type Client struct {
	base  string
	sign  func(*http.Request) // holds the token
	hide  func(string) string // removes the token from a text
	http  *http.Client
	clock *world.Clock
	pace  pace

	mu     sync.Mutex
	counts Counts
}

// Counts is what a client has sent so far.
type Counts struct {
	Requests int           // attempts, all of them
	Retries  int           // attempts after the first of a request
	Limited  int           // answers with 429
	Broken   int           // answers with 5xx, and attempts without a whole answer
	Waited   time.Duration // in total, for the limits and between attempts
}

// New returns a client for the API at a base URL, such as DefaultURL. Without a transport it uses the network.
func New(baseURL, token string, transport http.RoundTripper) (*Client, error) {
	base, err := url.Parse(baseURL)
	switch {
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		return nil, fmt.Errorf("%q is not the base URL of an API, such as %s", hideUserinfo(baseURL), DefaultURL)
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, fmt.Errorf("the base URL %q must have nothing but a host and a path", hideUserinfo(baseURL))
	case token == "":
		return nil, errors.New("a token is missing: it is made in Attio under Workspace settings, Developers")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return nil, errors.New("the token has characters that no token has, such as spaces or line breaks")
	}
	if transport == nil {
		transport = Network()
	}
	return &Client{
		base: strings.TrimRight(base.String(), "/"),
		sign: func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) },
		hide: func(text string) string { return strings.ReplaceAll(text, token, "[redacted]") },
		http: &http.Client{
			Transport:     transport,
			Timeout:       timeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // to no other host
		},
		clock: world.NewClock(world.Start{}),
	}, nil
}

// Network returns a transport with connections of its own.
func Network() *http.Transport {
	return &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute}
}

// hideUserinfo removes what stands before the @ of a URL, where a password may be.
func hideUserinfo(text string) string {
	if scheme, rest, ok := strings.Cut(text, "://"); ok {
		return scheme + "://" + rest[strings.LastIndex(rest, "@")+1:]
	}
	return text
}

// String returns the base URL.
func (c *Client) String() string { return c.base }

// GoString returns the base URL.
func (c *Client) GoString() string { return c.base }

// Counts returns what the client has sent so far.
func (c *Client) Counts() Counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts
}

// Close closes the connections that are idle.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request is a request to Attio's API.
type Request struct {
	Method string
	Path   string // escaped: "/v2/objects/people/records/query"
	Query  url.Values
	Header http.Header // beside the usual ones
	Body   []byte      // JSON, unless the header says otherwise; nil for none
}

func (r Request) String() string { return r.Method + " " + r.Path }

// Answer is a whole answer.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Took   time.Duration // of the last attempt
}

// Do sends a request and returns its answer, whatever its status is. A read is sent again if the answer is 429 or 5xx or does not
// arrive; a write only after a 429, as Attio has not processed it then. An answer that does not become better is returned in the
// end. The error says why there is no answer: a NoAnswerError, or the context's.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	op := attio.AnyOperationAt(r.Method, r.Path)
	again := op != nil && !op.Write || op == nil && (r.Method == http.MethodGet || r.Method == http.MethodHead)
	for n := 1; ; n++ {
		if err := c.wait(ctx, c.pace.reserve(c.clock.Now(), r.Method, op)); err != nil {
			return Answer{}, err
		}
		answer, err := c.send(ctx, r)
		limited := err == nil && answer.Status == http.StatusTooManyRequests
		broken := err != nil || answer.Status >= 500
		c.count(n, limited, broken)
		switch {
		case ctx.Err() != nil:
			return Answer{}, ctx.Err()
		case !limited && !broken, n == attempts, broken && !again, c.isNowhere(err):
			return answer, err
		}
		pause := min(firstWait<<(n-1), maxWait)
		if limited {
			pause = max(pause, c.retryAfter(answer.Header))
			c.pace.hold(c.clock.Now().Add(pause))
		}
		if err := c.wait(ctx, pause); err != nil {
			return Answer{}, err
		}
	}
}

func (c *Client) count(n int, limited, broken bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts.Requests++
	if n > 1 {
		c.counts.Retries++
	}
	if limited {
		c.counts.Limited++
	}
	if broken {
		c.counts.Broken++
	}
}

// isNowhere reports whether nobody listens at the base URL. It may be wrong, so there is no point in trying it again and again; but where
// somebody has answered before, it is a fault that passes.
func (c *Client) isNowhere(err error) bool {
	dial, ok := errors.AsType[*net.OpError](err)
	if !ok || dial.Op != "dial" {
		return false
	}
	counts := c.Counts()
	return counts.Broken == counts.Requests
}

// wait waits, or returns the context's error as soon as it is done.
func (c *Client) wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	c.mu.Lock()
	c.counts.Waited += d
	c.mu.Unlock()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// send makes one attempt.
func (c *Client) send(ctx context.Context, r Request) (Answer, error) {
	target := c.base + r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, target, bytes.NewReader(r.Body))
	if err != nil {
		return Answer{}, c.noAnswer(r, err)
	}
	if r.Body == nil {
		request.Body, request.ContentLength = http.NoBody, 0
	} else {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "fakeattio")
	for name, values := range r.Header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	c.sign(request)
	elapsed := c.clock.Stopwatch()
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, c.noAnswer(r, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return Answer{}, c.noAnswer(r, err)
	case len(body) > maxAnswer:
		return Answer{}, c.noAnswer(r, fmt.Errorf("the answer has more than %d MB", maxAnswer>>20))
	}
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body, Took: elapsed()}, nil
}

// NoAnswerError says that a request has got no whole answer, and why.
type NoAnswerError struct {
	Request string // "GET /v2/lists"
	Err     error
	text    string
}

func (e *NoAnswerError) Error() string { return e.text }

// Unwrap returns the error of the network.
func (e *NoAnswerError) Unwrap() error { return e.Err }

func (c *Client) noAnswer(r Request, err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // the rest of it repeats the URL
	}
	request := c.hide(r.String())
	return &NoAnswerError{Request: request, Err: err, text: fmt.Sprintf("%s got no answer from %s: %s", request, c.base, c.hide(err.Error()))}
}

// retryAfter returns how long to wait by the header Retry-After: a date at Attio, which its own clock has to be compared with, or
// seconds as elsewhere.
func (c *Client) retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := time.ParseDuration(cmp.Or(text, "0") + "s"); err == nil {
		return min(max(seconds, 0), maxHold)
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = c.clock.Now()
	}
	return min(max(until.Sub(now), 0), maxHold)
}
