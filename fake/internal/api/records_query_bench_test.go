package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake"
)

// BenchmarkPageOf500 requests a page of 500 records out of a thousand, without a socket. "of-hand" is how many times
// longer that takes than joining the JSON of the same records.
func BenchmarkPageOf500(b *testing.B) {
	var scenario strings.Builder
	scenario.WriteString("version: 1\nusers: {ada: {email: ada@example.com}}\nworkspaces:\n  acme:\n    members: {ada: admin}\n" +
		"    tokens: {full: {scopes: all}}\n    objects:\n      companies:\n        records:\n")
	for i := range 1000 {
		fmt.Fprintf(&scenario, "          c%d: {name: Company %d, domains: [c%d.com]}\n", i, i, i)
	}
	server := fake.New(b, fake.YAML(scenario.String()), fake.WithoutSocket())
	client, token := server.Client(), "Bearer "+server.Token("acme")
	query := func() []byte {
		request, err := http.NewRequest("POST", server.URL+companiesQuery, strings.NewReader(`{"limit":500}`))
		if err != nil {
			b.Fatal(err)
		}
		request.Header.Set("Authorization", token)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept-Encoding", "identity")
		response, err := client.Do(request)
		if err != nil {
			b.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			b.Fatal(response.Status, err)
		}
		return body
	}
	want := query()
	records := bytes.SplitAfter(want, []byte("]}}"))
	var ours, byHand time.Duration
	for b.Loop() {
		start := time.Now()
		got := query()
		ours += time.Since(start)
		start = time.Now()
		joined := bytes.Join(records, nil)
		byHand += time.Since(start)
		if !bytes.Equal(got, want) || len(joined) != len(got) {
			b.Fatal("another page")
		}
	}
	b.SetBytes(int64(len(want)))
	b.ReportMetric(float64(ours)/float64(byHand), "of-hand")
	b.ReportMetric(float64(500*b.N)/ours.Seconds(), "records/s")
}
