package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/live"
)

const token = "tok_5f0c3a9e7b1d4c62"

// answers is a transport that hands requests to a function, by their number.
type answers func(n int, r *http.Request) (*http.Response, error)

func (f answers) transport() http.RoundTripper {
	n := 0
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		n++
		return f(n, r)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(status int, body string, headers ...string) *http.Response {
	header := make(http.Header)
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}
}

func clientOf(t *testing.T, transport http.RoundTripper) *live.Client {
	t.Helper()
	client, err := live.New("https://attio.example.com", token, transport)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// cutOff is a body that breaks in the middle.
type cutOff struct{}

func (cutOff) Read(b []byte) (int, error) { return copy(b, `{"data"`), io.ErrUnexpectedEOF }
func (cutOff) Close() error               { return nil }

func TestARequestIsSentAgainWhereThatIsSafe(t *testing.T) {
	t.Parallel()
	get := live.Request{Method: "GET", Path: "/v2/lists"}
	query := live.Request{Method: "POST", Path: "/v2/objects/people/records/query", Body: []byte(`{}`)}
	create := live.Request{Method: "POST", Path: "/v2/objects/people/records", Body: []byte(`{}`)}
	limited := func() (*http.Response, error) { return response(429, `{}`), nil }
	broken := func() (*http.Response, error) { return response(503, `{}`), nil }
	lost := func() (*http.Response, error) { return nil, errors.New("connection reset") }
	half := func() (*http.Response, error) {
		r := response(200, "")
		r.Body = cutOff{}
		return r, nil
	}
	for name, test := range map[string]struct {
		request live.Request
		first   func() (*http.Response, error)
		want    live.Counts
	}{
		"a read after 429":              {get, limited, live.Counts{Requests: 2, Retries: 1, Limited: 1}},
		"a read after 503":              {get, broken, live.Counts{Requests: 2, Retries: 1, Broken: 1}},
		"a read after no answer":        {get, lost, live.Counts{Requests: 2, Retries: 1, Broken: 1}},
		"a read after half an answer":   {get, half, live.Counts{Requests: 2, Retries: 1, Broken: 1}},
		"a query, which is a read":      {query, lost, live.Counts{Requests: 2, Retries: 1, Broken: 1}},
		"a write after 429":             {create, limited, live.Counts{Requests: 2, Retries: 1, Limited: 1}},
		"no write after 503":            {create, broken, live.Counts{Requests: 1, Broken: 1}},
		"no write after no answer":      {create, lost, live.Counts{Requests: 1, Broken: 1}},
		"no write after half an answer": {create, half, live.Counts{Requests: 1, Broken: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := clientOf(t, answers(func(n int, r *http.Request) (*http.Response, error) {
					if body, err := io.ReadAll(r.Body); err != nil || string(body) != string(test.request.Body) {
						t.Errorf("attempt %d has the body %q (%v), want %q", n, body, err, test.request.Body)
					}
					if n == 1 {
						return test.first()
					}
					return response(200, `{"data":[]}`), nil
				}).transport())
				answer, err := client.Do(t.Context(), test.request)
				got := client.Counts()
				got.Waited = 0
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if succeeded := err == nil && answer.Status == 200; succeeded != (test.want.Retries > 0) {
					t.Errorf("got the answer %d, error %v", answer.Status, err)
				}
			})
		})
	}
}

func TestAttemptsAreBoundedAndTheLastAnswerIsReturned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		client := clientOf(t, answers(func(int, *http.Request) (*http.Response, error) { return response(500, `{"code":"x"}`), nil }).transport())
		answer, err := client.Do(t.Context(), live.Request{Method: "GET", Path: "/v2/self"})
		if err != nil || answer.Status != 500 || string(answer.Body) != `{"code":"x"}` {
			t.Errorf("got %d %s, error %v", answer.Status, answer.Body, err)
		}
		if client.Counts().Requests != 8 || time.Since(start) > time.Minute {
			t.Errorf("got %d attempts within %s, want 8 within a minute", client.Counts().Requests, time.Since(start))
		}
	})
}

// Attio sends a date, which only its own clock makes sense of; a server of another kind sends seconds.
func TestRetryAfterIsMeasuredByTheClockOfTheServer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		headers []string
		least   time.Duration
		most    time.Duration
	}{
		"a date three seconds after the server's": {[]string{"Date", "Mon, 02 Mar 2020 10:00:00 GMT", "Retry-After", "Mon, 02 Mar 2020 10:00:03 GMT"}, 3 * time.Second, 3100 * time.Millisecond},
		"seconds":                     {[]string{"Retry-After", "2"}, 2 * time.Second, 2100 * time.Millisecond},
		"a date of the past":          {[]string{"Date", "Mon, 02 Mar 2020 10:00:00 GMT", "Retry-After", "Mon, 02 Mar 2020 09:00:00 GMT"}, 200 * time.Millisecond, time.Second},
		"a date a year away":          {[]string{"Date", "Mon, 02 Mar 2020 10:00:00 GMT", "Retry-After", "Tue, 02 Mar 2021 10:00:00 GMT"}, time.Minute, 61 * time.Second},
		"nothing that can be read":    {[]string{"Retry-After", "soon"}, 200 * time.Millisecond, time.Second},
		"no Retry-After":              {nil, 200 * time.Millisecond, time.Second},
		"a date without the server's": {[]string{"Retry-After", "Sat, 01 Jan 2000 00:00:05 GMT"}, 4 * time.Second, 5100 * time.Millisecond}, // a bubble begins in 2000
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				client := clientOf(t, answers(func(n int, _ *http.Request) (*http.Response, error) {
					if n == 1 {
						return response(429, `{}`, test.headers...), nil
					}
					return response(200, `{}`), nil
				}).transport())
				if _, err := client.Do(t.Context(), live.Request{Method: "GET", Path: "/v2/self"}); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(start); took < test.least || took > test.most {
					t.Errorf("waited %s, want %s to %s", took, test.least, test.most)
				}
			})
		})
	}
}

