package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
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
			b.problems.add(o.value.at(key), "%s is a standard object, which has its %s already", quote(o.key), key)
		}
	}
	if o.value.has("shares_nouns") {
		b.problems.add(o.value.at("shares_nouns"), "%s is a standard object, which can have the nouns of another anyway", quote(o.key))
	}
	switch asked := o.value.has("enabled"); {
	case standard.Enabled && asked && !o.value.Enabled:
		b.problems.add(o.value.at("enabled"), "%s cannot be turned off", quote(o.key))
	case standard.Enabled:
	case o.value.Enabled:
		if _, err := b.tx.EnableWithinPlan(o.key); err != nil {
			b.refuse(o.at, err, "")
			b.broken[objectPath(o.key)] = true
		}
	case o.value.has("attributes") || o.value.has("records") || o.value.has("views"):
		b.problems.add(o.at, "%s is off in a new workspace; turn it on with enabled: true", quote(o.key))
		b.broken[objectPath(o.key)] = true
	}
}

func (b *builder) addObject(o *item[object]) {
	if o.value.has("enabled") {
		b.problems.add(o.value.at("enabled"), "%s is a custom object, which is always on", quote(o.key))
	}
	b.broken[objectPath(o.key)] = true
	missing := false
	for _, key := range []string{"singular_noun", "plural_noun"} {
		if !o.value.has(key) {
			b.problems.add(o.at, "the required key %s is missing. %s is no standard object, and a custom one needs its nouns", quote(key), quote(o.key))
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

// object returns an object that is on. One that is not there is reported, but only once.
func (b *builder) object(at position, slug string) (*world.Object, bool) {
	object, ok := b.tx.Schema.Object(slug)
	switch {
	case ok || b.broken[objectPath(slug)]:
	case b.isStandard(slug):
		b.problems.add(at, "the object %s is off in a new workspace; turn it on below objects with enabled: true", quote(slug))
	default:
		var known []string
		for _, o := range b.tx.Schema.Objects {
			if o.Enabled {
				known = append(known, o.Slug)
			}
		}
		slices.Sort(known)
		b.problems.addUnknown(at, "object", slug, known)
	}
	return object, ok
}
