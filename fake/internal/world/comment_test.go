package world

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// commented is a workspace with two companies, each with an entry on a list.
func commented(t testing.TB) (*Workspace, map[string]CommentPlace) {
	t.Helper()
	places := map[string]CommentPlace{}
	state := build(t, func(tx *Tx) {
		if err := tx.AddMember("ada", ada, Admin); err != nil {
			t.Fatal(err)
		}
		list := newList(t, tx, "sales", "companies")
		for _, record := range []attio.ID{"navy", "army"} {
			seedCompany(t, tx, record)
			entry := "entry of " + record
			if _, err := tx.CreateEntry(list, entry, Parent{"companies", record}, nil); err != nil {
				t.Fatal(err)
			}
			var err error
			if places[string(record)], err = tx.PlaceOfRecord("companies", record); err != nil {
				t.Fatal(err)
			}
			if places[string(entry)], err = tx.PlaceOfEntry(list, entry); err != nil {
				t.Fatal(err)
			}
		}
	})
	return acme(t, New(&Seed{Clock: Start{At: noon, Frozen: true}, Users: []*User{ada}, Workspaces: []*State{state}})), places
}

// conversation names the comments of a thread in order, with an exclamation mark after the head and a tick after a
// resolved one.
func conversation(t Thread) string {
	words := make([]string, len(t.Comments))
	for i, c := range t.Comments {
		words[i] = string(c.ID)
		if c == t.Head {
			words[i] += "!"
		}
		if c.Resolved != nil {
			words[i] += "✓"
		}
	}
	return strings.Join(words, " ")
}

func conversations(s *State) []string {
	var all []string
	for t := range s.Threads() {
		all = append(all, conversation(t))
	}
	return all
}

func TestAThreadGoesWithWhatItIsOn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*Tx) error
		want []string
		gone []string // the comments that the commit deleted
	}{
		"nothing":         {func(*Tx) error { return nil }, []string{"1! 2 3", "4! 5", "6!"}, nil},
		"a reply":         {func(tx *Tx) error { return tx.DeleteComment("2") }, []string{"1! 3", "4! 5", "6!"}, []string{"2"}},
		"a head":          {func(tx *Tx) error { return tx.DeleteComment("1") }, []string{"4! 5", "6!"}, []string{"1", "2", "3"}},
		"a resolved head": {func(tx *Tx) error { _ = tx.ResolveThread("4"); return tx.DeleteComment("4") }, []string{"1! 2 3", "6!"}, []string{"4", "5"}},
		"the record": {func(tx *Tx) error { return tx.DeleteRecord(tx.standard("companies"), "navy") }, []string{"6!"},
			[]string{"1", "2", "3", "4", "5"}},
		"the entry": {func(tx *Tx) error {
			list, _ := tx.Schema.List("sales")
			return tx.DeleteRecord(list, "entry of navy")
		}, []string{"1! 2 3", "6!"}, []string{"4", "5"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace, places := commented(t)
			workspace.do(t, func(tx *Tx) error {
				for _, c := range []struct{ id, thread, place string }{
					{"1", "", "navy"}, {"2", "1", ""}, {"3", "1", ""}, {"4", "", "entry of navy"}, {"5", "4", ""}, {"6", "", "army"},
				} {
					if err := say(tx, c.id, c.thread, places[c.place], Message{Author: "ada"}); err != nil {
						return err
					}
				}
				return nil
			})
			commits, err := workspace.Write(Author{}, tc.do)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, conversations(workspace.View())); diff != "" {
				t.Error(diff)
			}
			var gone []string
			for _, c := range commits[0].Changes {
				if c.Thing == ThingComment && c.After == nil {
					gone = append(gone, string(c.ID))
				}
			}
			slices.Sort(gone)
			if diff := cmp.Diff(tc.gone, gone); diff != "" {
				t.Error(diff)
			}
			hang := 0
			for c := range workspace.View().Comments() {
				hang += len(c.attachedTo())
			}
			if got := workspace.View().attached.Len(); got != hang {
				t.Errorf("%d things hang on others, want %d", got, hang)
			}
		})
	}
}

// say adds a comment to a thread, or opens a thread at a place.
func say(tx *Tx, id, thread string, on CommentPlace, message Message) error {
	if thread == "" {
		_, err := tx.StartThread(attio.ID(id), on, message)
		return err
	}
	_, err := tx.Reply(attio.ID(id), attio.ID(thread), message)
	return err
}

