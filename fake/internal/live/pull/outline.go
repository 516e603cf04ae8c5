package pull

import (
	"fmt"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// outline writes a workspace in the format of scenarios.
type outline struct {
	*workspace
	asIs          bool // ids are given
	history       bool
	members       map[string]string              // the keys of users, by the ids of members
	tokens        map[string]string              // the keys of tokens that wrote something, by their ids
	apps          map[string]string              // the same of apps
	records       map[string]string              // the keys of records, by their ids
	objectOf      map[string]*kind               // the objects of records, by the ids of these
	entries       map[string]string              // the lists and keys of entries, by their ids
	created       map[string]string              // when records were created, by their ids
	partners      map[string]map[string][]string // the records on the other side, by attributes and records
	parentRecords map[string]bool                // ids of the attribute by which views of lists reach the records
	left          map[string]int                 // what was left out, and how often
}

// leave counts something that was left out.
func (o *outline) leave(format string, args ...any) { o.left[fmt.Sprintf(format, args...)]++ }

// scenario returns the whole file.
func (o *outline) scenario() *yamltree.Mapping {
	o.nameActors()
	o.nameRecords()
	o.pairReferences()
	m := yamltree.MappingOf("name", yamltree.Text(o.Name))
	m.PutIf(o.since() != "", "created_at", yamltree.Text(o.since()))
	m.PutText("logo_url", o.Logo)
	m.PutAll("members", o.membersSection())
	m.PutAll("tokens", o.tokensSection())
	m.PutAll("objects", o.kindsSection(o.workspace.objects))
	m.PutAll("lists", o.kindsSection(o.workspace.lists))
	m.PutAll("notes", o.notesSection())
	m.PutAll("tasks", o.tasksSection())
	m.PutAll("threads", o.threadsSection())
	m.PutAll("webhooks", o.webhooksSection())
	file := yamltree.MappingOf("version", yamltree.Plain("1"))
	file.PutAll("apps", o.appsSection())
	file.PutAll("users", o.usersSection())
	file.Put("workspaces", yamltree.MappingOf(o.Slug, m))
	return file
}

// since returns when the workspace was created: its standard objects were then.
func (o *outline) since() string {
	at := ""
	for _, object := range o.objects {
		if at == "" || object.standard == "people" || object.standard == "companies" {
			at = object.CreatedAt
		}
	}
	return at
}

// putID adds the id of a thing, if ids are kept.
func (o *outline) putID(m *yamltree.Mapping, id string) { m.PutIf(o.asIs, "id", yamltree.Text(id)) }

func (o *outline) putCreatedBy(m *yamltree.Mapping, at string, by actor) {
	m.Put("created_at", yamltree.Text(at))
	m.Put("created_by", o.author(by))
}

// newID returns the id that a thing has in the scenario, for the few places that refer to things by ids.
func (o *outline) newID(id string) (string, bool) {
	if key, ok := o.members[id]; ok {
		return o.idAt("members/"+key, id), true
	}
	if key, ok := o.tokens[id]; ok {
		return o.idAt("tokens/"+key, id), true
	}
	if key, ok := o.records[id]; ok {
		return o.idAt(o.objectOf[id].key()+"/"+key, id), true
	}
	for _, k := range o.kinds() {
		section := "objects/"
		if k.isList() {
			section = "lists/"
		}
		if k.id() == id && k.standard != "" {
			return o.derived(section + k.key()), true // a scenario cannot give it an id
		}
		if k.id() == id {
			return o.idAt(section+k.key(), id), true
		}
		if a := k.attribute(id); a != nil && a.ID.Attribute == id {
			return o.idAt(section+k.key()+"/attributes/"+a.Slug, id), true
		}
	}
	return "", false
}

func (o *outline) idAt(path, id string) string {
	if o.asIs {
		return id
	}
	return o.derived(path)
}

// key returns the key of an object or a list: the slug that it had first, as far as is known.
func (k *kind) key() string {
	if k.standard != "" {
		return k.standard
	}
	return k.Slug
}

// kindsSection writes the objects or lists, those of Attio first.
func (o *outline) kindsSection(kinds []*kind) *yamltree.Mapping {
	sorted := slices.SortedFunc(slices.Values(kinds), func(a, b *kind) int {
		return compareAll(standing(a), standing(b), a.CreatedAt, b.CreatedAt, a.Slug, b.Slug)
	})
	section := new(yamltree.Mapping)
	for _, k := range sorted {
		section.Put(k.key(), o.kind(k))
	}
	return section
}

// standing puts the standard objects in the order in which exporting has them.
func standing(k *kind) string {
	if i := slices.Index([]string{"companies", "people", "deals", "users", "workspaces"}, k.standard); i >= 0 {
		return string(rune('0' + i))
	}
	return "9"
}

func (o *outline) kind(k *kind) *yamltree.Mapping {
	m := new(yamltree.Mapping)
	switch {
	case k.isList():
		m.Put("name", yamltree.Text(k.Name))
		m.Put("parent_object", yamltree.Text(o.objectKey(k.Parent)))
		if k.WorkspaceAccess == nil {
			m.Put("workspace_access", yamltree.Plain("null"))
		} else {
			m.Put("workspace_access", yamltree.Text(*k.WorkspaceAccess))
		}
		m.PutAll("member_access", o.memberAccess(k))
		o.putCreatedBy(m, k.CreatedAt, k.CreatedBy)
		o.putID(m, k.ID.List)
	case k.standard != "":
		m.PutIf(k.standard != "people" && k.standard != "companies", "enabled", yamltree.Plain("true"))
		m.Put("singular_noun", yamltree.Text(k.Singular))
		m.Put("plural_noun", yamltree.Text(k.Plural))
		m.PutIf(k.Slug != k.standard, "api_slug", yamltree.Text(k.Slug))
	default:
		m.Put("singular_noun", yamltree.Text(k.Singular))
		m.Put("plural_noun", yamltree.Text(k.Plural))
		m.PutIf(o.sharesNouns(k), "shares_nouns", yamltree.Plain("true"))
		m.Put("created_at", yamltree.Text(k.CreatedAt))
		o.putID(m, k.ID.Object)
	}
	m.PutAll("attributes", o.attributesOf(k))
	m.PutAll("views", o.viewsOf(k))
	if k.isList() {
		m.PutAll("entries", o.recordsOf(k))
	} else {
		m.PutAll("records", o.recordsOf(k))
	}
	return m
}

// objectKey returns the key of a list's parent object.
func (o *outline) objectKey(parents []string) string {
	if len(parents) == 0 {
		return ""
	}
	if object := o.object(parents[0]); object != nil {
		return object.key()
	}
	return parents[0]
}

// sharesNouns reports whether another object has one of the nouns, or a standard object had it at first.
func (o *outline) sharesNouns(k *kind) bool {
	for _, other := range o.objects {
		if other != k && (fold(other.Singular) == fold(k.Singular) || fold(other.Plural) == fold(k.Plural)) {
			return true
		}
	}
	return isStandardNoun(k)
}

func (o *outline) memberAccess(k *kind) yamltree.Sequence {
	var all yamltree.Sequence
	for _, grant := range k.MemberAccess {
		if key, ok := o.members[grant.Member]; ok {
			all = append(all, yamltree.MappingOf("member", yamltree.Text(key), "level", yamltree.Text(grant.Level)))
		} else {
			o.leave("access of members who are gone")
		}
	}
	return all
}

// keyOf makes a key of a title.
func keyOf(title, otherwise string) string { return scenario.Key(title, otherwise) }
