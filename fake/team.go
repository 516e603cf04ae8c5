package fake

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Team is a group of members of the workspace, and of those who are invited.
type Team struct {
	ID   string // AddTeam makes one
	Name string // which no other team has, regardless of case
	// Members has the ids of members and of pending invites. AddTeam and UpdateTeam also take whatever Workspace.Member or
	// AcceptInvite takes.
	Members []string
}

// Teams returns the teams, oldest first.
func (w *Workspace) Teams() []Team {
	var teams []Team
	for team := range w.state().Teams() {
		teams = append(teams, newTeam(team))
	}
	return teams
}

// Team returns a team by its key in the scenario, its name or its id. It fails the test if there is none.
func (w *Workspace) Team(key string) Team {
	w.server.helper()
	team, err := control.TeamNamed(w.state(), key)
	if err != nil {
		w.server.fatalf("fake: workspace %q: %v", w.Slug(), err)
		return Team{}
	}
	return newTeam(team)
}

// AddTeam makes a team.
func (w *Workspace) AddTeam(t Team) Team {
	w.server.helper()
	return w.writeTeam(w.server.world.NewID(), t, (*world.Tx).AddTeam)
}

// UpdateTeam changes the name or the members of a team, by the keys that Team takes.
func (w *Workspace) UpdateTeam(key string, edit func(*Team)) Team {
	w.server.helper()
	found := w.Team(key)
	edited := found
	edited.Members = slices.Clone(found.Members)
	edit(&edited)
	if found.ID == "" || !w.keeps("team", key, fixed{"ID", edited.ID != found.ID}) {
		return Team{}
	}
	return w.writeTeam(attio.ID(found.ID), edited, (*world.Tx).ChangeTeam)
}

// DeleteTeam deletes a team, by the keys that Team takes. Its members stay in the workspace.
func (w *Workspace) DeleteTeam(key string) {
	w.server.helper()
	if found := w.Team(key); found.ID != "" {
		w.update(func(tx *world.Tx) error { return tx.DeleteTeam(attio.ID(found.ID)) })
	}
}

func (w *Workspace) writeTeam(id attio.ID, t Team, write func(*world.Tx, attio.ID, string, []attio.ID) error) Team {
	w.server.helper()
	w.update(func(tx *world.Tx) error {
		members, err := control.TeamMembers(tx.State, t.Members)
		if err != nil {
			return err
		}
		return write(tx, id, t.Name, members)
	})
	written, ok := w.state().Team(id)
	if !ok {
		return Team{} // which failed the test
	}
	return newTeam(written)
}

func newTeam(t *world.Team) Team {
	team := Team{ID: string(t.ID), Name: t.Name}
	for _, id := range t.Members {
		team.Members = append(team.Members, string(id))
	}
	return team
}
