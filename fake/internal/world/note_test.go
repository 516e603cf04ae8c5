package world

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
)

// noted is a workspace with a note about navy that was taken at a meeting and mentions a member and other companies.
func noted(t testing.TB) *Workspace {
	t.Helper()
	state := build(t, func(tx *Tx) {
		if err := tx.AddMember("ada", ada, Admin); err != nil {
			t.Fatal(err)
		}
		for _, id := range []attio.ID{"navy", "army", "air"} {
			seedCompany(t, tx, id)
		}
		put(tx, &Meeting{ID: "meeting"})
		_, err := tx.CreateNote("note", NoteDraft{
			Object: "companies", Record: "navy", Title: "Call", Content: markdown.Plain("Hello"), Meeting: "meeting",
			Tags: []NoteTag{{Member: "ada"}, {Record: company("army")}, {Record: company("air")}, {Record: company("army")}},
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return acme(t, New(&Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}}))
}

// hello is the note as it was made.
var hello = Note{
	ID: "note", Parent: company("navy"), Title: "Call", Content: markdown.Content{Plaintext: "Hello", Markdown: "Hello"}, Meeting: "meeting",
	Tags:      []NoteTag{{Member: "ada"}, {Record: company("army")}, {Record: company("air")}, {Record: company("army")}},
	CreatedAt: noon, CreatedBy: attio.Actor{Type: attio.ActorSystem},
}

func TestANoteOutlivesAllButItsRecord(t *testing.T) {
	t.Parallel()
	of := func(change func(*Note)) *Note {
		n := hello
		change(&n)
		return &n
	}
	for name, tc := range map[string]struct {
		do   func(*Tx) error
		want *Note
	}{
		"nothing":            {func(*Tx) error { return nil }, &hello},
		"its record":         {func(tx *Tx) error { return tx.DeleteRecord(tx.standard("companies"), "navy") }, nil},
		"a mentioned record": {func(tx *Tx) error { return tx.DeleteRecord(tx.standard("companies"), "army") }, of(func(n *Note) { n.Tags = []NoteTag{{Member: "ada"}, {Record: company("air")}} })},
		"its meeting":        {func(tx *Tx) error { return tx.DeleteMeeting("meeting") }, of(func(n *Note) { n.Meeting = "" })},
		"itself":             {func(tx *Tx) error { return tx.DeleteNote("note") }, nil},
		"all that it names": {func(tx *Tx) error {
			for _, id := range []attio.ID{"army", "air"} {
				if err := tx.DeleteRecord(tx.standard("companies"), id); err != nil {
					return err
				}
			}
			return tx.DeleteMeeting("meeting")
		}, of(func(n *Note) { n.Meeting, n.Tags = "", []NoteTag{{Member: "ada"}} })},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := noted(t)
			commits, err := workspace.Write(Author{}, tc.do)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := workspace.View().Note("note")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var changes []Change
			for _, c := range commits[0].Changes {
				if c.Thing == ThingNote {
					changes = append(changes, c)
				}
			}
			var want []Change
			if !cmp.Equal(tc.want, &hello) {
				want = []Change{{Thing: ThingNote, ID: "note", Before: &hello, After: orNil(tc.want)}}
			}
			if diff := cmp.Diff(want, changes); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			hang := map[attio.ID]bool{}
			if tc.want != nil {
				for _, id := range tc.want.attachedTo() {
					hang[id] = true
				}
			}
			if left := workspace.View().attached.Len(); left != len(hang) {
				t.Errorf("%d things hang on others, want %d", left, len(hang))
			}
		})
	}
}

func TestAChangeOfANoteTellsTitleAndContentApart(t *testing.T) {
	t.Parallel()
	content := func(text string) *markdown.Content { return new(markdown.Plain(text)) }
	for name, tc := range map[string]struct {
		edit           NoteEdit
		title, content bool // what changed
	}{
		"a title":          {NoteEdit{Title: new("Talk")}, true, false},
		"content":          {NoteEdit{Content: content("Bye")}, false, true},
		"both":             {NoteEdit{Title: new("Talk"), Content: content("Bye")}, true, true},
		"the same title":   {NoteEdit{Title: new("Call")}, false, false},
		"the same content": {NoteEdit{Content: content("Hello")}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := noted(t)
			var change Change
			commits, err := workspace.Write(Author{}, func(tx *Tx) error {
				_, err := tx.UpdateNote("note", tc.edit)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(commits[0].Changes) > 0 {
				change = commits[0].Changes[0]
			} else {
				change.Before, change.After = &hello, &hello
			}
			before, after := change.Before.(*Note), change.After.(*Note)
			if title := before.Title != after.Title; title != tc.title {
				t.Errorf("another title: %t", title)
			}
			if content := before.Content != after.Content; content != tc.content {
				t.Errorf("other content: %t", content)
			}
			if tags := after.Tags != nil; tags != (tc.edit.Content == nil) {
				t.Errorf("it mentions %v", after.Tags)
			}
		})
	}
}

func TestContentOfANoteIsReadByItsFormatUpToALimit(t *testing.T) {
	t.Parallel()
	most := strings.Repeat("a", maxNoteContent)
	for name, tc := range map[string]struct {
		format  NoteFormat
		written string
		want    markdown.Content
		err     error
	}{
		"plaintext":      {PlaintextNote, "*a*", markdown.Content{Plaintext: "*a*", Markdown: `\*a\*`}, nil},
		"markdown":       {MarkdownNote, "*a*", markdown.Content{Plaintext: "a", Markdown: "*a*"}, nil},
		"as much as can": {MarkdownNote, most, markdown.Content{Plaintext: most, Markdown: most}, nil},
		"one byte more":  {PlaintextNote, most + "a", markdown.Content{}, attio.NoteTooLarge(1048576)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ReadNoteContent(tc.format, tc.written)
			if diff := cmp.Diff(tc.err, err); got != tc.want || diff != "" {
				t.Errorf("got %.40q, %v", got.Plaintext, err)
			}
		})
	}
}

func TestANoteIsNeitherOlderThan1970NorFromTheFuture(t *testing.T) {
	t.Parallel()
	epoch := time.Unix(0, 0).UTC()
	for name, tc := range map[string]struct {
		at, want time.Time // want is zero if it is refused
	}{
		"now":                                {noon, noon},
		"later in the present millisecond":   {noon.Add(999 * time.Microsecond), noon},
		"the next millisecond":               {noon.Add(time.Millisecond), time.Time{}},
		"the beginning of 1970":              {epoch, epoch},
		"just before":                        {epoch.Add(-time.Millisecond), time.Time{}},
		"in another zone, to the nanosecond": {time.Date(2026, 1, 15, 12, 0, 0, 123456789, time.FixedZone("", 3600)), time.Date(2026, 1, 15, 11, 0, 0, 123e6, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var made *Note
			err := noted(t).Update(Author{}, func(tx *Tx) (err error) {
				made, err = tx.CreateNote("other", NoteDraft{Object: "companies", Record: "navy", CreatedAt: &tc.at})
				return err
			})
			switch {
			case tc.want.IsZero():
				if diff := cmp.Diff(error(attio.CreatedAtOutOfRange()), err); diff != "" {
					t.Error(diff)
				}
			case err != nil:
				t.Error(err)
			case made.CreatedAt != tc.want:
				t.Errorf("made at %v", made.CreatedAt)
			}
		})
	}
}
