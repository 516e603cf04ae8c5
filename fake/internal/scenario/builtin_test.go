package scenario_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/scenarios"
)

func TestTheBuiltInScenariosAreTheseAndNameTheirSchema(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"acme", "blank", "crm", "scopes", "stock"}, scenario.BuiltIns()); diff != "" {
		t.Error(diff)
	}
	for _, name := range scenario.BuiltIns() {
		content, err := scenarios.FS.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(content), "# yaml-language-server: $schema=./scenario.schema.json\n") {
			t.Errorf("%s does not begin with its schema", name)
		}
		load(t, scenario.BuiltIn(name))
	}
}

func TestAcmeHasTwoWorkspacesThatShareAUser(t *testing.T) {
	t.Parallel()
	seed := load(t, scenario.BuiltIn("acme"))
	var got []string
	for _, w := range seed.Workspaces {
		for m := range w.Members() {
			got = append(got, w.Slug+" "+m.User.Key+" "+string(m.Access))
		}
		for token := range w.Tokens() {
			got = append(got, w.Slug+" "+token.Name)
		}
	}
	want := []string{
		"acme ada admin", "acme bob member", "acme sven suspended", "acme full", "acme reader", "acme none",
		"globex gita admin", "globex ada member", "globex full",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, u := range seed.Users {
		if !strings.HasSuffix(u.Email, ".example.com") {
			t.Errorf("%s is not an address for examples", u.Email)
		}
	}
}

func TestTheReaderOfAcmeMayDoEveryReadAndNoWrite(t *testing.T) {
	t.Parallel()
	acme := load(t, scenario.BuiltIn("acme")).Workspaces[0]
	reader := tokenNamed(t, acme, "reader").Scopes
	for _, op := range attio.Operations() {
		for _, target := range op.Targets() {
			missing := reader.Missing(op.ScopesFor(target))
			if may := len(missing) == 0; may == op.Write {
				t.Errorf("%s of %s: write %t, missing %v", op.Name, target, op.Write, missing)
			}
		}
	}
	if none := tokenNamed(t, acme, "none").Scopes; none != 0 {
		t.Errorf("none has %v", none)
	}
	if full := tokenNamed(t, acme, "full").Scopes; full != attio.EveryScope() {
		t.Errorf("full has %v", full)
	}
}

func TestScopesHasATokenForEachLevelOfEachScope(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("scopes")).Workspaces[0]
	got := map[string]attio.ScopeSet{}
	for token := range state.Tokens() {
		got[token.Name] = token.Scopes
	}
	want := map[string]attio.ScopeSet{"all": attio.EveryScope(), "none": 0}
	for _, s := range attio.AllScopes() {
		set, err := attio.NewScopeSet(s)
		if err != nil {
			t.Fatal(err)
		}
		want[strings.Replace(string(s), ":", "-", 1)] = set
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first := slices.Collect(state.Tokens())[0]
	if first.Name != "all" {
		t.Errorf("the first token is %s", first.Name)
	}
}

func tokenNamed(t *testing.T, state *world.State, name string) *world.Token {
	t.Helper()
	token, ok := state.TokenNamed(name)
	if !ok {
		t.Fatalf("no token %s", name)
	}
	return token
}

func TestCRMHasValuesOfEveryTypeAndEveryObject(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	records := map[string]int{}
	types := map[attribute.Type]int{}
	stages := map[string]bool{}
	connected := map[string]bool{}
	for _, object := range state.Schema.Objects {
		if !object.Enabled {
			t.Errorf("%s is off", object.Slug)
		}
		for record := range state.Records(object.ID) {
			records[object.Slug]++
			for _, d := range object.Attributes {
				held := record.Active(d)
				if d.Computed == "" {
					types[d.Type] += len(held)
				}
				if len(held) > 0 && d.Relationship != nil {
					connected[object.Slug+"/"+d.Slug] = true
				}
				if len(held) > 0 && object.Slug == "deals" && d.Slug == "stage" {
					stage, _ := d.Status(attio.ID(held[0].Value.(attribute.StatusID)))
					stages[stage.Title] = true
				}
			}
		}
	}
	want := map[string]int{"companies": 10, "people": 15, "deals": 6, "users": 3, "workspaces": 3, "rollouts": 3}
	if diff := cmp.Diff(want, records); diff != "" {
		t.Error(diff)
	}
	for _, kind := range attribute.Types() {
		if types[kind] == 0 {
			t.Errorf("no record has a value of type %s", kind)
		}
	}
	deals, _ := state.Schema.Object("deals")
	stage, _ := deals.Attribute("stage")
	for _, s := range stage.Statuses {
		if !s.Archived && !stages[s.Title] {
			t.Errorf("no deal is at %s", s.Title)
		}
	}
	for _, object := range state.Schema.Objects {
		for _, d := range object.Attributes {
			if d.Relationship != nil && !connected[object.Slug+"/"+d.Slug] {
				t.Errorf("no record has %s/%s", object.Slug, d.Slug)
			}
		}
	}
	var levels []string
	for member := range state.Members() {
		levels = append(levels, string(member.Access))
	}
	if diff := cmp.Diff([]string{"admin", "admin", "member", "member", "suspended"}, levels); diff != "" {
		t.Error(diff)
	}
	if full := tokenNamed(t, state, "full").Scopes; full != attio.EveryScope() {
		t.Errorf("full has %v", full)
	}
	reader := tokenNamed(t, state, "reader").Scopes
	for _, op := range attio.Operations() {
		if op.Write && len(reader.Missing(op.ScopesFor("objects"))) == 0 {
			t.Errorf("the reader may %s", op.Name)
		}
	}
}

func TestCRMHasListsInEveryStage(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("crm")).Workspaces[0]
	entries := map[string]int{}
	for _, list := range state.Schema.Lists {
		stages := map[attribute.Value]bool{}
		for entry := range state.Records(list.ID) {
			entries[list.Slug]++
			for _, d := range list.Attributes {
				for _, held := range entry.Active(d) {
					stages[held.Value] = true
				}
			}
		}
		for _, d := range list.Attributes {
			for _, s := range d.Statuses {
				if !s.Archived && !stages[attribute.StatusID(s.ID)] {
					t.Errorf("no entry of %s is at %s", list.Slug, s.Title)
				}
			}
		}
		if len(slices.Collect(state.Views(list.ID, ""))) == 0 {
			t.Errorf("%s has no views", list.Slug)
		}
	}
	if diff := cmp.Diff(map[string]int{"sales": 8, "hiring": 4}, entries); diff != "" {
		t.Error(diff)
	}
}

