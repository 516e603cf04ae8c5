package chaos

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// What a colleague does to the things that the client is about.

const uuid = `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`

var (
	anyID        = lazy.New(uuid)
	holderInPath = lazy.New(`^/v2/(objects|lists)/([^/]+)/`)
)

// deleteRecord deletes a record, or an entry, right before a call that is about it.
func deleteRecord(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool {
		id := s.aim(call)
		return s.meddle(call, id, "", func(tx *world.Tx) error { return removeRecord(tx, id) })
	})
}

// mergeRecord merges a record with another one right before a call that is about it.
func mergeRecord(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool {
		id, merged, other := s.aim(call), s.server.World.NewID(), s.server.World.NewID()
		return s.meddle(call, id, merged, func(tx *world.Tx) error {
			object, ok := holder(tx.State, id).(*world.Object)
			if !ok {
				return fmt.Errorf("%s is no record", id)
			}
			if _, err := tx.CreateRecord(object, other, nil); err != nil {
				return err
			}
			_, err := tx.MergeRecords(object, merged, id, other)
			return err
		})
	})
}

// listing is an operation whose answers are pages that begin so many things later. Those with cursors miss nothing.
type listing struct {
	first  *lazy.Regexp // the id of the first thing in an answer
	remove func(*world.Tx, attio.ID) error
}

var listings = lazy.Of[map[string]listing]{Make: func() map[string]listing {
	return map[string]listing{
		"records.query": {firstOf("record_id"), removeRecord},
		"entries.query": {firstOf("entry_id"), removeRecord},
		"notes.list":    {firstOf("note_id"), (*world.Tx).DeleteNote},
		"tasks.list":    {firstOf("task_id"), (*world.Tx).DeleteTask},
	}
}}

func firstOf(key string) *lazy.Regexp {
	return lazy.New(`"` + key + `":\s*"(` + uuid + `)"`)
}

// furtherPages are the calls that ask for a further page of a listing.
func furtherPages(f *facts, operation string) ([]int, string) {
	var calls []int
	for i, r := range f.of(operation) {
		if _, ok := listings.Get()[operation]; ok && r.Page {
			calls = append(calls, i+1)
		}
	}
	return calls, orReason(calls, "it asks for no further page of records, entries, notes or tasks")
}

// shiftPage has a colleague delete what comes first on the page before, so that the next one begins one thing too late.
func shiftPage(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool {
		of := listings.Get()[a.Operation]
		last := control.Question{Query: match.Query{Operations: []string{a.Operation}}, Last: 1}
		for page := range s.server.Control.Requests(last) {
			if found := of.first.Get().FindSubmatch(page.Response.Body()); found != nil {
				id, _ := attio.ParseID(string(found[1]))
				return s.meddle(call, id, "", func(tx *world.Tx) error { return of.remove(tx, id) })
			}
		}
		return false
	})
}

// aim returns the record or the entry that a call is about: the first that its address or its body names, else the newest that
// the client has made of the object or list in its address. It is empty if there is none.
func (s *Stage) aim(call *api.Call) attio.ID {
	if call.Workspace == nil || call.Operation == nil || call.Operation.Upload {
		return ""
	}
	state := call.Workspace.View()
	for _, text := range anyID.Get().FindAllString(call.Request.URL.RequestURI()+" "+bodyOf(call), -1) {
		if id, _ := attio.ParseID(strings.ToLower(text)); holder(state, id) != nil {
			return id
		}
	}
	return s.newest(state, call.Request.URL.Path)
}

// about returns what kind of thing a call is about: a record, an entry, or nothing.
func (s *Stage) about(c *api.Call) world.Thing {
	id := s.aim(c)
	if id == "" {
		return ""
	}
	if _, ok := holder(c.Workspace.View(), id).(*world.Object); ok {
		return world.ThingRecord
	}
	return world.ThingEntry
}

// bodyOf returns the body of a call that was not read yet, and leaves it to be read.
func bodyOf(call *api.Call) string {
	unread := call.Request.Body
	if unread == nil || unread == http.NoBody {
		return ""
	}
	const most = 1 << 20 // enough to find an id
	body := new(bytes.Buffer)
	_, _ = io.CopyN(body, unread, most) // an error comes again when the rest is read
	text := body.String()
	call.Request.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(body, unread), unread}
	return text
}

// newest returns the newest record that the client has made of the object or list in a path, or "".
func (s *Stage) newest(state *world.State, path string) (newest attio.ID) {
	found := holderInPath.FindStringSubmatch(path)
	if found == nil {
		return ""
	}
	var of attio.ID
	if object, ok := state.Schema.Object(found[2]); ok && found[1] == "objects" {
		of = object.ID
	} else if list, ok := state.Schema.List(found[2]); ok {
		of = list.ID
	}
	for e := range s.server.Control.Requests(control.Question{}) {
		for _, c := range e.Changes {
			if c.Action == control.Created && state.HasRecord(of, c.ID) {
				newest = c.ID
			}
		}
	}
	return newest
}

// removeRecord deletes a record or an entry.
func removeRecord(tx *world.Tx, id attio.ID) error {
	kind := holder(tx.State, id)
	if kind == nil {
		return fmt.Errorf("%s is gone", id)
	}
	return tx.DeleteRecord(kind, id)
}

// meddle has a colleague take something away, and reports whether it is gone. Neither that nor what it becomes is compared any more.
func (s *Stage) meddle(call *api.Call, id, becomes attio.ID, change func(*world.Tx) error) bool {
	if call.Workspace == nil || id == "" {
		return false
	}
	gone := Gone{ID: string(id), Made: s.made(call.Workspace.View().Slug, id), Becomes: string(becomes)}
	err := call.Workspace.Update(call.Workspace.View().DefaultAuthor(), change)
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.gone = append(s.gone, gone)
	}
	return err == nil
}

// made returns a thing as it is, if it was not there from the start.
func (s *Stage) made(workspace string, id attio.ID) *Change {
	now := s.server.World.Moment()
	changes := effectOf(s.start, now, map[thingID]bool{{workspace, string(id)}: true}, s.span(now))
	if i := slices.IndexFunc(changes, func(c Change) bool { return c.Action == created }); i >= 0 {
		return &changes[i]
	}
	return nil
}

// holder returns the object or list that has a record.
func holder(state *world.State, id attio.ID) world.Kind {
	for _, object := range state.Schema.Objects {
		if state.HasRecord(object.ID, id) {
			return object
		}
	}
	for _, list := range state.Schema.Lists {
		if state.HasRecord(list.ID, id) {
			return list
		}
	}
	return nil
}
