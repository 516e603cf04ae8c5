package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// object is an object with its attributes, views and records.
type object struct {
	placed
	Enabled      bool                         `yaml:"enabled" doc:"Whether a standard object is on. Off by default; people and companies are always on."`
	SingularNoun noun                         `yaml:"singular_noun" doc:"The noun for one record. Required for a custom object."`
	PluralNoun   noun                         `yaml:"plural_noun" doc:"The noun for several records. Required for a custom object."`
	SharesNouns  bool                         `yaml:"shares_nouns" doc:"Whether a custom object may have a noun of another object. Attio creates no such object, but allows an object to be renamed that way."`
	APISlug      *string                      `yaml:"api_slug" doc:"The slug that the API shows, if it was changed. The scenario refers to it by its key."`
	CreatedAt    *moment                      `yaml:"created_at" doc:"When a custom object was created. Defaults to the scenario's clock."`
	Attributes   ordered[apiSlug, definition] `yaml:"attributes" doc:"Attributes that the object has in addition to Attio's, and choices for Attio's, by slug."`
	Views        ordered[name, savedView]     `yaml:"views" doc:"The saved views, by a key of your choice."`
	Records      ordered[name, record]        `yaml:"records" doc:"The records, by a key of your choice."`
	identified   `yaml:"inline"`
}

func (c *idCollector) objects(w *workspace) {
	collectAll(c, "objects/", w.Objects)
	for i := range w.Objects.items {
		o := &w.Objects.items[i]
		c.attributesAndViews(objectPath(o.key), o.value.Attributes, o.value.Views)
		collectAll(c, o.key+"/", o.value.Records)
	}
}

// addObjects enables standard objects and creates custom ones.
func (b *builder) addObjects() {
	for i := range b.workspace.Objects.items {
		o := &b.workspace.Objects.items[i]
		if standard, ok := b.standard(o.key); ok {
			b.turnOn(o, standard)
		} else {
			b.addObject(o)
		}
	}
}

// standard returns a standard object, enabled or not.
func (b *builder) standard(slug string) (*world.Object, bool) {
	i := slices.IndexFunc(b.tx.Schema.Objects, func(o *world.Object) bool { return o.Standard == slug })
	if i < 0 {
		return nil, false
	}
	return b.tx.Schema.Objects[i], true
}

func (b *builder) isStandard(slug string) bool {
	_, ok := b.standard(slug)
	return ok
}

func (b *builder) turnOn(o *item[object], standard *world.Object) {
	for _, key := range []string{"created_at", idKey} {
		if o.value.has(key) {
			b.problems.Add(o.value.at(key), "%s is a standard object, which has its %s already", suggest.Quote(o.key), key)
		}
	}
	if o.value.has("shares_nouns") {
		b.problems.Add(o.value.at("shares_nouns"), "%s is a standard object, which can have the nouns of another anyway", suggest.Quote(o.key))
	}
	switch asked := o.value.has("enabled"); {
	case standard.Enabled && asked && !o.value.Enabled:
		b.problems.Add(o.value.at("enabled"), "%s cannot be turned off", suggest.Quote(o.key))
	case standard.Enabled:
	case o.value.Enabled:
		if _, err := b.tx.EnableWithinPlan(o.key); err != nil {
			b.refuse(o.at, err, "")
			b.broken[objectPath(o.key)] = true
		}
	case o.value.has("attributes") || o.value.has("records") || o.value.has("views"):
		b.problems.Add(o.at, "%s is off in a new workspace; turn it on with enabled: true", suggest.Quote(o.key))
		b.broken[objectPath(o.key)] = true
	}
}

func (b *builder) addObject(o *item[object]) {
	if o.value.has("enabled") {
		b.problems.Add(o.value.at("enabled"), "%s is a custom object, which is always on", suggest.Quote(o.key))
	}
	b.broken[objectPath(o.key)] = true
	missing := false
	for _, key := range []string{"singular_noun", "plural_noun"} {
		if !o.value.has(key) {
			b.problems.Add(o.at, "the required key %s is missing. %s is not a standard object, and a custom object needs its nouns", suggest.Quote(key), suggest.Quote(o.key))
			missing = true
		}
	}
	if missing {
		return
	}
	defer b.write(b.created, b.tx.Author)
	b.write(at(o.value.CreatedAt, b.created), b.tx.Author)
	singular, plural := string(o.value.SingularNoun), string(o.value.PluralNoun)
	create := b.tx.CreateObject
	if o.value.SharesNouns {
		create = b.tx.SeedObject
	}
	made, err := create(world.ObjectEdit{Slug: &o.key, Singular: &singular, Plural: &plural})
	if err != nil {
		hint := ""
		if err.Error() == attio.ObjectConflictOnCreate().Error() {
			hint = "; if it got its nouns later, say shares_nouns: true"
		}
		b.refuse(o.at, err, hint)
		return
	}
	b.named(made.ID, o.key, o.at)
	delete(b.broken, objectPath(o.key))
}

