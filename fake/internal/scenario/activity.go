package scenario

import (
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/standard"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// activity is an activity with its attributes and records.
type activity struct {
	placed
	SingularNoun noun                         `yaml:"singular_noun" doc:"The noun for one record. Required for a custom activity."`
	PluralNoun   noun                         `yaml:"plural_noun" doc:"The noun for several records. Required for a custom activity."`
	Extends      activitySchema               `yaml:"extends" doc:"The schema whose attributes a custom activity begins with. Required for a custom activity."`
	SharesNouns  bool                         `yaml:"shares_nouns" doc:"Whether a custom activity may have a noun of another activity. Attio creates no such activity, but allows an activity to be renamed that way."`
	APISlug      *string                      `yaml:"api_slug" doc:"The slug that the API shows, if it was changed. The scenario refers to it by its key."`
	CreatedAt    *moment                      `yaml:"created_at" doc:"When a custom activity was created. Defaults to the scenario's clock."`
	Attributes   ordered[apiSlug, definition] `yaml:"attributes" doc:"Attributes that the activity has in addition to Attio's, and choices for Attio's, by slug."`
	Records      ordered[name, record]        `yaml:"records" doc:"The records, by a key of your choice."`
	identified   `yaml:"inline"`
}

// activitySchema is the slug of what an activity extends.
type activitySchema string

func (activitySchema) words() (string, []string) {
	var slugs []string
	for _, s := range standard.ActivitySchemas() {
		slugs = append(slugs, s.Slug)
	}
	return "schema of activities", slugs
}

func (c *idCollector) activities(w *workspace) {
	collectAll(c, "activities/", w.Activities)
	for i := range w.Activities.items {
		a := &w.Activities.items[i]
		c.attributesAndViews(activityPath(a.key), a.value.Attributes, ordered[name, savedView]{})
		collectAll(c, activityPath(a.key)+"/records/", a.value.Records)
	}
}

// addActivities creates the custom activities.
func (b *builder) addActivities() {
	for i := range b.workspace.Activities.items {
		a := &b.workspace.Activities.items[i]
		if known, ok := b.activity(a.key); ok && known.System == a.key {
			b.checkSystemActivity(a)
		} else {
			b.broken[activityPath(a.key)] = !b.addActivity(a)
		}
	}
}

// checkSystemActivity reports what an activity that Attio makes has already.
func (b *builder) checkSystemActivity(a *item[activity]) {
	for _, key := range []string{"extends", "shares_nouns", "created_at", idKey} {
		if a.value.has(key) {
			b.problems.Add(a.value.at(key), "%s is in every workspace from the start; remove %s", suggest.Quote(a.key), suggest.Quote(key))
		}
	}
}

func (b *builder) addActivity(a *item[activity]) bool {
	complete := true
	for _, key := range []string{"singular_noun", "plural_noun", "extends"} {
		if !a.value.has(key) {
			b.problems.Add(a.at, "the required key %s is missing. Attio has no activity %s of its own, and a custom activity needs its nouns and its schema", suggest.Quote(key), suggest.Quote(a.key))
			complete = false
		}
	}
	if !complete || a.value.Extends == "" {
		return false // which is reported
	}
	defer b.write(b.created, b.tx.Author)
	b.write(at(a.value.CreatedAt, b.created), b.tx.Author)
	singular, plural := string(a.value.SingularNoun), string(a.value.PluralNoun)
	create := b.tx.CreateActivity
	if a.value.SharesNouns {
		create = b.tx.SeedActivity
	}
	made, err := create(string(a.value.Extends), world.ActivityEdit{Slug: &a.key, Singular: &singular, Plural: &plural})
	if err != nil {
		hint := ""
		if err.Error() == attio.ActivityConflictOnCreate().Error() {
			hint = "; if it got its nouns later, say shares_nouns: true"
		}
		b.refuse(a.at, err, hint)
		return false
	}
	b.named(made.ID, a.key, a.at)
	return true
}

// activity returns an activity that could be created.
func (b *builder) activity(slug string) (*world.Activity, bool) { return b.tx.Schema.Activity(slug) }

func (b *builder) activitySlugs() []string {
	var slugs []string
	for _, a := range b.tx.Schema.Activities {
		slugs = append(slugs, a.Slug)
	}
	slices.Sort(slugs)
	return slugs
}

// addActivityRecords creates the records of activities.
func (b *builder) addActivityRecords() {
	for i := range b.workspace.Activities.items {
		a := &b.workspace.Activities.items[i]
		if activity, ok := b.activity(a.key); ok {
			b.addListed(activity, slices.Collect(a.value.Records.all()), func(key string) attio.ID { return b.activityRecordID(a.key, key) })
		}
	}
}

func (b *builder) activityRecordID(activity, key string) attio.ID {
	return b.id(activityPath(activity) + "/records/" + key)
}

// relabelActivity gives an activity its current slug and, if it is one of Attio's, its current nouns, and returns its id.
func (b *builder) relabelActivity(a *item[activity]) (attio.ID, bool) {
	made, ok := b.activity(a.key)
	if !ok {
		return "", false // which is reported
	}
	changed := *made
	if a.value.APISlug != nil {
		changed.Slug = *a.value.APISlug
	}
	if made.System != "" && a.value.SingularNoun != "" {
		changed.Singular = string(a.value.SingularNoun)
	}
	if made.System != "" && a.value.PluralNoun != "" {
		changed.Plural = string(a.value.PluralNoun)
	}
	b.tx.RelabelActivity(&changed)
	return made.ID, a.value.APISlug != nil
}

func (e *exporter) activities() any {
	section := &yamltree.Mapping{Block: true}
	nouns := new(nouns)
	for _, template := range standard.Activities() {
		nouns.take(template.Singular, template.Plural)
	}
	for _, id := range e.allActivities() {
		a, _ := e.activity(id)
		m, key := &yamltree.Mapping{Block: true}, e.keys[a.ID]
		if template, ok := systemActivity(a); ok {
			m.PutIf(a.Singular != template.Singular, "singular_noun", yamltree.Text(a.Singular))
			m.PutIf(a.Plural != template.Plural, "plural_noun", yamltree.Text(a.Plural))
		} else {
			m.Put("singular_noun", yamltree.Text(a.Singular))
			m.Put("plural_noun", yamltree.Text(a.Plural))
			m.Put("extends", yamltree.Text(a.Extends))
			m.PutIf(nouns.take(a.Singular, a.Plural), "shares_nouns", boolean(true))
			e.putCreated(m, a.CreatedAt)
			e.putID(m, activityPath(key), a.ID)
		}
		m.PutIf(a.Slug != key, "api_slug", yamltree.Text(a.Slug))
		e.putKind(m, a)
		m.PutAll("records", e.things(a, activityPath(key)+"/records/", func(*yamltree.Mapping, *world.Record) {}))
		if len(m.Entries) > 0 {
			section.Put(key, m)
		}
	}
	return section
}

// systemActivity returns the one of Attio's own activities that an activity is, as Attio makes it.
func systemActivity(a *world.Activity) (standard.Activity, bool) {
	templates := standard.Activities()
	i := slices.IndexFunc(templates, func(t standard.Activity) bool { return t.Slug == a.System })
	if i < 0 {
		return standard.Activity{}, false
	}
	return templates[i], true
}

// allActivities lists the activities in the order of the file: Attio's own, then the custom ones in the order of the
// scenario.
func (e *exporter) allActivities() []attio.ID {
	var system, custom []attio.ID
	for _, a := range e.state.Schema.Activities {
		if a.System != "" {
			system = append(system, a.ID)
		} else {
			custom = append(custom, a.ID)
		}
	}
	inOrder(e, custom, func(id attio.ID) (attio.ID, time.Time) {
		a, _ := e.activity(id)
		return id, a.CreatedAt
	})
	return append(system, custom...)
}

func (e *exporter) activity(id attio.ID) (*world.Activity, bool) {
	return e.state.Schema.Activity(string(id))
}

// nameActivities gives activities their keys.
func (e *exporter) nameActivities() {
	taken := make(map[string]bool)
	var custom []attio.ID
	for _, id := range e.allActivities() {
		if a, _ := e.activity(id); a.System != "" {
			e.keys[id], taken[a.System] = a.System, true
		} else {
			custom = append(custom, id)
		}
	}
	e.nameAll(custom, taken, func(n int) string { return e.slugKey(custom[n], "activity") })
}
