package subscription

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Advice explains what is wrong with a body and how to fix it, for a user of the fake whose body did not come from a client.
func Advice(issue attio.Issue) string {
	last := issue.Path[len(issue.Path)-1]
	switch {
	case issue.Code == "custom":
		return issue.Message
	case slices.Equal(issue.Path, []any{"data", "target_url"}):
		return "a webhook cannot send to this; write an https:// URL, or http:// and a host of this machine or its network, like http://localhost:9000/hook"
	case last == "filter":
		return "this is no filter; write {$and: [{field: id.object_id, operator: equals, value: …}]}, with $or for any of several, and not_equals for all but one"
	}
	return issue.Message
}
