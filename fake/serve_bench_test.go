package fake_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// BenchmarkServe measures the handler alone, without a socket and without a client: time and allocations of a request.
// The allocations include those of the request and of the header of the answer, which net/http makes too.
func BenchmarkServe(b *testing.B) {
	for name, request := range served {
		b.Run(name, func(b *testing.B) {
			srv, err := fake.Start(fake.WithoutSocket())
			if err != nil {
				b.Fatal(err)
			}
			defer srv.Close()
			next := request(srv)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				serve(b, srv.Handler(), next(n))
			}
		})
	}
}

// served makes the n-th request of each kind to a server.
var served = map[string]func(*fake.Server) func(n int) *http.Request{
	"GET": func(srv *fake.Server) func(int) *http.Request {
		id := srv.Workspace("acme").Create("people", person(0)).ID()
		return func(int) *http.Request { return newRequest(srv, http.MethodGet, "/v2/objects/people/records/"+id, "") }
	},
	"POST": func(srv *fake.Server) func(int) *http.Request {
		return func(n int) *http.Request {
			return newRequest(srv, http.MethodPost, "/v2/objects/people/records", createBody(int64(n)))
		}
	},
}

func createBody(n int64) string {
	return fmt.Sprintf(`{"data":{"values":{"name":"Hopper, Grace","email_addresses":["grace%d@navy.com"],"job_title":"Rear admiral",`+
		`"description":"Wrote the first compiler"}}}`, n)
}

func newRequest(srv *fake.Server, method, path, body string) *http.Request {
	var sent io.Reader
	if body != "" {
		sent = strings.NewReader(body)
	}
	request, err := http.NewRequest(method, path, sent)
	if err != nil {
		panic(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + srv.Token("acme")}, "Content-Type": {"application/json"}}
	return request
}

// serve has a handler answer a request with 200.
func serve(tb testing.TB, handler http.Handler, request *http.Request) {
	answer := answered{header: make(http.Header, 8)}
	if handler.ServeHTTP(&answer, request); answer.status != http.StatusOK {
		tb.Errorf("%s %s: %d", request.Method, request.URL, answer.status)
	}
}

// answered is an answer whose body nobody reads.
type answered struct {
	header http.Header
	status int
}

func (a *answered) Header() http.Header            { return a.header }
func (a *answered) WriteHeader(status int)         { a.status = status }
func (a *answered) Write(body []byte) (int, error) { return len(body), nil }
