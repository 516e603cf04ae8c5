package api

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// benchmarked is the number of companies, each with one entry on the list.
const benchmarked = 50_000

func companyID(n int) attio.ID { return attio.PathID(fmt.Sprint("company ", n)) }

// bigList returns a server's handler, and a function that sends it a request.
func bigList(b *testing.B) func(method, path, body string) {
	b.Helper()
	token := world.Token{ID: "t", Name: "full", Value: strings.Repeat("0", attio.TokenLength), Scopes: attio.EveryScope()}
	state, err := world.Build("acme", "Acme", time.Unix(0, 0), func(tx *world.Tx) error {
		slug, access := "sales", world.FullAccess
		list, err := tx.CreateList("companies", world.ListEdit{Slug: &slug, Name: &slug, WorkspaceAccess: &access})
		if err != nil {
			return err
		}
		if _, err := tx.CreateAttribute(list, attribute.Definition{Slug: "rank", Title: "Rank", Type: attribute.TypeNumber}, nil); err != nil {
			return err
		}
		list, _ = tx.Schema.List(slug)
		companies, _ := tx.Schema.Object("companies")
		for n := range benchmarked {
			if _, err := tx.CreateRecord(companies, companyID(n), []world.Write{{Attribute: "name", Value: fmt.Sprint("Company ", n)}}); err != nil {
				return err
			}
			parent := world.Parent{Object: "companies", Record: companyID(n)}
			if _, err := tx.CreateEntry(list, attio.PathID(fmt.Sprint(n)), parent, []world.Write{{Attribute: "rank", Value: json.Number(fmt.Sprint(n))}}); err != nil {
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

// sender returns a function that sends requests to a server with one workspace, without a socket.
func sender(b *testing.B, state *world.State, token world.Token) func(method, path, body string) {
	b.Helper()
	h := New(world.New(&world.Seed{Workspaces: []*world.State{state}}), slog.New(slog.DiscardHandler))
	return func(method, path, body string) {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+token.Value)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

func BenchmarkQueryEntries(b *testing.B) {
	send := bigList(b)
	for name, body := range map[string]string{
		"a value, by a scan":                `{"filter":{"rank":{"$gte":49990}}}`,
		"a parent, by the index":            fmt.Sprintf(`{"filter":{"parent_record":{"target_record_id":"%s"}}}`, companyID(7)),
		"a parent's value, by two scans":    `{"filter":{"path":[["sales","parent_record"],["companies","name"]],"constraints":{"$contains":"y 4999"}}}`,
		"the first ten, sorted by a parent": `{"limit":10,"sorts":[{"direction":"asc","path":[["sales","parent_record"],["companies","name"]]}]}`,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				send(http.MethodPost, "/v2/lists/sales/entries/query", body)
			}
		})
	}
}

func BenchmarkUpsertEntry(b *testing.B) {
	send := bigList(b)
	n := 0
	for b.Loop() {
		n++
		send(http.MethodPut, "/v2/lists/sales/entries", fmt.Sprintf(
			`{"data":{"parent_object":"companies","parent_record_id":"%s","entry_values":{"rank":%d}}}`, companyID(n%benchmarked), n))
	}
}
