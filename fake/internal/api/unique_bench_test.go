package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// BenchmarkUniqueThroughAPI finds people by values that only one of them has, through the whole API but without a socket:
// the time must not grow with the number of people. "of-get" is how many times longer the query by an e-mail address takes
// than to get the same record by its id.
func BenchmarkUniqueThroughAPI(b *testing.B) {
	sizes := []int{1_000, 10_000, 100_000, 500_000}
	if testing.Short() {
		sizes = sizes[:2]
	}
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			send := manyPeople(b, size)
			var hundredIDs, hundredAddresses []string
			for i := range 100 {
				n := i * size / 100
				hundredIDs = append(hundredIDs, fmt.Sprintf("%q", personID(n)))
				hundredAddresses = append(hundredAddresses, fmt.Sprintf(`{"email_addresses":%q}`, address(n)))
			}
			const query = "/v2/objects/people/records/query"
			requests := map[string]struct{ method, path, body string }{
				"get":    {http.MethodGet, "/v2/objects/people/records/" + string(personID(size/2)), ""},
				"equal":  {http.MethodPost, query, fmt.Sprintf(`{"filter":{"email_addresses":{"email_address":{"$eq":%q}}}}`, strings.ToUpper(address(size/2)))},
				"in-100": {http.MethodPost, query, `{"filter":{"record_id":{"$in":[` + strings.Join(hundredIDs, ",") + `]}}}`},
				"or-100": {http.MethodPost, query, `{"filter":{"$or":[` + strings.Join(hundredAddresses, ",") + `]}}`},
				"upsert": {http.MethodPut, "/v2/objects/people/records?matching_attribute=email_addresses",
					fmt.Sprintf(`{"data":{"values":{"email_addresses":[%q],"job_title":"Writer"}}}`, address(size/2))},
			}
			fastest := map[string]time.Duration{}
			for b.Loop() {
				for name, r := range requests {
					start := time.Now()
					send(r.method, r.path, r.body)
					if took := time.Since(start); fastest[name] == 0 || took < fastest[name] {
						fastest[name] = took
					}
				}
			}
			for name, took := range fastest {
				b.ReportMetric(float64(took.Nanoseconds())/1000, "µs/"+name)
			}
			b.ReportMetric(float64(fastest["equal"])/float64(fastest["get"]), "of-get")
		})
	}
}

func personID(n int) attio.ID { return attio.PathID(fmt.Sprint("person ", n)) }

func address(n int) string { return fmt.Sprintf("person%d@example.com", n) }

// manyPeople returns a function that sends requests to a server with people.
func manyPeople(b *testing.B, size int) func(method, path, body string) {
	b.Helper()
	token := world.Token{ID: "t", Name: "full", Value: strings.Repeat("0", attio.TokenLength), Scopes: attio.EveryScope()}
	state, err := world.Build("acme", "Acme", time.Unix(0, 0), func(tx *world.Tx) error {
		people, _ := tx.Schema.Object("people")
		for n := range size {
			writes := []world.Write{{Attribute: "email_addresses", Value: []any{address(n)}}, {Attribute: "name", Value: fmt.Sprintf("Person %d", n)}}
			if _, err := tx.CreateRecord(people, personID(n), writes); err != nil {
				return err
			}
		}
		return tx.AddToken(token)
	})
	if err != nil {
		b.Fatal(err)
	}
	return sender(b, state, token)
}
