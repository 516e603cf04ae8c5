package world

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// What only a scenario does, in the transaction of Build.

// EnableWithinPlan turns a standard object on, unless the plan has no room for it.
func (tx *Tx) EnableWithinPlan(slug string) (*Object, error) {
	if limit, ok := tx.Plan.maxObjects(); ok && tx.enabledObjects() >= limit {
		return nil, attio.ObjectQuotaExceeded()
	}
	object, _ := tx.EnableObject(slug)
	return object, nil
}

// ArrangeAttribute puts a changed definition in the place of the one with its id, also where the API
// does not let anybody: an admin arranges the stages of deals, Attio archives. Choices without ids are
// new.
func (tx *Tx) ArrangeAttribute(object *Object, d attribute.Definition) {
	path := attributePath(object, &d)
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
	tx.replaceAttribute(object, &d)
}

// SeedRecord is CreateRecord that does not ask for what is required, since references may have to wait
// for the records that they point to. The attributes that have to wait get no default value either.
// Missing tells afterwards what is not there.
func (tx *Tx) SeedRecord(object *Object, id attio.ID, writes []Write, later []*attribute.Definition) error {
	_, err := tx.fill(object, id, tx.read(object, writes), later)
	return err
}

// Missing lists the required attributes for which a record has no value.
func (s *State) Missing(object *Object, record *Record) []*attribute.Definition {
	var missing []*attribute.Definition
	for _, d := range object.Attributes {
		if d.Required && d.Computed == "" && s.Schema.Shows(d) && len(record.Active(d)) == 0 {
			missing = append(missing, d)
		}
	}
	return missing
}
