package scenario

import (
	"fmt"
	"path"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// The types of the format are structs. A field's tag "yaml" has its key and options: "required" (in all files
// together), "everyfile" (required in each), "short" (a scalar instead of the mapping stands for this field),
// "inline" (the fields of a struct count as the struct's that contains it). The tag "doc" describes the key in
// errors and in the JSON Schema. Values other than strings, integers, booleans and mappings have types that read
// themselves (custom). A pointer accepts null as well, which removes what a lower file says.

// document is a scenario file.
type document struct {
	placed
	Schema     string                   `yaml:"$schema" doc:"Where editors find the JSON Schema, for files in JSON, which has no comments: ./scenario.schema.json."`
	Version    version                  `yaml:"version,required,everyfile" doc:"The version of the format, always 1."`
	Extends    []extension              `yaml:"extends" doc:"What this file builds on: names of built-in scenarios, or paths relative to this file. Later ones override earlier ones, and this file overrides all of them."`
	Seed       *int64                   `yaml:"seed" doc:"With a seed, the ids and secrets made at run time repeat. Without one they are random."`
	Clock      clockStart               `yaml:"clock" doc:"The time at which the clock starts: a timestamp, or a mapping that says more. Without it the clock shows the real time."`
	Apps       ordered[name, app]       `yaml:"apps" doc:"The OAuth apps, by a key of your choice. Any workspace can install them."`
	Users      ordered[name, user]      `yaml:"users" doc:"The users, each with one login account, by a name of your choice."`
	Workspaces ordered[slug, workspace] `yaml:"workspaces" doc:"The workspaces, by their slugs."`
	Faults     ordered[name, anyFault]  `yaml:"faults" doc:"Faults that requests to any workspace meet, by a key of your choice. If two faults match a request, one of a workspace acts before one of these."`
}

// version is the version of the format.
type version int

func (v *version) decode(d *decoder, f yamltree.Field) {
	if f.Value.Kind != yamltree.KindNumber || f.Value.Text != "1" {
		d.problems.Add(f.Value.Position, "unknown version of the format; write version: 1")
		return
	}
	*v = 1
}

func (*version) schema() schema { return schema{"const": 1} }

// extension names a scenario that this one extends: a built-in one, or a file by its path, which ends in
// .yaml, .yml or .json.
type extension string

func (e *extension) decode(d *decoder, f yamltree.Field) {
	if text, ok := d.text(f); ok {
		*e = extension(text)
	}
}

func (e extension) isPath() bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(string(e)))
}

func (*extension) schema() schema {
	return schema{"type": "string", "anyOf": []any{schema{"enum": BuiltIns()}, schema{"pattern": `\.(ya?ml|json)$`}}}
}

// generated counts the made-up records of all workspaces.
func (d *document) generated() int {
	n := 0
	for _, w := range d.Workspaces.items {
		n += w.value.made()
	}
	return n
}

// build makes the seed of a document. It continues after a problem, so that all of them are reported.
func build(doc *document, ps *yamltree.Problems) (*world.Seed, error) {
	seed := &world.Seed{Random: doc.Seed}
	var created time.Time
	seed.Clock, created = doc.Clock.start()
	created = created.Truncate(time.Millisecond)
	users := usersOf(doc)
	seed.Apps = appsOf(doc, ps)
	for _, u := range doc.Users.items {
		seed.Users = append(seed.Users, users[u.key])
	}
	for _, w := range doc.Workspaces.items {
		made := at(w.value.CreatedAt, created)
		state, err := world.BuildAs(w.value.newState(w.key, ps), made, func(tx *world.Tx) error {
			b := &builder{
				problems: ps, slug: w.key, workspace: &w.value, users: users, apps: seed.Apps, tx: tx, created: made, author: tx.Author,
				random: defaultRandom, broken: make(map[string]bool),
			}
			if doc.Seed != nil {
				b.random = *doc.Seed
			}
			b.buildSections()
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("workspace %q: %w", w.key, err)
		}
		seed.Workspaces = append(seed.Workspaces, state)
	}
	seed.Faults = faultsOf(doc, ps)
	if err := ps.Err(); err != nil {
		return nil, err
	}
	return seed, nil
}
