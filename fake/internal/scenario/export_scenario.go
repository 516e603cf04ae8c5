package scenario

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// schemaLine is how a file tells editors its schema.
const schemaLine = "# yaml-language-server: $schema=https://raw.githubusercontent.com/fakeattio/fakeattio/HEAD/scenarios/scenario.schema.json\n"

// Export writes a seed as a scenario file, such that Load makes the same of it: users, workspaces, and all that is in them
// with its ids, times, authors and history. What the file cannot say is refused by name. The ids that come to be at run
// time do not repeat those of the file, if the seed has some that repeat.
func Export(seed *world.Seed) ([]byte, error) {
	d := documentExporter{users: make(map[*world.User]string), created: defaultCreatedAt}
	if !seed.Clock.At.IsZero() {
		d.created = seed.Clock.At.Truncate(time.Millisecond)
	}
	d.nameUsers(seed.Users)
	faults := sortFaults(seed.Faults, seed.Workspaces)
	workspaces := &yamltree.Mapping{Block: true}
	for _, state := range seed.Workspaces {
		e := newExporter(&d, state, faults.of[state.Slug])
		workspaces.Put(state.Slug, yamltree.Lazy(func() any { return e.workspace() }))
	}
	var body []byte
	if start := clockOf(seed.Clock); start != nil {
		body = yamltree.Append(body, yamltree.MappingOf("clock", start), 0)
	}
	body = yamltree.Append(body, compact(&yamltree.Mapping{Entries: []yamltree.Entry{
		{Key: "users", Value: d.usersSection(seed.Users)}, {Key: "workspaces", Value: workspaces}, {Key: "faults", Value: faults.all},
	}}), 0)
	head := []byte(schemaLine + "version: 1\n")
	if seed.Random != nil {
		head = fmt.Appendf(head, "seed: %d\n", d.random(*seed.Random, body))
	}
	file := append(head, body...)
	switch {
	case !utf8.Valid(file):
		d.refuseBytes(file)
	case len(file) > yamltree.MaxSize:
		d.refuse("the file would have %d MB, more than the %d that a scenario may have", len(file)>>20, yamltree.MaxSize>>20)
	}
	if d.problems != nil {
		return nil, fmt.Errorf("this cannot be written as a scenario:\n\t%s", strings.Join(d.problems, "\n\t"))
	}
	return file, nil
}

// refuseBytes names the text in a file that is none.
func (d *documentExporter) refuseBytes(file []byte) {
	for line := range bytes.Lines(file) {
		if !utf8.Valid(line) {
			d.refuse("YAML cannot have what is not UTF-8, as in %s", shorten(strconv.Quote(string(bytes.TrimSpace(line)))))
			return
		}
	}
}

// ExportWorkspace is Export for one workspace and the users who are its members.
func ExportWorkspace(seed *world.Seed, slug string) ([]byte, error) {
	i := slices.IndexFunc(seed.Workspaces, func(s *world.State) bool { return s.Slug == slug })
	if i < 0 {
		return nil, fmt.Errorf("there is no workspace %q", slug)
	}
	part := *seed
	part.Workspaces = seed.Workspaces[i : i+1]
	members := make(map[*world.User]bool)
	for member := range part.Workspaces[0].Members() {
		members[member.User] = true
	}
	part.Users = slices.DeleteFunc(slices.Clone(seed.Users), func(u *world.User) bool { return !members[u] })
	return Export(&part)
}

// documentExporter is what the workspaces of a file share.
type documentExporter struct {
	users    map[*world.User]string // their keys
	created  time.Time              // when a workspace was made that does not say when
	explicit bool                   // something has an id that does not derive from its place
	problems []string
}

func (d *documentExporter) refuse(format string, args ...any) {
	if len(d.problems) < yamltree.MaxProblems {
		d.problems = append(d.problems, fmt.Sprintf(format, args...))
	}
}

// nameUsers gives every user a key: the one that it has, if it is a good one, or one like it.
func (d *documentExporter) nameUsers(users []*world.User) {
	taken := make(map[string]bool)
	for _, u := range users {
		key := u.Key
		if key == "" || key == systemAuthor || strings.Contains(key, "/") || taken[key] {
			local, _, _ := strings.Cut(u.Email, "@")
			key = freeKey(cleanKey(cmp.Or(key, local), "user"), taken)
		}
		taken[key] = true
		d.users[u] = key
	}
}

