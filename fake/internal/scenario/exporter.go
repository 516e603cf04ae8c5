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

func integer(n int64) yamltree.Plain { return yamltree.Plain(strconv.FormatInt(n, 10)) }

func boolean(b bool) yamltree.Plain { return yamltree.Plain(strconv.FormatBool(b)) }

func number(f float64) yamltree.Plain {
	written, err := json.Marshal(f)
	if err != nil {
		panic(err) // what came as JSON is finite
	}
	return yamltree.Plain(written)
}
