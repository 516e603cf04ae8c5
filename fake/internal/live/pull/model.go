package pull

import (
	"encoding/json"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/standard"
)

// workspace is what the API shows of a workspace.
type workspace struct {
	Active bool    `json:"active"`
	ID     string  `json:"workspace_id"`
	Name   string  `json:"workspace_name"`
	Slug   string  `json:"workspace_slug"`
	Logo   *string `json:"workspace_logo_url"`

	members  []*member
	objects  []*kind
	lists    []*kind
	notes    []*note
	tasks    []*task
	threads  []*thread
	webhooks []*webhook
}

// ids are the ids of a thing; each has some of them.
type ids struct {
	Member    string `json:"workspace_member_id"`
	Object    string `json:"object_id"`
	List      string `json:"list_id"`
	Attribute string `json:"attribute_id"`
	Option    string `json:"option_id"`
	Status    string `json:"status_id"`
	View      string `json:"view_id"`
	Record    string `json:"record_id"`
	Entry     string `json:"entry_id"`
	Note      string `json:"note_id"`
	Task      string `json:"task_id"`
	Thread    string `json:"thread_id"`
	Comment   string `json:"comment_id"`
	Webhook   string `json:"webhook_id"`
}

type member struct {
	ID        ids     `json:"id"`
	FirstName string  `json:"first_name"`
	LastName  string  `json:"last_name"`
	Avatar    *string `json:"avatar_url"`
	Email     string  `json:"email_address"`
	Access    string  `json:"access_level"`
	CreatedAt string  `json:"created_at"`
}

type actor struct {
	Type string  `json:"type"`
	ID   *string `json:"id"`
}

// kind is an object or a list.
type kind struct {
	ID        ids    `json:"id"`
	Slug      string `json:"api_slug"`
	Singular  string `json:"singular_noun"`
	Plural    string `json:"plural_noun"`
	CreatedAt string `json:"created_at"`

	Name            string   `json:"name"` // of a list, as what follows
	Parent          []string `json:"parent_object"`
	WorkspaceAccess *string  `json:"workspace_access"`
	MemberAccess    []struct {
		Member string `json:"workspace_member_id"`
		Level  string `json:"level"`
	} `json:"workspace_member_access"`
	CreatedBy actor `json:"created_by_actor"`

	standard   string // the slug that Attio gave it; empty for a custom object and a list
	attributes []*attributeOf
	views      []*view
	records    []*record
}

func (k *kind) isList() bool { return k.ID.List != "" }

func (k *kind) id() string {
	if k.isList() {
		return k.ID.List
	}
	return k.ID.Object
}

// made lists the attributes that Attio gives such an object or list.
func (k *kind) made() []standard.Attribute {
	if k.isList() {
		return standard.List()
	}
	for _, o := range standard.Objects() {
		if o.Slug == k.standard {
			return o.Attributes
		}
	}
	return standard.CustomObject()
}

func (k *kind) attribute(slugOrID string) *attributeOf {
	i := slices.IndexFunc(k.attributes, func(a *attributeOf) bool { return a.Slug == slugOrID || a.ID.Attribute == slugOrID })
	if i < 0 {
		return nil
	}
	return k.attributes[i]
}

type attributeOf struct {
	ID             ids     `json:"id"`
	Slug           string  `json:"api_slug"`
	Title          string  `json:"title"`
	Description    *string `json:"description"`
	Type           string  `json:"type"`
	System         bool    `json:"is_system_attribute"`
	Writable       bool    `json:"is_writable"`
	Required       bool    `json:"is_required"`
	Unique         bool    `json:"is_unique"`
	Multiselect    bool    `json:"is_multiselect"`
	Archived       bool    `json:"is_archived"`
	DefaultEnabled bool    `json:"is_default_value_enabled"`
	Default        *struct {
		Type     string          `json:"type"`
		Template json.RawMessage `json:"template"`
	} `json:"default_value"`
	Relationship *struct {
		ID          ids    `json:"id"`
		Title       string `json:"title"`
		Slug        string `json:"api_slug"`
		Multiselect bool   `json:"is_multiselect"`
	} `json:"relationship"`
	CreatedAt string `json:"created_at"`
	Config    struct {
		Currency struct {
			Code    *string `json:"default_currency_code"`
			Display *string `json:"display_type"`
		} `json:"currency"`
		Reference struct {
			Allowed []string `json:"allowed_object_ids"`
		} `json:"record_reference"`
	} `json:"config"`

	choices  []*choice // the options or statuses
	defaults []*value  // of a static default
}

// isComputed reports whether the values follow from the record itself.
func (a *attributeOf) isComputed() bool {
	return a.System && slices.Contains([]string{"record_id", "entry_id", "created_at", "created_by", "parent_record"}, a.Slug)
}

func (a *attributeOf) choice(id string) *choice {
	i := slices.IndexFunc(a.choices, func(c *choice) bool { return c.id() == id })
	if i < 0 {
		return nil
	}
	return a.choices[i]
}

// choice is an option or a status.
type choice struct {
	ID          ids     `json:"id"`
	Title       string  `json:"title"`
	Archived    bool    `json:"is_archived"`
	Celebration bool    `json:"celebration_enabled"`
	Target      *string `json:"target_time_in_status"`
}