func (d *documentExporter) usersSection(users []*world.User) *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for _, u := range users {
		if !emailForm.MatchString(u.Email) {
			d.refuse("the user %q has the e-mail address %q, which is none", d.users[u], u.Email)
		}
		m := new(yamltree.Mapping)
		m.PutIf(u.FirstName != "", "first_name", yamltree.Text(u.FirstName))
		m.PutIf(u.LastName != "", "last_name", yamltree.Text(u.LastName))
		m.Put("email", yamltree.Text(u.Email))
		m.PutText("avatar_url", u.AvatarURL)
		section.Put(d.users[u], m)
	}
	return section
}

// random returns a seed for the ids of a scenario with a body: the same seed again or, where the body has ids that came
// of it, one that depends on these, so that they do not come a second time.
func (d *documentExporter) random(seed int64, body []byte) int64 {
	if !d.explicit {
		return seed
	}
	hash := fnv.New64a()
	_, _ = hash.Write(body) // never fails
	return int64(hash.Sum64() >> 1)
}

// clockOf writes where a clock starts, or nothing for the real time.
func clockOf(start world.Start) any {
	switch {
	case start.Frozen:
		return yamltree.MappingOf("at", timestamp(start.At), "frozen", yamltree.Plain("true"))
	case !start.At.IsZero():
		return timestamp(start.At)
	case start.Offset != 0:
		return yamltree.MappingOf("offset", yamltree.Text(start.Offset.String()))
	}
	return nil
}

// exporter writes one workspace.
type exporter struct {
	*documentExporter
	state   *world.State
	faults  *yamltree.Mapping
	keys    map[attio.ID]string     // what things are called by that others refer to, once they have been asked for
	created time.Time               // of what does not say when it was made
	admin   attio.Actor             // who made what does not say who did
	order   map[attio.ID][]attio.ID // the records of each object and the entries of each list, in the order of the file
	// inverse has, for the side of a relationship that is not written, what each record gets there.
	inverse map[attio.ID]map[attio.ID][]attribute.Value
}

func newExporter(d *documentExporter, state *world.State, faults *yamltree.Mapping) *exporter {
	people, _ := state.Schema.ObjectByID(standardID(state, "people"))
	e := &exporter{
		documentExporter: d, state: state, faults: faults, keys: make(map[attio.ID]string), created: people.CreatedAt, admin: world.System().Actor,
	}
	if admin, ok := state.FirstAdmin(); ok {
		e.admin = world.MemberAuthor(admin.ID).Actor
	}
	return e
}

// standardID returns the id of a standard object.
func standardID(state *world.State, slug string) attio.ID {
	i := slices.IndexFunc(state.Schema.Objects, func(o *world.Object) bool { return o.Standard == slug })
	return state.Schema.Objects[i].ID
}

// refuse reports something of the workspace that the file cannot say.
func (e *exporter) refuse(what, key, format string, args ...any) {
	e.documentExporter.refuse("%s: the %s %q %s", e.state.Slug, what, key, fmt.Sprintf(format, args...))
}

