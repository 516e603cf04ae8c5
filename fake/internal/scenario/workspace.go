package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// workspace is one customer's Attio.
type workspace struct {
	placed
	Origin              slug                         `yaml:"origin" doc:"The slug that ids derive from, if it is not this workspace's own: the workspace is a clone."`
	CreatedAt           *moment                      `yaml:"created_at" doc:"When everything in it was created that does not say when. Defaults to the scenario's clock."`
	Name                string                       `yaml:"name" doc:"The name that people see. Defaults to the slug."`
	LogoURL             *string                      `yaml:"logo_url" doc:"The address of a picture."`
	Plan                plan                         `yaml:"plan" doc:"The plan of the workspace, which limits how much it may hold. Without a plan nothing is limited."`
	ExceedsPlan         bool                         `yaml:"exceeds_plan" doc:"Whether more objects are on than the plan allows, which a test can bring about."`
	Members             ordered[name, member]        `yaml:"members" doc:"The workspace members: users and their access levels."`
	VerifiedDomains     []verifiedDomain             `yaml:"verified_domains" doc:"The domains whose users an identity provider makes members without an invite."`
	Invites             ordered[name, invite]        `yaml:"invites" doc:"The pending invites, by a key of your choice that no member has. It becomes that of the user."`
	Teams               ordered[name, team]          `yaml:"teams" doc:"The teams of members and invites, by a key of your choice."`
	Tokens              ordered[name, access]        `yaml:"tokens" doc:"The access tokens, by a name of your choice."`
	Objects             ordered[apiSlug, object]     `yaml:"objects" doc:"The objects, by their slugs: standard ones, which exist in every workspace, and custom ones."`
	Lists               ordered[apiSlug, list]       `yaml:"lists" doc:"The lists, by their slugs."`
	Activities          ordered[apiSlug, activity]   `yaml:"activities" doc:"The activities, by their slugs: phone_calls, which exists in every workspace, and custom ones."`
	Meetings            ordered[name, meeting]       `yaml:"meetings" doc:"The meetings, by a key of your choice."`
	CallRecordings      ordered[name, callRecording] `yaml:"call_recordings" doc:"The call recordings of meetings, by a key of your choice."`
	Emails              ordered[name, message]       `yaml:"emails" doc:"The e-mails in the mailboxes of the workspace, by a key of your choice."`
	ProtectedRecipients []recipient                  `yaml:"protected_recipients" doc:"Addresses and domains whose e-mails are hidden from everyone."`
	Notes               ordered[name, note]          `yaml:"notes" doc:"The notes, by a key of your choice."`
	Tasks               ordered[name, task]          `yaml:"tasks" doc:"The tasks, by a key of your choice."`
	Files               ordered[name, recordFile]    `yaml:"files" doc:"The files and folders of records, by a key of your choice."`
	Threads             ordered[name, thread]        `yaml:"threads" doc:"The threads of comments on records and entries, by a key of your choice."`
	Unsubscribed        []optOut                     `yaml:"unsubscribed" doc:"E-mail addresses that sequences must not write to."`
	Webhooks            hooks                        `yaml:"webhooks" doc:"The webhooks, by a key of your choice; or a list of them, whose keys are 1, 2 and so on."`
	Generate            ordered[apiSlug, amount]     `yaml:"generate" doc:"How many made-up records to add to an object. They repeat with the scenario's seed."`
	Effects             effects                      `yaml:"effects" doc:"What Attio does that most tests do not want: side effects of writes, and arbitrary order."`
	Limits              limits                       `yaml:"limits" doc:"With attio, Attio's rate limits apply to requests. Without it there are none."`
	Faults              ordered[name, faultRule]     `yaml:"faults" doc:"Faults that requests to this workspace meet, by a key of your choice. They apply from the start and again after a reset."`
}

type plan string

func (plan) words() (string, []string) { return "plan", asStrings(world.Plans()) }

