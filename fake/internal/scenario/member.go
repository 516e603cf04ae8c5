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
	CreatedAt   *moment     `yaml:"created_at" doc:"When the member came, by default the scenario's clock."`
	ID          uuid        `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

type accessLevel string

func (accessLevel) words() (string, []string) { return "access level", asStrings(world.AccessLevels()) }

func (b *builder) addMembers(users map[string]*world.User) error {
	defer b.write(b.created, b.tx.Author)
	for _, m := range b.workspace.Members.items {
		user, ok := users[m.key]
		if !ok || m.value.AccessLevel == "" {
			continue // which is reported
		}
		b.write(at(m.value.CreatedAt, b.created), b.tx.Author)
		b.named(b.memberID(m.key), m.key, m.at)
		if err := b.tx.AddMember(b.memberID(m.key), user, world.AccessLevel(m.value.AccessLevel)); err != nil && b.problems.Empty() {
			return err
		}
	}
	return nil
}

// firstAdmin is who made what does not say who did, or Attio itself where there is no admin.
func (b *builder) firstAdmin() world.Author {
	if admin, ok := b.tx.FirstAdmin(); ok {
		return world.MemberAuthor(admin.ID)
	}
	return world.System()
}

func (b *builder) memberID(user string) attio.ID { return b.id("members/" + user) }

func (e *exporter) members() *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for member := range e.state.Members() {
		key, known := e.users[member.User]
		if !known {
			e.refuse("member", member.User.Email, "is nobody of the users")
			continue
		}
		e.keys[member.ID] = key
		m := yamltree.MappingOf("access_level", yamltree.Text(member.Access))
		e.putCreated(m, member.CreatedAt)
		e.putID(m, "members/"+key, member.ID)
		section.Put(key, shortened(m))
	}
	return section
}
