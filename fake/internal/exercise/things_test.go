package exercise_test

import (
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// never says why an action on a kind of thing does not occur. Every other action must occur in a request of this
// package or in a step of arrange.
var never = map[world.Thing]map[control.Action]string{
	world.ThingWorkspace:     {control.Created: "a transaction is in a workspace", control.Deleted: "a transaction is in a workspace"},
	world.ThingMember:        {control.Deleted: "Attio suspends members"},
	world.ThingToken:         {control.Changed: "a token stays as it is"},
	world.ThingCallRecording: {control.Changed: "the API has no update"},
	world.ThingFile:          {control.Changed: "the API has no update"},
	world.ThingEmail:         {control.Changed: "clients cannot write e-mails", control.Deleted: "clients cannot write e-mails"},
	world.ThingUnsubscribed:  {control.Changed: "an address has nothing to change", control.Deleted: "the API cannot take an address off the list"},
}

// arrange has the steps that the API cannot do, each after those that it needs.
var arrange = map[string][]func(*world.Tx) error{
	"rename the workspace": {func(tx *world.Tx) error { tx.Rename("Elsewhere"); return nil }},
	"add a member": {func(tx *world.Tx) error {
		return tx.AddMember(attio.PathID("x/members/new"), &world.User{Key: "new", Email: "new@example.com"}, world.Regular)
	}},
	"suspend a member": {func(tx *world.Tx) error { return tx.SetAccess(attio.PathID("here/members/bob_here"), world.Suspended) }},
	"invite somebody": {func(tx *world.Tx) error {
		return tx.Invite(world.Invite{ID: attio.PathID("x/invites/new"), Email: "new@example.com", Access: world.Regular})
	}},
	"change an invite": {func(tx *world.Tx) error {
		return tx.ChangeInvite(attio.PathID("here/invites/ivy_here"), func(i *world.Invite) { i.LastName = "Rush" })
	}},
	"accept an invite": {func(tx *world.Tx) error {
		return tx.AcceptInvite(attio.PathID("here/invites/ivy_here"), attio.PathID("x/members/ivy"), &world.User{Key: "ivy", Email: "ivy@here.example.com"})
	}},
	"withdraw an invite": {func(tx *world.Tx) error { return tx.WithdrawInvite(attio.PathID("here/invites/ivy_here")) }},
	"add a team":         {func(tx *world.Tx) error { return tx.AddTeam(attio.PathID("x/teams/new"), "New", nil) }},
	"rename a team": {func(tx *world.Tx) error {
		return tx.ChangeTeam(attio.PathID("here/teams/crew_here"), "Hands", nil)
	}},
	"delete a team": {func(tx *world.Tx) error { return tx.DeleteTeam(attio.PathID("here/teams/crew_here")) }},
	"reopen a thread": {
		func(tx *world.Tx) error { return tx.ResolveThread(attio.PathID("here/threads/oh")) },
		func(tx *world.Tx) error { return tx.UnresolveThread(attio.PathID("here/threads/oh")) },
	},
	"rename an attribute of a list": {func(tx *world.Tx) error {
		list, _ := tx.Schema.List("sales_here")
		i := slices.IndexFunc(list.Attributes, func(d *attribute.Definition) bool { return !d.System })
		renamed := *list.Attributes[i]
		renamed.Title = "Renamed"
		_, err := tx.UpdateAttribute(list, renamed)
		return err
	}},
	"delete a list": {func(tx *world.Tx) error { return tx.DeleteList(attio.PathID("here/lists/sales_here")) }},
	"add a token": {func(tx *world.Tx) error {
		return tx.AddToken(world.Token{ID: attio.PathID("x/tokens/new"), Name: "new", Value: "new", Kind: world.APIKey})
	}},
	"revoke a token": {func(tx *world.Tx) error { return tx.DeleteToken("full") }},
	"receive an e-mail": {func(tx *world.Tx) error {
		from, err := tx.EmailParticipant(world.EmailFrom, "ada@here.example.com")
		if err != nil {
			return err
		}
		_, err = tx.AddEmail(world.Email{ID: attio.PathID("x/emails/new"), SentAt: tx.Now, Participants: []world.EmailParticipant{from}})
		return err
	}},
}

// notExported says why a scenario does not have a kind of thing. So far it has all of them.
var notExported = map[world.Thing]string{}

// recorder keeps the commits of a world.
type recorder struct{ commits []world.Commit }

func (r *recorder) Committed(c world.Commit) { r.commits = append(r.commits, c) }
func (*recorder) Added(*world.Workspace)     {}
func (*recorder) Removed(*world.Workspace)   {}
func (*recorder) WasReset()                  {}

// newWorld returns a world with the scenario, and a recorder of its commits.
func newWorld(t *testing.T) (*world.World, *world.Workspace, *recorder) {
	t.Helper()
	seed, err := scenario.Load(scenario.Text("exercise.yaml", exercise.Scenario()))
	if err != nil {
		t.Fatal(err)
	}
	w, r := world.New(seed), new(recorder)
	w.Watch(r)
	here, ok := w.Workspace("here")
	if !ok {
		t.Fatal("the scenario has no workspace here")
	}
	return w, here, r
}

// lives returns the commits of all requests of this package and of arrange, each in a fresh workspace.
func lives(t *testing.T) []world.Commit {
	t.Helper()
	w, here, r := newWorld(t)
	handler := api.New(w, slog.New(slog.DiscardHandler))
	token := slices.Collect(here.View().Tokens())[0].Value
	for _, request := range exercise.Requests() {
		w.Reset()
		sent, err := request.In("here").HTTP("http://attio.test", token)
		if err != nil {
			t.Fatal(err)
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, sent)
		if answer.Code >= 400 && answer.Code != http.StatusNotImplemented {
			t.Errorf("%s %s: %d %s", request.Method, request.Path, answer.Code, answer.Body)
		}
	}
	for name, steps := range arrange {
		w.Reset()
		for _, step := range steps {
			if err := here.Update(world.System(), step); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	return r.commits
}

func TestEveryKindOfThingIsHandledEverywhere(t *testing.T) {
	t.Parallel()
	commits := lives(t)
	type doing struct {
		commit world.Commit
		change world.Change
	}
	done := make(map[world.Thing]map[control.Action]doing)
	for _, c := range commits {
		for i, shown := range control.ChangesOf(c.Before, c.After, c.At, c.Changes) {
			if done[shown.Thing] == nil {
				done[shown.Thing] = make(map[control.Action]doing)
			}
			done[shown.Thing][shown.Action] = doing{c, c.Changes[i]}
		}
	}
	for thing := range done {
		if !slices.Contains(world.Things(), thing) {
			t.Errorf("package world does not declare the kind %q", thing)
		}
	}

	for _, thing := range world.Things() {
		t.Run(string(thing), func(t *testing.T) {
			t.Parallel()
			var events []webhook.Event
			for _, action := range []control.Action{control.Created, control.Changed, control.Deleted} {
				do, is := done[thing][action]
				switch why := never[thing][action]; {
				case is && why != "":
					t.Errorf("%s happens, though this test says that it never does: %s", action, why)
				case !is && why == "":
					t.Errorf("nothing here has %s one: add a request to requests.go, a step to arrange, or the reason to never", action)
				case is:
					before, after := held(do.commit.Before, thing), held(do.commit.After, thing)
					if key := keyOf(do.change); before[key] != do.change.Before || after[key] != do.change.After {
						t.Errorf("%s: the change has before %T and after %T; the states hold %T and %T", action, do.change.Before, do.change.After, before[key], after[key])
					}
					checkShown(t, action, do.commit, do.change)
					one := do.commit
					one.Changes = []world.Change{do.change}
					events = append(events, webhook.Events(one)...)
				}
			}
			if do, ok := done[thing][control.Created]; ok { // an event may wait until processing ends
				do.commit.At, do.commit.Changes = do.commit.At.Add(24*time.Hour), []world.Change{do.change}
				events = append(events, webhook.Events(do.commit)...)
			}
			switch why := webhook.NoEvents(thing); {
			case len(events) == 0 && why == "":
				t.Error("it has no events: add how they are derived, or the reason, to derivations in webhook/event_derive.go")
			case len(events) > 0 && why != "":
				t.Errorf("it has %d events, though webhook/event_derive.go says that it has none: %s", len(events), why)
			}
			for _, e := range events {
				if !slices.Contains(subscription.EventTypes(), e.Type) {
					t.Errorf("no webhook can subscribe to %s", e.Type)
				}
			}
		})
	}
}

func TestEveryTypeOfEventIsCaused(t *testing.T) {
	t.Parallel()
	caused := make(map[string]bool)
	for _, c := range lives(t) {
		now := webhook.Events(c)
		c.At = c.At.Add(24 * time.Hour) // an event may wait until processing ends
		for _, e := range slices.Concat(now, webhook.Events(c)) {
			caused[e.Type] = true
		}
	}
	for _, kind := range subscription.EventTypes() {
		if !caused[kind] {
			t.Errorf("nothing here causes %s: add a request to requests.go or a step to arrange", kind)
		}
	}
}

// checkShown checks that the journal shows a change with its state before and after.
func checkShown(t *testing.T, action control.Action, c world.Commit, change world.Change) {
	t.Helper()
	shown := control.ChangesOf(c.Before, c.After, c.At, []world.Change{change})[0]
	switch why := api.NotRendered(change.Thing); {
	case shown.Attributes != nil:
		if len(shown.Attributes) == 0 {
			t.Errorf("%s: the journal shows no attributes", action)
		}
	case why == "":
		if (shown.Before != nil) != (change.Before != nil) || (shown.After != nil) != (change.After != nil) {
			t.Errorf("%s: the journal shows before %s and after %s of %T and %T", action, shown.Before, shown.After, change.Before, change.After)
		}
	case shown.Before != nil || shown.After != nil:
		t.Errorf("%s: the journal shows %s %s, though %s", action, shown.Before, shown.After, why)
	}
}

func TestDiffFindsWhatTransactionsReport(t *testing.T) {
	t.Parallel()
	for _, c := range lives(t) {
		reported, found := byKey(c.Changes), byKey(world.Diff(c.Before, c.After))
		if !maps.Equal(reported, found) {
			t.Errorf("a transaction reports %v; Diff finds %v", slices.Sorted(maps.Keys(reported)), slices.Sorted(maps.Keys(found)))
		}
	}
}

func TestEveryKindOfThingIsKeptBySnapshotsClonesAndExports(t *testing.T) {
	t.Parallel()
	w, here, _ := newWorld(t)
	touch := func(ws *world.Workspace) *world.State { // the next state is a copy of this one
		if err := ws.Update(world.System(), func(tx *world.Tx) error { tx.Rename("Next"); return nil }); err != nil {
			t.Fatal(err)
		}
		return ws.View()
	}
	snapshot := w.Snapshot()
	clone, err := w.Clone(here, "")
	if err != nil {
		t.Fatal(err)
	}
	file, err := scenario.ExportWorkspace(w.Present(), "here")
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := scenario.Load(scenario.Text("exported.yaml", string(file)))
	if err != nil {
		t.Fatal(err)
	}
	seeded := here.View()
	states := map[string]*world.State{"the next state": touch(here), "a clone": clone.View(), "the next state of a clone": touch(clone), "an export": loaded.Workspaces[0]}
	w.Restore(snapshot)
	states["a restored snapshot"] = here.View()

	for _, c := range world.Diff(seeded, loaded.Workspaces[0]) {
		if c.Thing == world.ThingWorkspace || c.Before == nil || c.After == nil {
			continue // its name, and what the loop below finds
		}
		shown := control.ChangesOf(seeded, loaded.Workspaces[0], w.Clock.Now(), []world.Change{c})
		t.Errorf("an export loses something of a thing: %+v", shown)
	}
	for _, thing := range world.Things() {
		want := ids(seeded, thing)
		if len(want) == 0 {
			t.Errorf("the scenario of package exercise has no %s", thing)
		}
		for name, state := range states {
			if name == "an export" && notExported[thing] != "" || thing == world.ThingWorkspace {
				continue
			}
			if diff := cmp.Diff(want, ids(state, thing)); diff != "" {
				t.Errorf("%s has other things of the kind %s: %s", name, thing, diff)
			}
		}
	}
}

// held returns the things of a kind in a state, by their place.
func held(state *world.State, thing world.Thing) map[string]any {
	all := make(map[string]any)
	for change := range state.Each(thing) {
		all[keyOf(change)] = change.After
	}
	return all
}

// ids lists the places of the things of a kind in a state.
func ids(state *world.State, thing world.Thing) []string {
	return slices.Sorted(maps.Keys(held(state, thing)))
}

// byKey returns the values before and after changes, by thing.
func byKey(changes []world.Change) map[string][2]any {
	all := make(map[string][2]any)
	for _, c := range changes {
		all[keyOf(c)] = [2]any{c.Before, c.After}
	}
	return all
}

func keyOf(c world.Change) string {
	return strings.Join([]string{string(c.Thing), string(c.Of), string(c.ID)}, " ")
}
