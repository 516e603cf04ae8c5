package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/scenarios"
)

func TestTheBuiltInScenariosAreTheseAndNameTheirSchema(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"acme", "blank", "crm", "scopes"}, scenario.BuiltIns()); diff != "" {
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
		for _, target := range []string{"objects", "lists"} {
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
