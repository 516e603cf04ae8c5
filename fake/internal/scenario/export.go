package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// Format is a format of scenario files.
type Format string

// The formats. Their names are also the endings of files.
const (
	YAML Format = "yaml"
	JSON Format = "json"
)

// Formats lists the formats.
func Formats() []Format { return []Format{YAML, JSON} }

// FormatNamed returns the format with a name; without a name it is YAML.
func FormatNamed(name string) (Format, error) {
	switch {
	case name == "":
		return YAML, nil
	case !slices.Contains(Formats(), Format(name)):
		return "", errors.New(suggest.Unknown("format", name, asStrings(Formats())))
	}
	return Format(name), nil
}

// schemaLine tells editors the schema of a file, which "fakeattio schema" prints.
const schemaLine = "# yaml-language-server: $schema=./scenario.schema.json\n"

// Exported is a seed as a scenario file whose text is made while it is written, by one goroutine at a time.
type Exported struct {
	Format Format
	Size   int64 // how many bytes it has

	random *int64            // the seed in the file
	body   *yamltree.Mapping // what comes after it
}

// Export writes a seed as a scenario file in YAML; see ExportAs.
func Export(seed *world.Seed) ([]byte, error) {
	x, err := ExportAs(YAML, seed)
	if err != nil {
		return nil, err
	}
	return x.Bytes(), nil
}

// ExportWorkspace is Export for one workspace and the users who are its members.
func ExportWorkspace(seed *world.Seed, slug string) ([]byte, error) {
	part, err := Only(seed, slug)
	if err != nil {
		return nil, err
	}
	return Export(part)
}

// Only returns the part of a seed that is about one workspace and the users who are its members.
func Only(seed *world.Seed, slug string) (*world.Seed, error) {
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
	return &part, nil
}

// ExportAs prepares a seed to be written as a scenario file from which Load makes the same seed: users, workspaces, and
// everything in them with ids, times, authors and history. It refuses what a file cannot express by name: it writes everything
// once without keeping it, so that nothing is left that could fail later.
func ExportAs(format Format, seed *world.Seed) (*Exported, error) {
	d := documentExporter{users: make(map[*world.User]string), apps: make(map[attio.ID]string), created: defaultCreatedAt}
	if !seed.Clock.At.IsZero() {
		d.created = seed.Clock.At.Truncate(time.Millisecond)
	}
	x := &Exported{Format: format, random: seed.Random, body: d.body(seed)}
	read := inspection{to: io.Discard}
	_ = x.write(&read) // never fails
	x.Size = read.size
	if x.random != nil && d.explicit {
		drawn := x.redraw()
		x.Size += int64(len(integer(drawn)) - len(integer(*x.random)))
		x.random = &drawn
	}
	switch {
	case read.flaw != "":
		d.refuse("%s cannot hold text that is not UTF-8, as in %s", strings.ToUpper(string(format)), shorten(strconv.Quote(read.flaw)))
	case x.Size > yamltree.MaxSize:
		d.refuse("the file would have %d MB, more than the %d that a scenario may have", x.Size>>20, yamltree.MaxSize>>20)
	}
	if d.problems != nil {
		return nil, fmt.Errorf("this cannot be written as a scenario:\n\t%s", strings.Join(d.problems, "\n\t"))
	}
	return x, nil
}

// redraw returns a seed for a file with ids that were drawn from the present one: it depends on what is in the file, in whatever
// format, so that these ids are not drawn a second time.
func (x *Exported) redraw() int64 {
	hash := fnv.New64a()
	_ = yamltree.WriteYAML(hash, x.body) // never fails
	return int64(hash.Sum64() >> 1)
}

// WriteTo writes the file, entry by entry. It fails only if the writer does.
func (x *Exported) WriteTo(w io.Writer) (int64, error) {
	counted := inspection{to: w}
	err := x.write(&counted)
	return counted.size, err
}

// Bytes returns the file.
func (x *Exported) Bytes() []byte {
	b := bytes.NewBuffer(make([]byte, 0, x.Size))
	_, _ = x.WriteTo(b) // never fails
	return b.Bytes()
}

func (x *Exported) write(to io.Writer) error {
	file := yamltree.MappingOf("version", yamltree.Plain("1"))
	if x.random != nil {
		file.Put("seed", integer(*x.random))
	}
	file.Entries = append(file.Entries, x.body.Entries...)
	if x.Format == JSON {
		return yamltree.WriteJSON(to, file)
	}
	if _, err := io.WriteString(to, schemaLine); err != nil {
		return err
	}
	return yamltree.WriteYAML(to, file)
}

// inspection passes on what is written, which is cut only between entries, and takes note of it.
type inspection struct {
	to   io.Writer
	size int64  // how many bytes were written
	flaw string // the first line that is not UTF-8
}

func (i *inspection) Write(b []byte) (int, error) {
	if i.flaw == "" && !utf8.Valid(b) {
		for line := range bytes.Lines(b) {
			if !utf8.Valid(line) {
				i.flaw = string(bytes.TrimSpace(line))
				break
			}
		}
	}
	n, err := i.to.Write(b)
	i.size += int64(n)
	return n, err
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

// body returns everything in a file but its version and its seed.
func (d *documentExporter) body(seed *world.Seed) *yamltree.Mapping {
	d.nameUsers(seed.Users)
	faults := sortFaults(seed.Faults, seed.Workspaces)
	body := new(yamltree.Mapping)
	body.PutAll("clock", clockOf(seed.Clock))
	body.PutAll("apps", d.appsSection(seed.Apps))
	body.PutAll("users", d.usersSection(seed.Users))
	if len(seed.Workspaces) > 0 {
		body.Put("workspaces", d.workspaces(seed.Workspaces, faults))
	}
	body.PutAll("faults", faults.all)
	return body
}

// workspaces writes workspaces. The first time, it gives all that is in them its keys.
func (d *documentExporter) workspaces(states []*world.State, faults faultSections) yamltree.Entries {
	prepared := make([]func() *yamltree.Mapping, len(states))
	for i, state := range states {
		prepared[i] = sync.OnceValue(newExporter(d, state, faults.of[state.Slug]).workspace)
	}
	return func(yield func(string, any) bool) {
		for i, state := range states {
			if !yield(state.Slug, prepared[i]()) {
				return
			}
		}
	}
}
