package api

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

var (
	anyPosition = rapid.SliceOfN(rapid.String(), 1, 3)
	anyList     = rapid.Custom(func(t *rapid.T) cursors {
		return cursors{[]byte(rapid.SampledFrom([]string{`["views",1]`, `["views",2]`, `["files",1]`, ``}).Draw(t, "list"))}
	})
)

func TestACursorLeadsBackToItsPosition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := anyList.Draw(t, "of")
		text := strings.ToValidUTF8(strings.Join(anyPosition.Draw(t, "position"), "\x00"), "?")
		want := position(strings.Split(text, "\x00"))
		cursor := list.encode(want)
		if again := list.encode(want); again != cursor {
			t.Fatalf("the cursor of one position is %q and %q", cursor, again)
		}
		got, err := list.decode(&cursor)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("%v %s", err, diff)
		}
	})
}

func TestACursorOfAnotherListIsRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		made, read := anyList.Draw(t, "made"), anyList.Draw(t, "read")
		if string(made.list) == string(read.list) {
			t.Skip()
		}
		cursor := made.encode(anyPosition.Draw(t, "position"))
		refuses(t, read, cursor)
	})
}

func TestAChangedCursorIsRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := anyList.Draw(t, "of")
		cursor := list.encode(position{"2026-01-15T09:00:00Z", "50cf242c-7fa3-4cad-87d0-75b1af71c57b"})
		from := rapid.IntRange(0, len(cursor)).Draw(t, "from")
		to := rapid.IntRange(from, len(cursor)).Draw(t, "to")
		changed := cursor[:from] + rapid.StringMatching(`[A-Za-z0-9_=\r\n-]{0,4}`).Draw(t, "instead") + cursor[to:]
		if changed == cursor {
			t.Skip()
		}
		refuses(t, list, changed)
	})
}

func FuzzCursor(f *testing.F) {
	list := cursors{[]byte(`["views"]`)}
	made := list.encode(position{"a"})
	for _, seed := range []string{"", "a", made, made + "=", strings.ToLower(made), made + "\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		if after, err := list.decode(&sent); err == nil && list.encode(after) != sent {
			t.Errorf("%q was read as %q, whose cursor is another", sent, after)
		}
	})
}

func refuses(t rapid.TB, list cursors, cursor string) {
	t.Helper()
	after, err := list.decode(&cursor)
	var refusal *attio.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("%q was read as %q", cursor, after)
	}
	if diff := cmp.Diff(attio.InvalidQuery(attio.InvalidCursor()), refusal); diff != "" {
		t.Error(diff)
	}
}

// Reading page by page while things are created and deleted returns everything that existed all along exactly once, in
// order.
func TestPagesNeitherRepeatNorSkip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		things := rapid.SliceOfDistinct(rapid.IntRange(0, 50), rapid.ID).Draw(t, "things")
		list := cursors{[]byte("things")}
		stayed := slices.Clone(things)
		var got []int
		var cursor *string
		for {
			limit := rapid.IntRange(1, 10).Draw(t, "limit")
			after, err := list.decode(cursor)
			if err != nil {
				t.Fatal(err)
			}
			answer := pageOf(list, from(things, after), limit,
				func(n int) position { return position{letter(n)} }, func(n int) any { return n })
			for _, n := range answer.Data.([]any) {
				got = append(got, n.(int))
			}
			if cursor = answer.Pagination.NextCursor; cursor == nil {
				break
			}
			if rapid.Bool().Draw(t, "something goes") && len(things) > 0 {
				i := rapid.IntRange(0, len(things)-1).Draw(t, "which")
				gone := things[i]
				things = slices.Delete(things, i, i+1)
				stayed = slices.DeleteFunc(stayed, func(n int) bool { return n == gone })
			}
			if n := rapid.IntRange(0, 50).Draw(t, "something comes"); !slices.Contains(things, n) && !slices.Contains(got, n) {
				things = append(things, n)
			}
		}
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("not in order, or something twice: %v", got)
		}
		for _, n := range stayed {
			if !slices.Contains(got, n) {
				t.Errorf("%d was there all along, and skipped: %v", n, got)
			}
		}
	})
}

func from(things []int, after position) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, n := range slices.Sorted(slices.Values(things)) {
			if letter(n) > string(after.id()) && !yield(n) {
				return
			}
		}
	}
}

// letter returns the sort key of a small number.
func letter(n int) string { return string(rune('0' + n)) }
