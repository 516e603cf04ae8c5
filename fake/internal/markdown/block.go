package markdown

import "strings"

// reader turns the lines of a source into the lines of a note.
type reader struct {
	lines     []line
	items     []item   // the open items, outermost first
	paragraph []string // the lines of the open paragraph
	target    int      // the index in lines of the item whose text the paragraph is, or -1
	blanks    int      // the blank lines since the last line that was not blank
}

// item is an item of a list that further lines may continue.
type item struct {
	content int  // the column where its content begins
	line    int  // its index in lines
	empty   bool // has no text yet
}

func readBlocks(source string) []line {
	r := reader{target: -1}
	for l := range strings.SplitSeq(source, "\n") {
		r.read(l)
	}
	r.endParagraph()
	return r.lines
}

// read reads the next line of the source. Notes have no code, so the indentation of a line decides only the depth of an
// item, never what the line is.
func (r *reader) read(l string) {
	column, rest := indent(l, 0)
	if rest == "" {
		r.endParagraph()
		if n := len(r.items); n > 0 && r.items[n-1].empty {
			r.items = r.items[:n-1] // an item's text cannot begin after a blank line
		}
		r.blanks++
		return
	}
	depth := r.depthAt(column)
	if r.begins(rest, depth) {
		r.endParagraph()
		r.items = r.items[:depth]
		r.begin(column, rest)
		r.blanks = 0
		return
	}
	if r.paragraph == nil {
		r.items = r.items[:depth]
		r.beginParagraph()
	}
	r.paragraph = append(r.paragraph, strings.TrimRight(rest, " \t"))
	r.blanks = 0
}

// depthAt returns how many of the open items contain a line that begins at a column.
func (r *reader) depthAt(column int) int {
	depth := 0
	for depth < len(r.items) && r.items[depth].content <= column {
		depth++
	}
	return depth
}

// begins reports whether a line begins a heading or an item rather than continuing a paragraph.
func (r *reader) begins(rest string, depth int) bool {
	if level, _ := cutHeading(rest); level > 0 && depth == 0 {
		return true
	}
	m, ok := cutMarker(rest)
	if !ok || depth >= maxDepth {
		return false
	}
	if interrupts := r.paragraph != nil && depth == len(r.items); interrupts {
		return m.content != "" && (m.kind == bullet || m.number == 1)
	}
	return true
}

// begin reads a line that begins a heading, an item, or several items inside each other.
func (r *reader) begin(column int, rest string) {
	for {
		if level, title := cutHeading(rest); level > 0 && len(r.items) == 0 {
			r.add(line{kind: heading, level: level}, title)
			return
		}
		m, ok := cutMarker(rest)
		if !ok || len(r.items) == maxDepth {
			break
		}
		column += m.width
		content, inner := indent(m.content, column)
		if inner == "" || content > column+4 {
			content = column + 1 // more than four spaces after the marker belong to the content
		}
		if n := len(r.items); n > 0 {
			r.items[n-1].empty = false
		}
		r.items = append(r.items, item{content: content, line: len(r.lines), empty: true})
		r.lines = append(r.lines, line{kind: m.kind, depth: len(r.items), number: m.number})
		column, rest = content, inner
	}
	if rest != "" {
		r.beginParagraph()
		r.paragraph = append(r.paragraph, strings.TrimRight(rest, " \t"))
	}
}

// beginParagraph begins the text of an item, or a paragraph below an item or outside of lists.
func (r *reader) beginParagraph() {
	r.target = -1
	if n := len(r.items); n > 0 {
		if r.items[n-1].empty {
			r.target = r.items[n-1].line
		}
		r.items[n-1].empty = false
		return
	}
	if n := len(r.lines); n > 0 && r.lines[n-1].isOpen() {
		r.lines = append(r.lines, make([]line, r.blanks)...)
	}
}

