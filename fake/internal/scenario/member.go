package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// member is a user in a workspace.
type member struct {
	placed
	AccessLevel accessLevel `yaml:"access_level,required,short" doc:"What the member may do."`
	CreatedAt   *moment     `yaml:"created_at" doc:"When the member joined. Defaults to the scenario's clock."`
	UpdatedAt   *moment     `yaml:"updated_at" doc:"When the access level or the name last changed. Defaults to created_at."`
	identified  `yaml:"inline"`
}

type accessLevel string

func (accessLevel) words() (string, []string) { return "access level", asStrings(world.AccessLevels()) }

func (c *checker) members(w *item[workspace]) {
	for _, m := range w.value.Members.items {
		c.checkUser(m.at, m.key)
	}
}

func (c *checker) checkUser(at yamltree.Position, user string) bool {
	_, ok := c.doc.Users.get(user)
	if !ok {
		c.problems.AddUnknown(at, "user", user, c.users)
	}
	return ok
}

func (c *idCollector) members(w *workspace) { collectAll(c, "members/", w.Members) }

// addMembers adds the members. From then on the first admin is the default author.
func (b *builder) addMembers() {
	for _, m := range b.workspace.Members.items {
		user, ok := b.users[m.key]
		if !ok || m.value.AccessLevel == "" {
			continue // which is reported
		}
		id, access, created := b.memberID(m.key), world.AccessLevel(m.value.AccessLevel), at(m.value.CreatedAt, b.created)
		b.write(created, b.author)
		b.named(id, m.key, m.at)
		err := b.tx.AddMember(id, user, access)
		if err == nil && m.value.UpdatedAt != nil {
			b.write(at(m.value.UpdatedAt, created), b.author)
			err = b.tx.SetAccess(id, access)
		}
		if err != nil && b.problems.Empty() {
			b.problems.Add(m.at, "%v", err)
		}
	}
	b.author = b.firstAdmin()
}

// firstAdmin returns the first admin as an author, or Attio itself if there is none.
func (b *builder) firstAdmin() world.Author {
	if admin, ok := b.tx.FirstAdmin(); ok {
		return world.MemberAuthor(admin.ID)
	}
	return world.System()
}

func (b *builder) memberID(user string) attio.ID { return b.id("members/" + user) }

func (e *exporter) members() any {
	section := &yamltree.Mapping{Block: true}
	for member := range e.state.Members() {
		key, known := e.users[member.User]
		if !known {
			e.refuse("member", member.User.Email, "is not among the users")
			continue
		}
		e.keys[member.ID] = key
		m := yamltree.MappingOf("access_level", yamltree.Text(member.Access))
		e.putCreated(m, member.CreatedAt)
		putUpdated(m, member.CreatedAt, member.UpdatedAt)
		e.putID(m, "members/"+key, member.ID)
		section.Put(key, shortened(m))
	}
	return section
}
