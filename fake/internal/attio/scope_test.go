package attio

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAScopeSetListsOnlyTheHighestLevelInAlphabeticalOrder(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		scopes []Scope
		want   string
	}{
		"no scope":                       {nil, ""},
		"read alone":                     {[]Scope{"task:read"}, "task:read"},
		"read-write hides read":          {[]Scope{"note:read", "note:read-write"}, "note:read-write"},
		"any order becomes alphabetical": {[]Scope{"webhook:read", "comment:read-write", "file:read"}, "comment:read-write file:read webhook:read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			set, err := NewScopeSet(tc.scopes...)
			if err != nil {
				t.Fatal(err)
			}
			if got := set.String(); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAnUnknownScopeIsNamed(t *testing.T) {
	t.Parallel()
	for _, scope := range []Scope{"notes:read", "note:write", "note", ":read", "note:read:read", ""} {
		if _, err := NewScopeSet("task:read", scope); err == nil || err.Error() != `unknown scope "`+string(scope)+`"` {
			t.Errorf("%q: got the error %v", scope, err)
		}
	}
}

func TestMissingNamesWhatIsNotGranted(t *testing.T) {
	t.Parallel()
	set, _ := NewScopeSet("record_permission:read", "object_configuration:read-write")
	required := []Scope{"record_permission:read-write", "object_configuration:read", "list_entry:read"}
	want := []Scope{"record_permission:read-write", "list_entry:read"}
	if diff := cmp.Diff(want, set.Missing(required)); diff != "" {
		t.Error(diff)
	}
}

func TestReadWriteGrantsReadAndNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		granted := rapid.SampledFrom(AllScopes()).Draw(t, "granted")
		asked := rapid.SampledFrom(AllScopes()).Draw(t, "asked")
		set, err := NewScopeSet(granted)
		if err != nil {
			t.Fatal(err)
		}
		want := granted == asked || granted == asked+"-write"
		if set.Has(asked) != want {
			t.Errorf("%s grants %s: %v", granted, asked, !want)
		}
		if again, _ := NewScopeSet(set.List()...); again != set {
			t.Errorf("the list of %s makes another set", granted)
		}
	})
}

func TestEveryScopeIsAllOfThem(t *testing.T) {
	t.Parallel()
	all, err := NewScopeSet(AllScopes()...)
	if err != nil || all != EveryScope() {
		t.Errorf("got %v, %v", all, err)
	}
	if missing := EveryScope().Missing(AllScopes()); missing != nil {
		t.Errorf("missing %v", missing)
	}
}

func TestScopesHaveTheNamesOfAttiosMessages(t *testing.T) {
	t.Parallel()
	for scope, want := range map[Scope]string{
		"record_permission:read-write": "Read-Write access to the Records scope",
		"email:read":                   "Read access to the Emails scope",
	} {
		if got := scope.Title(); got != want {
			t.Errorf("%s: got %q, want %q", scope, got, want)
		}
	}
}
