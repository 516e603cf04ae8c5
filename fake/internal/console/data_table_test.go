package console_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// companies is a workspace with 120 companies, "Company 001" to "Company 120".
func companies(t testing.TB) visitor {
	t.Helper()
	v := newVisitor(t, fake.YAML("version: 1\nworkspaces: {acme: {}}\n"))
	for i := range 120 {
		v.server.Workspace("acme").Create("companies", fake.Values{"name": fmt.Sprintf("Company %03d", i+1), "domains": []string{fmt.Sprintf("c%d.example.com", i+1)}})
	}
	return v
}

func TestTheHomeOfDataCountsWhatAWorkspaceHolds(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	home := v.open("", "workspace", "fernhill").ok()
	if diff := cmp.Diff("Fernhill", home.text("h1")); diff != "" {
		t.Error(diff)
	}
	rows := home.texts("tbody tr")
	slices.Sort(rows)
	want := []string{
		"Clinical advisors hiring 4 Board", "Companies companies 10", "Deals deals 6 Board", "Meetings meetings 4", "Notes notes 4", "People people 15",
		"Phone calls phone_calls 0", "Rollouts rollouts 3 Board", "Sales sales 8 Board", "Tasks tasks 4", "Users users 3", "Workspaces workspaces 3",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATableIsReadPageByPage(t *testing.T) {
	t.Parallel()
	v := companies(t)
	seen := make(map[string]bool)
	path := dataPath + "objects/companies?sort=name"
	for _, shown := range []string{"1 to 50 of 120", "51 to 100 of 120", "101 to 120 of 120"} {
		got := v.get(path).ok()
		if text := got.texts("#rows p.quiet")[0]; text != shown {
			t.Errorf("got %q, want %q", text, shown)
		}
		names := got.texts("td.row-name")
		if !slices.IsSorted(names) {
			t.Errorf("not in order: %v", names)
		}
		for _, name := range names {
			seen[name] = true
		}
		if shown != "101 to 120 of 120" {
			path = got.href("Next")
		}
	}
	if len(seen) != 120 {
		t.Errorf("the pages show %d companies", len(seen))
	}
	if last := v.get(path).ok(); len(last.texts("#rows nav a")) != 2 {
		t.Errorf("on the last page: %v", last.texts("#rows nav a"))
	}
	if beyond := v.open("objects/companies", "page", "9").ok(); !strings.Contains(beyond.text("#rows"), "There are not so many pages") {
		t.Errorf("beyond the last page: %s", beyond.text("#rows"))
	}
}

func TestATableIsSortedByAClickOnItsHead(t *testing.T) {
	t.Parallel()
	v := companies(t)
	first := func(d document) string { return d.texts("td.row-name")[0] }
	up := v.get(v.open("objects/companies").ok().href("Name")).ok()
	if got := first(up); got != "Company 001" {
		t.Errorf("ascending begins with %s", got)
	}
	if got := attr(up.all("thead th")[0], "aria-sort"); got != "ascending" {
		t.Errorf("aria-sort is %s", got)
	}
	if got := first(v.get(up.href("Name")).ok()); got != "Company 120" {
		t.Errorf("descending begins with %s", got)
	}
}

func TestATableIsNarrowed(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	alder := fake.ID("fernhill/companies/alder")
	for _, tc := range []struct {
		name, path string
		pairs      []string
		want       []string
	}{
		{"by a part of a name", "objects/companies", []string{"q", "ALDER"}, []string{"Alder Clinics"}},
		{"by a part of an e-mail address", "objects/people", []string{"q", "henrik.bauer@"}, []string{"Henrik Bauer"}},
		{"by an id", "objects/companies", []string{"q", alder}, []string{"Alder Clinics"}},
		{"by a filter", "objects/companies", []string{"filter", `{"tier":"Strategic"}`}, []string{"Alder Clinics", "Garnet Hospital Group"}},
		{"by a filter with a number", "objects/companies", []string{"filter", `{"health":{"$gte":4}}`}, []string{"Alder Clinics", "Birch Dental"}},
		{"by a search and a filter", "objects/companies", []string{"filter", `{"tier":"Strategic"}`, "q", "garnet"}, []string{"Garnet Hospital Group"}},
		{"of a list, by the name of the record", "lists/sales", []string{"q", "alder"}, []string{"Alder Clinics", "Alder Clinics"}},
		{"of an activity that has no texts, to nothing", "activities/phone_calls", []string{"q", "alder"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := v.open(tc.path, tc.pairs...).ok().texts("td.row-name")
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestARefusedFilterIsShownAtItsField(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	for filter, want := range map[string]string{
		`{"nope":1}`:                `Unknown attribute slug: nope. (at nope)`,
		`{"name":{"$contains":1}}`:  `Error in filter. Expected a string, received number. (at name › $contains)`,
		`{"name":`:                  `This is not JSON: it ends too early.`,
		`{"name" 1}`:                `This is not JSON: there is a mistake at character 9.`,
		`["name"]`:                  `Write one JSON object, such as {"name": {"$contains": "a"}}.`,
		`{"name":"a"} {"name":"b"}`: `Write one JSON object, such as {"name": {"$contains": "a"}}.`,
	} {
		got := v.open("objects/companies", "filter", filter)
		if got.Status != http.StatusUnprocessableEntity || got.text("p.mistake") != want {
			t.Errorf("%s: %d %s", filter, got.Status, got.text("p.mistake"))
		}
		if kept := attr(got.all("#filter")[0], "value"); kept != filter {
			t.Errorf("the field has %s", kept)
		}
		if got.texts("td.row-name") != nil {
			t.Errorf("%s: rows are shown", filter)
		}
	}
}

func TestColumnsAreChosen(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	heads := func(pairs ...string) []string { return v.open("objects/companies", pairs...).ok().texts("thead th") }
	if diff := cmp.Diff([]string{"Name", "Domains", "Description", "Team", "Categories", "Tier", "Account health", "Referred by"}, heads()); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Name", "Foundation date", "Tier"}, heads("column", "tier", "column", "foundation_date")); diff != "" {
		t.Errorf("chosen (-want +got):\n%s", diff)
	}
	sorted := v.open("objects/companies", "column", "tier").ok().href("Tier")
	if diff := cmp.Diff([]string{"Name", "Tier"}, v.get(sorted).ok().texts("thead th")); diff != "" {
		t.Errorf("when sorted (-want +got):\n%s", diff)
	}
}

func TestABoardHasAColumnForEachStatus(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.Scenario("crm"))
	v.server.Workspace("fernhill").Create("deals", fake.Values{"name": "Held", "stage": "Lead", "owner": "mara@fernhill.example.com"})
	board := v.open("objects/deals/board").ok()
	if diff := cmp.Diff([]string{"Lead 2", "Qualified 1", "Proposal 1", "Won 🎉 2", "Lost 1"}, board.texts("section.column h2")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	sales := v.open("lists/sales/board").ok().texts("article.tile")
	if !slices.Contains(sales, "Garnet Hospital Group Jonas Weber 260 000 EUR Pedro Duarte") {
		t.Errorf("the tiles are %q", sales)
	}
	narrowed := v.open("objects/deals/board", "q", "garnet").ok()
	if diff := cmp.Diff([]string{"Lead 0", "Qualified 1", "Proposal 0", "Won 🎉 0", "Lost 0"}, narrowed.texts("section.column h2")); diff != "" {
		t.Errorf("narrowed (-want +got):\n%s", diff)
	}
	if got := v.open("objects/people/board"); got.Status != http.StatusNotFound || !strings.Contains(got.text("main"), "People has no status attribute") {
		t.Errorf("%d %s", got.Status, got.text("main"))
	}
}

func TestAnEntryWithoutAStatusHasAColumnOfItsOwn(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.YAML(`
version: 1
workspaces:
  acme:
    objects: {companies: {records: {navy: {name: Navy}, army: {name: Army}}}}
    lists:
      sales:
        parent_object: companies
        attributes: {stage: {type: status, statuses: [Lead, Won]}}
        entries: {navy: {record: navy, stage: Lead}, army: {record: army}}
`))
	board := v.open("lists/sales/board").ok()
	if diff := cmp.Diff([]string{"Lead 1", "Won 0", "No stage 1"}, board.texts("section.column h2")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhoLooksSeesWhatTheyMay(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, fake.YAML(`
version: 1
users: {ada: {email: ada@example.com, first_name: Ada}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    lists: {secret: {parent_object: companies, workspace_access: null, member_access: {ada: full-access}}}
`))
	for as, want := range map[string]int{"ada": http.StatusOK, "bob": http.StatusNotFound, "system": http.StatusNotFound} {
		if got := v.open("lists/secret", "as", as); got.Status != want {
			t.Errorf("%s: %d %s", as, got.Status, got.text("main"))
		}
	}
	if got := v.open("lists/secret", "as", "bob").text("main"); !strings.Contains(got, `List with slug/ID "secret" not found.`) {
		t.Errorf("Attio's sentence is missing: %s", got)
	}
	if got := v.open("", "as", "ad"); got.Status != http.StatusNotFound || !strings.Contains(got.text("main"), "ada") {
		t.Errorf("an unknown member: %d %s", got.Status, got.text("main"))
	}
}
