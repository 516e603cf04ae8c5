package world

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

var ada = &User{Key: "ada", Email: "ada@example.com"}

// seed has one workspace with one member and one token.
func seed(t testing.TB) *Seed {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		return errors.Join(
			tx.AddMember(attio.PathID("acme/members/ada"), ada, Admin),
			tx.AddToken(Token{ID: attio.PathID("acme/tokens/full"), Name: "full", Value: "secret", Kind: APIKey}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	return &Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}}
}

func acme(t testing.TB, w *World) *Workspace {
	t.Helper()
	workspace, ok := w.Workspace("acme")
	if !ok {
		t.Fatal("no workspace acme")
	}
	return workspace
}

func emails(s *State) []string {
	var all []string
	for member := range s.Members() {
		all = append(all, member.User.Email)
	}
	return all
}

func TestATransactionThatFailsHasNeverHappened(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	before := workspace.View()
	failure := errors.New("no")
	err := workspace.Update(Author{}, func(tx *Tx) error {
		tx.Rename("Other")
		if err := tx.AddMember("1", &User{Email: "bob@example.com"}, Regular); err != nil {
			t.Error(err)
		}
		return failure
	})
	if !errors.Is(err, failure) || workspace.View() != before {
		t.Errorf("got the error %v and another state: %v", err, workspace.View() != before)
	}
}

func TestAViewDoesNotChangeUnderItsReader(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	before := workspace.View()
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		return errors.Join(
			tx.AddMember("1", &User{Email: "bob@example.com"}, Regular),
			tx.SetAccess(attio.PathID("acme/members/ada"), Suspended),
		)
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ada@example.com"}, emails(before)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"ada@example.com", "bob@example.com"}, emails(workspace.View())); diff != "" {
		t.Error(diff)
	}
	was, _ := before.Member(attio.PathID("acme/members/ada"))
	is, _ := workspace.View().Member(attio.PathID("acme/members/ada"))
	if was.Access != Admin || is.Access != Suspended {
		t.Errorf("was %s, is %s", was.Access, is.Access)
	}
}

func TestMistakesInATransactionAreErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Tx) error
		want   string
	}{
		"one user twice":          {func(tx *Tx) error { return tx.AddMember("1", &User{Email: "ADA@example.com"}, Admin) }, "ADA@example.com is a member of the workspace already"},
		"an unknown access level": {func(tx *Tx) error { return tx.AddMember("1", &User{Email: "b@example.com"}, "owner") }, `unknown access level "owner"`},
		"an unknown member":       {func(tx *Tx) error { return tx.SetAccess("1", Suspended) }, "no workspace member has the id 1"},
		"a token's name twice":    {func(tx *Tx) error { return tx.AddToken(Token{Name: "full"}) }, `the name "full" is taken by another token`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := acme(t, New(seed(t))).Update(Author{}, tc.change)
			if err == nil || err.Error() != tc.want {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

func TestAnAPIKeyWasMadeByTheFirstAdmin(t *testing.T) {
	t.Parallel()
	_, token, ok := New(seed(t)).Authenticate("secret")
	if !ok || token.AuthorizedBy != attio.PathID("acme/members/ada") {
		t.Errorf("got %+v", token)
	}
}

func TestResetBringsTheSeedBack(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	workspace := acme(t, w)
	first := w.NewID()
	seeded := workspace.View()
	if err := workspace.Update(Author{}, func(tx *Tx) error { tx.Rename("Other"); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := workspace.AddToken(Token{ID: first, Name: "more", Value: "another"}); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(1)
	w.Reset()
	if workspace.View() != seeded {
		t.Error("the state is not the seed's")
	}
	if _, _, ok := w.Authenticate("another"); ok {
		t.Error("a token outlived the reset")
	}
	if !w.Clock.Now().Equal(noon) {
		t.Errorf("the clock says %v", w.Clock.Now())
	}
}

func TestATokenOfAWorkspaceThatIsGoneIsUnknown(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	if _, _, ok := w.Authenticate("secret"); !ok {
		t.Fatal("the token is unknown before")
	}
	if err := w.Reseed(&Seed{}); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := w.Authenticate("secret"); ok {
		t.Error("the token outlived its workspace")
	}
}

func TestOneTokenValueBelongsToOneToken(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	if err := acme(t, w).AddToken(Token{ID: "1", Name: "copy", Value: "secret"}); !errors.Is(err, ErrTokenTaken) {
		t.Errorf("got %v", err)
	}
}

func TestIDsRepeatUnderASeedAndNotWithout(t *testing.T) {
	t.Parallel()
	n := int64(7)
	first := func(random *int64) attio.ID { return New(&Seed{Random: random}).NewID() }
	if a, b := first(&n), first(&n); a != b {
		t.Errorf("under a seed the first id is %s and %s", a, b)
	}
	if a, b := first(nil), first(nil); a == b {
		t.Errorf("without a seed the first id is %s both times", a)
	}
	w := New(&Seed{Random: &n})
	before := w.NewID()
	w.Reset()
	if w.NewID() != before {
		t.Error("ids do not start again after a reset")
	}
}

func TestOneEMailAddressIsOneUser(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	if got := w.User(User{Email: "ADA@EXAMPLE.COM"}); got != ada {
		t.Errorf("got %+v", got)
	}
	bob := w.User(User{Email: "bob@example.com"})
	if w.User(User{Email: "bob@example.com"}) != bob {
		t.Error("the second time it is another account")
	}
}

// Servers share a seed, but each writes to its own copy.
func TestWorldsOfOneSeedDoNotMeet(t *testing.T) {
	t.Parallel()
	shared := seed(t)
	var servers sync.WaitGroup
	for i := range 20 {
		servers.Go(func() {
			w := New(shared)
			for j := range 20 {
				if err := acme(t, w).Update(Author{}, func(tx *Tx) error {
					return tx.AddMember(attio.PathID(fmt.Sprint(i, j)), &User{Email: fmt.Sprintf("%d@%d.example.com", j, i)}, Regular)
				}); err != nil {
					t.Error(err)
				}
			}
			if got := len(emails(acme(t, w).View())); got != 21 {
				t.Errorf("server %d has %d members", i, got)
			}
		})
	}
	servers.Wait()
	if got := len(emails(shared.Workspaces[0])); got != 1 {
		t.Errorf("the seed has %d members now", got)
	}
}

func TestWritersOfOneWorkspaceLoseNothing(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	var writers sync.WaitGroup
	for i := range 50 {
		writers.Go(func() {
			_ = workspace.Update(Author{}, func(tx *Tx) error {
				return tx.AddMember(attio.PathID(fmt.Sprint(i)), &User{Email: fmt.Sprintf("%d@example.com", i)}, Regular)
			})
		})
	}
	writers.Wait()
	if got := len(emails(workspace.View())); got != 51 {
		t.Errorf("got %d members", got)
	}
}

func TestACollectionKeepsTheOrderInWhichThingsCame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var collection Collection[int]
		var order []attio.ID
		model := map[attio.ID]int{}
		for i, key := range rapid.SliceOf(rapid.SampledFrom([]attio.ID{"a", "b", "c", "d", "e"})).Draw(t, "keys") {
			old := collection
			was := slices.Collect(old.All())
			collection = old.copy(new(writer))
			collection.put(key, i)
			if diff := cmp.Diff(was, slices.Collect(old.All())); diff != "" {
				t.Fatalf("a copy changed: %s", diff)
			}
			if _, known := model[key]; !known {
				order = append(order, key)
			}
			model[key] = i
		}
		var want []int
		for _, key := range order {
			want = append(want, model[key])
			if got, ok := collection.Get(key); !ok || got != model[key] {
				t.Fatalf("%s: got %d, %v", key, got, ok)
			}
		}
		if diff := cmp.Diff(want, slices.Collect(collection.All())); diff != "" || collection.Len() != len(want) {
			t.Fatal(diff)
		}
	})
}

func TestAForeignTokenStandsForTheFirstOne(t *testing.T) {
	t.Parallel()
	foreign := strings.Repeat("0123456789abcdef", 4)
	w := New(seed(t))
	workspace := acme(t, w)
	revoked := workspace.NewTokenValue("late")
	if err := workspace.AddToken(Token{ID: w.NewID(), Name: "late", Value: revoked}); err != nil {
		t.Fatal(err)
	}
	w.Reset() // the token is gone, as after a revocation
	for name, tc := range map[string]struct {
		value string
		want  bool
	}{
		"a token of Attio's form":     {foreign, true},
		"one of another length":       {foreign[1:], false},
		"one with other characters":   {foreign[1:] + "-", false},
		"one of this world":           {"secret", false},
		"one that this world revoked": {revoked, false},
		"none":                        {"", false},
	} {
		found, token, ok := w.StandIn(tc.value)
		if ok != tc.want || ok && (found != workspace || token.Name != "full") {
			t.Errorf("%s: got %v, %v", name, token, ok)
		}
	}
	if err := w.Reseed(&Seed{}); err != nil {
		t.Fatal(err)
	}
	if _, token, ok := w.StandIn(foreign); ok {
		t.Errorf("without a workspace: got %v", token)
	}
}