func (e *exporter) workspace() *yamltree.Mapping {
	s := e.state
	m := &yamltree.Mapping{Block: true}
	m.PutIf(s.Origin != s.Slug, "origin", yamltree.Text(s.Origin))
	m.PutIf(!e.created.Equal(e.documentExporter.created), "created_at", timestamp(e.created))
	m.PutIf(s.Name != s.Slug, "name", yamltree.Text(s.Name))
	m.PutText("logo_url", s.LogoURL)
	m.PutIf(s.Plan != "", "plan", yamltree.Text(s.Plan))
	m.PutIf(s.Limited, "limits", yamltree.Text(attioLimits))
	effects := new(yamltree.Mapping)
	effects.PutIf(s.Effects.LinkCompanies, "link_companies", boolean(true))
	effects.PutIf(s.Effects.ShuffleUnordered, "shuffle_unordered", boolean(true))
	m.PutAll("effects", effects)
	m.PutAll("members", e.members())
	m.PutAll("tokens", e.tokens())
	if s.ExceedsPlan() {
		e.refuse("workspace", s.Slug, "has more objects on than its plan, %s, allows", s.Plan)
	}
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

func (e *exporter) tokens() *yamltree.Mapping {
	section := &yamltree.Mapping{Block: true}
	for token := range e.state.Tokens() {
		if !nameForm.MatchString(token.Name) {
			e.refuse("token", token.Name, "has a name that no key can have")
		}
		e.keys[token.ID] = token.Name
		m := new(yamltree.Mapping)
		if token.Scopes == attio.EveryScope() {
			m.Put("scopes", yamltree.Text(everyScope))
		} else {
			m.Put("scopes", texts(token.Scopes.List()))
		}
		m.PutIf(token.Value != attio.DerivedToken(e.state.Slug, token.Name), "token", yamltree.Text(token.Value))
		m.PutIf(token.Kind != world.APIKey, "kind", yamltree.Text(token.Kind))
		switch byDefault := e.admin.ID; {
		case token.Kind == world.APIKey && token.AuthorizedBy == byDefault:
		case token.AuthorizedBy != "":
			m.Put("authorized_by", yamltree.Text(e.keys[token.AuthorizedBy]))
		case token.Kind == world.APIKey:
			e.refuse("token", token.Name, "is of nobody, though the workspace has an admin by now")
		}
		e.putCreated(m, token.CreatedAt)
		e.putID(m, "tokens/"+token.Name, token.ID)
		section.Put(token.Name, m)
	}
	return section
}

// putCreated says when something was made, unless that goes without saying.
func (e *exporter) putCreated(m *yamltree.Mapping, at time.Time) {
	m.PutIf(!at.Equal(e.created), createdAtKey, timestamp(at))
}

// putCreatedBy says when and by whom something was made, unless that goes without saying.
func (e *exporter) putCreatedBy(m *yamltree.Mapping, at time.Time, by attio.Actor) {
	e.putCreated(m, at)
	e.putAuthor(m, createdByKey, by)
}

func (e *exporter) putAuthor(m *yamltree.Mapping, key string, by attio.Actor) {
	m.PutIf(by != e.admin, key, e.author(by))
}

func (e *exporter) author(by attio.Actor) any {
	key, known := e.keys[by.ID]
	switch {
	case by.Type == attio.ActorSystem:
		return yamltree.Text(systemAuthor)
	case !known:
		e.documentExporter.refuse("%s: the actor %s %s is neither a member nor a token", e.state.Slug, by.Type, by.ID)
	case by.Type != attio.ActorWorkspaceMember:
		return yamltree.MappingOf("token", yamltree.Text(key))
	}
	return yamltree.Text(key)
}

// putID says which id something has, unless that derives from its place.
func (e *exporter) putID(m *yamltree.Mapping, path string, id attio.ID) {
	if id != attio.PathID(e.state.Origin+"/"+path) {
		m.Put(idKey, yamltree.Text(id))
		e.explicit = true
	}
}

// timestamp writes a point in time.
func timestamp(t time.Time) yamltree.Plain { return yamltree.Plain(t.UTC().Format(time.RFC3339Nano)) }

func texts[S ~string](all []S) yamltree.Sequence {
	written := yamltree.Sequence{}
	for _, s := range all {
		written = append(written, yamltree.Text(s))
	}
	return written
}

// shortened returns the first value of a mapping that has no other, in whose place the format takes it.
func shortened(m *yamltree.Mapping) any {
	if len(m.Entries) == 1 {
		return m.Entries[0].Value
	}
	return m
}

// compact leaves out the sections in which there is nothing.
func compact(m *yamltree.Mapping) *yamltree.Mapping {
	m.Entries = slices.DeleteFunc(m.Entries, func(e yamltree.Entry) bool {
		section, ok := e.Value.(*yamltree.Mapping)
		return ok && len(section.Entries) == 0
	})
	return m
}

func integer(n int64) yamltree.Plain { return yamltree.Plain(strconv.FormatInt(n, 10)) }

func boolean(b bool) yamltree.Plain { return yamltree.Plain(strconv.FormatBool(b)) }
