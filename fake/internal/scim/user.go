package scim

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// user is a member or a pending invite on the wire, as Attio's page on listing users shows it.
type user struct {
	Schemas  []string          `json:"schemas"`
	ID       attio.ID          `json:"id"`
	UserName string            `json:"userName"`
	Name     name              `json:"name"`
	Emails   []email           `json:"emails"`
	Active   bool              `json:"active"`
	AppRole  world.AccessLevel `json:"appRole,omitempty"` // not of a suspended member, whose access Attio does not show either
	Meta     meta              `json:"meta"`
}

type name struct {
	GivenName  string `json:"givenName"`
	FamilyName string `json:"familyName"`
}

type email struct {
	Value   string `json:"value"`
	Primary bool   `json:"primary"`
}

// meta is what SCIM says about any resource.
type meta struct {
	ResourceType string `json:"resourceType"`
	Created      moment `json:"created"`
	LastModified moment `json:"lastModified"`
}

// moment is a time with three digits after the second.
type moment struct{ time.Time }

// MarshalJSON writes the time as SCIM has it.
func (m moment) MarshalJSON() ([]byte, error) {
	return m.UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000Z"`), nil
}

// userFields are the attributes that Attio's documentation has in filters of users.
var userFields = []field[user]{
	{name: "userName", text: func(u user) string { return u.UserName }},
	{name: "emails.value", text: func(u user) string { return u.UserName }},
	{name: "id", text: func(u user) string { return string(u.ID) }, exact: true},
	{name: "name.givenName", text: func(u user) string { return u.Name.GivenName }},
	{name: "name.familyName", text: func(u user) string { return u.Name.FamilyName }},
	{name: "active", flag: func(u user) bool { return u.Active }},
}

func ofMember(m *world.Member) user {
	u := renderUser(m.ID, m.User.Email, m.User.FirstName, m.User.LastName, m.CreatedAt, m.UpdatedAt)
	if u.Active = m.Access != world.Suspended; u.Active {
		u.AppRole = m.Access
	}
	return u
}

// ofInvite renders a pending invite, which is active as one who accepts it will be.
func ofInvite(i *world.Invite) user {
	u := renderUser(i.ID, i.Email, i.FirstName, i.LastName, i.CreatedAt, i.UpdatedAt)
	u.Active, u.AppRole = true, i.Access
	return u
}

func renderUser(id attio.ID, address, given, family string, created, modified time.Time) user {
	return user{
		Schemas: []string{userSchema}, ID: id, UserName: address, Name: name{given, family}, Emails: []email{{address, true}},
		Meta: meta{"User", moment{created}, moment{modified}},
	}
}
