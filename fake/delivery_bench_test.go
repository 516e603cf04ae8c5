package fake_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// BenchmarkDeliveries delivers an event for each of 10,000 writes to a receiver in this process. "of-bare" compares with calling the
// same handler as often with a request of the same body and a signature, through an http.Client without a socket.
func BenchmarkDeliveries(b *testing.B) {
	const deliveries = 10_000
	var received atomic.Int64
	var body atomic.Value
	receiver := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		body.Store(text)
		received.Add(1)
	})
	var delivered, reference time.Duration
	var sent int64
	for b.Loop() {
		b.StopTimer()
		received.Store(0)
		srv := fake.New(b, fake.WithoutSocket())
		acme := srv.Workspace("acme")
		acme.WebhookTo(receiver, "record.created")
		for range deliveries {
			acme.Create("companies", fake.Values{"name": "Navy"})
		}
		early := received.Load() // of the first ones, which need not wait
		b.StartTimer()
		start := time.Now()
		srv.FlushDeliveries()
		delivered += time.Since(start)
		b.StopTimer()
		if received.Load() != deliveries {
			b.Fatalf("%d deliveries, want %d", received.Load(), deliveries)
		}
		sent += deliveries - early
		reference += deliverByHand(b, receiver, body.Load().([]byte), int(deliveries-early))
		srv.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(sent)/delivered.Seconds(), "deliveries/s")
	b.ReportMetric(float64(reference)/float64(delivered), "of-bare")
}

// deliverByHand sends n requests one after another, as the receiver of one webhook gets them, and returns how long that took.
func deliverByHand(b *testing.B, receiver http.Handler, body []byte, n int) time.Duration {
	b.Helper()
	client := &http.Client{Transport: direct{receiver}}
	secret := []byte("0123456789abcdef0123456789abcdef")
	start := time.Now()
	for range n {
		mac := hmac.New(sha256.New, secret)
		mac.Write(body)
		request, err := http.NewRequest(http.MethodPost, "http://receiver.internal/", bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		request.Header.Set("Attio-Signature", hex.EncodeToString(mac.Sum(nil)))
		response, err := client.Do(request)
		if err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
	}
	return time.Since(start)
}

// direct calls a handler without a socket.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	d.handler.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}
