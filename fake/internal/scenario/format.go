package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// The types below are the format, version 1. A field's tag "yaml" has its key and options: "required"
// (in what the files say together), "everyfile" (required in each), "short" (a scalar in place of the
// whole mapping is this field). The tag "doc" describes it in errors and in the JSON Schema. Keys
// that are no strings, numbers or mappings have types that check themselves (values.go). A pointer
// takes null as well, which takes away what a lower file says.

// document is a scenario file.
type document struct {
	placed
	Version    version                  `yaml:"version,required,everyfile" doc:"The version of the format, always 1."`
	Extends    []extension              `yaml:"extends" doc:"What lies underneath: names of built-in scenarios, or paths relative to this file. Later ones lie on top of earlier ones, this file on top of all."`
	Seed       *int64                   `yaml:"seed" doc:"With it, ids and secrets that are made at run time repeat. Without it they are random."`
	Clock      clockStart               `yaml:"clock" doc:"Where the clock starts to run: a timestamp, or a mapping that says more. Without it the clock shows the real time."`
	Users      ordered[name, user]      `yaml:"users" doc:"The people, each with one login account, by a name of your choice."`
	Workspaces ordered[slug, workspace] `yaml:"workspaces" doc:"The workspaces by their slugs."`
	Faults     ordered[name, anyFault]  `yaml:"faults" doc:"What goes wrong with requests to any workspace, by a key of your choice. Of two faults that hit one request, one of a workspace acts before one of these."`
}

// records counts the records of all workspaces, listed and made up, and the entries.
func (d *document) records() int {
	n := 0
	for _, w := range d.Workspaces.items {
		for _, o := range w.value.Objects.items {
			n += len(o.value.Records.items)
		}
		for _, l := range w.value.Lists.items {
			n += len(l.value.Entries.items)
		}
		for _, g := range w.value.Generate.items {
			n += int(g.value)
		}
	}
	return n
}

// user is a login account.
type user struct {
	placed
	Email     email   `yaml:"email,required" doc:"The address of the account. No two users have the same, whatever the case."`
	FirstName string  `yaml:"first_name" doc:"The first name, empty by default."`
	LastName  string  `yaml:"last_name" doc:"The last name, empty by default."`
	AvatarURL *string `yaml:"avatar_url" doc:"The address of a picture."`
}

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

// member is a user in a workspace.
type member struct {
	placed
	AccessLevel accessLevel `yaml:"access_level,required,short" doc:"What the member may do."`
	CreatedAt   *moment     `yaml:"created_at" doc:"When the member came, by default the scenario's clock."`
	ID          uuid        `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// access is an access token.
type access struct {
	placed
	Scopes       scopes    `yaml:"scopes,required" doc:"What the token may do: a list of scopes, or the word all."`
	Token        secret    `yaml:"token" doc:"What the client sends. By default it derives from the names of workspace and token."`
	Kind         tokenKind `yaml:"kind" doc:"Whether it is an API key of the workspace (the default) or was granted to an app."`
	AuthorizedBy *name     `yaml:"authorized_by" doc:"The user who made or granted it, a member of the workspace. For an API key the first admin by default, and with null nobody: it was made before there was one."`
	CreatedAt    *moment   `yaml:"created_at" doc:"When it was made, by default the scenario's clock."`
	ID           uuid      `yaml:"id" doc:"The id, where it is not the one that derives from its place."`
}

// optOut is somebody whom sequences must not write to.
type optOut struct {
	placed
	Address   string  `yaml:"address,required,short" doc:"The e-mail address."`
	CreatedAt *moment `yaml:"created_at" doc:"When it was put on the list, by default the scenario's clock."`
}

// effects is what Attio does that tests can do without.
type effects struct {
	placed
	LinkCompanies    bool `yaml:"link_companies" doc:"Whether a person with an e-mail address is linked to the company of its domain, and a new meeting to its participants and their companies; what is not there is made. Off by default."`
	ShuffleUnordered bool `yaml:"shuffle_unordered" doc:"Whether what Attio leaves unordered comes in another order each time: lists, members, objects, and references from the other side of a relationship. With the scenario's seed the orders repeat. Off by default."`
}

// placed is part of every mapping of the format and knows where it stands.
type placed struct {
	key  position // of the key that the mapping is the value of, or of the mapping itself
	node *node    // nil where the mapping is absent
}

// placeable is a pointer to a mapping of the format.
type placeable interface{ place(placed) }

func (p *placed) place(at placed) { *p = at }

// at returns the place of a key's value, or of the whole where the key is not there.
func (p placed) at(key string) position {
	if p.node != nil {
		if f, ok := p.node.get(key); ok {
			return f.value.position
		}
	}
	return p.key
}

// has reports whether a key is there.
func (p placed) has(key string) bool {
	if p.node == nil {
		return false
	}
	_, ok := p.node.find(key)
	return ok
}

// items returns the list that is a key's value, if the key is there.
func (p placed) items(key string) []*node {
	if p.node == nil {
		return nil
	}
	f, ok := p.node.get(key)
	if !ok {
		return nil
	}
	return f.value.items
}

// fields lists the keys with their values.
func (p placed) fields() []field {
	if p.node == nil {
		return nil
	}
	return p.node.fields
}

// Words and forms of single values.
type (
	slug        string
	name        string
	email       string
	secret      string
	accessLevel string
	tokenKind   string
	scope       string
	plan        string
)

func (slug) form() form {
	return form{"workspace slug", `^[a-z0-9][a-z0-9-]*$`, "use lower case letters, digits and hyphens, and no hyphen first"}
}

func (name) form() form {
	return form{"name", `^[^/]+$`, "use at least one character and no slash"}
}

func (email) form() form {
	return form{"e-mail address", `^[^@\s]+@[^@\s]+$`, "write one like ada@example.com"}
}

func (secret) form() form {
	return form{"token", `^\S+$`, "use at least one character and no white space"}
}

func (accessLevel) words() (string, []string) { return "access level", asStrings(world.AccessLevels()) }

func (tokenKind) words() (string, []string) { return "kind of token", asStrings(world.TokenKinds()) }

func (plan) words() (string, []string) { return "plan", asStrings(world.Plans()) }

func (scope) words() (string, []string) { return "scope", asStrings(attio.AllScopes()) }

// defaultCreatedAt is when seeded things were made if neither they nor the scenario's clock say.
var defaultCreatedAt = time.Date(2026, time.January, 1, 9, 0, 0, 0, time.UTC)

func asStrings[S ~string](list []S) []string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return words
}