// The listing is of a workspace that was half an hour old, with one company of its owner's.
func TestStockHasTheSampleCompaniesOfAFreshWorkspaceAsRecorded(t *testing.T) {
	t.Parallel()
	var recorded struct {
		Data []struct {
			CreatedAt attio.Time `json:"created_at"`
			Values    struct {
				Domains    []struct{ Domain string }
				Name       []struct{ Value string }
				LinkedIn   []struct{ Value string }
				Categories []struct{ Option struct{ Title string } }
				Employees  []struct{ Option struct{ Title string } } `json:"employee_range"`
				ARR        []struct{ Option struct{ Title string } } `json:"estimated_arr_usd"`
			}
		}
	}
	if err := json.Unmarshal(contract.FindRecording(t, "nango__companies").Answer.Body, &recorded); err != nil {
		t.Fatal(err)
	}
	titles := func(of []struct{ Option struct{ Title string } }) (all []string) {
		for _, o := range of {
			all = append(all, o.Option.Title)
		}
		return all
	}
	type company struct {
		at, domain, name, linkedIn string
		categories, employees, arr []string
	}
	var want, got []company
	for _, r := range recorded.Data {
		if v := r.Values; v.Domains[0].Domain != "example.com" {
			want = append(want, company{r.CreatedAt.String(), v.Domains[0].Domain, v.Name[0].Value, v.LinkedIn[0].Value,
				titles(v.Categories), titles(v.Employees), titles(v.ARR)})
		}
	}
	state := load(t, scenario.BuiltIn("stock")).Workspaces[0]
	companies, _ := state.Schema.Object("companies")
	values := func(r *world.Record, slug string) (all []string) {
		d, _ := companies.Attribute(slug)
		for _, held := range r.Active(d) {
			text := held.Value.Key()
			if o, ok := d.Option(attio.ID(text)); ok {
				text = o.Title
			}
			if held.Actor != world.System().Actor {
				t.Errorf("%s of %s is by %v", slug, r.ID, held.Actor)
			}
			all = append(all, text)
		}
		return all
	}
	for r := range state.Records(companies.ID) {
		if r.CreatedBy() == world.System().Actor {
			got = append(got, company{attio.Time{Time: r.CreatedAt()}.String(), values(r, "domains")[0], values(r, "name")[0], values(r, "linkedin")[0],
				values(r, "categories"), values(r, "employee_range"), values(r, "estimated_arr_usd")})
		}
	}
	byTime := func(a, b company) int { return strings.Compare(a.at, b.at) }
	slices.SortFunc(want, byTime)
	slices.SortFunc(got, byTime)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(company{})); diff != "" {
		t.Errorf("(-recorded +stock)\n%s", diff)
	}
}

func TestStockIsAWorkspaceAsAttioHandsItOut(t *testing.T) {
	t.Parallel()
	state := load(t, scenario.BuiltIn("stock")).Workspaces[0]
	if full := tokenNamed(t, state, "full").Scopes; full != attio.EveryScope() {
		t.Errorf("full has %v", full)
	}
	for _, o := range state.Schema.Objects {
		if !o.Enabled || o.Standard == "" {
			t.Errorf("%s: enabled %t, a standard object %t", o.Slug, o.Enabled, o.Standard != "")
		}
		for _, d := range o.Attributes {
			if !d.System {
				t.Errorf("%s has an attribute that Attio does not make, %s", o.Slug, d.Slug)
			}
		}
	}
	deals, _ := state.Schema.Object("deals")
	stage, _ := deals.Attribute("stage")
	value, _ := deals.Attribute("value")
	var stages []string
	for _, s := range stage.Statuses {
		stages = append(stages, s.Title)
	}
	if diff := cmp.Diff([]string{"Lead", "In Progress", "Won 🎉", "Lost"}, stages); diff != "" || value.Currency.Code != "USD" {
		t.Errorf("the currency is %s, stages:\n%s", value.Currency.Code, diff)
	}
	used := map[string]bool{}
	for r := range state.Records(deals.ID) {
		used[r.Active(stage)[0].Value.Key()] = true
	}
	if len(used) != len(stages) || len(state.Schema.Lists) != 1 {
		t.Errorf("deals in %d stages, %d lists", len(used), len(state.Schema.Lists))
	}
}
