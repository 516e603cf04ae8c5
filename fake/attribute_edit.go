package fake

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// SelectOption is an option of a select attribute.
type SelectOption struct {
	ID       string
	Title    string
	Archived bool
}

// Status is a step of a status attribute.
type Status struct {
	ID          string // AddStatus makes one
	Title       string
	Archived    bool
	Celebration bool   // whether Attio celebrates what gets there
	TargetTime  string // how long something is to stay there, an ISO 8601 duration such as "P3D"; empty for no limit
}

// Update changes the attribute, as PATCH …/attributes/{attribute} does, and archives it or brings it back. Its type, its
// relationship and whether it is a multiselect cannot be changed; AddOption, UpdateOption, AddStatus and UpdateStatus
// change its options and statuses. An empty []any as the Default takes a static default away.
func (a Attribute) Update(edit func(*Attribute)) Attribute {
	w := a.workspace
	w.server.helper()
	found := a.reload()
	edited := found
	edited.Options, edited.Statuses, edited.Objects = slices.Clone(found.Options), slices.Clone(found.Statuses), slices.Clone(found.Objects)
	edit(&edited)
	if found.ID == "" || !w.keeps("attribute", found.Slug,
		fixed{"ID", edited.ID != found.ID}, fixed{"Type", edited.Type != found.Type}, fixed{"Multiselect", edited.Multiselect != found.Multiselect},
		fixed{"Relationship", !reflect.DeepEqual(edited.Relationship, found.Relationship)},
		fixed{"Options (use AddOption or UpdateOption)", !slices.Equal(edited.Options, found.Options)},
		fixed{"Statuses (use AddStatus or UpdateStatus)", !slices.Equal(edited.Statuses, found.Statuses)},
	) {
		return Attribute{workspace: w}
	}
	return a.write("update the", func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (*attribute.Definition, error) {
		changed, err := edited.apply(tx.Schema, *d, found)
		if err != nil {
			return nil, err
		}
		return tx.UpdateAttribute(kind, changed)
	})
}

// apply returns the definition with what an edit of the attribute changed.
func (a Attribute) apply(schema *world.Schema, d attribute.Definition, found Attribute) (attribute.Definition, error) {
	if err := a.checkConfig(); err != nil {
		return d, err
	}
	d.Slug, d.Title, d.Required, d.Unique, d.Archived = a.Slug, a.Title, a.Required, a.Unique, a.Archived
	d.Currency = attribute.Currency{Code: a.Currency, Display: a.CurrencyDisplay}
	if a.Description != found.Description {
		d.Description = nil
		if a.Description != "" {
			d.Description = &a.Description
		}
	}
	var err error
	if !slices.Equal(a.Objects, found.Objects) {
		if d.Objects, err = a.targets(schema); err != nil {
			return d, err
		}
	}
	switch list, ok := a.Default.([]any); {
	case ok && len(list) == 0:
		d.Default = nil
	case !reflect.DeepEqual(a.Default, found.Default):
		d.Default, err = a.defaultValue()
	}
	return d, err
}

// AddOption adds an option to a select attribute, after those that it has.
func (a Attribute) AddOption(title string) SelectOption {
	a.workspace.server.helper()
	return a.writeOption(attribute.Option{Title: title})
}

// UpdateOption changes an option of a select attribute, named by its title or id: it renames it, archives it or brings
// it back.
func (a Attribute) UpdateOption(titleOrID string, edit func(*SelectOption)) SelectOption {
	a.workspace.server.helper()
	option, ok := named(a, "option", titleOrID, func(d *attribute.Definition) []attribute.Option { return d.Options },
		func(o attribute.Option) (attio.ID, string) { return o.ID, o.Title })
	if !ok {
		return SelectOption{}
	}
	edited := newOption(option)
	edit(&edited)
	return a.writeOption(attribute.Option{ID: option.ID, Title: edited.Title, Archived: edited.Archived})
}

// AddStatus adds a status to a status attribute, after those that it has.
func (a Attribute) AddStatus(s Status) Status {
	a.workspace.server.helper()
	return a.writeStatus("", s)
}

// UpdateStatus changes a status of a status attribute, named by its title or id: it renames it, archives it or brings
// it back, and sets how Attio treats it.
func (a Attribute) UpdateStatus(titleOrID string, edit func(*Status)) Status {
	a.workspace.server.helper()
	status, ok := named(a, "status", titleOrID, func(d *attribute.Definition) []attribute.Status { return d.Statuses },
		func(s attribute.Status) (attio.ID, string) { return s.ID, s.Title })
	if !ok {
		return Status{}
	}
	edited := newStatus(status)
	edit(&edited)
	return a.writeStatus(status.ID, edited)
}

