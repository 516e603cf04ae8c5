package world

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
)

// Whatever is written while a seed is built, its index is that of values which were added one by one. On the way both find the same records.
func TestGatheringValuesMakesTheIndexThatAddingThemMakes(t *testing.T) {
	t.Parallel()
	d := &attribute.Definition{ID: "code", Unique: true}
	rapid.Check(t, func(t *rapid.T) {
		added, gathered := &store{of: "object"}, &store{of: "object"}
		gathered.gathered = make(map[attio.ID]gathering)
		values := make(map[attio.ID][]Held) // of each record
		texts := rapid.SampledFrom([]attribute.Text{"a", "A", "b", "ab", "aB", "é", "É", "z"})
		for range rapid.IntRange(0, 12).Draw(t, "writes") {
			record := rapid.SampledFrom([]attio.ID{"1", "2", "3", "4", "5", "6"}).Draw(t, "record")
			var began []Held
			for _, text := range rapid.SliceOfNDistinct(texts, 0, 3, rapid.ID).Draw(t, "values") {
				began = append(began, Held{Value: text})
			}
			for _, s := range []*store{added, gathered} {
				s.index(d, record, values[record], began)
			}
			values[record] = began
			text := texts.Draw(t, "text")
			if want, got := holdersOf(added, d, text), holdersOf(gathered, d, text); !slices.Equal(got, want) {
				t.Fatalf("found %v of %s, want %v", got, text, want)
			}
		}
		gathered.endGathering()
		if want, got := indexOfStore(added, d), indexOfStore(gathered, d); !slices.Equal(got, want) {
			t.Fatalf("the index has %v, want %v", got, want)
		}
	})
}

func holdersOf(s *store, d *attribute.Definition, value attribute.Value) []attio.ID {
	var all stores
	all.put(s)
	return slices.Collect(all.holders("object", d, value))
}

func indexOfStore(s *store, d *attribute.Definition) []holder {
	var all []holder
	if index := s.holders(d); index != nil {
		for h := range index.Values() {
			all = append(all, *h)
		}
	}
	return all
}
