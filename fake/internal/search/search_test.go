package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// values are the values of a record in a test, by attribute.
type values map[string]any

func (v values) writes() []world.Write {
	var writes []world.Write
	for attribute, value := range v {
		writes = append(writes, world.Write{Attribute: attribute, Value: value})
	}
	slices.SortFunc(writes, func(a, b world.Write) int { return strings.Compare(a.Attribute, b.Attribute) })
	return writes
}

// reporter is the common part of tests, benchmarks and properties.
type reporter interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// newWorkspace makes a workspace with people, companies, deals, users, workspaces and the custom object projects, and
// fills it.
func newWorkspace(t reporter, fill func(*world.Tx)) *world.Workspace {
	t.Helper()
	state, err := world.Build("acme", "Acme", noon, func(tx *world.Tx) error {
		for _, slug := range []string{"deals", "users", "workspaces"} {
			tx.EnableObject(slug)
		}
		slug, singular, plural := "projects", "Project", "Projects"
		if _, err := tx.CreateObject(world.ObjectEdit{Slug: &slug, Singular: &singular, Plural: &plural}); err != nil {
			return err
		}
		fill(tx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(&world.Seed{Clock: world.Start{At: noon, Frozen: true}, Workspaces: []*world.State{state}})
	workspace, _ := w.Workspace("acme")
	return workspace
}

// seedRecord makes a record whose id derives from a key.
func seedRecord(t reporter, tx *world.Tx, object, key string, v values) {
	t.Helper()
	o, ok := tx.Schema.Object(object)
	if !ok {
		t.Fatalf("no object %s", object)
	}
	if _, err := tx.CreateRecord(o, attio.PathID(key), v.writes()); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
}

func update(t reporter, workspace *world.Workspace, change func(*world.Tx)) {
	t.Helper()
	if err := workspace.Update(world.Author{}, func(tx *world.Tx) error { change(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// find searches and returns the keys of the records that it finds.
func find(t reporter, state *world.State, keys []string, query string, limit int, slugs ...string) []string {
	t.Helper()
	found := []string{}
	for _, hit := range Records(state, objects(t, state, slugs...), query, limit) {
		i := slices.IndexFunc(keys, func(key string) bool { return attio.PathID(key) == hit.Record.ID })
		if i < 0 {
			t.Fatalf("%q found a record that nobody made: %s", query, hit.Record.ID)
		}
		found = append(found, keys[i])
	}
	return found
}

func objects(t reporter, state *world.State, slugs ...string) []*world.Object {
	t.Helper()
	var objects []*world.Object
	for _, slug := range slugs {
		o, ok := state.Schema.Object(slug)
		if !ok {
			t.Fatalf("no object %s", slug)
		}
		objects = append(objects, o)
	}
	return objects
}

// name writes a person's name.
func name(first, last string) map[string]any {
	return map[string]any{"first_name": first, "last_name": last, "full_name": strings.TrimSpace(first + " " + last)}
}

func TestThePeopleWhomAQueryFindsComeInThisOrder(t *testing.T) {
	t.Parallel()
	people := map[string]values{
		"lovelace": {"name": name("Ada", "Lovelace"), "email_addresses": []any{"ada@navy.example.com", "countess@example.org"}, "job_title": "Analyst"},
		"adam":     {"name": name("Adam", "Smith"), "phone_numbers": []any{"+442071838750"}},
		"ada":      {"name": name("Ada", "")},
		"byron":    {"name": name("Augusta Ada", "Byron"), "linkedin": "https://linkedin.com/in/gus-king"},
		"jose":     {"name": name("José", "Ångström"), "twitter": "@pepe", "instagram": "pep.it"},
		"grace":    {"name": name("Grace", "O'Brien"), "phone_numbers": []any{"+12125551234"}},
		"nobody":   {"email_addresses": []any{"zed@nowhere.example.com"}},
	}
	keys := make([]string, 0, len(people))
	workspace := newWorkspace(t, func(tx *world.Tx) {
		for key, v := range people {
			keys = append(keys, key)
			seedRecord(t, tx, "people", key, v)
		}
	})
	for query, want := range map[string][]string{
		"ada":                     {"ada", "lovelace", "adam", "byron"}, // exact; begins with it; a word
		"ADA":                     {"ada", "lovelace", "adam", "byron"},
		"ad":                      {"ada", "lovelace", "adam", "byron"},
		"ada lo":                  {"lovelace"},
		"lovelace ada":            {"lovelace"},
		"ada lovelace":            {"lovelace"},
		"ada byron":               {"byron"}, // the words come in another order
		"king gus":                {"byron"},
		"smith":                   {"adam"},
		"vela":                    {}, // not the beginning of a word
		"jose angstrom":           {"jose"},
		"JOSÉ":                    {"jose"},
		"pepe":                    {"jose"},
		"@pepe":                   {"jose"},
		"https://x.com/pepe":      {"jose"},
		"pep.it":                  {"jose"},
		"linkedin":                {},
		"gus-king":                {"byron"},
		"linkedin.com/in/gus-kin": {"byron"},
		"ada@navy.example.com":    {"lovelace"},
		"Ada@Navy":                {"lovelace"},
		"navy.example.com":        {"lovelace"},
		"example.org":             {"lovelace"},
		"countess":                {"lovelace"},
		"example com":             {"lovelace", "nobody"}, // by label
		"zed":                     {"nobody"},
		"analyst":                 {}, // no other attribute is searched
		"+1 (212) 555-1234":       {"grace"},
		"212 555":                 {"grace"},
		"2125551234":              {"grace"},
		"5551234":                 {},
		"020 7183 8750":           {"adam"},
		"+44 20":                  {"adam"},
		"obrien":                  {"grace"},
		"o’brien":                 {"grace"},
		"lovelcae":                {"lovelace"}, // swapped letters
		"lovelacce ada":           {"lovelace"}, // an extra letter
		"lvelac":                  {},           // two edits in a short word
		"lovvelac":                {"lovelace"}, // two in a long one
		"grcae":                   {"grace"},
		"adx":                     {}, // too short for near misses
		"zzzz":                    {},
		"ada zzzz":                {}, // every word has to match
		"?":                       {},
	} {
		if diff := cmp.Diff(want, find(t, workspace.View(), keys, query, 25, "people")); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
}

func TestTheAttributesOfEachObjectThatAreSearched(t *testing.T) {
	t.Parallel()
	keys := []string{"navy", "bare", "deal", "user", "workspace"}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		ada := attio.PathID("acme/members/ada")
		if err := tx.AddMember(ada, &world.User{Email: "ada@example.com"}, world.Admin); err != nil {
			t.Fatal(err)
		}
		seedRecord(t, tx, "companies", "navy", values{"name": "Royal Navy", "domains": []any{"fleet.example.com"}, "twitter": "@navy", "description": "ships"})
		seedRecord(t, tx, "companies", "bare", values{"domains": []any{"bare.example.com"}})
		seedRecord(t, tx, "deals", "deal", values{"name": "Engine sale", "stage": "Lead", "owner": "ada@example.com"})
		seedRecord(t, tx, "users", "user", values{"primary_email_address": "grace@example.com", "user_id": "u-77"})
		seedRecord(t, tx, "workspaces", "workspace", values{"workspace_id": "w-88", "name": "Analytical"})
	})
	everything := []string{"companies", "deals", "users", "workspaces", "people"}
	for query, want := range map[string][]string{
		"royal":     {"navy"},
		"fleet":     {"navy"},
		"@navy":     {"navy"},
		"ships":     {},
		"example":   {"bare", "user", "navy"},
		"engine":    {"deal"},
		"lead":      {},
		"grace":     {"user"},
		"u-77":      {},
		"analytic":  {"workspace"},
		"w-88":      {},
		"Royl Navy": {"navy"},
	} {
		if diff := cmp.Diff(want, find(t, workspace.View(), keys, query, 25, everything...)); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
}

func TestTheLabelOfARecord(t *testing.T) {
	t.Parallel()
	want := map[string]string{"full": "Ada Lovelace", "mail": "ada@example.com", "phone": "+12125551234", "empty": "",
		"company": "Navy", "domain": "navy.example.com", "nameless": ""}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		seedRecord(t, tx, "people", "full", values{"name": "Lovelace, Ada", "email_addresses": []any{"a@example.com"}})
		seedRecord(t, tx, "people", "mail", values{"email_addresses": []any{"Ada@example.com"}})
		seedRecord(t, tx, "people", "phone", values{"phone_numbers": []any{"+12125551234"}})
		seedRecord(t, tx, "people", "empty", values{"linkedin": "ada"})
		seedRecord(t, tx, "companies", "company", values{"name": "Navy", "domains": []any{"a.example.com"}})
		seedRecord(t, tx, "companies", "domain", values{"domains": []any{"navy.example.com"}})
		seedRecord(t, tx, "projects", "nameless", nil)
	})
	state := workspace.View()
	got := map[string]string{}
	for key := range want {
		for _, o := range state.Schema.Objects {
			if record, ok := state.Record(o.ID, attio.PathID(key)); ok {
				got[key] = Label(o, record)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestABlankQueryFindsTheNewestFirst(t *testing.T) {
	t.Parallel()
	keys := []string{"a", "b", "c", "d"}
	workspace := newWorkspace(t, func(tx *world.Tx) {
		for i, key := range keys {
			tx.Now = noon.Add(time.Duration(i) * time.Minute)
			seedRecord(t, tx, []string{"people", "companies"}[i%2], key, nil)
		}
	})
	for _, query := range []string{"", " \t"} {
		if diff := cmp.Diff([]string{"d", "c", "b"}, find(t, workspace.View(), keys, query, 3, "people", "companies")); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
}

func TestEqualsComeInTheOrderOfTheirIDs(t *testing.T) {
	t.Parallel()
	var want []string
	workspace := newWorkspace(t, func(tx *world.Tx) {
		for i := range 40 {
			key := fmt.Sprint("acme", i)
			want = append(want, key)
			seedRecord(t, tx, "companies", key, values{"name": "Acme"})
		}
	})
	slices.SortFunc(want, func(a, b string) int { return strings.Compare(string(attio.PathID(a)), string(attio.PathID(b))) })
	for _, query := range []string{"acme", "ac", "acmee", ""} {
		if diff := cmp.Diff(want[:25], find(t, workspace.View(), want, query, 25, "companies")); diff != "" {
			t.Errorf("%q:\n%s", query, diff)
		}
	}
}