// named returns an option or a status by its title or id, or fails the test.
func named[T any](a Attribute, noun, titleOrID string, choices func(*attribute.Definition) []T, naming func(T) (attio.ID, string)) (found T, ok bool) {
	w := a.workspace
	w.server.helper()
	if a = a.reload(); a.ID == "" {
		return found, false
	}
	d, _ := a.kind.Common().Attribute(a.ID)
	var known []string
	for _, choice := range choices(d) {
		id, title := naming(choice)
		if title == titleOrID || string(id) == titleOrID {
			return choice, true
		}
		known = append(known, title)
	}
	w.server.fatalf("fake: workspace %q: attribute %q of %q: %s", w.Slug(), a.Slug, a.kind.Common().Slug, suggest.Unknown(noun, titleOrID, known))
	return found, false
}

// status is the status as world has it.
func (s Status) status(id attio.ID) (attribute.Status, error) {
	status := attribute.Status{ID: id, Title: s.Title, Archived: s.Archived, Celebration: s.Celebration}
	switch {
	case s.Title == "":
		return status, errors.New("a status needs a title")
	case s.TargetTime == "":
		return status, nil
	}
	if _, ok := attribute.ParseDuration(s.TargetTime); !ok {
		return status, fmt.Errorf("the TargetTime %q is not an ISO 8601 duration; write one like P3D", s.TargetTime)
	}
	status.TargetTime = &s.TargetTime
	return status, nil
}

func (a Attribute) writeOption(option attribute.Option) SelectOption {
	a.workspace.server.helper()
	var written SelectOption
	a.write(fmt.Sprintf("set the option %q of", option.Title), func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (*attribute.Definition, error) {
		if option.Title == "" {
			return nil, errors.New("an option needs a title")
		}
		put, err := tx.PutOption(kind, d, option)
		written = newOption(put)
		return d, err
	})
	return written
}

func (a Attribute) writeStatus(id attio.ID, s Status) Status {
	a.workspace.server.helper()
	var written Status
	a.write(fmt.Sprintf("set the status %q of", s.Title), func(tx *world.Tx, kind world.Kind, d *attribute.Definition) (*attribute.Definition, error) {
		status, err := s.status(id)
		if err != nil {
			return nil, err
		}
		put, err := tx.PutStatus(kind, d, status)
		written = newStatus(put)
		return d, err
	})
	return written
}

// reload returns the attribute as it is now.
func (a Attribute) reload() Attribute {
	w := a.workspace
	w.server.helper()
	if a.kind == nil { // it was not found, which failed the test
		return a
	}
	kind, ok := w.state().Schema.Kind(a.kind.Common().ID)
	if !ok {
		w.server.fatalf("fake: workspace %q: the %s %q of the attribute %q is gone", w.Slug(), nounOf(a.kind), a.kind.Common().Slug, a.Slug)
		return Attribute{workspace: w}
	}
	return attributeOf(w, kind, a.ID)
}

// write runs a transaction that changes the attribute, and returns it as it is then.
func (a Attribute) write(doing string, change func(*world.Tx, world.Kind, *attribute.Definition) (*attribute.Definition, error)) Attribute {
	w := a.workspace
	w.server.helper()
	if a = a.reload(); a.ID == "" {
		return a
	}
	written := Attribute{workspace: w}
	err := w.inner.Update(w.author(), func(tx *world.Tx) error {
		kind, err := latest(tx, a.kind)
		if err != nil {
			return err
		}
		d, ok := kind.Common().Attribute(a.ID)
		if !ok {
			return attio.AttributeNotFound(a.Slug)
		}
		d, err = change(tx, kind, d)
		if err == nil {
			written = newAttribute(w, tx.Schema, kind, d)
		}
		return err
	})
	if err != nil {
		w.server.fatalf("fake: workspace %q: %s attribute %q of %q: %s", w.Slug(), doing, a.Slug, a.kind.Common().Slug, explain(err))
	}
	return written
}

func newOption(o attribute.Option) SelectOption {
	return SelectOption{ID: string(o.ID), Title: o.Title, Archived: o.Archived}
}

func newStatus(s attribute.Status) Status {
	status := Status{ID: string(s.ID), Title: s.Title, Archived: s.Archived, Celebration: s.Celebration}
	if s.TargetTime != nil {
		status.TargetTime = *s.TargetTime
	}
	return status
}