// effects is what Attio does that tests can do without.
type effects struct {
	placed
	LinkCompanies    bool  `yaml:"link_companies" doc:"Whether a person with an e-mail address is linked to the company with that domain, and a new meeting to its participants and their companies. Missing records are created. Off by default."`
	ShuffleUnordered bool  `yaml:"shuffle_unordered" doc:"Whether everything that Attio returns in no particular order comes in a different order each time: lists, members, objects, and references from the other side of a relationship. The orders repeat with the scenario's seed. Off by default."`
	MergeDelay       delay `yaml:"merge_delay" doc:"How long a merge of records is in progress, such as 5s: it answers 202, and the new record cannot be read until then. By default a merge is done at once."`
}

// limits is the word for Attio's rate limits.
type limits string

const attioLimits limits = "attio"

func (limits) words() (string, []string) { return "limits", asStrings([]limits{attioLimits}) }

// newState returns what a workspace is before anything is in it.
func (w *workspace) newState(slug string, ps *yamltree.Problems) *world.State {
	state := &world.State{Slug: slug, Origin: slug, Names: world.NewNames(collectIDs(w, ps), w.size()), Name: w.Name}
	if !w.has("name") {
		state.Name = slug
	}
	if w.Origin != "" {
		state.Origin = string(w.Origin)
	}
	return state
}

// size is how many records and entries the workspace has.
func (w *workspace) size() int {
	n := w.made()
	for i := range w.Objects.items {
		n += len(w.Objects.items[i].value.Records.items)
	}
	for i := range w.Lists.items {
		n += len(w.Lists.items[i].value.Entries.items)
	}
	for i := range w.Activities.items {
		n += len(w.Activities.items[i].value.Records.items)
	}
	return n
}

// made counts the records that generate makes up.
func (w *workspace) made() int {
	n := 0
	for _, g := range w.Generate.items {
		n += int(g.value)
	}
	return n
}

func (b *builder) setLogo() { b.tx.LogoURL = b.workspace.LogoURL }

// setPlan makes the plan count, unless it is to be exceeded: then it counts once the objects are there.
func (b *builder) setPlan() {
	if !b.workspace.ExceedsPlan {
		b.tx.Plan = world.Plan(b.workspace.Plan)
	}
}

func (b *builder) exceedPlan() {
	b.tx.Plan = world.Plan(b.workspace.Plan)
	if b.workspace.ExceedsPlan && !b.tx.ExceedsPlan() && b.problems.Empty() {
		b.problems.Add(b.workspace.at("exceeds_plan"), "no more objects are on than the plan allows; leave exceeds_plan out")
	}
}

func (b *builder) setLimits() { b.tx.Limited = b.workspace.Limits == attioLimits }

func (b *builder) setEffects() {
	b.tx.Effects = world.Effects{
		LinkCompanies:    b.workspace.Effects.LinkCompanies,
		ShuffleUnordered: b.workspace.Effects.ShuffleUnordered,
		MergeDelay:       time.Duration(b.workspace.Effects.MergeDelay),
	}
}

func (e *exporter) origin() any { return textUnless(e.state.Origin, e.state.Slug) }

func (e *exporter) workspaceCreatedAt() any {
	if e.created.Equal(e.documentExporter.created) {
		return nil
	}
	return timestamp(e.created)
}

func (e *exporter) workspaceName() any { return textUnless(e.state.Name, e.state.Slug) }

func (e *exporter) logo() any {
	if e.state.LogoURL == nil {
		return nil
	}
	return yamltree.Text(*e.state.LogoURL)
}

func (e *exporter) plan() any { return textUnless(string(e.state.Plan), "") }

func (e *exporter) exceedsPlan() any {
	if !e.state.ExceedsPlan() {
		return nil
	}
	return boolean(true)
}

func (e *exporter) limits() any {
	if !e.state.Limited {
		return nil
	}
	return yamltree.Text(attioLimits)
}

func (e *exporter) effects() any {
	m := new(yamltree.Mapping)
	m.PutIf(e.state.Effects.LinkCompanies, "link_companies", boolean(true))
	m.PutIf(e.state.Effects.ShuffleUnordered, "shuffle_unordered", boolean(true))
	m.PutIf(e.state.Effects.MergeDelay > 0, "merge_delay", yamltree.Text(e.state.Effects.MergeDelay.String()))
	return m
}

// textUnless returns a text, or nothing where it is the default.
func textUnless(s, byDefault string) any {
	if s == byDefault {
		return nil
	}
	return yamltree.Text(s)
}