// object returns an object that is on, and reports one that does not exist, but only once.
func (b *builder) object(at yamltree.Position, slug string) (*world.Object, bool) {
	object, ok := b.tx.Schema.Object(slug)
	switch {
	case ok || b.broken[objectPath(slug)]:
	case b.isStandard(slug):
		b.problems.Add(at, "the object %s is off in a new workspace; turn it on below objects with enabled: true", suggest.Quote(slug))
	default:
		var known []string
		for _, o := range b.tx.Schema.Objects {
			if o.Enabled {
				known = append(known, o.Slug)
			}
		}
		slices.Sort(known)
		b.problems.AddUnknown(at, "object", slug, known)
	}
	return object, ok
}

// relabelObject gives an object its current slug and nouns, and returns its id.
func (b *builder) relabelObject(o *item[object]) (attio.ID, bool) {
	made, isStandard := b.standard(o.key)
	if !isStandard {
		var ok bool
		if made, ok = b.tx.Schema.Object(o.key); !ok {
			return "", false // which is reported
		}
	}
	changed := *made
	if o.value.APISlug != nil {
		changed.Slug = *o.value.APISlug
		if !isStandard {
			changed.WebPath = changed.Slug + "/record"
		}
	}
	if isStandard && o.value.SingularNoun != "" {
		changed.Singular = string(o.value.SingularNoun)
	}
	if isStandard && o.value.PluralNoun != "" {
		changed.Plural = string(o.value.PluralNoun)
	}
	if changed.Slug != made.Slug || isStandard && (changed.Singular != made.Singular || changed.Plural != made.Plural) {
		b.tx.Relabel(&changed)
	}
	return made.ID, true
}

// customObjects lists the custom objects in the order of the scenario.
func (e *exporter) customObjects() []attio.ID {
	var custom []attio.ID
	for _, o := range e.state.Schema.Objects {
		if o.Standard == "" {
			custom = append(custom, o.ID)
		}
	}
	inOrder(e, custom, func(id attio.ID) (attio.ID, time.Time) {
		o, _ := e.state.Schema.ObjectByID(id)
		return id, o.CreatedAt
	})
	return custom
}

// allObjects lists the objects in the order of the file.
func (e *exporter) allObjects() []*world.Object {
	var all []*world.Object
	for _, slug := range []string{"companies", "people", "deals", "users", "workspaces"} {
		o, _ := e.state.Schema.ObjectByID(standardID(e.state, slug))
		all = append(all, o)
	}
	for _, id := range e.customObjects() {
		o, _ := e.state.Schema.ObjectByID(id)
		all = append(all, o)
	}
	return all
}

func (e *exporter) objects() any {
	section := &yamltree.Mapping{Block: true}
	templates := standard.Objects()
	nouns := newNouns(templates)
	for _, o := range e.allObjects() {
		m, key := &yamltree.Mapping{Block: true}, e.keys[o.ID]
		if i := slices.IndexFunc(templates, func(t standard.Object) bool { return t.Slug == o.Standard }); i >= 0 {
			m.PutIf(o.Enabled && !templates[i].AlwaysOn, "enabled", boolean(true))
			m.PutIf(o.Singular != templates[i].Singular, "singular_noun", yamltree.Text(o.Singular))
			m.PutIf(o.Plural != templates[i].Plural, "plural_noun", yamltree.Text(o.Plural))
		} else {
			m.Put("singular_noun", yamltree.Text(o.Singular))
			m.Put("plural_noun", yamltree.Text(o.Plural))
			m.PutIf(nouns.take(o.Singular, o.Plural), "shares_nouns", boolean(true))
			e.putCreated(m, o.CreatedAt)
			e.putID(m, objectPath(key), o.ID)
		}
		m.PutIf(o.Slug != key, "api_slug", yamltree.Text(o.Slug))
		e.putKind(m, o)
		m.PutAll("records", e.records(o))
		if len(m.Entries) > 0 {
			section.Put(key, m)
		}
	}
	return section
}

// nouns are those that are taken when loading creates the next object: standard objects have Attio's nouns until they are
// renamed at the end.
type nouns struct{ singular, plural []string }

func newNouns(standard []standard.Object) *nouns {
	n := new(nouns)
	for _, o := range standard {
		n.singular, n.plural = append(n.singular, o.Singular), append(n.plural, o.Plural)
	}
	return n
}

// take adds the nouns of an object or an activity, and reports whether one of them was taken.
func (n *nouns) take(singular, plural string) bool {
	taken := slices.ContainsFunc(n.singular, func(noun string) bool { return strings.EqualFold(noun, singular) }) ||
		slices.ContainsFunc(n.plural, func(noun string) bool { return strings.EqualFold(noun, plural) })
	n.singular, n.plural = append(n.singular, singular), append(n.plural, plural)
	return taken
}

// objectKeys writes the keys of objects, or the ids of those that are gone.
func (e *exporter) objectKeys(ids []attio.ID) yamltree.Sequence {
	keys := yamltree.Sequence{}
	for _, id := range ids {
		if key, ok := e.keys[id]; ok {
			keys = append(keys, yamltree.Text(key))
		} else {
			keys = append(keys, yamltree.Text(id))
		}
	}
	return keys
}
