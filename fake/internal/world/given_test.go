package world

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// cloned clones a workspace under a slug, or under the next one.
func cloned(t *testing.T, w *World, original *Workspace, slug string) *Workspace {
	t.Helper()
	clone, err := w.Clone(original, slug)
	if err != nil {
		t.Fatal(err)
	}
	return clone
}

// tokenValues lists the values of the tokens of a workspace.
func tokenValues(ws *Workspace) []string {
	var values []string
	for token := range ws.View().Tokens() {
		values = append(values, token.Value)
	}
	return values
}

func TestNoSlugIdOrTokenIsGivenTwice(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	given := make(map[string]bool)
	give := func(ws *Workspace) {
		for _, one := range append(tokenValues(ws), ws.View().Slug, string(ws.View().ID)) {
			if given[one] {
				t.Errorf("%s is given again", one)
			}
			given[one] = true
		}
	}
	cloned(t, w, acme(t, w), "acme-3") // the numbering has to skip it
	var slugs []string
	for _, change := range []func(*Workspace){
		func(*Workspace) {},
		func(clone *Workspace) { w.Remove(clone) },
		func(clone *Workspace) { give(cloned(t, w, clone, "")) },
		func(*Workspace) { w.Reset() },
		func(*Workspace) { w.Restore(w.Snapshot()) },
		func(*Workspace) {
			if err := w.Reseed(w.Seed()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		clone := cloned(t, w, acme(t, w), "")
		give(clone)
		slugs = append(slugs, clone.View().Slug)
		change(clone)
	}
	if diff := cmp.Diff([]string{"acme-2", "acme-4", "acme-5", "acme-7", "acme-8", "acme-9"}, slugs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASlugThatAWorkspaceHadIsRefused(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	cloned(t, w, acme(t, w), "present")
	w.Remove(cloned(t, w, acme(t, w), "gone"))
	for slug, want := range map[string]error{"acme": ErrSlugTaken, "present": ErrSlugTaken, "gone": ErrSlugGone} {
		if _, err := w.Clone(acme(t, w), slug); !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", slug, err, want)
		}
	}
	before := w.Seed()
	err := w.Reseed(&Seed{Workspaces: []*State{{Slug: "gone"}}})
	want := `workspace "gone": a clone of this server has or had that slug, and no slug is given twice; choose another or start the server anew`
	if err == nil || err.Error() != want || w.Seed() != before {
		t.Errorf("a scenario with the slug of a clone: %v", err)
	}
	for slug, want := range map[string]bool{"acme": true, "gone": true, "globex": false} {
		if got := w.HadWorkspace(slug); got != want {
			t.Errorf("there was a workspace %s: %v", slug, got)
		}
	}
}

func TestATokenMadeAtRunTimeIsNeverMadeAgain(t *testing.T) {
	t.Parallel()
	start := *seed(t)
	start.Random = new(int64(7))
	w := New(&start)
	var values []string
	for range 3 {
		id := w.NewID()
		token := Token{ID: id, Name: string(id), Value: acme(t, w).NewTokenValue(string(id)), Kind: APIKey}
		if err := acme(t, w).AddToken(token); err != nil {
			t.Fatal(err)
		}
		values = append(values, token.Value)
		w.Reset() // restarts the ids
	}
	if values[0] == values[1] || values[1] == values[2] || len(values[0]) != attio.TokenLength {
		t.Errorf("%v", values)
	}
	if _, _, ok := w.Authenticate(values[0]); ok {
		t.Error("the first one is known after a reset")
	}
}

func TestAWorkspaceOfTheSeedIsTheSameAfterItWasRemoved(t *testing.T) {
	t.Parallel()
	w := New(seed(t))
	before := acme(t, w)
	w.Remove(before)
	w.Reset()
	if acme(t, w) != before {
		t.Error("reset made another one")
	}
}
