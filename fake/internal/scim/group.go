package scim

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// group is a team on the wire.
type group struct {
	Schemas     []string  `json:"schemas"`
	ID          attio.ID  `json:"id"`
	DisplayName string    `json:"displayName"`
	Members     *[]member `json:"members,omitempty"` // nil where the request excludes them
	Meta        meta      `json:"meta"`
}

// member is a user in a group.
type member struct {
	Value attio.ID `json:"value"`
	Ref   string   `json:"$ref"` // relative, as Attio's documentation has it
}

// groupFields are the attributes that Attio's documentation has in filters of groups.
var groupFields = []field[group]{
	{name: "displayName", text: func(g group) string { return g.DisplayName }},
}

func renderGroup(team *world.Team) group {
	members := make([]member, len(team.Members))
	for i, id := range team.Members {
		members[i] = member{id, "/scim/v2/Users/" + string(id)}
	}
	return group{[]string{groupSchema}, team.ID, team.Name, &members, meta{"Group", moment{team.CreatedAt}, moment{team.UpdatedAt}}}
}

// shown renders a team as the request asks for it. Attio's documentation has excludedAttributes where groups are listed; that a
// single group takes it too is assumed.
func (r *Request) shown(team *world.Team) group {
	g := renderGroup(team)
	excluded := strings.Split(r.Query.Get("excludedAttributes"), ",")
	if slices.ContainsFunc(excluded, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "members") }) {
		g.Members = nil
	}
	return g
}
