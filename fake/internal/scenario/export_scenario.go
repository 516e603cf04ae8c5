package scenario

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// schemaLine is how a file tells editors its schema.
const schemaLine = "# yaml-language-server: $schema=https://raw.githubusercontent.com/fakeattio/fakeattio/HEAD/scenarios/scenario.schema.json\n"

// Export writes a seed as a scenario file, such that Load makes the same of it: users, workspaces, and all that is in them
// with its ids, times, authors and history. What the file cannot say is refused by name. The ids that come to be at run
// time do not repeat those of the file, if the seed has some that repeat.
func Export(seed *world.Seed) ([]byte, error) {
	d := documentExporter{users: make(map[*world.User]string), created: defaultCreatedAt}
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
	body = yamltree.Append(body, compact(&yamltree.Mapping{Entries: []yamltree.Entry{
		{Key: "users", Value: d.usersSection(seed.Users)}, {Key: "workspaces", Value: workspaces}, {Key: "faults", Value: faults.all},
	}}), 0)
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

// refuseBytes names the text in a file that is none.
func (d *documentExporter) refuseBytes(file []byte) {
	for line := range bytes.Lines(file) {
		if !utf8.Valid(line) {
			d.refuse("YAML cannot have what is not UTF-8, as in %s", shorten(strconv.Quote(string(bytes.TrimSpace(line)))))
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
	created  time.Time              // when a workspace was made that does not say when
	explicit bool                   // something has an id that does not derive from its place
	problems []string
}

func (d *documentExporter) refuse(format string, args ...any) {
	if len(d.problems) < yamltree.MaxProblems {
		d.problems = append(d.problems, fmt.Sprintf(format, args...))
	}
}

// random returns a seed for the ids of a scenario with a body: the same seed again or, where the body has ids that came
// of it, one that depends on these, so that they do not come a second time.
func (d *documentExporter) random(seed int64, body []byte) int64 {
	if !d.explicit {
		return seed
	}
	hash := fnv.New64a()
	_, _ = hash.Write(body) // never fails
	return int64(hash.Sum64() >> 1)
}

// exporter writes one workspace.
type exporter struct {
	*documentExporter
	state   *world.State
	faults  *yamltree.Mapping
	keys    map[attio.ID]string     // what things are called by that others refer to, once they have been asked for
	created time.Time               // of what does not say when it was made
	admin   attio.Actor             // who made what does not say who did
	order   map[attio.ID][]attio.ID // the records of each object and the entries of each list, in the order of the file
	// inverse has, for the side of a relationship that is not written, what each record gets there.
	inverse map[attio.ID]map[attio.ID][]attribute.Value
}

func newExporter(d *documentExporter, state *world.State, faults *yamltree.Mapping) *exporter {
	people, _ := state.Schema.ObjectByID(standardID(state, "people"))
	e := &exporter{
		documentExporter: d, state: state, faults: faults, keys: make(map[attio.ID]string), created: people.CreatedAt, admin: world.System().Actor,
	}
	if admin, ok := state.FirstAdmin(); ok {
		e.admin = world.MemberAuthor(admin.ID).Actor
	}
	return e
}

// standardID returns the id of a standard object.
func standardID(state *world.State, slug string) attio.ID {
	i := slices.IndexFunc(state.Schema.Objects, func(o *world.Object) bool { return o.Standard == slug })
	return state.Schema.Objects[i].ID
}

// refuse reports something of the workspace that the file cannot say.
func (e *exporter) refuse(what, key, format string, args ...any) {
	e.documentExporter.refuse("%s: the %s %q %s", e.state.Slug, what, key, fmt.Sprintf(format, args...))
}

// timestamp writes a point in time.
func timestamp(t time.Time) yamltree.Plain { return yamltree.Plain(t.UTC().Format(time.RFC3339Nano)) }

func texts[S ~string](all []S) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, s := range all {
		written = append(written, yamltree.Text(s))
	}
	return written
}

// shortened returns the first value of a mapping that has no other, in whose place the format takes it.
func shortened(m *yamltree.Mapping) any {
	if len(m.Entries) == 1 {
		return m.Entries[0].Value
	}
	return m
}

// compact leaves out the sections in which there is nothing.
func compact(m *yamltree.Mapping) *yamltree.Mapping {
	m.Entries = slices.DeleteFunc(m.Entries, func(e yamltree.Entry) bool {
		section, ok := e.Value.(*yamltree.Mapping)
		return ok && len(section.Entries) == 0
	})
	return m
}

func integer(n int64) yamltree.Plain { return yamltree.Plain(strconv.FormatInt(n, 10)) }

func boolean(b bool) yamltree.Plain { return yamltree.Plain(strconv.FormatBool(b)) }
