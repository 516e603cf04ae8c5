package search

import "slices"

// distinct is a list of distinct texts. A record can have tens of thousands, so a long list also has a map.
type distinct struct {
	texts []string
	known map[string]bool // nil while the list is short
}

// mapFrom is the number of texts from which a map is faster than a linear search.
const mapFrom = 16

// distinctOf returns a list of texts without duplicates.
func distinctOf(texts []string) distinct {
	d := distinct{texts: texts}
	if len(texts) >= mapFrom {
		d.index()
	}
	return d
}

func (d *distinct) has(text string) bool {
	if d.known != nil {
		return d.known[text]
	}
	return slices.Contains(d.texts, text)
}

func (d *distinct) add(text string) {
	if d.has(text) {
		return
	}
	d.texts = append(d.texts, text)
	switch {
	case d.known != nil:
		d.known[text] = true
	case len(d.texts) == mapFrom:
		d.index()
	}
}

func (d *distinct) index() {
	d.known = make(map[string]bool, 2*len(d.texts))
	for _, text := range d.texts {
		d.known[text] = true
	}
}