func (r *reader) endParagraph() {
	if r.paragraph == nil {
		return
	}
	source := strings.Join(r.paragraph, "\n")
	r.paragraph = nil
	if r.target < 0 {
		r.add(line{depth: len(r.items)}, source)
		return
	}
	parts := splitLines(readInline(source))
	r.lines[r.target].spans = parts[0]
	r.addTexts(parts[1:], len(r.items))
}

// add adds a line, and further lines if its source has line breaks.
func (r *reader) add(l line, source string) {
	parts := splitLines(readInline(source))
	l.spans = parts[0]
	r.lines = append(r.lines, l)
	r.addTexts(parts[1:], l.depth)
}

func (r *reader) addTexts(parts [][]span, depth int) {
	for _, spans := range parts {
		r.lines = append(r.lines, line{depth: depth, spans: spans})
	}
}

// splitLines splits spans at line breaks. A link ends with its line.
func splitLines(spans []span) [][]span {
	lines := make([][]span, 1)
	broken := "" // the link that a line break ended
	for _, s := range spans {
		if s.link != broken {
			broken = ""
		}
		for i, part := range strings.Split(s.text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
				broken = s.link
			}
			if part == "" {
				continue
			}
			piece := span{part, s.style, s.link}
			if broken != "" {
				piece.link = ""
			}
			last := &lines[len(lines)-1]
			*last = appendSpan(*last, piece)
		}
	}
	return lines
}

// appendSpan appends a span, and joins it with the previous one if both have the same style and link.
func appendSpan(spans []span, s span) []span {
	if n := len(spans); n > 0 && spans[n-1].style == s.style && spans[n-1].link == s.link {
		spans[n-1].text += s.text
		return spans
	}
	return append(spans, s)
}

// indent returns a text without the white space before it, and the column where it begins if the white space begins at
// the given one. A tab leads to the next multiple of four.
func indent(l string, column int) (int, string) {
	for i := range len(l) {
		switch l[i] {
		case ' ':
			column++
		case '\t':
			column += 4 - column%4
		default:
			return column, l[i:]
		}
	}
	return column, ""
}

// cutHeading returns the level of a heading and its title without the marks, or 0 if the line is no heading.
func cutHeading(l string) (level int, title string) {
	rest := strings.TrimLeft(l, "#")
	level = len(l) - len(rest)
	if level > 3 || rest != "" && !isBlank(rest[0]) {
		return 0, ""
	}
	title = strings.Trim(rest, " \t")
	if open := strings.TrimRight(title, "#"); open == "" || isBlank(open[len(open)-1]) {
		title = strings.TrimRight(open, " \t")
	}
	return level, title
}

// marker is the marker of a list item.
type marker struct {
	kind    kind
	number  int    // of an ordered item
	width   int    // in characters
	content string // the rest of the line
}

// cutMarker reads the marker of an item. What could be a thematic break is not a marker: notes have no breaks, so it
// stays text.
func cutMarker(l string) (marker, bool) {
	m := marker{kind: bullet, width: 1}
	if l == "" || isRule(l) {
		return m, false
	}
	if !strings.ContainsRune("-+*", rune(l[0])) {
		digits := 0
		for digits < len(l) && digits < 9 && l[digits] >= '0' && l[digits] <= '9' {
			m.number = m.number*10 + int(l[digits]-'0')
			digits++
		}
		if digits == 0 || digits == len(l) || l[digits] != '.' && l[digits] != ')' {
			return m, false
		}
		m.kind, m.width = ordered, digits+1
	}
	m.content = l[m.width:]
	if m.content != "" && !isBlank(m.content[0]) {
		return m, false
	}
	if strings.Trim(m.content, " \t") == "" {
		m.content = ""
	}
	return m, true
}

// isRule reports whether CommonMark would draw a rule for a line: three or more of -, * or _.
func isRule(l string) bool {
	if l == "" || !strings.ContainsRune("-*_", rune(l[0])) {
		return false
	}
	return strings.Trim(l, l[:1]+" \t") == "" && strings.Count(l, l[:1]) >= 3
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
