package markdown

import "strings"

// reader turns the lines of a source into those of a note.
type reader struct {
	lines     []line
	items     []item   // the lists that the present place is in, the outermost first
	paragraph []string // the lines of the paragraph that goes on
	target    int      // the item in lines that the paragraph is the text of, or -1
	blanks    int      // the blank lines since the last other one
}

// item is an item of a list that may go on.
type item struct {
	content int  // the column where its content begins
	line    int  // its place in lines
	empty   bool // as yet
}

func readBlocks(source string) []line {
	r := reader{target: -1}
	for l := range strings.SplitSeq(source, "\n") {
		r.read(l)
	}
	r.endParagraph()
	return r.lines
}

// read takes the next line of the source. As there is no code in notes, a line is what it is however far it is
// indented; only the depth of an item depends on that.
func (r *reader) read(l string) {
	column, rest := indent(l, 0)
	if rest == "" {
		r.endParagraph()
		if n := len(r.items); n > 0 && r.items[n-1].empty {
			r.items = r.items[:n-1] // its text cannot come after a blank line
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

// depthAt returns how many of the items go on with what stands at a column.
func (r *reader) depthAt(column int) int {
	depth := 0
	for depth < len(r.items) && r.items[depth].content <= column {
		depth++
	}
	return depth
}

// begins reports whether a line begins a heading or an item, and does not go on with a paragraph.
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

// begin takes a line that begins a heading or items: one, or several in each other.
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
			content = column + 1 // what stands far behind the marker is indented itself
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

// beginParagraph begins the text of an item, or one that stands below it or in no list.
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

// add adds a line, and those that line breaks in its source make of it.
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

// splitLines parts spans at the line breaks in them. A link ends with its line.
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

// appendSpan adds a span, to the one before it if they are alike.
func appendSpan(spans []span, s span) []span {
	if n := len(spans); n > 0 && spans[n-1].style == s.style && spans[n-1].link == s.link {
		spans[n-1].text += s.text
		return spans
	}
	return append(spans, s)
}

// indent cuts the white space before a text and returns the column where the text begins, if the white
// space begins at one. A tab leads to the next multiple of four.
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

// cutHeading returns the level of a heading and its title without the marks, or 0 for what is none.
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

// marker is what an item begins with.
type marker struct {
	kind    kind
	number  int    // of an ordered item
	width   int    // in characters
	content string // what follows it on the line
}

// cutMarker reads the marker of an item. Of what could be a thematic break it is none: that is no part
// of a note, and stays text.
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

// isRule reports whether a line is one that CommonMark draws a rule for: three of -, * or _, or more.
func isRule(l string) bool {
	if l == "" || !strings.ContainsRune("-*_", rune(l[0])) {
		return false
	}
	return strings.Trim(l, l[:1]+" \t") == "" && strings.Count(l, l[:1]) >= 3
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
