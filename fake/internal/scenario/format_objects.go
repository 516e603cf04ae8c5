package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// object is an object of a workspace with its attributes and records.
type object struct {
	placed
	Enabled      bool                         `yaml:"enabled" doc:"Whether a standard object that can be off is on. It is off by default; people and companies are always on."`
	SingularNoun noun                         `yaml:"singular_noun" doc:"What one record is called. Required for a custom object."`
	PluralNoun   noun                         `yaml:"plural_noun" doc:"What several records are called. Required for a custom object."`
	SharesNouns  bool                         `yaml:"shares_nouns" doc:"Whether a custom object may have a noun that another object has. Attio makes none such, but objects can be renamed so."`
	APISlug      *string                      `yaml:"api_slug" doc:"The slug that the API shows, where somebody has changed it. In the scenario it goes by its key."`
	CreatedAt    *moment                      `yaml:"created_at" doc:"When a custom object was made, by default the scenario's clock."`
	Attributes   ordered[apiSlug, definition] `yaml:"attributes" doc:"Attributes that the object has besides those that Attio gives it, and choices for those, by slug."`
	Views        ordered[name, savedView]     `yaml:"views" doc:"The saved views by a key of your choice."`
	Records      ordered[name, record]        `yaml:"records" doc:"The records by a key of your choice."`
	ID           uuid                         `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// definition is an attribute of an object.
type definition struct {
	placed
	Type          attributeType `yaml:"type,short" doc:"The type. Required for an attribute that Attio does not make itself."`
	Title         *string       `yaml:"title" doc:"What people call it, by default made from the slug."`
	Description   *string       `yaml:"description" doc:"What it is for."`
	Options       []choice      `yaml:"options" doc:"The options of a select attribute, all of them and in their order."`
	Statuses      []step        `yaml:"statuses" doc:"The statuses of a status attribute, all of them and in their order."`
	Config        settings      `yaml:"config" doc:"Settings that belong to the type."`
	IsRequired    bool          `yaml:"is_required" doc:"Whether every record needs a value."`
	IsUnique      bool          `yaml:"is_unique" doc:"Whether no two records have the same value."`
	IsMultiselect bool          `yaml:"is_multiselect" doc:"Whether a record can have several values."`
	IsArchived    bool          `yaml:"is_archived" doc:"Whether it is archived. Its values stay."`
	DefaultValue  written       `yaml:"default_value" doc:"What a new record has if nobody says: current-user, an ISO 8601 duration from now, or values as the API takes them."`
	Relationship  *otherSide    `yaml:"relationship" doc:"The attribute on the other side of a record reference that has two. That one need not be listed."`
	Position      rank          `yaml:"position" doc:"Where it stands among all attributes of its object or list, 1 is the first. By default those that Attio makes come first, then the others in the order of the file."`
	APISlug       *string       `yaml:"api_slug" doc:"The slug that the API shows, where somebody has changed it. In the scenario it goes by its key."`
	CreatedAt     *moment       `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	ID            uuid          `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// choice is an option of a select attribute.
type choice struct {
	placed
	Title      noun `yaml:"title,required,short" doc:"What the option is called."`
	IsArchived bool `yaml:"is_archived" doc:"Whether it is archived."`
	ID         uuid `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// step is a status of a status attribute.
type step struct {
	placed
	Title              noun      `yaml:"title,required,short" doc:"What the status is called."`
	CelebrationEnabled bool      `yaml:"celebration_enabled" doc:"Whether Attio celebrates a record that gets there."`
	TargetTimeInStatus *duration `yaml:"target_time_in_status" doc:"How long a record should stay at most, an ISO 8601 duration."`
	IsArchived         bool      `yaml:"is_archived" doc:"Whether it is archived."`
	ID                 uuid      `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// settings is what only some types of attributes have.
type settings struct {
	placed
	Currency        *currency      `yaml:"currency" doc:"How a currency attribute counts and shows money."`
	RecordReference *referenceable `yaml:"record_reference" doc:"What a record reference may point to."`
}

// currency is how money counts.
type currency struct {
	placed
	DefaultCurrencyCode currencyCode `yaml:"default_currency_code,required" doc:"The currency of all values."`
	DisplayType         displayType  `yaml:"display_type" doc:"How people see the currency, by default its symbol."`
}

// referenceable is what a record reference may point to.
type referenceable struct {
	placed
	AllowedObjects []string `yaml:"allowed_objects" doc:"Slugs of the objects whose records it may point to. Without them it may point to any."`
}

// otherSide is the attribute that mirrors a record reference.
type otherSide struct {
	placed
	Object        string  `yaml:"object,required" doc:"The slug of the object that has it, and that the reference may point to."`
	Title         *string `yaml:"title" doc:"What people call it, by default made from its slug."`
	APISlug       apiSlug `yaml:"api_slug,required" doc:"Its slug."`
	IsMultiselect bool    `yaml:"is_multiselect" doc:"Whether a record there can have several values."`
}

// Words and forms of single values.
type (
	apiSlug       string
	noun          string
	attributeType string
	currencyCode  string
	displayType   string
	duration      string
)

func (apiSlug) form() form {
	return form{"slug", `^[^/\s]+$`, "use at least one character, no slash and no white space"}
}

func (noun) form() form {
	return form{"name", `.`, "use at least one character"}
}

// The pattern is that of the durations that the attribute types read.
func (duration) form() form {
	const n, f = `\d{1,4}`, `\d{1,6}([.,]\d{1,9})?`
	return form{"ISO 8601 duration", `^P(` + n + `Y)?(` + n + `M)?(` + n + `W)?(` + n + `D)?(T(` + f + `H)?(` + f + `M)?(` + f + `S)?)?$`,
		"write one like P14D"}
}

func (attributeType) words() (string, []string) {
	return "type of attribute", asStrings(attribute.Creatable())
}

func (currencyCode) words() (string, []string) { return "currency code", attribute.CurrencyCodes() }

func (displayType) words() (string, []string) {
	return "display type", attribute.CurrencyDisplayTypes()
}
