package fake_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// withSales is a workspace with a list that a scenario has filled.
func withSales() fake.Option {
	return fake.YAML(`
version: 1
clock: 2026-01-15T12:00:00Z
users: {ada: {email: ada@acme.example.com}, bob: {email: bob@acme.example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {full: {scopes: all}}
    objects:
      companies: {records: {navy: {name: Navy}, army: {name: Army}}}
      people: {records: {grace: {name: "Hopper, Grace"}}}
    lists:
      sales:
        parent_object: companies
        attributes:
          stage: {type: status, statuses: [Lead, Won]}
          tags: {type: select, is_multiselect: true, options: [A, B]}
        views: {all: {}}
        entries:
          navy: {record: navy, stage: Lead, tags: [A], created_at: 2026-01-02T00:00:00Z}
          army: {record: army, stage: Won, created_at: 2026-01-01T00:00:00Z}
`)
}

func TestEntriesOfAScenarioAreThereForGoAndForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withSales())
	sales := srv.Workspace("acme").List("sales")
	navy := sales.Entry("navy")
	if navy.ID() != fake.ID("acme/lists/sales/entries/navy") || navy.List() != "sales" || navy.Parent().Text("name") != "Navy" ||
		navy.Text("stage") != "Lead" || navy.String() != "sales/"+navy.ID() {
		t.Errorf("got %s", navy.JSON())
	}
	if diff := cmp.Diff([]map[string]any{{"option": "A"}}, []map[string]any{{"option": navy.Value("tags")["option"].(map[string]any)["title"]}}); diff != "" {
		t.Error(diff)
	}
	status, body := send(t, srv, http.MethodGet, "/v2/lists/sales/entries/"+navy.ID(), "")
	if want := `{"data":` + string(navy.JSON()) + `}`; status != 200 || body != want {
		t.Errorf("got %d %s\nwant %s", status, body, want)
	}
	if status, body := send(t, srv, http.MethodGet, "/v2/lists/sales/views/"+fake.ID("acme/lists/sales/views/all"), ""); status != 200 {
		t.Errorf("got %d %s", status, body)
	}
	var order []string
	for _, entry := range sales.Entries() {
		order = append(order, entry.Parent().Text("name"))
	}
	if diff := cmp.Diff([]string{"Army", "Navy"}, order); diff != "" {
		t.Error(diff)
	}
	if won := sales.Query(fake.Filter{"stage": "Won"}); len(won) != 1 || won[0].ID() != sales.Entry("army").ID() {
		t.Errorf("got %v", won)
	}
}

func TestAnEntryIsWrittenFromGoByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withSales())
	acme := srv.Workspace("acme")
	sales := acme.List("sales")
	entry := sales.AddEntry(acme.Record("companies", "navy"), fake.Values{"tags": []string{"A"}})
	if updated := sales.Update(entry.ID(), fake.Values{"tags": []string{"B"}, "stage": "Lead"}); !cmp.Equal([]string{"B", "A"}, updated.Texts("tags")) {
		t.Errorf("got %q", updated.Texts("tags"))
	}
	sales.Overwrite(entry.ID(), fake.Values{"tags": []string{"B"}})
	if got := entry.Reload(); !cmp.Equal([]string{"B"}, got.Texts("tags")) || !cmp.Equal([]string{"A"}, entry.Texts("tags")) {
		t.Errorf("got %q, and before %q", got.Texts("tags"), entry.Texts("tags"))
	}
	status, body := send(t, srv, http.MethodGet, "/v2/lists/sales/entries/"+entry.ID(), "")
	if want := `{"data":` + string(entry.Reload().JSON()) + `}`; status != 200 || body != want {
		t.Errorf("got %d %s\nwant %s", status, body, want)
	}
	sales.Delete(entry.ID())
	if _, ok := sales.Find(entry.ID()); ok {
		t.Error("the entry is still there")
	}
	if status, _ := send(t, srv, http.MethodGet, "/v2/lists/sales/entries/"+entry.ID(), ""); status != 404 {
		t.Errorf("got %d", status)
	}
	army := acme.Record("companies", "army")
	if got := sales.UpsertEntry(army, fake.Values{"stage": "Lead"}); got.ID() != sales.Entry("army").ID() || got.Text("stage") != "Lead" {
		t.Errorf("got %s", got.JSON())
	}
	air := acme.Create("companies", fake.Values{"name": "Air"})
	if got := sales.UpsertEntry(air, nil); got.Parent().ID() != air.ID() || len(sales.Entries()) != 3 {
		t.Errorf("got %s", got.JSON())
	}
}

