package world

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// enabled returns the slugs of the objects that clients see.
func enabled(s *State) []string {
	var slugs []string
	for _, o := range s.Schema.Objects {
		if o.Enabled {
			slugs = append(slugs, o.Slug)
		}
	}
	slices.Sort(slugs)
	return slugs
}

func TestANewWorkspaceHasTheStandardObjectsAndTwoOfThemOn(t *testing.T) {
	t.Parallel()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		if _, ok := tx.EnableObject("invoices"); ok {
			t.Error("an object that is not standard was turned on")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]string{"companies", "people"}, enabled(state)); diff != "" || len(state.Schema.Objects) != 5 {
		t.Errorf("%d objects; %s", len(state.Schema.Objects), diff)
	}
	if !slices.IsSortedFunc(state.Schema.Objects, func(a, b *Object) int { return cmp.Compare(a.ID, b.ID) }) {
		t.Error("the objects are not in the order of their ids")
	}
}

func TestAnObjectThatIsTurnedOnShowsWhatRefersToIt(t *testing.T) {
	t.Parallel()
	shown := map[bool]bool{}
	_, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		for range 2 {
			people, _ := tx.Schema.Object("people")
			deals, _ := people.Attribute("associated_deals")
			_, on := tx.Schema.Object("deals")
			shown[on] = tx.Schema.Shows(deals)
			tx.EnableObject("deals")
		}
		return nil
	})
	if diff := gocmp.Diff(map[bool]bool{false: false, true: true}, shown); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestAnObjectGoesWithAllThatIsInIt(t *testing.T) {
	t.Parallel()
	var company attio.ID
	// All in one transaction, so the records are those that it has just made.
	state := schemaState(t, func(tx *Tx, projects *Object) error {
		client := attribute.Definition{Slug: "client", Type: attribute.TypeRecordReference, Multiselect: true}
		companies, _ := tx.Schema.Object("companies")
		if _, err := tx.CreateAttribute(projects, client, &Pair{Object: companies, Slug: "projects", Multiselect: true}); err != nil {
			return err
		}
		projects, _ = tx.Schema.Object("projects")
		parent := attribute.Definition{Slug: "parent", Type: attribute.TypeRecordReference}
		if _, err := tx.CreateAttribute(projects, parent, &Pair{Object: projects, Slug: "children", Multiselect: true}); err != nil {
			return err
		}
		projects, _ = tx.Schema.Object("projects")
		companies, _ = tx.Schema.Object("companies")
		company = attio.PathID("company")
		if _, err := tx.CreateRecord(companies, company, nil); err != nil {
			return err
		}
		var previous []Write
		for _, name := range []string{"a", "b", "c"} {
			writes := append(previous, Write{"client", []any{map[string]any{"target_object": "companies", "target_record_id": string(company)}}})
			if _, err := tx.CreateRecord(projects, attio.PathID(name), writes); err != nil {
				return err
			}
			previous = []Write{{"parent", map[string]any{"target_object": "projects", "target_record_id": string(attio.PathID(name))}}}
		}
		return tx.DeleteObject(projects)
	})
	if diff := gocmp.Diff([]string{"companies", "people"}, enabled(state)); diff != "" {
		t.Error(diff)
	}
	companies, _ := state.Schema.Object("companies")
	if d, ok := companies.Attribute("projects"); ok {
		t.Errorf("the other side is left: %+v", d)
	}
	if len(slices.Collect(state.Records(attio.PathID("acme/objects/projects")))) > 0 {
		t.Error("records are left")
	}
	if _, ok := state.Record(companies.ID, company); !ok {
		t.Error("the company is gone")
	}
}
