package scenario

import (
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// verifiedDomain is a domain whose users need no invite.
type verifiedDomain string

func (verifiedDomain) form() form {
	return form{"domain", `^[^@\s]+\.[^@\s]+$`, "write one like example.com"}
}

func (b *builder) verifyDomains() {
	for _, domain := range b.workspace.VerifiedDomains {
		b.tx.VerifyDomain(string(domain))
	}
}

func (e *exporter) verifiedDomains() any { return texts(e.state.VerifiedDomains) }

// invite is somebody who was asked to join a workspace.
type invite struct {
	placed
	Email       email         `yaml:"email,required,short" doc:"The address that is invited. No member and no other invite may have it, regardless of case."`
	FirstName   string        `yaml:"first_name" doc:"The first name. Empty by default."`
	LastName    string        `yaml:"last_name" doc:"The last name. Empty by default."`
	AccessLevel invitedAccess `yaml:"access_level" doc:"What the member may do once the invite is accepted. Defaults to member."`
	CreatedAt   *moment       `yaml:"created_at" doc:"When the invite was sent. Defaults to the scenario's clock."`
	UpdatedAt   *moment       `yaml:"updated_at" doc:"When the names or the access level last changed. Defaults to created_at."`
	identified  `yaml:"inline"`
}

type invitedAccess string

func (invitedAccess) words() (string, []string) {
	return "access level of an invite", asStrings([]world.AccessLevel{world.Admin, world.Regular})
}

// invites checks that a key names either a member or an invite, as teams name both.
func (c *checker) invites(w *item[workspace]) {
	for _, i := range w.value.Invites.items {
		if _, member := w.value.Members.get(i.key); member {
			c.problems.Add(i.at, "%s is a member of the workspace; choose another key for the invite", suggest.Quote(i.key))
		}
	}
}

func (c *idCollector) invites(w *workspace) { collectAll(c, invitesPath, w.Invites) }

// invitesPath is where the ids of invites derive from.
const invitesPath = "invites/"

func (b *builder) addInvites() {
	for _, i := range b.workspace.Invites.items {
		if i.value.Email == "" {
			continue // which is reported
		}
		created, id := at(i.value.CreatedAt, b.created), b.id(invitesPath+i.key)
		b.write(created, b.author)
		b.named(id, i.key, i.at)
		made := world.Invite{ID: id, Email: string(i.value.Email), FirstName: i.value.FirstName, LastName: i.value.LastName, Access: world.Regular}
		if i.value.AccessLevel != "" {
			made.Access = world.AccessLevel(i.value.AccessLevel)
		}
		err := b.tx.Invite(made)
		if err == nil && i.value.UpdatedAt != nil {
			b.write(at(i.value.UpdatedAt, created), b.author)
			err = b.tx.ChangeInvite(id, func(*world.Invite) {})
		}
		if err != nil && b.problems.Empty() {
			b.problems.Add(i.value.at("email"), "%v", err)
		}
	}
}

// invites writes the pending invites. Their keys differ from those of the members.
func (e *exporter) invites() any {
	taken := make(map[string]bool)
	for member := range e.state.Members() {
		taken[e.keys[member.ID]] = true
	}
	all := slices.Collect(e.state.Invites())
	ids := make([]attio.ID, len(all))
	for i, invite := range all {
		ids[i] = invite.ID
	}
	e.nameAll(ids, taken, func(n int) string {
		local, _, _ := strings.Cut(all[n].Email, "@")
		return cleanKey(local, "invite")
	})
	section := &yamltree.Mapping{Block: true}
	for _, invite := range all {
		key := e.keys[invite.ID]
		if !emailForm.MatchString(invite.Email) {
			e.refuse("invite", key, "has the e-mail address %q, which is not valid", invite.Email)
		}
		m := yamltree.MappingOf("email", yamltree.Text(invite.Email))
		m.PutIf(invite.FirstName != "", "first_name", yamltree.Text(invite.FirstName))
		m.PutIf(invite.LastName != "", "last_name", yamltree.Text(invite.LastName))
		m.PutIf(invite.Access != world.Regular, "access_level", yamltree.Text(invite.Access))
		e.putCreated(m, invite.CreatedAt)
		putUpdated(m, invite.CreatedAt, invite.UpdatedAt)
		e.putID(m, invitesPath+key, invite.ID)
		section.Put(key, shortened(m))
	}
	return section
}