// The fake counts as Attio does, so that a client that were too fast would meet a 429.
func TestAClientStaysWithinTheLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := fake.New(t, fake.YAML("version: 1\nextends: [acme]\nworkspaces: {acme: {limits: attio}}\n"), fake.WithoutSocket())
		defer srv.Close()
		client, err := live.New("https://api.attio.com", srv.Token("acme"), srv.Transport())
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		const reads, notes, writes = 250, 25, 60
		for range reads {
			send(t, client, live.Request{Method: "GET", Path: "/v2/objects"})
		}
		for range notes { // ten a second
			send(t, client, live.Request{Method: "GET", Path: "/v2/notes"})
		}
		for i := range writes {
			send(t, client, live.Request{Method: "POST", Path: "/v2/objects/companies/records", Body: fmt.Appendf(nil, `{"data":{"values":{"name":"Navy %d"}}}`, i)})
		}
		counts := client.Counts()
		if counts.Limited > 0 || counts.Requests != reads+notes+writes {
			t.Errorf("got %+v, want %d requests and no 429", counts, reads+notes+writes)
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestAnAddressWhereNobodyListensIsTriedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		up := false
		client := clientOf(t, answers(func(int, *http.Request) (*http.Response, error) {
			if up {
				return response(200, `{}`), nil
			}
			return nil, refused
		}).transport())
		get := live.Request{Method: "GET", Path: "/v2/self"}
		if _, err := client.Do(t.Context(), get); !errors.Is(err, refused) || client.Counts().Requests != 1 {
			t.Errorf("got the error %v after %d attempts", err, client.Counts().Requests)
		}
		up = true
		send(t, client, get)
		up = false
		if _, err := client.Do(t.Context(), get); err == nil || client.Counts().Requests != 10 {
			t.Errorf("got the error %v after %d attempts, once it has answered", err, client.Counts().Requests-2)
		}
	})
}

func send(t *testing.T, client *live.Client, r live.Request) {
	t.Helper()
	if answer, err := client.Do(t.Context(), r); err != nil || answer.Status != 200 {
		t.Fatalf("%s: %d %s %v", r, answer.Status, answer.Body, err)
	}
}

func TestTheTokenGoesToTheHostAndNowhereElse(t *testing.T) {
	t.Parallel()
	client := clientOf(t, answers(func(n int, r *http.Request) (*http.Response, error) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+token {
			t.Errorf("the request has the header %q", got)
		}
		if r.URL.Host != "attio.example.com" {
			t.Errorf("a request went to %s", r.URL.Host)
		}
		switch n {
		case 1:
			return response(302, "", "Location", "https://elsewhere.example.com/"), nil
		case 2:
			return response(401, `{"code":"unauthorized","message":"The token `+token+` is wrong"}`), nil
		}
		return nil, fmt.Errorf("the proxy refused %s", r.Header.Get("Authorization"))
	}).transport())
	var texts []string
	request := live.Request{Method: "DELETE", Path: "/v2/" + token}
	for range 3 {
		if err := client.Fetch(t.Context(), request, new(any)); err != nil {
			texts = append(texts, err.Error(), fmt.Sprintf("%+v", err))
		}
	}
	texts = append(texts, fmt.Sprint(client), fmt.Sprintf("%+v %#v", client, client), fmt.Sprintf("%+v", struct{ Client *live.Client }{client}))
	if len(texts) != 9 {
		t.Fatalf("got %q", texts)
	}
	for _, text := range texts {
		if strings.Contains(text, token) {
			t.Errorf("the token is in %q", text)
		}
	}
}

func TestBaseURLsAndTokensThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ url, token, want string }{
		"no scheme":     {"api.attio.com", token, `"api.attio.com" is not the base URL of an API, such as https://api.attio.com`},
		"another one":   {"ftp://api.attio.com", token, `"ftp://api.attio.com" is not the base URL of an API, such as https://api.attio.com`},
		"a password":    {"https://ada:pa55@api.attio.com", token, `the base URL "https://api.attio.com" must have nothing but a host and a path`},
		"a query":       {"https://api.attio.com/?a=b", token, `the base URL "https://api.attio.com/?a=b" must have nothing but a host and a path`},
		"no token":      {live.DefaultURL, "", "a token is missing: it is made in Attio under Workspace settings, Developers"},
		"a broken line": {live.DefaultURL, "abc\ndef", "the token has characters that no token has, such as spaces or line breaks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := live.New(test.url, test.token, nil); err == nil || err.Error() != test.want {
				t.Errorf("got the error %v, want %s", err, test.want)
			}
		})
	}
}

func TestACancelledContextEndsAPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := clientOf(t, answers(func(int, *http.Request) (*http.Response, error) {
			return response(429, `{}`, "Retry-After", "50"), nil
		}).transport())
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.Do(ctx, live.Request{Method: "GET", Path: "/v2/self"})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 2*time.Second {
			t.Errorf("got the error %v after %s", err, time.Since(start))
		}
	})
}
