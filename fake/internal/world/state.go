package world

import (
	"iter"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// State is one workspace at one moment. It never changes; a transaction makes the next one.
type State struct {
	ID      attio.ID
	Slug    string
	Origin  string // the slug of the scenario's workspace that it is, or was cloned from; the paths of its seeded ids begin with it
	Names   *Names // the names that the scenario gives to things; nil for none
	Name    string
	LogoURL *string

	Plan    Plan
	Effects Effects
	Limited bool // requests have to obey Attio's rate limits
	Schema  *Schema

	stores  stores // records and entries
	*things        // everything else but the schema; shared with other states

	// Indexes.
	references references // with attributes that have no other side
	former     references // that have ended, and those of a history that a scenario has

	weight weight
}

// Members yields the workspace members, oldest first; suspended ones stay.
func (s *State) Members() iter.Seq[*Member] { return s.members.All() }

// Member returns the workspace member with an id.
func (s *State) Member(id attio.ID) (*Member, bool) { return s.members.Get(id) }

// Tokens yields the access tokens, oldest first.
func (s *State) Tokens() iter.Seq[*Token] { return s.tokens.All() }

// TokenNames lists the names of the access tokens, oldest first.
func (s *State) TokenNames() []string {
	names := []string{}
	for token := range s.tokens.All() {
		names = append(names, token.Name)
	}
	return names
}

// TokenNamed returns the token with a name of the scenario or of AddToken.
func (s *State) TokenNamed(name string) (*Token, bool) {
	for token := range s.tokens.All() {
		if token.Name == name {
			return token, true
		}
	}
	return nil, false
}

// next returns a copy for a writer to change.
func (s *State) next(w *writer) *State {
	return &State{
		ID: s.ID, Slug: s.Slug, Origin: s.Origin, Names: s.Names, Name: s.Name, LogoURL: s.LogoURL, Plan: s.Plan, Effects: s.Effects,
		Limited: s.Limited, Schema: s.Schema,
		stores: s.stores.copy(w), things: s.things, references: s.references.copy(w), former: s.former.copy(w),
	}
}

// Record returns a record of an object, or an entry of a list.
func (s *State) Record(of, id attio.ID) (*Record, bool) {
	if store, ok := s.stores.Get(of); ok {
		return store.record(id)
	}
	return nil, false
}

// Records yields the records of an object, or the entries of a list, in ascending order of their ids.
func (s *State) Records(of attio.ID) iter.Seq[*Record] {
	if store, ok := s.stores.Get(of); ok {
		return store.records.Values()
	}
	return func(func(*Record) bool) {}
}

// RecordsAfter is Records without so many at the beginning, which cost nothing.
func (s *State) RecordsAfter(of attio.ID, skipped int) iter.Seq[*Record] {
	if store, ok := s.stores.Get(of); ok {
		return store.records.valuesAfter(skipped)
	}
	return func(func(*Record) bool) {}
}

// Tx is a transaction on one workspace. Reads see what it has written so far.
type Tx struct {
	*State
	Now    time.Time // of all that it writes, to the millisecond as Attio's
	Author Author    // of all that it writes

	// newID returns the id of a new thing. For one of a scenario it gets a path below the workspace, such as
	// "objects/people/attributes/name".
	newID   func(path string) attio.ID
	seeding bool       // also writes what clients cannot
	touched []attio.ID // the stores that this transaction has made or copied
	writer  *writer    // marks the stores and records that this transaction has made or copied, and may change
	stamped *Stamp     // the latest stamp
	scratch scratch    // while seeding
	mailed  []attio.ID // the people to whom it gave e-mail addresses
	met     []attio.ID // the meetings that it made, to which Attio links people afterwards
	silent  bool       // no webhook gets an event
	merges  []*Merge   // the merges of this transaction

	base    *State            // the state at the beginning; nil while seeding
	changes []Change          // in order
	noted   map[changeKey]int // the index in changes
}

// Author is the author of a transaction's writes.
type Author struct {
	Actor  attio.Actor
	Member attio.ID // the member that "current-user" means, or empty
}

// System is Attio itself as the author.
func System() Author { return Author{Actor: attio.Actor{Type: attio.ActorSystem}} }

// stamp returns the stamp of what the transaction writes now.
func (tx *Tx) stamp() *Stamp {
	if tx.stamped == nil || *tx.stamped != (Stamp{tx.Now, tx.Author.Actor}) {
		tx.stamped = &Stamp{tx.Now, tx.Author.Actor}
	}
	return tx.stamped
}

// store returns the records of an object or the entries of a list for the transaction to change.
func (tx *Tx) store(of attio.ID) *store {
	present, ok := tx.stores.Get(of)
	switch {
	case ok && present.writer == tx.mark():
		return present
	case ok:
		present = present.next(tx.mark())
	default:
		present = &store{of: of, writer: tx.mark()}
		if tx.seeding {
			present.gathered = make(map[attio.ID]gathering)
		}
	}
	tx.touched = append(tx.touched, of)
	tx.stores.put(present)
	return present
}

// newRecord adds an empty record to an object, or an empty entry to a list.
func (tx *Tx) newRecord(of, id attio.ID) *Record {
	record := &Record{ID: id, created: tx.stamp()}
	tx.own(of, record)
	return record
}

// edit returns a record or an entry for the transaction to change.
func (tx *Tx) edit(of, id attio.ID) (*Record, bool) {
	record, ok := tx.Record(of, id)
	if ok && (tx.writer == nil || record.writer != tx.writer) {
		record = record.clone()
		tx.own(of, record)
	}
	return record, ok
}

// mark returns what marks the stores and records that the transaction may change.
func (tx *Tx) mark() *writer {
	if tx.writer == nil {
		tx.writer = new(writer)
	}
	return tx.writer
}

// own stores a record or an entry that the transaction may change.
func (tx *Tx) own(of attio.ID, record *Record) {
	record.writer = tx.mark()
	tx.store(of).put(record)
	tx.noteRecord(of, record.ID, record)
}

// Build makes the first state of a workspace by the same rules as any later one, except for what only Attio itself can
// write. Ids derive from the scenario's paths.
func Build(slug, name string, now time.Time, fill func(*Tx) error) (*State, error) {
	return BuildAs(&State{Slug: slug, Origin: slug, Name: name}, now, fill)
}

// BuildAs is Build with more settings from a scenario: it takes the slug, the origin, the names and the name from a
// state, and ignores the rest.
func BuildAs(as *State, now time.Time, fill func(*Tx) error) (*State, error) {
	id := attio.PathID(as.Slug)
	state := &State{
		ID: id, Slug: as.Slug, Origin: as.Origin, Names: as.Names, Name: as.Name,
		Schema: &Schema{WorkspaceID: id, WorkspaceSlug: as.Slug}, things: new(things),
	}
	tx := &Tx{
		State:   state,
		Now:     now.UTC().Truncate(time.Millisecond),
		Author:  System(),
		newID:   state.SeededID,
		seeding: true,
	}
	tx.AddStandardObjects()
	tx.AddSystemActivities()
	if err := fill(tx); err != nil {
		return nil, err
	}
	for store := range state.stores.Values() {
		store.endGathering()
	}
	state.last()
	return tx.State, nil
}

// Rename changes the name of the workspace; its slug stays.
func (tx *Tx) Rename(name string) { tx.Name = name }
