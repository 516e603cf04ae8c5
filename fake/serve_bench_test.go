package fake_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

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

// BenchmarkClones has 100 clones of a workspace busy at once, one GET and one POST in turns, without sockets, and compares the
// throughput with that of a single goroutine: "speed-up" is the fake's, "bare-speed-up" that of a handler which only writes the
// same number of bytes. Run it with -cpu 1,2 to see it scale, and with -mutexprofile to see what it waits for.
func BenchmarkClones(b *testing.B) {
	srv, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	const clones = 100
	ends := cleanups{TB: b}
	defer ends.run()
	var tokens [clones]string
	for i := range tokens {
		tokens[i] = srv.Workspace("acme").Clone(&ends).Token()
	}
	one := func(handler http.Handler, clone, n int) {
		request := newRequest(srv, http.MethodGet, "/v2/objects/people", "")
		if n%2 == 0 {
			request = newRequest(srv, http.MethodPost, "/v2/objects/people/records", createBody(int64(n)))
		}
		request.Header["Authorization"] = []string{"Bearer " + tokens[clone]}
		serve(b, handler, request)
	}
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(make([]byte, 4096))
	})
	n := 0
	turn := func(handler http.Handler) (speedUp float64) {
		n++
		const each = 20
		first := n * each
		alone := timed(1, func(int) {
			for i := range clones * each / 2 {
				one(handler, i%clones, first+i/clones)
			}
		})
		n++
		first = n * each
		together := timed(clones, func(clone int) {
			for i := range each {
				one(handler, clone, first+i)
			}
		})
		return 2 * alone.Seconds() / together.Seconds()
	}
	var faked, reference float64
	for b.Loop() {
		reference += turn(bare)
		faked += turn(srv.Handler())
	}
	b.ReportMetric(faked/float64(b.N), "speed-up")
	b.ReportMetric(reference/float64(b.N), "bare-speed-up")
}

// timed runs work in n goroutines at once and returns how long that took.
func timed(n int, work func(i int)) time.Duration {
	start := time.Now()
	var workers sync.WaitGroup
	for i := range n {
		workers.Go(func() { work(i) })
	}
	workers.Wait()
	return time.Since(start)
}
