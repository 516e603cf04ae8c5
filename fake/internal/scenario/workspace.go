package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// workspace is one customer's Attio.
type workspace struct {
	placed
	Origin              slug                         `yaml:"origin" doc:"The workspace from whose slug the ids of what is in this one derive, where that is another: it is a clone."`
	CreatedAt           *moment                      `yaml:"created_at" doc:"When what is in it came to be and does not say when, by default at the scenario's clock."`
	Name                string                       `yaml:"name" doc:"The name people see, by default the slug."`
	LogoURL             *string                      `yaml:"logo_url" doc:"The address of a picture."`
	Plan                plan                         `yaml:"plan" doc:"The plan that the workspace has bought, which limits what it may hold. Without it nothing does."`
	ExceedsPlan         bool                         `yaml:"exceeds_plan" doc:"Whether more objects are on than the plan allows, as a test can turn them on."`
	Members             ordered[name, member]        `yaml:"members" doc:"The workspace members: which users they are and what they may do."`
	Tokens              ordered[name, access]        `yaml:"tokens" doc:"The access tokens by a name of your choice."`
	Objects             ordered[apiSlug, object]     `yaml:"objects" doc:"The objects by their slugs: standard ones, which are there already, and custom ones."`
	Lists               ordered[apiSlug, list]       `yaml:"lists" doc:"The lists by their slugs."`
	Meetings            ordered[name, meeting]       `yaml:"meetings" doc:"The meetings by a key of your choice."`
	CallRecordings      ordered[name, callRecording] `yaml:"call_recordings" doc:"The call recordings of the meetings by a key of your choice."`
	Emails              ordered[name, message]       `yaml:"emails" doc:"The e-mails that the mailboxes of the workspace have, by a key of your choice."`
	ProtectedRecipients []recipient                  `yaml:"protected_recipients" doc:"Addresses and domains whose e-mails nobody sees."`
	Notes               ordered[name, note]          `yaml:"notes" doc:"The notes by a key of your choice."`
	Tasks               ordered[name, task]          `yaml:"tasks" doc:"The tasks by a key of your choice."`
	Files               ordered[name, recordFile]    `yaml:"files" doc:"The files of records, and their folders, by a key of your choice."`
	Threads             ordered[name, thread]        `yaml:"threads" doc:"The threads of comments on records and entries by a key of your choice."`
	Unsubscribed        []optOut                     `yaml:"unsubscribed" doc:"E-mail addresses that sequences must not write to."`
	Webhooks            hooks                        `yaml:"webhooks" doc:"The webhooks by a key of your choice, or as a list, whose keys are 1, 2 and so on."`
	Generate            ordered[apiSlug, amount]     `yaml:"generate" doc:"How many made-up records an object has besides those that it lists. They repeat with the scenario's seed."`
	Effects             effects                      `yaml:"effects" doc:"What Attio does that tests can do without: what follows a write by itself, and disorder."`
	Limits              limits                       `yaml:"limits" doc:"With the word attio, requests are held against Attio's rate limits. Without it nothing is."`
	Faults              ordered[name, faultRule]     `yaml:"faults" doc:"What goes wrong with requests, by a key of your choice, from the start and again after a reset."`
}

type plan string

func (plan) words() (string, []string) { return "plan", asStrings(world.Plans()) }

// effects is what Attio does that tests can do without.
type effects struct {
	placed
	LinkCompanies    bool  `yaml:"link_companies" doc:"Whether a person with an e-mail address is linked to the company of its domain, and a new meeting to its participants and their companies; what is not there is made. Off by default."`
	ShuffleUnordered bool  `yaml:"shuffle_unordered" doc:"Whether what Attio leaves unordered comes in another order each time: lists, members, objects, and references from the other side of a relationship. With the scenario's seed the orders repeat. Off by default."`
	MergeDelay       delay `yaml:"merge_delay" doc:"How long a merge of records is in progress, such as 5s: it answers 202, and the new record can be read only then. By default it is there at once."`
}

