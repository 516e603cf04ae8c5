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
	workspaces := &mapping{block: true}
	for _, state := range seed.Workspaces {
		e := newExporter(&d, state, faults.of[state.Slug])
		workspaces.put(state.Slug, lazy(func() any { return e.workspace() }))
	}
	var body []byte
	if start := clockOf(seed.Clock); start != nil {
		body = appendYAML(body, of("clock", start), 0)
	}
	body = appendYAML(body, compact(&mapping{entries: []mappingEntry{{"users", d.usersSection(seed.Users)}, {"workspaces", workspaces}, {"faults", faults.all}}}), 0)
	head := []byte(schemaLine + "version: 1\n")
	if seed.Random != nil {
		head = fmt.Appendf(head, "seed: %d\n", d.random(*seed.Random, body))
	}
	file := append(head, body...)
	switch {
	case !utf8.Valid(file):
		d.refuseBytes(file)
	case len(file) > MaxSize:
		d.refuse("the file would have %d MB, more than the %d that a scenario may have", len(file)>>20, MaxSize>>20)
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
	if len(d.problems) < maxProblems {
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

func (d *documentExporter) usersSection(users []*world.User) *mapping {
	section := &mapping{block: true}
	for _, u := range users {
		if !emailForm.MatchString(u.Email) {
			d.refuse("the user %q has the e-mail address %q, which is none", d.users[u], u.Email)
		}
		m := new(mapping)
		m.putIf(u.FirstName != "", "first_name", text(u.FirstName))
		m.putIf(u.LastName != "", "last_name", text(u.LastName))
		m.put("email", text(u.Email))
		m.putText("avatar_url", u.AvatarURL)
		section.put(d.users[u], m)
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
		return of("at", timestamp(start.At), "frozen", plain("true"))
	case !start.At.IsZero():
		return timestamp(start.At)
	case start.Offset != 0:
		return of("offset", text(start.Offset.String()))
	}
	return nil
}

// exporter writes one workspace.
type exporter struct {
	*documentExporter
	state   *world.State
	faults  *mapping
	keys    map[attio.ID]string     // what things are called by that others refer to, once they have been asked for
	created time.Time               // of what does not say when it was made
	admin   attio.Actor             // who made what does not say who did
	order   map[attio.ID][]attio.ID // the records of each object and the entries of each list, in the order of the file
	// inverse has, for the side of a relationship that is not written, what each record gets there.
	inverse map[attio.ID]map[attio.ID][]attribute.Value
}

func newExporter(d *documentExporter, state *world.State, faults *mapping) *exporter {
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

func (e *exporter) workspace() *mapping {
	s := e.state
	m := &mapping{block: true}
	m.putIf(s.Origin != s.Slug, "origin", text(s.Origin))
	m.putIf(!e.created.Equal(e.documentExporter.created), "created_at", timestamp(e.created))
	m.putIf(s.Name != s.Slug, "name", text(s.Name))
	m.putText("logo_url", s.LogoURL)
	m.putIf(s.Plan != "", "plan", text(s.Plan))
	m.putIf(s.ExceedsPlan(), "exceeds_plan", boolean(true))
	m.putIf(s.Limited, "limits", text(attioLimits))
	effects := new(mapping)
	effects.putIf(s.Effects.LinkCompanies, "link_companies", boolean(true))
	effects.putIf(s.Effects.ShuffleUnordered, "shuffle_unordered", boolean(true))
	m.putAll("effects", effects)
	m.putAll("members", e.members())
	m.putAll("tokens", e.tokens())
	e.nameKinds()
	e.nameRecords()
	m.putAll("objects", e.objects())
	m.putAll("lists", e.lists())
	m.putAll("meetings", e.meetings())
	m.putAll("call_recordings", e.callRecordings())
	m.putAll("emails", e.emails())
	m.putAll("protected_recipients", texts(s.ProtectedRecipients))
	m.putAll("notes", e.notes())
	m.putAll("tasks", e.tasks())
	m.putAll("files", e.files())
	m.putAll("threads", e.threads())
	m.putAll("unsubscribed", e.unsubscribed())
	m.putAll("webhooks", e.webhooks())
	m.putAll("faults", e.faults)
	return m
}

func (e *exporter) members() *mapping {
	section := &mapping{block: true}
	for member := range e.state.Members() {
		key, known := e.users[member.User]
		if !known {
			e.refuse("member", member.User.Email, "is nobody of the users")
			continue
		}
		e.keys[member.ID] = key
		m := of("access_level", text(member.Access))
		e.putCreated(m, member.CreatedAt)
		e.putID(m, "members/"+key, member.ID)
		section.put(key, shortened(m))
	}
	return section
}

func (e *exporter) tokens() *mapping {
	section := &mapping{block: true}
	for token := range e.state.Tokens() {
		if !nameForm.MatchString(token.Name) {
			e.refuse("token", token.Name, "has a name that no key can have")
		}
		e.keys[token.ID] = token.Name
		m := new(mapping)
		if token.Scopes == attio.EveryScope() {
			m.put("scopes", text(everyScope))
		} else {
			m.put("scopes", texts(token.Scopes.List()))
		}
		m.putIf(token.Value != attio.DerivedToken(e.state.Slug, token.Name), "token", text(token.Value))
		m.putIf(token.Kind != world.APIKey, "kind", text(token.Kind))
		switch byDefault := e.admin.ID; {
		case token.Kind == world.APIKey && token.AuthorizedBy == byDefault:
		case token.AuthorizedBy != "":
			m.put("authorized_by", text(e.keys[token.AuthorizedBy]))
		case token.Kind == world.APIKey:
			m.put("authorized_by", plain("null"))
		}
		e.putCreated(m, token.CreatedAt)
		e.putID(m, "tokens/"+token.Name, token.ID)
		section.put(token.Name, m)
	}
	return section
}

// putCreated says when something was made, unless that goes without saying.
func (e *exporter) putCreated(m *mapping, at time.Time) {
	m.putIf(!at.Equal(e.created), createdAtKey, timestamp(at))
}

// putCreatedBy says when and by whom something was made, unless that goes without saying.
func (e *exporter) putCreatedBy(m *mapping, at time.Time, by attio.Actor) {
	e.putCreated(m, at)
	e.putAuthor(m, createdByKey, by)
}

func (e *exporter) putAuthor(m *mapping, key string, by attio.Actor) {
	m.putIf(by != e.admin, key, e.author(by))
}

func (e *exporter) author(by attio.Actor) any {
	key, known := e.keys[by.ID]
	switch {
	case by.Type == attio.ActorSystem:
		return text(systemAuthor)
	case !known:
		e.documentExporter.refuse("%s: the actor %s %s is neither a member nor a token", e.state.Slug, by.Type, by.ID)
	case by.Type != attio.ActorWorkspaceMember:
		return of("token", text(key))
	}
	return text(key)
}

// putID says which id something has, unless that derives from its place.
func (e *exporter) putID(m *mapping, path string, id attio.ID) {
	if id != attio.PathID(e.state.Origin+"/"+path) {
		m.put(idKey, text(id))
		e.explicit = true
	}
}

// timestamp writes a point in time.
func timestamp(t time.Time) plain { return plain(t.UTC().Format(time.RFC3339Nano)) }

func texts[S ~string](all []S) sequence {
	written := sequence{}
	for _, s := range all {
		written = append(written, text(s))
	}
	return written
}

// putText adds a string that may not be there.
func (m *mapping) putText(key string, s *string) {
	if s != nil {
		m.put(key, text(*s))
	}
}

// shortened returns the first value of a mapping that has no other, in whose place the format takes it.
func shortened(m *mapping) any {
	if len(m.entries) == 1 {
		return m.entries[0].value
	}
	return m
}

// compact leaves out the sections in which there is nothing.
func compact(m *mapping) *mapping {
	m.entries = slices.DeleteFunc(m.entries, func(e mappingEntry) bool {
		section, ok := e.value.(*mapping)
		return ok && len(section.entries) == 0
	})
	return m
}

func integer(n int64) plain { return plain(strconv.FormatInt(n, 10)) }

func boolean(b bool) plain { return plain(strconv.FormatBool(b)) }
