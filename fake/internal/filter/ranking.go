package filter

import (
	"cmp"
	"math/bits"
	"slices"
)

// ranking sorts rows only as far as pages of them are asked for: the first page of many rows costs little more than
// looking at each, and each later page what it returns plus a share of one whole sort.
type ranking struct {
	rows   []row                // in their order where the parts are sorted
	others func(a, b int32) int // compares two rows by their numbers where the initials are equal
	refine func(part []row)     // makes comparisons of the rows of a part faster
	whole  part
}

// row is a row to be sorted. Its initial stands beside its number, so that moving rows and most comparisons read no other memory.
type row struct {
	initial uint64 // see setInitials
	number  int32
}

// part is a run of rows. All rows of a part come before those of the next one; its own have no order before it is
// sorted.
type part struct {
	from, to      int
	sorted        bool
	before, after *part // nil before it is split, and once it is sorted
}

// sortWhole is the number of rows up to which a part is sorted at once.
const sortWhole = 512

// newRanking orders so many rows. Of equal ones that with the lower number is the first. refine is called for
// each part before it is split or sorted.
func newRanking(rows int, compare func(a, b int32) int, refine func(part []row)) *ranking {
	r := &ranking{rows: make([]row, rows), others: compare, refine: refine, whole: part{to: rows}}
	for i := range r.rows {
		r.rows[i].number = int32(i)
	}
	return r
}

// compare is never 0 for two rows.
func (r *ranking) compare(a, b row) int {
	if a.initial != b.initial {
		return cmp.Compare(a.initial, b.initial)
	}
	return cmp.Or(r.others(a.number, b.number), int(a.number)-int(b.number))
}

// page returns the rows from one place to another.
func (r *ranking) page(from, to int) []row {
	from, to = min(from, len(r.rows)), min(to, len(r.rows))
	r.settle(&r.whole, from, to, 2*bits.Len(uint(len(r.rows))))
	return r.rows[from:to]
}

// settle sorts the parts of a part that have rows of a page. A part of which many splits did not help is sorted at once.
func (r *ranking) settle(p *part, from, to, splits int) {
	switch {
	case p.sorted || p.to <= from || to <= p.from:
		return
	case p.to-p.from <= sortWhole || splits == 0:
		r.refine(r.rows[p.from:p.to])
		slices.SortFunc(r.rows[p.from:p.to], r.compare)
		p.sorted = true
		return
	case p.before == nil:
		r.refine(r.rows[p.from:p.to])
		middle := p.from + r.split(r.rows[p.from:p.to])
		p.before, p.after = &part{from: p.from, to: middle}, &part{from: middle, to: p.to}
	}
	r.settle(p.before, from, to, splits-1)
	r.settle(p.after, from, to, splits-1)
	if p.sorted = p.before.sorted && p.after.sorted; p.sorted {
		p.before, p.after = nil, nil
	}
}

// split brings about half of the rows before the others, and returns how many these are: at least one, and not all.
func (r *ranking) split(rows []row) int {
	var sample [31]row
	for i := range sample {
		sample[i] = rows[i*len(rows)/len(sample)]
	}
	slices.SortFunc(sample[:], r.compare)
	pivot := sample[len(sample)/2]
	i, j := 0, len(rows)-1
	for {
		for r.compare(rows[i], pivot) < 0 {
			i++
		}
		for r.compare(rows[j], pivot) > 0 {
			j--
		}
		if i >= j {
			return i
		}
		rows[i], rows[j] = rows[j], rows[i]
		if rows[i].number != pivot.number {
			i++
		}
		if rows[j].number != pivot.number {
			j--
		}
	}
}