func TestResolvingChangesTheHeadAlone(t *testing.T) {
	t.Parallel()
	workspace, places := commented(t)
	workspace.do(t, func(tx *Tx) error {
		if err := say(tx, "1", "", places["navy"], Message{Author: "ada"}); err != nil {
			return err
		}
		return say(tx, "2", "1", CommentPlace{}, Message{Author: "ada"})
	})
	by := Author{Actor: attio.Actor{Type: attio.ActorWorkspaceMember, ID: "ada"}}
	step := func(change func(*Tx) error) []Change {
		t.Helper()
		commits, err := workspace.Write(by, change)
		if err != nil {
			t.Fatal(err)
		}
		return commits[0].Changes
	}
	open, _ := workspace.View().Comment("1")
	resolved := *open
	resolved.Resolved = &Resolution{noon, by.Actor}
	changed := func(before, after Comment) []Change {
		return []Change{{Thing: ThingComment, ID: "1", Before: &before, After: &after}}
	}
	resolve := func(tx *Tx) error { return tx.ResolveThread("1") }
	unresolve := func(tx *Tx) error { return tx.UnresolveThread("1") }
	for _, s := range []struct {
		change func(*Tx) error
		want   []Change
		reads  string
	}{
		{unresolve, nil, "1! 2"},
		{resolve, changed(*open, resolved), "1!✓ 2"},
		{resolve, nil, "1!✓ 2"},
		{unresolve, changed(resolved, *open), "1! 2"},
	} {
		if diff := cmp.Diff(s.want, step(s.change)); diff != "" {
			t.Error(diff)
		}
		if thread, _ := workspace.View().Thread("1"); conversation(thread) != s.reads {
			t.Errorf("got %s, want %s", conversation(thread), s.reads)
		}
	}
	for _, id := range []attio.ID{"2", "3"} {
		for name, change := range map[string]func(*Tx) error{
			"resolve": func(tx *Tx) error { return tx.ResolveThread(id) }, "unresolve": func(tx *Tx) error { return tx.UnresolveThread(id) },
		} {
			if err := workspace.Update(by, change); err == nil || err.Error() != attio.TargetThreadNotFound().Message {
				t.Errorf("%s %s: %v", name, id, err)
			}
		}
	}
}

// TestThreadsAreTheirCommentsInOrder compares threads with plain lists of comments.
func TestThreadsAreTheirCommentsInOrder(t *testing.T) {
	t.Parallel()
	workspace, places := commented(t)
	empty := workspace.View()
	names := []string{"navy", "army", "entry of navy", "entry of army"}
	rapid.Check(t, func(t *rapid.T) {
		workspace.restore(empty)
		type said struct {
			id, thread, place string
			minute            int
		}
		var all []said // in the order in which they were made
		for i := range rapid.IntRange(0, 20).Draw(t, "comments") {
			c := said{id: fmt.Sprintf("%02d", 99-i), minute: rapid.IntRange(0, 3).Draw(t, "minute")} // the order of ids says nothing
			var heads []said
			for _, other := range all {
				if other.id == other.thread {
					heads = append(heads, other)
				}
			}
			message := Message{Author: "ada", CreatedAt: new(noon.Add(time.Duration(c.minute-9) * time.Minute))}
			reply := ""
			if len(heads) > 0 && rapid.Bool().Draw(t, "reply") {
				head := rapid.SampledFrom(heads).Draw(t, "to")
				c.thread, c.place, reply = head.id, head.place, head.id
			} else {
				c.thread, c.place = c.id, rapid.SampledFrom(names).Draw(t, "place")
			}
			if err := workspace.Update(Author{}, func(tx *Tx) error { return say(tx, c.id, reply, places[c.place], message) }); err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
			if rapid.IntRange(0, 4).Draw(t, "delete") == 0 {
				victim := rapid.SampledFrom(all).Draw(t, "victim")
				all = slices.DeleteFunc(all, func(c said) bool { return c.id == victim.id || c.thread == victim.id })
				if err := workspace.Update(Author{}, func(tx *Tx) error { return tx.DeleteComment(attio.ID(victim.id)) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		sorted := slices.Clone(all)
		slices.SortStableFunc(sorted, func(a, b said) int { return a.minute - b.minute })
		want := map[string][]string{}
		for _, head := range sorted {
			if head.id != head.thread {
				continue
			}
			var words []string
			for _, c := range sorted {
				if c.thread == head.id {
					words = append(words, strings.TrimSuffix(c.id+"!", map[bool]string{true: "", false: "!"}[c.id == head.id]))
				}
			}
			want[head.place] = append(want[head.place], strings.Join(words, " "))
		}
		got := map[string][]string{}
		for name, place := range places {
			threads := workspace.View().ThreadsOnRecord(place.Record)
			if place.Entry != "" {
				threads = workspace.View().ThreadsOnEntry(place.Entry)
			}
			for thread := range threads {
				got[name] = append(got[name], conversation(thread))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}

func TestThreadsCanBeReadInPart(t *testing.T) {
	t.Parallel()
	workspace, places := commented(t)
	workspace.do(t, func(tx *Tx) error {
		for _, id := range []string{"1", "2"} {
			if err := say(tx, id, "", places["navy"], Message{Author: "ada"}); err != nil {
				return err
			}
		}
		return nil
	})
	for range workspace.View().Threads() {
		break
	}
	for first := range workspace.View().ThreadsOnRecord("navy") {
		if conversation(first) != "1!" {
			t.Errorf("got %s", conversation(first))
		}
		break
	}
}
