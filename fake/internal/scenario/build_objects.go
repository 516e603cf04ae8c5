package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// addObjects turns standard objects on and makes the custom ones.
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

// standard returns a standard object, which may be off.
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
			b.problems.Add(o.at, "the required key %s is missing. %s is no standard object, and a custom one needs its nouns", suggest.Quote(key), suggest.Quote(o.key))
			missing = true
		}
	}
	if missing {
		return
	}
	defer b.write(b.created, b.tx.Author)
	b.write(at(o.value.CreatedAt, b.created), b.tx.Author)
	singular, plural := string(o.value.SingularNoun), string(o.value.PluralNoun)
	made, err := b.tx.CreateObject(world.ObjectEdit{Slug: &o.key, Singular: &singular, Plural: &plural})
	if err != nil {
		b.refuse(o.at, err, "")
		return
	}
	b.named(made.ID, o.key, o.at)
	delete(b.broken, objectPath(o.key))
}

// object returns an object that is on. One that is not there is reported, but only once.
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
