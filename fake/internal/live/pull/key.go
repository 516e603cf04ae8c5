package pull

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func (w *workspace) kinds() []*kind { return slices.Concat(w.objects, w.lists) }

// object returns an object by its slug or id, or nil.
func (w *workspace) object(slugOrID string) *kind {
	i := slices.IndexFunc(w.objects, func(o *kind) bool { return o.Slug == slugOrID || o.ID.Object == slugOrID })
	if i < 0 {
		return nil
	}
	return w.objects[i]
}

// named is a thing on its way to a key.
type named struct {
	id, created string
	base        string // the key that it would have alone
	key         string
}

// giveKeys sorts the things of a section by when they were created and gives them keys. Things that cannot be told apart keep the order that
// they have in the scenario that this workspace was made from, if it was: the ids there derive from the keys.
func giveKeys(things []*named, path string) {
	number := make(map[*named]int) // the one in the key that the id derives from, or more than any
	count := make(map[string]int)
	for _, t := range things {
		count[t.base]++
	}
	for _, t := range things {
		number[t] = unnumbered
		for n := 1; n <= count[t.base]+few; n++ {
			if string(attio.PathID(path+numbered(t.base, n))) == t.id {
				number[t] = n
			}
		}
	}
	slices.SortFunc(things, func(a, b *named) int {
		return cmp.Or(strings.Compare(a.created, b.created), strings.Compare(a.base, b.base), cmp.Compare(number[a], number[b]), strings.Compare(a.id, b.id))
	})
	taken := make(map[string]bool)
	for _, t := range things {
		if n := number[t]; n != unnumbered {
			t.key = numbered(t.base, n)
			taken[t.key] = true
		}
	}
	next := make(map[string]int)
	for _, t := range things {
		for t.key == "" {
			next[t.base]++
			if key := numbered(t.base, next[t.base]); !taken[key] {
				t.key, taken[key] = key, true
			}
		}
	}
}

const (
	unnumbered = math.MaxInt
	few        = 9 // how many numbers other keys may have taken
)

func numbered(base string, n int) string {
	if n == 1 {
		return base
	}
	return base + "-" + strconv.Itoa(n)
}

// derived returns the id that a scenario gives the thing at a path.
func (w *workspace) derived(path string) string { return string(attio.PathID(w.Slug + "/" + path)) }
