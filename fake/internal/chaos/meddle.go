package chaos

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// What somebody else does to the records and entries that the client is about.

const uuid = `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`

var (
	anyID          = regexp.MustCompile(uuid)
	holderInPath   = regexp.MustCompile(`^/v2/(objects|lists)/([^/]+)/`)
	recordInAnswer = regexp.MustCompile(`"(?:record|entry)_id":\s*"(` + uuid + `)"`)
)

// deleteRecord deletes a record, or an entry, right before a call that is about it.
func deleteRecord(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool { return s.remove(call, s.aim(call)) })
}

// mergeRecord merges a record with another one right before a call that is about it.
func mergeRecord(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool {
		id, merged, other := s.aim(call), s.server.World.NewID(), s.server.World.NewID()
		return s.meddle(call, id, func(tx *world.Tx, kind world.Kind) error {
			object, ok := kind.(*world.Object)
			if !ok {
				return fmt.Errorf("%s is an entry", id)
			}
			if _, err := tx.CreateRecord(kind, other, nil); err != nil {
				return err
			}
			_, err := tx.MergeRecords(object, merged, id, other)
			return err
		}, merged)
	})
}

// shiftPage has a colleague delete the first record of the page before, so that the next one begins one record too late.
func shiftPage(s *Stage, a Armed) func() bool {
	return s.ambush(a, func(call *api.Call) bool {
		last := control.Question{Query: match.Query{Operations: []string{a.Operation}}, Last: 1}
		for page := range s.server.Control.Requests(last) {
			if found := recordInAnswer.FindSubmatch(page.Response); found != nil {
				id, _ := attio.ParseID(string(found[1]))
				return s.remove(call, id)
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
	for _, text := range anyID.FindAllString(call.Request.URL.RequestURI()+" "+bodyOf(call), -1) {
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
	if call.Request.Body == nil {
		return ""
	}
	const most = 1 << 20 // enough to find an id
	body, unread := new(bytes.Buffer), call.Request.Body
	_, err := io.CopyN(body, unread, most)
	text := body.String()
	rest := io.Reader(unread)
	if err != nil && err != io.EOF {
		rest = failing{err}
	}
	call.Request.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(body, rest), unread}
	return text
}

// failing is what is left of a body whose reading has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

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

// remove has a colleague delete a record or an entry, and reports whether it is gone.
func (s *Stage) remove(call *api.Call, id attio.ID) bool {
	return s.meddle(call, id, func(tx *world.Tx, kind world.Kind) error { return tx.DeleteRecord(kind, id) }, "")
}

// meddle has a colleague change a record or an entry. Neither that nor what it becomes is compared any more.
func (s *Stage) meddle(call *api.Call, id attio.ID, change func(*world.Tx, world.Kind) error, becomes attio.ID) bool {
	if call.Workspace == nil || id == "" {
		return false
	}
	gone := Gone{ID: string(id), Made: s.made(call.Workspace.View().Slug, id), Becomes: string(becomes)}
	err := call.Workspace.Update(call.Workspace.View().DefaultAuthor(), func(tx *world.Tx) error {
		kind := holder(tx.State, id)
		if kind == nil {
			return fmt.Errorf("%s is gone", id)
		}
		return change(tx, kind)
	})
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.gone = append(s.gone, gone)
	}
	return err == nil
}

// made returns a record or an entry as it is, if it was not there from the start.
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
