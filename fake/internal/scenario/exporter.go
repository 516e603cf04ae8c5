package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// exporter writes one workspace.
type exporter struct {
	*documentExporter
	state     *world.State
	faults    *yamltree.Mapping
	keys      map[attio.ID]string // the keys of things that have been named so far, other than records and entries
	created   time.Time           // the default time of creation
	admin     attio.Actor         // the default author
	tables    map[attio.ID]*table // the records of each object and activity, and the entries of each list
	locations mappings
	latest    located                 // the record that was looked for last
	choices   map[attribute.Value]any // the options and statuses that were written so far
}

func newExporter(d *documentExporter, state *world.State, faults *yamltree.Mapping) *exporter {
	people, _ := state.Schema.ObjectByID(standardID(state, "people"))
	e := &exporter{
		documentExporter: d, state: state, faults: faults, keys: make(map[attio.ID]string), created: people.CreatedAt, admin: world.System().Actor,
		choices: make(map[attribute.Value]any),
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

// refuse reports something in the workspace that a file cannot express.
func (e *exporter) refuse(what, key, format string, args ...any) {
	e.documentExporter.refuse("%s: the %s %q %s", e.state.Slug, what, key, fmt.Sprintf(format, args...))
}

func texts[S ~string](all []S) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, s := range all {
		written = append(written, yamltree.Text(s))
	}
	return written
}

// shortened returns the value of a mapping with a single entry, which the format accepts instead of the mapping.
func shortened(m *yamltree.Mapping) any {
	if len(m.Entries) == 1 {
		return m.Entries[0].Value
	}
	return m
}

func integer(n int64) yamltree.Plain { return yamltree.Plain(strconv.FormatInt(n, 10)) }

func boolean(b bool) yamltree.Plain { return yamltree.Plain(strconv.FormatBool(b)) }

func number(f float64) yamltree.Plain {
	written, err := json.Marshal(f)
	if err != nil {
		panic(err) // a number that came as JSON is finite
	}
	return yamltree.Plain(written)
}
