package scenario_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// owner is where a value is read; names stand for the ids of records of the scenario.
type owner struct {
	state  *world.State
	target *world.Target
	of     *attribute.Definition
}

func (o owner) WorkspaceID() attio.ID { return o.state.ID }

func (o owner) ParentID() attio.ID { return o.target.ID }

func (o owner) Definition() *attribute.Definition { return o.of }

func (o owner) ObjectSlug(id attio.ID) string {
	object, _ := o.state.Schema.ObjectByID(id)
	return object.Slug
}

// reading reads a state of which it knows some ids by name.
type reading struct {
	state *world.State
	names []string // id, name, id, name, …
}

func read(seed *world.Seed, paths ...string) reading {
	r := reading{state: seed.Workspaces[0]}
	for _, path := range paths {
		r.names = append(r.names, string(attio.PathID(path)), strings.TrimPrefix(path, r.state.Slug+"/"))
	}
	return r
}

// record returns the values of a record as they read, with since when and by whom they are.
func (r reading) record(t *testing.T, path string) []string {
	t.Helper()
	slug, _, _ := strings.Cut(path, "/")
	object, ok := r.state.Schema.Object(slug)
	if !ok {
		t.Fatalf("no object %s", slug)
	}
	return r.values(t, &object.Target, path)
}

// entry is record for an entry.
func (r reading) entry(t *testing.T, path string) []string {
	t.Helper()
	slug, key, _ := strings.Cut(path, "/")
	list, ok := r.state.Schema.List(slug)
	if !ok {
		t.Fatalf("no list %s", slug)
	}
	return r.values(t, &list.Target, "lists/"+slug+"/entries/"+key)
}

func (r reading) values(t *testing.T, target *world.Target, path string) []string {
	t.Helper()
	record, ok := r.state.Record(target.ID, attio.PathID(r.state.Slug+"/"+path))
	if !ok {
		t.Fatalf("nothing at %s", path)
	}
	lines := []string{fmt.Sprintf("%s by %s %s", record.CreatedAt().Format(time.RFC3339), record.CreatedBy().Type, record.CreatedBy().ID)}
	for _, d := range target.Attributes {
		if d.Computed != "" && d.Computed != attribute.ComputedParent {
			continue
		}
		for _, held := range record.History(d) {
			line := fmt.Sprintf("%s %s %s", d.Slug, held.From.Format(time.DateOnly), held.Actor.Type)
			if held.Until != nil {
				line += " ended"
			}
			lines = append(lines, line+" "+string(held.Value.AppendFields(nil, owner{r.state, target, d})))
		}
	}
	names := strings.NewReplacer(r.names...)
	for i := range lines {
		lines[i] = names.Replace(lines[i])
	}
	return lines
}