func (c *choice) id() string { return c.ID.Option + c.ID.Status }

// view is a saved view. Attributes are named by ids, or by paths of ids.
type view struct {
	ID         ids            `json:"id"`
	Title      string         `json:"title"`
	CreatedAt  string         `json:"created_at"`
	Type       string         `json:"type"`
	Archived   bool           `json:"is_archived"`
	Filter     map[string]any `json:"filter"`
	Sorts      []any          `json:"sorts"`
	Attributes []any          `json:"attributes"`
	Kanban     map[string]any `json:"kanban"`
	Metadata   struct {
		Attributes map[string]struct {
			Slug string `json:"api_slug"`
		} `json:"attributes"`
	} `json:"metadata"`
}

// record is a record or an entry.
type record struct {
	ID        ids                 `json:"id"`
	CreatedAt string              `json:"created_at"`
	Values    map[string][]*value `json:"values"`
	Entry     map[string][]*value `json:"entry_values"`
	Object    string              `json:"parent_object"`
	Parent    string              `json:"parent_record_id"`
}

func (r *record) id() string {
	if r.ID.Entry != "" {
		return r.ID.Entry
	}
	return r.ID.Record
}

func (r *record) values() map[string][]*value {
	if r.ID.Entry != "" {
		return r.Entry
	}
	return r.Values
}

// createdBy returns who created it, as its attribute says.
func (r *record) createdBy() actor {
	for _, v := range r.values()["created_by"] {
		return actor{v.ActorType, v.ActorID}
	}
	return actor{Type: "system"}
}

// value is a value of any type; each type has some of the fields.
type value struct {
	From  string  `json:"active_from"`
	Until *string `json:"active_until"`
	By    actor   `json:"created_by_actor"`
	Type  string  `json:"attribute_type"`

	Value any `json:"value"` // a string, a json.Number or a boolean

	First string `json:"first_name"`
	Last  string `json:"last_name"`
	Full  string `json:"full_name"`

	Domain string      `json:"domain"`
	Email  string      `json:"original_email_address"`
	Phone  string      `json:"original_phone_number"`
	Number string      `json:"phone_number"`
	Amount json.Number `json:"currency_value"`

	Option *choice `json:"option"`
	Status *choice `json:"status"`

	TargetObject string `json:"target_object"`
	TargetRecord string `json:"target_record_id"`

	ActorType string  `json:"referenced_actor_type"`
	ActorID   *string `json:"referenced_actor_id"`

	location
	Country *string `json:"country_code"` // of a location and of a phone number

	Interaction string `json:"interaction_type"`
	At          string `json:"interacted_at"`
	Owner       actor  `json:"owner_actor"`
}

type location struct {
	Line1     *string `json:"line_1"`
	Line2     *string `json:"line_2"`
	Line3     *string `json:"line_3"`
	Line4     *string `json:"line_4"`
	Locality  *string `json:"locality"`
	Region    *string `json:"region"`
	Postcode  *string `json:"postcode"`
	Latitude  *string `json:"latitude"`
	Longitude *string `json:"longitude"`
}

// note is a note; its text as Markdown says what the plain one does.
type note struct {
	ID        ids    `json:"id"`
	Object    string `json:"parent_object"`
	Record    string `json:"parent_record_id"`
	Title     string `json:"title"`
	Markdown  string `json:"content_markdown"`
	CreatedBy actor  `json:"created_by_actor"`
	CreatedAt string `json:"created_at"`
	Tags      []struct {
		Type   string `json:"type"`
		Member string `json:"workspace_member_id"`
		Object string `json:"object"`
		Record string `json:"record_id"`
	} `json:"tags"`
}

type task struct {
	ID          ids     `json:"id"`
	Content     string  `json:"content_plaintext"`
	Deadline    *string `json:"deadline_at"`
	Completed   bool    `json:"is_completed"`
	CompletedAt *string `json:"completed_at"`
	Linked      []struct {
		Object string `json:"target_object_id"`
		Record string `json:"target_record_id"`
	} `json:"linked_records"`
	Assignees []struct {
		ID string `json:"referenced_actor_id"`
	} `json:"assignees"`
	CreatedBy actor  `json:"created_by_actor"`
	CreatedAt string `json:"created_at"`
}

type thread struct {
	ID       ids        `json:"id"`
	Comments []*comment `json:"comments"`
	More     bool       `json:"has_more_comments"`
}

type comment struct {
	ID         ids     `json:"id"`
	CreatedAt  string  `json:"created_at"`
	ResolvedAt *string `json:"resolved_at"`
	ResolvedBy *actor  `json:"resolved_by"`
	Record     *ids    `json:"record"`
	Entry      *ids    `json:"entry"`
	Content    string  `json:"content_plaintext"`
	Author     actor   `json:"author"`
}

type webhook struct {
	ID            ids    `json:"id"`
	URL           string `json:"target_url"`
	Status        string `json:"status"`
	Subscriptions []struct {
		Event  string         `json:"event_type"`
		Filter map[string]any `json:"filter"`
	} `json:"subscriptions"`
	CreatedAt string `json:"created_at"`
}
