package scenario

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
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

func (e extension) isPath() bool { return IsFileName(string(e)) }

// IsFileName reports whether a name is that of a scenario file, rather than of a built-in scenario.
func IsFileName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

func (*extension) schema() schema {
	return schema{"type": "string", "anyOf": []any{schema{"enum": BuiltIns()}, schema{"pattern": `\.(ya?ml|json)$`}}}
}

// generated counts the made-up records of all workspaces.
func (d *document) generated() int {
	n := 0
	for _, w := range d.Workspaces.items {
		for _, g := range w.value.Generate.items {
			n += int(g.value)
		}
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

// schemaLine tells editors the schema of a file, which "fakeattio schema" prints.
const schemaLine = "# yaml-language-server: $schema=./scenario.schema.json\n"

// Export writes a seed as a scenario file from which Load makes the same seed: users, workspaces, and everything in them
// with ids, times, authors and history. What a file cannot express is refused by name. If ids repeat with the seed, those
// made at run time do not repeat the ones in the file.
func Export(seed *world.Seed) ([]byte, error) {
	d := documentExporter{users: make(map[*world.User]string), apps: make(map[attio.ID]string), created: defaultCreatedAt}
	if !seed.Clock.At.IsZero() {
		d.created = seed.Clock.At.Truncate(time.Millisecond)
	}
	d.nameUsers(seed.Users)
	faults := sortFaults(seed.Faults, seed.Workspaces)
	workspaces := &yamltree.Mapping{Block: true}
	for _, state := range seed.Workspaces {
		e := newExporter(&d, state, faults.of[state.Slug])
		workspaces.Put(state.Slug, yamltree.Lazy(func() any { return e.workspace() }))
	}
	var body []byte
	if start := clockOf(seed.Clock); start != nil {
		body = yamltree.Append(body, yamltree.MappingOf("clock", start), 0)
	}
	rest := new(yamltree.Mapping)
	rest.PutAll("apps", d.appsSection(seed.Apps))
	rest.PutAll("users", d.usersSection(seed.Users))
	rest.PutAll("workspaces", workspaces)
	rest.PutAll("faults", faults.all)
	body = yamltree.Append(body, rest, 0)
	head := []byte(schemaLine + "version: 1\n")
	if seed.Random != nil {
		head = fmt.Appendf(head, "seed: %d\n", d.random(*seed.Random, body))
	}
	file := append(head, body...)
	switch {
	case !utf8.Valid(file):
		d.refuseBytes(file)
	case len(file) > yamltree.MaxSize:
		d.refuse("the file would have %d MB, more than the %d that a scenario may have", len(file)>>20, yamltree.MaxSize>>20)
	}
	if d.problems != nil {
		return nil, fmt.Errorf("this cannot be written as a scenario:\n\t%s", strings.Join(d.problems, "\n\t"))
	}
	return file, nil
}

// refuseBytes names the first line of a file that is not UTF-8.
func (d *documentExporter) refuseBytes(file []byte) {
	for line := range bytes.Lines(file) {
		if !utf8.Valid(line) {
			d.refuse("YAML cannot hold text that is not UTF-8, as in %s", shorten(strconv.Quote(string(bytes.TrimSpace(line)))))
			return
		}
	}
}

// ExportWorkspace is Export for one workspace and the users who are its members.
func ExportWorkspace(seed *world.Seed, slug string) ([]byte, error) {
	i := slices.IndexFunc(seed.Workspaces, func(s *world.State) bool { return s.Slug == slug })
	if i < 0 {
		return nil, fmt.Errorf("there is no workspace %q", slug)
	}
	part := *seed
	part.Workspaces = seed.Workspaces[i : i+1]
	members := make(map[*world.User]bool)
	for member := range part.Workspaces[0].Members() {
		members[member.User] = true
	}
	part.Users = slices.DeleteFunc(slices.Clone(seed.Users), func(u *world.User) bool { return !members[u] })
	return Export(&part)
}

// documentExporter is what the workspaces of a file share.
type documentExporter struct {
	users    map[*world.User]string // their keys
	apps     map[attio.ID]string    // their keys
	created  time.Time              // when workspaces were created, unless they say otherwise
	explicit bool                   // something has an id that does not derive from its path
	problems []string
}

func (d *documentExporter) refuse(format string, args ...any) {
	if len(d.problems) < yamltree.MaxProblems {
		d.problems = append(d.problems, fmt.Sprintf(format, args...))
	}
}

// random returns the seed of an exported scenario: the same seed or, if the body has ids that were drawn from it, one that
// depends on the body, so that these ids are not drawn a second time.
func (d *documentExporter) random(seed int64, body []byte) int64 {
	if !d.explicit {
		return seed
	}
	hash := fnv.New64a()
	_, _ = hash.Write(body) // never fails
	return int64(hash.Sum64() >> 1)
}
