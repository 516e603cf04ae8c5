package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
)

// recordEntriesShape has the default and the maximum of Attio's OpenAPI document.
var recordEntriesShape = shape.Object(
	shape.Default("limit", shape.QueryInt().Min(1).Max(1000), 100),
	shape.Optional("offset", shape.QueryInt().Min(0)),
)

// recordEntriesQuery has the parameters of a listing of a record's entries.
type recordEntriesQuery struct {
	Limit  int `json:"limit"`
	Offset int `json:"offset"`
}

// recordEntry is an entry in a listing of a record's entries.
type recordEntry struct {
	ListID      attio.ID   `json:"list_id"`
	ListAPISlug string     `json:"list_api_slug"`
	EntryID     attio.ID   `json:"entry_id"`
	CreatedAt   attio.Time `json:"created_at"`
}

// listRecordEntries answers GET /v2/objects/{object}/records/{record_id}/entries with the entries on lists that the
// token may see.
func listRecordEntries(c *Call) (any, error) {
	id, err := c.id("record_id")
	if err != nil {
		return nil, err
	}
	query, err := shape.Query[recordEntriesQuery](recordEntriesShape, c.query())
	if err != nil {
		return nil, err
	}
	state := c.Workspace.View()
	kind, _, err := c.record(state, id)
	if err != nil {
		return nil, err
	}
	entries := []recordEntry{}
	skipped := 0
	for l, entry := range state.EntriesOf(kind.Common().ID, id) {
		switch {
		case !c.sees(l):
		case skipped < query.Offset:
			skipped++
		case len(entries) < query.Limit:
			entries = append(entries, recordEntry{l.ID, l.Slug, entry.ID, attio.Time{Time: entry.CreatedAt()}})
		default:
			return envelope{entries}, nil
		}
	}
	return envelope{entries}, nil
}
