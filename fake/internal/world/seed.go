package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// What only a scenario does, in the transaction of Build.

// EnableWithinPlan enables a standard object, unless the plan allows no more.
func (tx *Tx) EnableWithinPlan(slug string) (*Object, error) {
	if limit, ok := tx.Plan.maxObjects(); ok && tx.enabledObjects() >= limit {
		return nil, attio.ObjectQuotaExceeded()
	}
	object, _ := tx.EnableObject(slug)
	return object, nil
}

// ArrangeAttribute replaces the definition with the same id, also where the API does not allow it: an admin can arrange
// the stages of deals, and Attio archives attributes. Choices without ids are new.
func (tx *Tx) ArrangeAttribute(kind Kind, d attribute.Definition) {
	path := attributePath(kind, &d)
	d.Options, d.Statuses = slices.Clone(d.Options), slices.Clone(d.Statuses)
	for i, o := range d.Options {
		if o.ID == "" {
			d.Options[i].ID = tx.newID(path + "/options/" + o.Title)
		}
	}
	for i, s := range d.Statuses {
		if s.ID == "" {
			d.Statuses[i].ID = tx.newID(path + "/statuses/" + s.Title)
		}
	}
	tx.replaceAttribute(kind, &d)
}

// SeedObject is CreateObject for an object that may share a noun with another, as happens when one is renamed.
func (tx *Tx) SeedObject(edit ObjectEdit) (*Object, error) {
	return tx.createObject(edit, func(o *Object) bool { return o.Slug == *edit.Slug })
}

// SeedActivity is CreateActivity for an activity that may share a noun with another, as SeedObject is for an object.
func (tx *Tx) SeedActivity(extends string, edit ActivityEdit) (*Activity, error) {
	return tx.createActivity(extends, edit, func(a *Activity) bool { return a.Slug == *edit.Slug })
}

// SeedView makes a view, or adds parts to the view with the id. It may name attributes and objects by id that are gone
// or that it cannot reach.
func (tx *Tx) SeedView(target *Target, id attio.ID, edit ViewEdit, gone map[attio.ID]bool) (*View, error) {
	view := tx.newView(target, id)
	if there, ok := tx.View(target.ID, id); ok {
		view = *there
	}
	resolved, err := tx.Schema.resolveView(target, edit, gone)
	if err != nil {
		return nil, err
	}
	return tx.storeView(view, resolved)
}

// SeedWebhook is CreateWebhook for a webhook whose filters may name objects and lists that are gone.
func (tx *Tx) SeedWebhook(id attio.ID, secret string, edit WebhookEdit, gone map[attio.ID]bool) (*Webhook, error) {
	return tx.editWebhook(tx.newWebhook(id, secret), edit, gone)
}

// Leads reports whether a path may go from an attribute to the records of an object; the attribute is nil if it is
// gone.
func (s *Schema) Leads(from *attribute.Definition, object *Object) bool {
	return from == nil || mayReferTo(from, object)
}

// SeedRecords adds empty records with these ids, which SeedRecord fills. Many ids in ascending order take the table a
// fraction of what they take in that of a file.
func (tx *Tx) SeedRecords(kind Kind, ids []attio.ID) []*Record {
	records := make([]*Record, len(ids))
	room := make([]Record, len(ids))
	for i, id := range ids {
		records[i] = &room[i]
		records[i].ID = id
	}
	for _, record := range inOrder(records) {
		tx.own(kind.Common().ID, record)
	}
	return records
}

// SeedRecord is CreateRecord for a record of SeedRecords, without the check for required values, because references may have
// to wait for the records that they point to. Attributes that wait, which are those in later, get no default value either. Missing reports
// afterwards what is missing.
func (tx *Tx) SeedRecord(kind Kind, record *Record, writes []Write, later []*attribute.Definition) error {
	record.created = tx.stamp()
	written := tx.read(kind, writes)
	record.reserve(len(writes) + len(later))
	return tx.fill(kind, record, written, later)
}

// SeedEntry makes an entry of an existing record, as SeedRecord fills a record. The entry is there even if a value is refused.
func (tx *Tx) SeedEntry(list *List, id attio.ID, parent Parent, writes []Write, later []*attribute.Definition) (*Record, error) {
	record, err := tx.findParent(list, parent)
	if err != nil {
		return nil, err
	}
	written := tx.read(list, writes)
	entry, err := tx.addEntry(list, id, record)
	if err != nil {
		return entry, err
	}
	return entry, tx.fill(list, entry, written, later)
}

// SeedValues is UpdateRecord with the mode Overwrite for one attribute of a record or an entry that the transaction made.
func (tx *Tx) SeedValues(kind Kind, record *Record, w Write) error {
	tx.scratch.values = tx.scratch.values[:0]
	s, err := tx.readOne(kind, w)
	if err != nil {
		return err
	}
	return tx.give(kind, record, s)
}

// scratch is what reading the values of one record takes, and leaves to those of the next: storing them copies them.
type scratch struct {
	settings []setting
	values   []attribute.Value
}

// read parses the values of an attribute behind those that the scratch has.
func (s *scratch) read(tx *Tx, d *attribute.Definition, written any) (setting, error) {
	from := len(s.values)
	values, err := attribute.AppendAllSeed(s.values, tx, d, written)
	if err != nil {
		return setting{}, err
	}
	s.values = values
	return setting{d, values[from:len(values):len(values)]}, nil
}

// Missing lists the required attributes for which a record or an entry has no value.
func (s *State) Missing(kind Kind, record *Record) []*attribute.Definition {
	var missing []*attribute.Definition
	for _, d := range kind.Common().Attributes {
		if d.Required && d.Computed == "" && s.Schema.Shows(d) && len(record.Active(d)) == 0 {
			missing = append(missing, d)
		}
	}
	return missing
}

// Shared returns the keys of those values of a unique attribute that several records of an object, or entries of a list,
// have.
func (s *State) Shared(of attio.ID, d *attribute.Definition) map[string]bool {
	store, ok := s.stores.Get(of)
	if !ok {
		return nil
	}
	return store.shared(d)
}

// OrderAttributes changes the order of the attributes of an object or list; ordered has all of them.
func (tx *Tx) OrderAttributes(kind Kind, ordered []*attribute.Definition) {
	tx.Schema = kind.withAttributes(tx.Schema, ordered)
}

// Relabel replaces the object with the same id, without a check of its names. Slugs must be unique once the scenario is
// built.
func (tx *Tx) Relabel(object *Object) { tx.putObject(object) }

// RelabelList replaces the list with the same id, without a check of its names.
func (tx *Tx) RelabelList(list *List) { tx.Schema = tx.Schema.withList(list) }

// RelabelActivity puts an activity in the place of the one with its id, as Relabel does an object.
func (tx *Tx) RelabelActivity(activity *Activity) { tx.Schema = tx.Schema.withActivity(activity) }
