package fake_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

func BenchmarkNewAndClose(b *testing.B) {
	for name, options := range map[string][]fake.Option{
		"with a socket":    nil,
		"without a socket": {fake.WithoutSocket()},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				srv, err := fake.Start(options...)
				if err != nil {
					b.Fatal(err)
				}
				srv.Close()
			}
		})
	}
}

func BenchmarkReset(b *testing.B) {
	srv, err := fake.Start(fake.WithoutSocket())
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	for b.Loop() {
		srv.Reset()
	}
}

// BenchmarkGet compares a GET with that of a bare net/http handler that answers the same bytes, in
// turns of one run, 16 connections each. "of bare" is the fake's throughput as a share of the other's.
func BenchmarkGet(b *testing.B) {
	srv, err := fake.Start()
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	path, token := "/v2/workspace_members/"+fake.ID("acme/members/ada"), srv.Token("acme")
	body := []byte(fetch(b, srv.Client(), srv.URL+path, token))
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(body)
	}))
	defer bare.Close()

	var faked, reference time.Duration
	const turn = 2000
	for b.Loop() {
		reference += hammer(b, bare.URL+path, token, turn)
		faked += hammer(b, srv.URL+path, token, turn)
	}
	b.ReportMetric(float64(reference)/float64(faked), "of-bare")
	b.ReportMetric(float64(turn*b.N)/faked.Seconds(), "req/s")
	b.ReportMetric(float64(turn*b.N)/reference.Seconds(), "bare-req/s")
}

// hammer sends n GETs over 16 connections and returns how long they took.
func hammer(b *testing.B, url, token string, n int) time.Duration {
	b.Helper()
	return hammerWith(b, n, func() (*http.Request, error) {
		request, err := http.NewRequest(http.MethodGet, url, nil)
		if err == nil {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		return request, err
	})
}

// hammerWith sends n requests over 16 connections and returns how long they took.
func hammerWith(b *testing.B, n int, newRequest func() (*http.Request, error)) time.Duration {
	b.Helper()
	const connections = 16
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	send := func() {
		request, err := newRequest()
		if err != nil {
			b.Error(err)
			return
		}
		response, err := client.Do(request)
		if err != nil {
			b.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			b.Errorf("answered %s", response.Status)
		}
	}
	start := time.Now()
	var workers sync.WaitGroup
	for range connections {
		workers.Go(func() {
			for range n / connections {
				send()
			}
		})
	}
	workers.Wait()
	return time.Since(start)
}
