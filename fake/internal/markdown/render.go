package markdown

import (
	"strconv"
	"strings"
)

// lineBreak stands for a blank line that Markdown would drop.
const lineBreak = "&#10;"

// render writes lines as Markdown in normal form: one line of a note is one line of Markdown, and a blank line
// separates a heading from the line before it, and a list from a text. So does the example in Attio's OpenAPI document.
func render(lines []line) string {
	first, last := 0, len(lines)
	for first < last && lines[first].isBlank() {
		first++
	}
	if first == last {
		return strings.Repeat(lineBreak, max(0, last-1))
	}
	for lines[last-1].isBlank() {
		last--
	}
	var b strings.Builder
	b.WriteString(strings.Repeat(lineBreak, first))
	var indents [maxDepth + 1]string // the indentation of an item's content, by the item's depth
	for i := first; i < last; i++ {
		l := lines[i]
		if i > first {
			b.WriteByte('\n')
			if needsBlank(lines[i-1], l) {
				b.WriteByte('\n')
			}
		}
		marker := l.marker()
		if l.isItem() {
			b.WriteString(indents[l.depth-1])
			indents[l.depth] = indents[l.depth-1] + strings.Repeat(" ", len(marker)+1)
		} else {
			b.WriteString(indents[l.depth])
		}
		b.WriteString(marker)
		if marker != "" && l.spans != nil {
			b.WriteByte(' ')
		}
		rendered := renderSpans(l.spans)
		if i == last-1 {
			rendered += strings.Repeat(lineBreak, len(lines)-last)
		}
		b.WriteString(l.protect(rendered))
	}
	return b.String()
}

// marker returns the marker at the beginning of a line.
func (l line) marker() string {
	switch l.kind {
	case heading:
		return strings.Repeat("#", l.level)
	case bullet:
		return "-"
	case ordered:
		return strconv.Itoa(l.number) + "."
	}
	return ""
}

// needsBlank reports whether a blank line belongs between two lines.
func needsBlank(before, l line) bool {
	switch {
	case l.kind == heading:
		return true
	case l.kind == textLine:
		return before.depth > l.depth
	case before.kind == heading:
		return false
	case before.depth == 0:
		return true
	}
	// Only some items can interrupt a paragraph.
	interrupts := l.spans != nil && (l.kind == bullet || l.number == 1)
	return before.spans != nil && l.depth > before.depth && !interrupts
}

// protect adds a backslash where the text of a line would otherwise be read as more than text.
func (l line) protect(rendered string) string {
	if rendered == "" {
		return ""
	}
	if l.kind == heading {
		if _, title := cutHeading("# " + rendered); title != rendered {
			return rendered[:len(rendered)-1] + `\#`
		}
		return rendered
	}
	if level, _ := cutHeading(rendered); l.isOpen() && level > 0 || l.kind == bullet && isRule("- "+rendered) {
		return `\` + rendered
	}
	if m, ok := cutMarker(rendered); ok {
		return rendered[:m.width-1] + `\` + rendered[m.width-1:]
	}
	return rendered
}
