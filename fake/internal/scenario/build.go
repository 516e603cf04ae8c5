package scenario

import (
	"fmt"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// build makes the seed of a document. It goes on after a mistake, to find them all.
func build(doc *document, ps *problems) (*world.Seed, error) {
	seed := &world.Seed{Random: doc.Seed}
	var created time.Time
	seed.Clock, created = doc.Clock.start()
	created = created.Truncate(time.Millisecond)
	users := make(map[string]*world.User, len(doc.Users.items))
	for _, u := range doc.Users.items {
		users[u.key] = &world.User{
			Key: u.key, Email: string(u.value.Email),
			FirstName: u.value.FirstName, LastName: u.value.LastName, AvatarURL: u.value.AvatarURL,
		}
		seed.Users = append(seed.Users, users[u.key])
	}
	for _, w := range doc.Workspaces.items {
		name := w.value.Name
		if !w.value.has("name") {
			name = w.key
		}
		as := &world.State{Slug: w.key, Origin: w.key, Names: world.NewNames(collectIDs(&w.value, ps)), Name: name}
		if w.value.Origin != "" {
			as.Origin = string(w.value.Origin)
		}
		made := at(w.value.CreatedAt, created)
		state, err := world.BuildAs(as, made, func(tx *world.Tx) error {
			b := &builder{
				problems: ps, slug: w.key, workspace: &w.value, tx: tx, created: made,
				random: defaultRandom, broken: make(map[string]bool),
			}
			if doc.Seed != nil {
				b.random = *doc.Seed
			}
			return b.build(users)
		})
		if err != nil {
			return nil, fmt.Errorf("workspace %q: %w", w.key, err)
		}
		seed.Workspaces = append(seed.Workspaces, state)
	}
	seed.Faults = faultsOf(doc, ps)
	if err := ps.err(); err != nil {
		return nil, err
	}
	return seed, nil
}

// builder makes the state of one workspace.
type builder struct {
	problems  *problems
	slug      string
	workspace *workspace
	tx        *world.Tx
	created   time.Time    // of what does not say when it was made
	author    world.Author // of what does not say who made it
	random    int64        // the seed of what is made up

	// broken has the objects and lists that could not be made, as "objects/deals", and the attributes, as
	// "objects/deals/attributes/stage". That is reported once, and not again for each use of them.
	broken map[string]bool
	later  []later
	links  []link
	names  map[string]string // what the listed records and entries are called, by their ids; made when it is asked for
}

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
	if b.workspace.ExceedsPlan && !b.tx.ExceedsPlan() && b.problems.empty() {
		b.problems.add(b.workspace.at("exceeds_plan"), "no more objects are on than the plan allows; leave exceeds_plan out")
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
	}
	return nil
}

func (b *builder) addMembers(users map[string]*world.User) error {
	defer b.write(b.created, b.tx.Author)
	for _, m := range b.workspace.Members.items {
		user, ok := users[m.key]
		if !ok || m.value.AccessLevel == "" {
			continue // which is reported
		}
		b.write(at(m.value.CreatedAt, b.created), b.tx.Author)
		b.named(b.memberID(m.key), m.key, m.at)
		if err := b.tx.AddMember(b.memberID(m.key), user, world.AccessLevel(m.value.AccessLevel)); err != nil && b.problems.empty() {
			return err
		}
	}
	return nil
}

func (b *builder) addTokens() error {
	defer b.write(b.created, b.tx.Author)
	for _, t := range b.workspace.Tokens.items {
		b.write(at(t.value.CreatedAt, b.created), b.tx.Author)
		token, err := b.newToken(t)
		b.named(token.ID, t.key, t.at)
		if add := b.tx.AddToken; err == nil {
			if t.value.has("authorized_by") {
				add = b.tx.SeedToken
			}
			err = add(token)
		}
		if err != nil && b.problems.empty() {
			return err
		}
	}
	return nil
}

// write says when and as whom the transaction writes what follows.
func (b *builder) write(now time.Time, author world.Author) { b.tx.Now, b.tx.Author = now, author }

// at returns a moment of the file, to the millisecond as Attio's, or another where there is none.
func at(m *moment, otherwise time.Time) time.Time {
	if m == nil {
		return otherwise
	}
	return m.Truncate(time.Millisecond)
}

// firstAdmin is who made what does not say who did, or Attio itself where there is no admin.
func (b *builder) firstAdmin() world.Author {
	if admin, ok := b.tx.FirstAdmin(); ok {
		return world.MemberAuthor(admin.ID)
	}
	return world.System()
}

func (b *builder) newToken(t item[access]) (world.Token, error) {
	token := world.Token{
		ID: b.id("tokens/" + t.key), Name: t.key, Value: t.value.secret(b.slug, t.key),
		Kind: world.APIKey, Scopes: attio.EveryScope(),
	}
	if t.value.Kind != "" {
		token.Kind = world.TokenKind(t.value.Kind)
	}
	if by := t.value.AuthorizedBy; by != nil && *by != "" {
		token.AuthorizedBy = b.memberID(string(*by))
	}
	if t.value.Scopes.all {
		return token, nil
	}
	list := make([]attio.Scope, len(t.value.Scopes.list))
	for i, s := range t.value.Scopes.list {
		list[i] = attio.Scope(s)
	}
	var err error
	token.Scopes, err = attio.NewScopeSet(list...)
	return token, err
}

func (b *builder) memberID(user string) attio.ID { return b.id("members/" + user) }
