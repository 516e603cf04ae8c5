package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// team is a group of members and of those who are invited.
type team struct {
	placed
	Name       *string  `yaml:"name" doc:"The name that people see, which no other team has. Defaults to the key, with a capital letter."`
	Members    []string `yaml:"members" doc:"The users who are in it, members of the workspace, and the keys of invites."`
	CreatedAt  *moment  `yaml:"created_at" doc:"When it was created. Defaults to the scenario's clock."`
	UpdatedAt  *moment  `yaml:"updated_at" doc:"When its name or its members last changed. Defaults to created_at."`
	identified `yaml:"inline"`
}

func (c *idCollector) teams(w *workspace) { collectAll(c, teamsPath, w.Teams) }

// teamsPath is where the ids of teams derive from.
const teamsPath = "teams/"

func (b *builder) addTeams() {
	for i := range b.workspace.Teams.items {
		b.addTeam(&b.workspace.Teams.items[i])
	}
}

func (b *builder) addTeam(t *item[team]) {
	members, ok := b.teamMembers(&t.value)
	if !ok || t.value.wrong {
		return // which is reported
	}
	id, name, created := b.id(teamsPath+t.key), titleOf(t.value.Name, t.key), at(t.value.CreatedAt, b.created)
	b.write(created, b.author)
	b.named(id, t.key, t.at)
	err := b.tx.AddTeam(id, name, members)
	if err == nil && t.value.UpdatedAt != nil {
		b.write(at(t.value.UpdatedAt, created), b.author)
		err = b.tx.ChangeTeam(id, name, members)
	}
	if err != nil && b.problems.Empty() {
		b.problems.Add(t.value.at("name"), "%v", err)
	}
}

// teamMembers returns the ids of the members and the invites of a team.
func (b *builder) teamMembers(t *team) ([]attio.ID, bool) {
	var members []attio.ID
	right := true
	for _, n := range t.items("members") {
		_, member := b.workspace.Members.get(n.Text)
		_, invited := b.workspace.Invites.get(n.Text)
		id := b.memberID(n.Text)
		switch {
		case member:
			right = right && b.tx.HasMember(id)
		case invited:
			id = b.id(invitesPath + n.Text)
			_, there := b.tx.State.Invite(id)
			right = right && there
		case n.Kind == yamltree.KindString:
			b.problems.AddUnknown(n.Position, "member or invite", n.Text, slices.Concat(b.workspace.Members.keys(), b.workspace.Invites.keys()))
			right = false
		}
		members = append(members, id)
	}
	return members, right
}

func (e *exporter) teams() any {
	return attached(e, slices.Collect(e.state.Teams()),
		func(t *world.Team) attio.ID { return t.ID },
		func(t *world.Team) string { return cleanKey(t.Name, "team") },
		func(t *world.Team, key string) any {
			m := new(yamltree.Mapping)
			m.PutIf(t.Name != titleOf[string](nil, key), "name", yamltree.Text(t.Name))
			members := yamltree.Sequence{}
			for _, id := range t.Members {
				members = append(members, yamltree.Text(e.keys[id]))
			}
			m.PutAll("members", members)
			e.putCreated(m, t.CreatedAt)
			putUpdated(m, t.CreatedAt, t.UpdatedAt)
			e.putID(m, teamsPath+key, t.ID)
			return m
		})
}
