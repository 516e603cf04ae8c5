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
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// nameAll gives the things of one section their keys; see keysOf.
func (e *exporter) nameAll(ids []attio.ID, taken map[string]bool, propose func(n int) string) {
	names := make([]string, len(ids))
	for n, id := range ids {
		name, _ := e.state.NameOf(id)
		names[n] = name.Key
	}
	for n, key := range uniqueKeys(names, taken, propose) {
		e.keys[ids[n]] = key
	}
}

// uniqueKeys returns the keys of the things of one section: the names that they had in the scenario or, for the n-th of those that
// came later, the one that propose returns. A key that is taken gets a number.
func uniqueKeys(names []string, taken map[string]bool, propose func(n int) string) []string {
	keys := make([]string, len(names))
	for n, name := range names {
		if name != "" && !taken[name] {
			taken[name] = true
			keys[n] = name
		}
	}
	next := make(map[string]int)
	for n := range keys {
		if keys[n] != "" {
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
		keys[n] = key
	}
	return keys
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

// inOrder sorts things into the order of the scenario, followed by those that came later, oldest first. It returns the names that
// they have in the scenario, for those that came later empty ones.
func inOrder[T any](e *exporter, things []T, of func(T) (attio.ID, time.Time)) (names []string) {
	type placed struct {
		world.Name
		thing T
	}
	ofFile := make([]placed, 0, len(things))
	var later []T
	for _, thing := range things {
		id, _ := of(thing)
		if name, ok := e.state.NameOf(id); ok {
			ofFile = append(ofFile, placed{name, thing})
		} else {
			later = append(later, thing)
		}
	}
	slices.SortFunc(ofFile, func(a, b placed) int { return a.Place - b.Place })
	slices.SortFunc(later, func(a, b T) int {
		idOfA, createdA := of(a)
		idOfB, createdB := of(b)
		return cmp.Or(createdA.Compare(createdB), cmp.Compare(idOfA, idOfB))
	})
	names = make([]string, len(things))
	for i, p := range ofFile {
		names[i], things[i] = p.Key, p.thing
	}
	copy(things[len(ofFile):], later)
	return names
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
