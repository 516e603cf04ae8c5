package scenario

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// nameAll gives the things of one section their keys: those that they had in the scenario or, for the n-th of those that
// came later, the one that propose returns. A key that is taken gets a number.
func (e *exporter) nameAll(ids []attio.ID, taken map[string]bool, propose func(n int) string) {
	for _, id := range ids {
		if name, ok := e.state.NameOf(id); ok && !taken[name.Key] {
			taken[name.Key] = true
			e.keys[id] = name.Key
		}
	}
	next := make(map[string]int)
	for n, id := range ids {
		if _, ok := e.keys[id]; ok {
			continue
		}
		base := propose(n)
		key := base
		for i := max(next[base], 1); taken[key]; {
			i++
			key = base + "-" + strconv.Itoa(i)
			next[base] = i
		}
		taken[key] = true
		e.keys[id] = key
	}
}

// freeKey returns a key, or the first of key-2, key-3 and so on that is not taken.
func freeKey(base string, taken map[string]bool) string {
	key := base
	for i := 2; taken[key]; i++ {
		key = base + "-" + strconv.Itoa(i)
	}
	return key
}

// maxKey is the length at which cleanKey stops.
const maxKey = 40

// cleanKey makes a key of a title: its words in lower case, joined by hyphens. A title without letters gives the other word.
func cleanKey(title, otherwise string) string {
	var b strings.Builder
	for _, r := range title {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= maxKey {
			break
		}
	}
	key := strings.Trim(b.String(), "-")
	if !strings.ContainsFunc(key, unicode.IsLetter) {
		return otherwise
	}
	return key
}

// Key makes a key of a title, as exporting does for things that had none; a title without letters gives the other word.
func Key(title, otherwise string) string { return cleanKey(title, otherwise) }

func keyOfSlug(slug, otherwise string) string {
	if slugForm.MatchString(slug) {
		return slug
	}
	return cleanKey(slug, otherwise)
}

// firstWords returns the first words of a text.
func firstWords(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(len(words), 6)], " ")
}

// inOrder sorts things into the order of the scenario, followed by those that came later, oldest first.
func inOrder[T any](e *exporter, things []T, of func(T) (attio.ID, time.Time)) {
	type placed struct {
		thing   T
		id      attio.ID
		place   int // from 1; 0 for none
		created time.Time
	}
	all := make([]placed, len(things))
	for i, thing := range things {
		id, created := of(thing)
		all[i] = placed{thing: thing, id: id, created: created}
		if name, ok := e.state.NameOf(id); ok {
			all[i].place = name.Place + 1
		}
	}
	slices.SortFunc(all, func(a, b placed) int {
		switch {
		case a.place > 0 && b.place > 0:
			return cmp.Compare(a.place, b.place)
		case a.place > 0 || b.place > 0:
			return cmp.Compare(b.place, a.place)
		}
		return cmp.Or(a.created.Compare(b.created), cmp.Compare(a.id, b.id))
	})
	for i := range all {
		things[i] = all[i].thing
	}
}

// attached gives the things of a section their keys and writes them, in order.
func attached[T any](e *exporter, all []T, id func(T) attio.ID, propose func(T) string, write func(T, string) any) any {
	if len(all) == 0 {
		return nil
	}
	ids := make([]attio.ID, len(all))
	for i, thing := range all {
		ids[i] = id(thing)
	}
	e.nameAll(ids, make(map[string]bool), func(n int) string { return propose(all[n]) })
	return yamltree.Entries(func(yield func(string, any) bool) {
		for i, thing := range all {
			key := e.keys[ids[i]]
			if !yield(key, write(thing, key)) {
				return
			}
		}
	})
}

// Title makes a title from a slug: "Annual revenue" from "annual_revenue".
func Title(slug string) string { return titleOf[string](nil, slug) }

// titleOf returns a title, or makes one from a slug if there is none.
func titleOf[S ~string](title *S, slug string) string {
	if title != nil {
		return string(*title)
	}
	words := strings.NewReplacer("_", " ", "-", " ").Replace(slug)
	_, first := utf8.DecodeRuneInString(words)
	return strings.ToUpper(words[:first]) + words[first:]
}
