package fake_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// BenchmarkGetRecord is BenchmarkGet for a record, of some four thousand bytes.
func BenchmarkGetRecord(b *testing.B) {
	srv, err := fake.Start()
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	id := srv.Workspace("acme").Create("people", person(0)).ID()
	compare(b, srv, http.MethodGet, "/v2/objects/people/records/"+id, func(int64) string { return "" })
}

// BenchmarkCreateRecord compares POST of a record with a handler that reads the body and answers the
// same bytes.
func BenchmarkCreateRecord(b *testing.B) {
	srv, err := fake.Start()
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	compare(b, srv, http.MethodPost, "/v2/objects/people/records", createBody)
}

func person(n int64) fake.Values {
	return fake.Values{
		"name": "Hopper, Grace", "email_addresses": []string{fmt.Sprintf("grace%d@navy.com", n)}, "job_title": "Rear admiral",
		"description": "Wrote the first compiler",
	}
}

// compare sends requests to the fake and to a bare handler in turns, 16 connections each, and reports
// the fake's throughput as a share of the other's.
func compare(b *testing.B, srv *fake.Server, method, path string, body func(n int64) string) {
	b.Helper()
	token := srv.Token("acme")
	var sent atomic.Int64
	newRequest := func(base string) func() (*http.Request, error) {
		return func() (*http.Request, error) {
			request, err := http.NewRequest(method, base+path, strings.NewReader(body(sent.Add(1))))
			if err == nil {
				request.Header.Set("Authorization", "Bearer "+token)
				request.Header.Set("Content-Type", "application/json")
			}
			return request, err
		}
	}
	answer := exchange(b, srv.Client(), newRequest(srv.URL))
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(answer)
	}))
	defer bare.Close()

	var faked, reference time.Duration
	const turn = 2000
	for b.Loop() {
		reference += hammerWith(b, turn, newRequest(bare.URL))
		faked += hammerWith(b, turn, newRequest(srv.URL))
	}
	b.ReportMetric(float64(reference)/float64(faked), "of-bare")
	b.ReportMetric(float64(turn*b.N)/faked.Seconds(), "req/s")
	b.ReportMetric(float64(turn*b.N)/reference.Seconds(), "bare-req/s")
}

// exchange sends one request and returns the body of the 200.
func exchange(b *testing.B, client *http.Client, newRequest func() (*http.Request, error)) []byte {
	b.Helper()
	request, err := newRequest()
	if err != nil {
		b.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("answered %d %s (%v)", response.StatusCode, answer, err)
	}
	return answer
}