func TestAListAddedFromGoIsThereForClients(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, withSales())
	acme := srv.Workspace("acme")
	added := acme.AddList(fake.List{Slug: "advisory_board", Parent: "people", Access: fake.ListReadOnly, MemberAccess: map[string]fake.ListAccess{"ada": fake.ListFullAccess}})
	ada := acme.Member("ada").ID
	hidden := acme.AddList(fake.List{Slug: "hidden", Name: "Not for all", Parent: "companies", Access: fake.ListNoAccess, MemberAccess: map[string]fake.ListAccess{ada: fake.ListFullAccess}})
	if added.Name != "Advisory board" || added.Access != fake.ListReadOnly || hidden.Access != fake.ListNoAccess || hidden.MemberAccess[ada] != fake.ListFullAccess || len(acme.Lists()) != 3 {
		t.Errorf("got %+v and %+v", added, hidden)
	}
	role := added.AddAttribute(fake.Attribute{Slug: "role", Type: "select", Options: []string{"Chair"}})
	if role.ID != added.Attribute("role").ID || added.Attributes()[len(added.Attributes())-1].Slug != "role" {
		t.Errorf("got %+v", added.Attributes())
	}
	grace := acme.Record("people", "grace")
	status, body := send(t, srv, http.MethodPost, "/v2/lists/advisory_board/entries",
		`{"data":{"parent_record_id":"`+grace.ID()+`","parent_object":"people","entry_values":{"role":"Chair"}}}`)
	entries := added.Entries()
	if status != 200 || len(entries) != 1 || entries[0].Text("role") != "Chair" || entries[0].Parent().ID() != grace.ID() {
		t.Fatalf("got %d %s", status, body)
	}
	if _, body := send(t, srv, http.MethodGet, "/v2/lists/advisory_board", ""); !strings.Contains(body, `"workspace_access":"read-only","workspace_member_access":[{"level":"full-access","workspace_member_id":"`+ada+`"}]`) {
		t.Error(body)
	}
	compact := new(bytes.Buffer)
	if err := json.Compact(compact, entries[0].JSON()); err != nil || !bytes.Equal(compact.Bytes(), entries[0].JSON()) {
		t.Errorf("%s: %v", entries[0].JSON(), err)
	}
}

func TestAMistakeWithAListEndsTheTestInAttiosWords(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*fake.Workspace)
		want string
	}{
		"an unknown list": {func(w *fake.Workspace) { w.List("sale") }, `fake: workspace "acme": unknown list "sale"; did you mean "sales"?`},
		"a list without a parent": {func(w *fake.Workspace) { w.AddList(fake.List{Slug: "x"}) },
			`fake: a list needs a slug and a parent object; got "x" and ""`},
		"a list of an unknown object": {func(w *fake.Workspace) { w.AddList(fake.List{Slug: "x", Parent: "ships"}) },
			`fake: workspace "acme": Parent object with slug/ID "ships" not found.`},
		"a list that there is": {func(w *fake.Workspace) { w.AddList(fake.List{Slug: "sales", Parent: "people"}) },
			`fake: workspace "acme": A list with api_slug "sales" already exists.`},
		"an unknown access": {func(w *fake.Workspace) { w.AddList(fake.List{Slug: "x", Parent: "people", Access: "full"}) },
			`fake: list "x": unknown access "full"; known: full-access, read-and-write, read-only, none`},
		"no access of a member": {func(w *fake.Workspace) {
			w.AddList(fake.List{Slug: "x", Parent: "people", MemberAccess: map[string]fake.ListAccess{"bob": fake.ListNoAccess}})
		}, `fake: list "x": member "bob": unknown access "none"; known: full-access, read-and-write, read-only`},
		"an unknown entry": {func(w *fake.Workspace) { w.List("sales").Entry("air") },
			`fake: workspace "acme" has no entry "air" of list "sales"; name one by its key in the scenario or its id`},
		"a record of another object": {func(w *fake.Workspace) { w.List("sales").AddEntry(w.Record("people", "grace"), nil) }, `cannot be added to list "sales"`},
		"no record":                  {func(w *fake.Workspace) { w.List("sales").AddEntry(fake.Record{}, nil) }, `fake: an entry of list "sales" needs a record; this Record is empty`},
		"an unknown value": {func(w *fake.Workspace) { w.List("sales").Update("navy", fake.Values{"stage": "Lost"}) },
			`fake: workspace "acme": update an entry of "sales": Cannot find Status with title "Lost".`},
		"an unknown attribute": {func(w *fake.Workspace) { w.List("sales").Attribute("stag") },
			`fake: workspace "acme": list "sales": unknown attribute "stag"; did you mean "stage"?`},
		"an unknown attribute of an entry": {func(w *fake.Workspace) { w.List("sales").Entry("navy").Text("stag") },
			`fake: workspace "acme": entry sales/` + fake.ID("acme/lists/sales/entries/navy") + `: unknown attribute "stag"; did you mean "stage"?`},
		"a relationship": {func(w *fake.Workspace) {
			w.List("sales").AddAttribute(fake.Attribute{Slug: "x", Type: "record-reference", Relationship: &fake.Relationship{Object: "people", Slug: "y"}})
		}, `fake: workspace "acme": add attribute "x" to "sales": Attributes of lists cannot have a relationship.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var test recorder
			srv := fake.New(&test, withSales(), fake.WithoutSocket())
			defer srv.Close()
			tc.do(srv.Workspace("acme"))
			if len(test.fatal) != 1 || !strings.Contains(test.fatal[0], tc.want) {
				t.Errorf("got %q\nwant %s", test.fatal, tc.want)
			}
		})
	}
}
