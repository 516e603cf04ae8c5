package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/scenarios"
)

func TestTheBuiltInScenariosAreTheseAndNameTheirSchema(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"acme", "blank", "scopes"}, scenario.BuiltIns()); diff != "" {
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
