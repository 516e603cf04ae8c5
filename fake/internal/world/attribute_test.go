package world

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// schemaState builds a workspace with the custom object projects.
func schemaState(t testing.TB, fill func(tx *Tx, projects *Object) error) *State {
	t.Helper()
	state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
		projects, err := tx.CreateObject(object("projects", "Project", "Projects"))
		if err != nil {
			return err
		}
		return fill(tx, projects)
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func object(slug, singular, plural string) ObjectEdit {
	return ObjectEdit{Slug: &slug, Singular: &singular, Plural: &plural}
}

func TestAnAttributeOfTheScenarioHasIDsOfItsPath(t *testing.T) {
	t.Parallel()
	given := []attribute.Option{{Title: "Red"}, {Title: "Blue", Archived: true}}
	state := schemaState(t, func(tx *Tx, projects *Object) error {
		_, err := tx.CreateAttribute(projects, attribute.Definition{Slug: "colour", Title: "Colour", Type: attribute.TypeSelect, Options: given}, nil)
		return err
	})
	projects, _ := state.Schema.Object("projects")
	got, _ := projects.Attribute("colour")
	const path = "acme/objects/projects/attributes/colour"
	want := &attribute.Definition{
		ID: attio.PathID(path), Slug: "colour", Title: "Colour", Type: attribute.TypeSelect, Writable: true, CreatedAt: noon,
		Options: []attribute.Option{
			{ID: attio.PathID(path + "/options/Red"), Title: "Red"},
			{ID: attio.PathID(path + "/options/Blue"), Title: "Blue", Archived: true},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if given[0].ID != "" {
		t.Error("the definition that was given has changed")
	}
}

func TestAChangeOfAnAttributeThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	schemaState(t, func(tx *Tx, projects *Object) error {
		_, err := tx.UpdateAttribute(projects, attribute.Definition{ID: "1", Slug: "x"})
		if err == nil || err.Error() != "objects/projects has no attribute 1" {
			t.Errorf("got %v", err)
		}
		return nil
	})
}

func TestADefaultIsKeptAsWhatItMeans(t *testing.T) {
	t.Parallel()
	state := schemaState(t, func(tx *Tx, projects *Object) error {
		d, err := tx.CreateAttribute(projects, attribute.Definition{Slug: "colour", Type: attribute.TypeSelect, Options: []attribute.Option{{Title: "Red"}}}, nil)
		if err != nil {
			return err
		}
		projects, _ = tx.Schema.Object("projects")
		changed := *d
		changed.Default = &attribute.Default{Static: []any{"Red"}}
		if d, err = tx.UpdateAttribute(projects, changed); err != nil {
			return err
		}
		projects, _ = tx.Schema.Object("projects")
		_, err = tx.PutOption(projects, d, attribute.Option{ID: d.Options[0].ID, Title: "Crimson"})
		return err
	})
	projects, _ := state.Schema.Object("projects")
	d, _ := projects.Attribute("colour")
	want := &attribute.Default{Values: []attribute.Value{attribute.OptionID(d.Options[0].ID)}}
	if diff := cmp.Diff(want, d.Default); diff != "" || d.Options[0].Title != "Crimson" {
		t.Errorf("the option %q: %s", d.Options[0].Title, diff)
	}
}

// TestOptionsKeepTheirPlacesAndTitles compares random changes of options with a plain list.
func TestOptionsKeepTheirPlacesAndTitles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		made := 0
		tx := &Tx{
			State: &State{Schema: &Schema{}},
			newID: func(string) attio.ID { made++; return attio.ID(fmt.Sprint(made)) },
		}
		tx.putObject(&Object{Target: Target{ID: "o", Attributes: []*attribute.Definition{{ID: "a", Type: attribute.TypeSelect}}}})
		var model []attribute.Option
		now := func() (*Object, *attribute.Definition) {
			o, _ := tx.Schema.ObjectByID("o")
			return o, o.Attributes[0]
		}
		put := func(option attribute.Option) {
			i := slices.IndexFunc(model, func(o attribute.Option) bool { return o.ID == option.ID })
			taken := slices.ContainsFunc(model, func(o attribute.Option) bool { return o.Title == option.Title && o.ID != option.ID })
			o, d := now()
			got, err := tx.PutOption(o, d, option)
			if taken != (err != nil) {
				t.Fatalf("%+v: %v", option, err)
			}
			var refusal *attio.Error
			switch {
			case taken && (!errors.As(err, &refusal) || refusal.Code != "slug_conflict"):
				t.Fatalf("got %v", err)
			case taken:
			case i < 0:
				model = append(model, got)
			default:
				model[i] = got
			}
		}
		title := rapid.SampledFrom([]string{"Red", "Green", "Blue", "red"})
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) { put(attribute.Option{Title: title.Draw(t, "title")}) },
			"change": func(t *rapid.T) {
				if len(model) == 0 {
					t.Skip("nothing to change")
				}
				option := rapid.SampledFrom(model).Draw(t, "option")
				option.Title, option.Archived = title.Draw(t, "title"), rapid.Bool().Draw(t, "archived")
				put(option)
			},
			"": func(t *rapid.T) {
				if _, d := now(); !slices.Equal(model, d.Options) {
					t.Fatal(cmp.Diff(model, d.Options))
				}
			},
		})
	})
}
