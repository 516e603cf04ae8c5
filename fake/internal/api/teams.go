package api

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// shownInvite and shownTeam are pending invites and teams in changes. Attio shows them through SCIM alone, with the names of its
// schemas; these are named as the API names such things.
type (
	shownInvite struct {
		ID           attio.ID          `json:"id"`
		EmailAddress string            `json:"email_address"`
		FirstName    string            `json:"first_name"`
		LastName     string            `json:"last_name"`
		AccessLevel  world.AccessLevel `json:"access_level"`
		CreatedAt    attio.Time        `json:"created_at"`
	}
	shownTeam struct {
		ID        attio.ID   `json:"id"`
		Name      string     `json:"name"`
		Members   []attio.ID `json:"members"` // of members and of pending invites
		CreatedAt attio.Time `json:"created_at"`
	}
)

func renderInvite(i *world.Invite) shownInvite {
	return shownInvite{i.ID, i.Email, i.FirstName, i.LastName, i.Access, attio.Time{Time: i.CreatedAt}}
}

func renderTeam(t *world.Team) shownTeam {
	return shownTeam{t.ID, t.Name, append([]attio.ID{}, t.Members...), attio.Time{Time: t.CreatedAt}}
}
