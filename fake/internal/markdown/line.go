package markdown

// line is one line of a note: a heading, an item of a list, or text.
type line struct {
	kind   kind
	depth  int // how many lists are around it, from 1 for an item; text in an item has the item's depth
	level  int // of a heading, 1 to 3
	number int // of an item of an ordered list
	spans  []span
}

type kind int

const (
	textLine kind = iota
	heading
	bullet
	ordered
)

// Bounds that keep a small text from becoming a large note.
const (
	maxDepth  = 12        // of nested lists; the markers of deeper ones stay text
	maxNumber = 999999999 // of an item of an ordered list, by CommonMark
)

func (l line) isItem() bool { return l.kind == bullet || l.kind == ordered }

// isOpen reports whether the line is text outside of lists; blank lines between such lines are kept.
func (l line) isOpen() bool { return l.kind == textLine && l.depth == 0 }

func (l line) isBlank() bool { return l.isOpen() && l.spans == nil }

// span is a piece of a line in one style.
type span struct {
	text  string // never empty
	style style
	link  string // the address; empty for none
}

// style is a set of marks.
type style uint8

const (
	bold style = 1 << iota
	italic
	strike
	highlight
)

func plainSpans(s string) []span {
	if s == "" {
		return nil
	}
	return []span{{text: s}}
}

// normal brings lines into normal form: blank lines only between texts outside lists, items that start with their
// text, and consecutive numbers of ordered items.
func normal(lines []line) []line {
	var kept []line
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		last := len(kept) - 1
		switch {
		case l.isBlank():
			from := i
			for i+1 < len(lines) && lines[i+1].isBlank() {
				i++
			}
			if (from == 0 || lines[from-1].isOpen()) && (i+1 == len(lines) || lines[i+1].isOpen()) {
				kept = append(kept, lines[from:i+1]...)
			}
		case l.kind == textLine && l.spans == nil:
		case l.kind == textLine && last >= 0 && kept[last].isItem() && kept[last].spans == nil && kept[last].depth == l.depth:
			kept[last].spans = l.spans
		default:
			kept = append(kept, l)
		}
	}
	count(kept)
	return kept
}

// count numbers each ordered item after the previous one.
func count(lines []line) {
	var last [maxDepth + 1]int // the number of the previous item at each depth; 0 for none
	for i := range lines {
		l := &lines[i]
		if l.kind == ordered && last[l.depth] > 0 {
			l.number = min(last[l.depth], maxNumber)
		}
		clear(last[l.depth+1:])
		switch l.kind {
		case ordered:
			last[l.depth] = l.number + 1
		case bullet:
			last[l.depth] = 0
		}
	}
}