// limits is the word for Attio's rate limits.
type limits string

const attioLimits limits = "attio"

func (limits) words() (string, []string) { return "limits", asStrings([]limits{attioLimits}) }

func (b *builder) build(users map[string]*world.User) error {
	b.tx.LogoURL = b.workspace.LogoURL
	if !b.workspace.ExceedsPlan {
		b.tx.Plan = world.Plan(b.workspace.Plan)
	}
	if err := b.addMembers(users); err != nil {
		return err
	}
	if err := b.addTokens(); err != nil {
		return err
	}
	b.author = b.firstAdmin()
	b.addObjects()
	b.tx.Plan = world.Plan(b.workspace.Plan)
	if b.workspace.ExceedsPlan && !b.tx.ExceedsPlan() && b.problems.Empty() {
		b.problems.Add(b.workspace.at("exceeds_plan"), "no more objects are on than the plan allows; leave exceeds_plan out")
	}
	b.addLists()
	b.addAttributes()
	b.addRecords()
	b.generate()
	b.addEntries()
	b.addLinks()
	b.addHistory()
	b.checkRequired()
	b.addChanges()
	b.addViews()
	b.addMeetings()
	b.addCallRecordings()
	b.addEmails()
	b.addNotes()
	b.addTasks()
	b.addFiles()
	b.addThreads()
	b.addUnsubscribed()
	b.addWebhooks()
	b.finish()
	b.tx.Limited = b.workspace.Limits == attioLimits
	b.tx.Effects = world.Effects{ // only now: what was seeded stays as it is written
		LinkCompanies:    b.workspace.Effects.LinkCompanies,
		ShuffleUnordered: b.workspace.Effects.ShuffleUnordered,
		MergeDelay:       time.Duration(b.workspace.Effects.MergeDelay),
	}
	return nil
}

func (e *exporter) workspace() *yamltree.Mapping {
	s := e.state
	m := &yamltree.Mapping{Block: true}
	m.PutIf(s.Origin != s.Slug, "origin", yamltree.Text(s.Origin))
	m.PutIf(!e.created.Equal(e.documentExporter.created), "created_at", timestamp(e.created))
	m.PutIf(s.Name != s.Slug, "name", yamltree.Text(s.Name))
	m.PutText("logo_url", s.LogoURL)
	m.PutIf(s.Plan != "", "plan", yamltree.Text(s.Plan))
	m.PutIf(s.ExceedsPlan(), "exceeds_plan", boolean(true))
	m.PutIf(s.Limited, "limits", yamltree.Text(attioLimits))
	effects := new(yamltree.Mapping)
	effects.PutIf(s.Effects.LinkCompanies, "link_companies", boolean(true))
	effects.PutIf(s.Effects.ShuffleUnordered, "shuffle_unordered", boolean(true))
	effects.PutIf(s.Effects.MergeDelay > 0, "merge_delay", yamltree.Text(s.Effects.MergeDelay.String()))
	m.PutAll("effects", effects)
	m.PutAll("members", e.members())
	m.PutAll("tokens", e.tokens())
	e.nameKinds()
	e.nameRecords()
	m.PutAll("objects", e.objects())
	m.PutAll("lists", e.lists())
	m.PutAll("meetings", e.meetings())
	m.PutAll("call_recordings", e.callRecordings())
	m.PutAll("emails", e.emails())
	m.PutAll("protected_recipients", texts(s.ProtectedRecipients))
	m.PutAll("notes", e.notes())
	m.PutAll("tasks", e.tasks())
	m.PutAll("files", e.files())
	m.PutAll("threads", e.threads())
	m.PutAll("unsubscribed", e.unsubscribed())
	m.PutAll("webhooks", e.webhooks())
	m.PutAll("faults", e.faults)
	return m
}
