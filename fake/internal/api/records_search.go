package api

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/search"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// foundRecord is a record in the results of a search.
type foundRecord struct {
	ID          foundRecordID `json:"id"`
	RecordText  string        `json:"record_text"`
	RecordImage *string       `json:"record_image"`
	ObjectSlug  string        `json:"object_slug"`
}

type foundRecordID struct {
	WorkspaceID attio.ID `json:"workspace_id"`
	ObjectID    attio.ID `json:"object_id"`
	RecordID    attio.ID `json:"record_id"`
}

type foundPerson struct {
	foundRecord
	EmailAddresses []string `json:"email_addresses"`
	PhoneNumbers   []string `json:"phone_numbers"`
}

type foundCompany struct {
	foundRecord
	Domains []string `json:"domains"`
}

// searchBody is the body of a search; it is not wrapped in data.
type searchBody struct {
	Query     string   `json:"query"`
	Limit     float64  `json:"limit"`
	Objects   []string `json:"objects"`
	RequestAs struct {
		Type              string  `json:"type"`
		WorkspaceMemberID *string `json:"workspace_member_id"`
		EmailAddress      *string `json:"email_address"`
	} `json:"request_as"`
}

var searchShape = shape.Object(
	shape.Required("query", shape.String().Max(256)),
	shape.Default("limit", shape.Number().Min(1).Max(25), 25),
	shape.Required("objects", shape.Array(shape.String()).Min(1)),
	shape.Required("request_as", shape.Union(
		shape.Object(shape.Required("type", shape.Literal("workspace"))),
		shape.Object(shape.Required("type", shape.Literal("workspace-member")), shape.Required("workspace_member_id", shape.UUID())),
		shape.Object(shape.Required("type", shape.Literal("workspace-member")), shape.Required("email_address", shape.String().Email())),
	)),
)

// searchRecords answers POST /v2/objects/records/search. Attio's results are eventually consistent; these are current.
// The fake does not know which records a workspace member cannot see, so a member finds what the workspace does. By
// Attio's OpenAPI document a limit need not be whole; its fraction is cut off.
func searchRecords(c *Call) (any, error) {
	body, err := shape.Body[searchBody](searchShape, c.json())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	var objects []*world.Object
	for _, slugOrID := range body.Objects {
		o, err := state.Schema.ObjectNamed(slugOrID, attio.TargetObjectNotFound)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(objects, o) {
			objects = append(objects, o)
		}
	}
	if err := body.checkMember(state); err != nil {
		return nil, err
	}
	results := []any{}
	now, limit := c.Workspace.Now(), int(body.Limit)
	for _, hit := range search.Records(state, objects, body.Query, limit+state.CountMerges()) {
		if _, ok := state.Merging(hit.Record.ID, now); !ok && len(results) < limit {
			results = append(results, renderFound(state, hit.Object, hit.Record))
		}
	}
	return envelope{results}, nil
}

// checkMember refuses a member that the workspace does not have, with the error for a reference to such a member.
// Attio's own error of this endpoint is not known.
func (b searchBody) checkMember(state *world.State) error {
	if id := b.RequestAs.WorkspaceMemberID; id != nil {
		member, _ := attio.ParseID(*id) // the shape has checked its form
		if !state.HasMember(member) {
			return attio.TargetMemberNotFound(member)
		}
	}
	if email := b.RequestAs.EmailAddress; email != nil {
		if _, ok := state.FindMember(*email); !ok {
			return attio.TargetMemberEmailNotFound(*email)
		}
	}
	return nil
}

// renderFound returns a result; people and companies have more keys than other records. From Attio's OpenAPI document.
func renderFound(state *world.State, o *world.Object, record *world.Record) any {
	found := foundRecord{
		ID:         foundRecordID{state.ID, o.ID, record.ID},
		RecordText: search.Label(o, record),
		ObjectSlug: o.Slug,
	}
	switch o.Standard {
	case "people":
		found.RecordImage = image(o, record, "avatar_url")
		return foundPerson{found, texts(o, record, "email_addresses"), texts(o, record, "phone_numbers")}
	case "companies":
		found.RecordImage = image(o, record, "logo_url")
		return foundCompany{found, texts(o, record, "domains")}
	case "workspaces":
		found.RecordImage = image(o, record, "avatar_url")
	}
	return found
}

// image returns the URL that an attribute holds, or nil.
func image(o *world.Object, record *world.Record, slug string) *string {
	if urls := texts(o, record, slug); len(urls) > 0 {
		return &urls[0]
	}
	return nil
}

// texts returns the values of an attribute as strings.
func texts(o *world.Object, record *world.Record, slug string) []string {
	found := []string{}
	if d, ok := o.Attribute(slug); ok {
		for _, held := range record.Active(d) {
			found = append(found, search.Text(held.Value))
		}
	}
	return found
}
