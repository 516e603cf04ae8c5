package world

import (
	"iter"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Thread is a comment with the replies to it.
type Thread struct {
	Head     *Comment
	Comments []*Comment // the head and its replies, oldest first
}

// Thread returns the thread with an id, which is that of its head.
func (s *State) Thread(id attio.ID) (Thread, bool) {
	head, ok := s.Comment(id)
	if !ok || !head.IsHead() {
		return Thread{}, false
	}
	thread := Thread{Head: head, Comments: []*Comment{head}}
	for reply := range s.attachedTo(id, ThingComment) {
		c, _ := s.Comment(reply)
		thread.Comments = append(thread.Comments, c)
	}
	slices.SortFunc(thread.Comments, (*Comment).Compare)
	return thread, true
}

// Threads yields all threads, in the order in which they were opened.
func (s *State) Threads() iter.Seq[Thread] {
	return s.threadsOf(func(yield func(*Comment) bool) {
		for c := range s.Comments() {
			if c.IsHead() && !yield(c) {
				return
			}
		}
	})
}

// ThreadsOnRecord yields the threads on a record, oldest first. Threads on the record's entries are not among them:
// Attio's OpenAPI document keeps the two apart.
func (s *State) ThreadsOnRecord(record attio.ID) iter.Seq[Thread] {
	return s.threadsOn(record, func(c *Comment) bool { return c.On.Entry == "" })
}

// ThreadsOnEntry yields the threads on an entry, oldest first.
func (s *State) ThreadsOnEntry(entry attio.ID) iter.Seq[Thread] {
	return s.threadsOn(entry, func(*Comment) bool { return true })
}

func (s *State) threadsOn(to attio.ID, right func(*Comment) bool) iter.Seq[Thread] {
	var heads []*Comment
	for id := range s.attachedTo(to, ThingComment) {
		if c, _ := s.Comment(id); c.IsHead() && right(c) {
			heads = append(heads, c)
		}
	}
	slices.SortFunc(heads, (*Comment).Compare)
	return s.threadsOf(slices.Values(heads))
}

func (s *State) threadsOf(heads iter.Seq[*Comment]) iter.Seq[Thread] {
	return func(yield func(Thread) bool) {
		for head := range heads {
			if thread, _ := s.Thread(head.ID); !yield(thread) {
				return
			}
		}
	}
}

// ResolveThread resolves a thread, which the API cannot. It leaves a resolved thread as it is.
func (tx *Tx) ResolveThread(id attio.ID) error {
	head, err := tx.head(id)
	if err != nil || head.Resolved != nil {
		return err
	}
	resolved := *head
	resolved.Resolved = &Resolution{At: tx.Now, By: tx.Author.Actor}
	put(tx, &resolved)
	return nil
}

// UnresolveThread opens a resolved thread again.
func (tx *Tx) UnresolveThread(id attio.ID) error {
	head, err := tx.head(id)
	if err != nil || head.Resolved == nil {
		return err
	}
	open := *head
	open.Resolved = nil
	put(tx, &open)
	return nil
}

// head returns the comment that opened a thread, for a change of the thread.
func (s *State) head(thread attio.ID) (*Comment, error) {
	head, ok := s.Comment(thread)
	if !ok || !head.IsHead() {
		return nil, attio.TargetThreadNotFound()
	}
	return head, nil
}
