package world

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Team is a group of members of the workspace, and of those who are invited to it.
type Team struct {
	ID                   attio.ID
	Name                 string
	Members              []attio.ID // of members and of pending invites, in the order in which they joined
	CreatedAt, UpdatedAt time.Time
}

// ErrTeamNamed reports that another team has a name.
var ErrTeamNamed = errors.New("is the name of another team")

// ErrTeamUnnamed reports that a name of a team has no character but white space.
var ErrTeamUnnamed = errors.New("a team needs a name that is not empty")

// Teams yields the teams, oldest first.
func (s *State) Teams() iter.Seq[*Team] { return s.teams.All() }

// Team returns the team with an id.
func (s *State) Team(id attio.ID) (*Team, bool) { return s.teams.Get(id) }

// TeamNamed returns the team with an id, a name in any case, or a key in the scenario.
func (s *State) TeamNamed(name string) (*Team, bool) {
	for team := range s.Teams() {
		if name == string(team.ID) || strings.EqualFold(name, team.Name) {
			return team, true
		}
	}
	return s.Team(s.SeededID("teams/" + name))
}

// TeamNames lists the names of the teams.
func (s *State) TeamNames() []string {
	var names []string
	for team := range s.Teams() {
		names = append(names, team.Name)
	}
	return names
}

// AddTeam makes a team of members and pending invites.
func (tx *Tx) AddTeam(id attio.ID, name string, members []attio.ID) error {
	return tx.putTeam(Team{ID: id, Name: name, Members: members, CreatedAt: tx.Now})
}

// ChangeTeam replaces the name and the members of a team.
func (tx *Tx) ChangeTeam(id attio.ID, name string, members []attio.ID) error {
	team, ok := tx.Team(id)
	if !ok {
		return fmt.Errorf("no team has the id %s", id)
	}
	if strings.TrimSpace(name) == team.Name && slices.Equal(members, team.Members) && !tx.seeding { // a scenario says when it was last changed
		return nil
	}
	return tx.putTeam(Team{ID: id, Name: name, Members: members, CreatedAt: team.CreatedAt})
}

// DeleteTeam deletes a team; its members stay in the workspace.
func (tx *Tx) DeleteTeam(id attio.ID) error {
	team, ok := tx.Team(id)
	if !ok {
		return fmt.Errorf("no team has the id %s", id)
	}
	drop(tx, team)
	return nil
}

// putTeam adds or replaces a team, without white space around its name. Whoever is named twice is in it once.
func (tx *Tx) putTeam(team Team) error {
	if team.Name = strings.TrimSpace(team.Name); team.Name == "" {
		return ErrTeamUnnamed
	}
	for other := range tx.Teams() {
		if other.ID != team.ID && strings.EqualFold(other.Name, team.Name) {
			return fmt.Errorf("%q %w", team.Name, ErrTeamNamed)
		}
	}
	var members []attio.ID
	in := make(map[attio.ID]bool, len(team.Members))
	for _, id := range team.Members {
		_, member := tx.Member(id)
		_, invited := tx.State.Invite(id)
		switch {
		case !member && !invited:
			return fmt.Errorf("no workspace member and no pending invite has the id %s", id)
		case !in[id]:
			in[id] = true
			members = append(members, id)
		}
	}
	team.Members, team.UpdatedAt = members, tx.Now
	put(tx, &team)
	return nil
}

// replaceInTeams puts others in the place of one member or invite of the teams.
func (tx *Tx) replaceInTeams(id attio.ID, by ...attio.ID) {
	for _, team := range slices.Collect(tx.Teams()) { // the loop changes the table
		if i := slices.Index(team.Members, id); i >= 0 {
			changed := *team
			changed.Members = slices.Concat(team.Members[:i], by, team.Members[i+1:])
			changed.UpdatedAt = tx.Now
			put(tx, &changed)
		}
	}
}

func (t *Team) identity() (Thing, attio.ID)    { return ThingTeam, t.ID }
func (t *Team) attachedTo() []attio.ID         { return nil }
func (t *Team) without(attio.ID) (*Team, bool) { return nil, false }
func (t *Team) followed(*merger) *Team         { return t }
