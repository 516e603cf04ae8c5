package attribute

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Definition is one attribute of an object or a list. It never changes; an edit makes another.
type Definition struct {
	ID          attio.ID
	Slug        string
	Title       string
	Description *string
	Type        Type

	System      bool // Attio's own: cannot be edited
	Writable    bool // false if Attio computes the values
	Required    bool
	Unique      bool
	Multiselect bool
	Archived    bool
	Computed    Computed
	Enriched    bool // Attio fills it in from outside or from communication; it has no history to show

	Default      *Default
	Relationship *Relationship
	Currency     Currency   // of currency attributes
	Objects      []attio.ID // that a record reference may point to; empty means any
	Options      []Option   // of select attributes, in their order
	Statuses     []Status   // of status attributes, in pipeline order

	CreatedAt time.Time
}

// Computed says which fact about the record itself an attribute shows, if any. Such an attribute has no values
// of its own.
type Computed string

// The facts that objects and lists show as attributes.
const (
	ComputedID        Computed = "id"
	ComputedCreatedAt Computed = "created_at"
	ComputedCreatedBy Computed = "created_by"
	ComputedParent    Computed = "parent" // of an entry, which keeps the reference to it as a value
)

// Currency is how a currency attribute counts and shows money.
type Currency struct {
	Code    string // ISO 4217, "USD"
	Display string // code, name, narrowSymbol or symbol
}

// Default is the value that a record gets if a write gives none. A static default is written as Static and kept
// as Values, so that it survives the renaming of an option.
type Default struct {
	Dynamic string  // CurrentUser or an ISO 8601 duration from now, "PT0S"; empty for a static one
	Static  []any   // in write form; only while a definition is being created or changed
	Values  []Value // what Static means; nil for a dynamic one
}

// CurrentUser is the dynamic default that stands for the member who writes.
const CurrentUser = "current-user"

// Relationship is the other side of a record reference that has two.
type Relationship struct {
	Object    attio.ID // where the other attribute is
	Attribute attio.ID
}

// Option is one choice of a select attribute.
type Option struct {
	ID       attio.ID
	Title    string
	Archived bool
}

// Status is one step of a status attribute.
type Status struct {
	ID          attio.ID
	Title       string
	Archived    bool
	Celebration bool
	TargetTime  *string // ISO 8601 duration
}

// Option returns the choice with an id.
func (d *Definition) Option(id attio.ID) (Option, bool) {
	i := slices.IndexFunc(d.Options, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, false
	}
	return d.Options[i], true
}

// Status returns the step with an id.
func (d *Definition) Status(id attio.ID) (Status, bool) {
	i := slices.IndexFunc(d.Statuses, func(s Status) bool { return s.ID == id })
	if i < 0 {
		return Status{}, false
	}
	return d.Statuses[i], true
}
