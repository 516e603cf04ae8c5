package yamltree

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/token"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// The bounds of a file, far above what a person or a generator writes. They keep a bomb of aliases
// from hanging a server.
const (
	maxDepth = 100
	maxNodes = 5_000_000
)

const noComplexKey = "a key is a single word or string; quote a value that begins with ?"

const noTags = "scenarios have no tags; quote a value to make it a string"

// noKey refuses something where a key should be.
const noKey = "expected a key, followed by a colon on the same line"

// parser makes the tree of a file from its tokens. The YAML library has a parser of its own, whose
// time grows with the square of the number of keys in a mapping and whose stack grows with it too;
// this one is linear, bounds both, and words its refusals for people. It leaves out what scenarios do
// not need: several documents, tags, directives, keys that are not scalars, pairs without braces.
type parser struct {
	file     *File
	tokens   []*token.Token
	next     int
	anchors  map[string]*Node
	nodes    int // how large all nodes made so far are
	problems *Problems
}

// Parse reads a file into a tree: JSON if its name ends in .json, otherwise YAML. When it returns nil it has reported why.
func Parse[T string | []byte](f *File, source T, ps *Problems) (root *Node) {
	text, flaw := textOf(f, string(source))
	if flaw == nil {
		root, flaw = read(f, text, ps)
	}
	if flaw != nil {
		ps.Add(flaw.at, "%s", flaw.message)
		return nil
	}
	return root
}

// read reads a text by the fastest way there is.
func read(f *File, text string, ps *Problems) (*Node, *syntaxError) {
	if IsJSON(f.Name) {
		return treeOfJSON(f, text, ps)
	}
	if strings.HasPrefix(text, "{") { // JSON is YAML too
		var found Problems
		if root, flaw := treeOfJSON(f, text, &found); flaw == nil && found.Empty() {
			return root, nil
		}
	}
	if root, _ := readQuickly(f, text); root != nil {
		return root, nil
	}
	return parse(f, text, ps)
}

func parse(f *File, text string, ps *Problems) (*Node, *syntaxError) {
	tokens, flaw := scan(f, text)
	if flaw != nil {
		return nil, flaw
	}
	p := &parser{file: f, tokens: tokens, anchors: make(map[string]*Node), problems: ps}
	return p.document()
}

func (p *parser) document() (*Node, *syntaxError) {
	if t := p.peek(); t != nil && t.Type == token.DocumentHeaderType {
		p.next++
	}
	if t := p.peek(); t == nil || t.Type == token.DocumentEndType {
		return nil, &syntaxError{p.file.at(1, 1), "the file is empty; a scenario begins with version: 1"}
	}
	root, flaw := p.block(entry{compact: true}, 1)
	if flaw != nil {
		return nil, flaw
	}
	if t := p.peek(); t != nil && t.Type == token.DocumentEndType {
		p.next++
	}
	t := p.peek()
	switch {
	case t == nil:
		return root, nil
	case t.Type == token.DocumentHeaderType || t.Type == token.DocumentEndType || p.tokens[p.next-1].Type == token.DocumentEndType:
		return nil, p.fail(t, "a second document begins here; a scenario is one document")
	case root.Kind == KindMapping || root.Kind == KindSequence:
		if flaw := p.checkLineStart(t); flaw != nil {
			return nil, flaw
		}
		return nil, p.fail(t, "this does not belong to what stands above; is it indented wrongly?")
	}
	return nil, p.fail(t, "unexpected text after the value")
}

// entry says where a block value may stand.
type entry struct {
	at      Position // of the colon or the dash before it
	column  int      // of the key or the dash; the value stands right of it, or on the same line
	dashes  bool     // whether a sequence may stand in the same column, as below a key
	compact bool     // whether a mapping or a sequence may begin on the same line, as after a dash
}

// block reads the value of an entry in block style.
func (p *parser) block(e entry, depth int) (*Node, *syntaxError) {
	t := p.peek()
	sameLine := t != nil && t.Position.Line == int(e.at.Line)
	switch {
	case t == nil || isDocumentMark(t):
		return p.scalar(e.at, KindNull, "")
	case !sameLine && !(t.Position.Column > e.column || e.dashes && t.Position.Column == e.column && t.Type == token.SequenceEntryType):
		return p.scalar(e.at, KindNull, "")
	case depth > maxDepth:
		return nil, p.tooDeep(t)
	}
	if t.Type != token.SequenceEntryType && t.Type != token.AnchorType && !p.keyAhead() {
		n, flaw := p.inline(depth)
		if after := p.peek(); flaw == nil && after != nil && after.Type == token.MappingValueType {
			return nil, p.fail(t, noKey)
		}
		return n, flaw
	}
	if !sameLine && e.at.Line > 0 {
		if flaw := p.checkLineStart(t); flaw != nil {
			return nil, flaw
		}
	}
	switch {
	case t.Type == token.AnchorType:
		return p.anchored(func() (*Node, *syntaxError) {
			e.at = p.place(t)
			e.compact = false
			return p.block(e, depth)
		})
	case sameLine && !e.compact:
		if t.Type == token.SequenceEntryType {
			return nil, p.fail(t, "a list cannot begin on the line of its key; put it on the next line")
		}
		return nil, p.fail(t, "a second key on one line; put it on a line of its own, or quote the value if the colon is part of it")
	case t.Type == token.SequenceEntryType:
		return p.blockSequence(t.Position.Column, depth)
	}
	return p.blockMapping(t.Position.Column, depth)
}

func (p *parser) blockMapping(column, depth int) (*Node, *syntaxError) {
	n, flaw := p.collection(p.peek(), KindMapping)
	if flaw != nil {
		return nil, flaw
	}
	var bases []*Node
	for first := true; ; first = false {
		t, flaw := p.nextEntry(column, first, "keys")
		if flaw != nil {
			return nil, flaw
		}
		if t == nil || t.Type == token.SequenceEntryType {
			break
		}
		if !p.keyAhead() {
			return nil, p.fail(t, noKey)
		}
		p.next += 2
		e := entry{at: p.place(p.tokens[p.next-1]), column: column, dashes: true}
		value, flaw := p.block(e, depth+1)
		if flaw != nil {
			return nil, flaw
		}
		if flaw := p.addField(n, &bases, t, value); flaw != nil {
			return nil, flaw
		}
	}
	return p.mergeBases(n, bases)
}

func (p *parser) blockSequence(column, depth int) (*Node, *syntaxError) {
	n, flaw := p.collection(p.peek(), KindSequence)
	if flaw != nil {
		return nil, flaw
	}
	for first := true; ; first = false {
		t, flaw := p.nextEntry(column, first, "items")
		if flaw != nil {
			return nil, flaw
		}
		if t == nil || t.Type != token.SequenceEntryType {
			return n, nil
		}
		p.next++
		item, flaw := p.block(entry{at: p.place(t), column: column, compact: true}, depth+1)
		if flaw != nil {
			return nil, flaw
		}
		n.push(item)
	}
}

// nextEntry returns the token that begins the next entry of a block in a column, or nil where the
// block ends. Only the first entry may have something before it on its line.
func (p *parser) nextEntry(column int, first bool, entries string) (*token.Token, *syntaxError) {
	t := p.peek()
	switch {
	case t == nil || isDocumentMark(t):
		return nil, nil
	case first:
		return t, nil
	}
	if flaw := p.checkLineStart(t); flaw != nil {
		return nil, flaw
	}
	switch {
	case t.Position.Column < column:
		return nil, nil
	case t.Position.Column > column:
		return nil, p.fail(t, "this is indented more than the %s above, which begin in column %d", entries, column)
	}
	return t, nil
}

// inline reads a scalar, an alias or a flow collection, with its anchor.
func (p *parser) inline(depth int) (*Node, *syntaxError) {
	t := p.peek()
	switch {
	case depth > maxDepth:
		return nil, p.tooDeep(t)
	case t.Type == token.AnchorType:
		return p.anchored(func() (*Node, *syntaxError) {
			if p.peek() == nil {
				return nil, p.fail(t, "this anchor has no value")
			}
			return p.inline(depth)
		})
	case t.Type == token.AliasType:
		return p.alias(depth)
	case t.Type == token.SequenceStartType:
		return p.flowSequence(depth)
	case t.Type == token.MappingStartType:
		return p.flowMapping(depth)
	case t.Type == token.LiteralType || t.Type == token.FoldedType:
		p.next++
		text := ""
		if content := p.peek(); content != nil && content.Type == token.StringType {
			text = content.Value
			p.next++
			if end := last(p.file.all()); p.next == len(p.tokens) && strings.TrimRight(end, " \t") != end {
				return nil, p.fail(t, "readers of YAML disagree on spaces at the end of a file in a block; end its last line with a line break")
			}
			if !isBlockClear(t, content) {
				return nil, p.fail(t, "readers of YAML disagree on this block, for a tab, a dash or spaces at the beginning or the end of a line; put the text in double quotes")
			}
			if strings.Trim(text, "\n") == "" {
				return nil, p.fail(t, "readers of YAML disagree on a block of empty lines; write \"\\n\" in double quotes, or null")
			}
		}
		return p.scalar(p.place(t), KindString, text)
	case isScalar(t):
		p.next++
		k, text := p.resolve(t)
		return p.scalar(p.place(t), k, text)
	}
	return nil, p.unexpected(t)
}

// isBlockClear reports whether the scanner reads a block as YAML has it. It takes tabs for indentation, and in a folded
// block a dash at the beginning of a line for an item, and leaves out spaces at the end of one.
func isBlockClear(mark, content *token.Token) bool {
	lines := strings.Split(strings.Trim(content.Origin, "\n"), "\n")
	for len(lines) > 1 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1] // the indentation of what comes next
	}
	if strings.HasPrefix(strings.TrimLeft(lines[0], " "), "\t") {
		return false
	}
	if mark.Type == token.LiteralType {
		end := lines[len(lines)-1]
		return strings.TrimRight(end, " \t") == end
	}
	for _, line := range lines {
		start := strings.TrimLeft(line, " ")
		if strings.HasPrefix(start, "\t") || strings.HasPrefix(start, "-") || strings.TrimRight(line, " \t") != line {
			return false
		}
	}
	return true
}

// anchored reads an anchor and the value that it names.
func (p *parser) anchored(value func() (*Node, *syntaxError)) (*Node, *syntaxError) {
	mark := p.peek()
	p.next++
	name := p.peek()
	if name == nil || !isScalar(name) || name.Position.Line != mark.Position.Line {
		return nil, p.fail(mark, "an anchor needs a name: &name")
	}
	p.next++
	if p.keyAhead() && p.peek().Position.Line == mark.Position.Line {
		return nil, p.fail(mark, "an anchor cannot stand before a key; put it before the value")
	}
	if next := p.peek(); next != nil && next.Type == token.AnchorType {
		return nil, p.fail(next, "a value has one anchor")
	}
	before := p.anchors[name.Value]
	n, flaw := value()
	if flaw != nil {
		return nil, flaw
	}
	if p.anchors[name.Value] == before { // otherwise the value itself redefines the anchor, and the later definition counts
		p.anchors[name.Value] = n
	}
	return n, nil
}

func (p *parser) alias(depth int) (*Node, *syntaxError) {
	mark := p.peek()
	p.next++
	name := p.peek()
	if name == nil || !isScalar(name) || name.Position.Line != mark.Position.Line {
		return nil, p.fail(mark, "an alias needs a name: *name")
	}
	p.next++
	n, ok := p.anchors[name.Value]
	if !ok {
		return nil, p.fail(mark, "%s", suggest.Unknown("anchor", name.Value, sortedKeys(p.anchors)))
	}
	if depth+int(n.height) > maxDepth {
		return nil, p.tooDeep(mark)
	}
	return n, p.count(mark, int(n.size))
}

// addField gives a mapping a field, or notes the mappings that a merge key takes in.
func (p *parser) addField(n *Node, bases *[]*Node, key *token.Token, value *Node) *syntaxError {
	if isPlain(key) && key.Value == "<<" {
		taken := []*Node{value}
		if value.Kind == KindSequence {
			taken = value.Items
		}
		for _, base := range taken {
			if base.Kind != KindMapping {
				return p.fail(key, "<< takes a mapping or a list of mappings, not %s", base.Kind)
			}
		}
		*bases = append(*bases, taken...)
		return nil
	}
	f := Field{Name: key.Value, At: p.place(key), Value: value}
	if first, ok := n.Get(f.Name); ok {
		p.problems.addDuplicate(f, first)
		return nil
	}
	n.put(f)
	return nil
}

// mergeBases puts the fields that merge keys take in before a mapping's own, which win over them;
// of two taken in the earlier wins.
func (p *parser) mergeBases(n *Node, bases []*Node) (*Node, *syntaxError) {
	if len(bases) == 0 {
		return n, nil
	}
	merged := newNode(n.Position, KindMapping, "")
	for _, base := range bases {
		if flaw := p.countAt(n.Position, int(base.size)); flaw != nil {
			return nil, flaw
		}
		for _, f := range base.Fields {
			if _, ok := merged.Find(f.Name); !ok {
				merged.put(f)
			}
		}
	}
	for _, f := range n.Fields {
		merged.put(f)
	}
	return merged, nil
}

// jsonNumber is how a number is written in JSON, which every version of YAML reads alike.
// otherNumber is what some version of YAML takes for a number as well.
var (
	jsonNumber  = lazy.New(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
	otherNumber = lazy.New(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// resolve says what a scalar means. A plain one that is a number to one reader of YAML and another
// number or a string to the next is refused: leading zeros and plus signs of telephone numbers.
func (p *parser) resolve(t *token.Token) (Kind, string) {
	switch t.Type {
	case token.SingleQuoteType, token.DoubleQuoteType:
		return KindString, t.Value
	case token.NullType:
		return KindNull, ""
	case token.BoolType:
		return KindBool, strings.ToLower(t.Value)
	}
	switch {
	case jsonNumber.MatchString(t.Value):
		return KindNumber, t.Value
	case t.Value == "<<":
		p.problems.Add(p.place(t), "<< takes in a mapping where it is a key; quote it to make it a string")
	case t.Type != token.StringType, otherNumber.MatchString(t.Value):
		p.problems.Add(p.place(t), "readers of YAML disagree on %s; write a plain decimal number, or quote it to make it a string", suggest.Quote(t.Value))
	case strings.Contains(t.Value, ": "): // the scanner lets it pass inside braces
		p.problems.Add(p.place(t), "a colon in an unquoted value; is a comma missing? Otherwise quote the value")
	}
	return KindString, t.Value
}

func (p *parser) scalar(at Position, k Kind, text string) (*Node, *syntaxError) {
	return newNode(at, k, text), p.countAt(at, 1)
}

// collection makes an empty mapping or sequence that begins at a token.
func (p *parser) collection(t *token.Token, k Kind) (*Node, *syntaxError) {
	return newNode(p.place(t), k, ""), p.count(t, 1)
}

func (p *parser) count(t *token.Token, size int) *syntaxError { return p.countAt(p.place(t), size) }

// countAt keeps the tree with all its aliases written out within bounds.
func (p *parser) countAt(at Position, size int) *syntaxError {
	if p.nodes += size; p.nodes > maxNodes {
		return &syntaxError{at, fmt.Sprintf("the file has more than %d values, those that aliases repeat included", maxNodes)}
	}
	return nil
}

// checkLineStart says what is wrong where anything but spaces stands before a token on its line.
func (p *parser) checkLineStart(t *token.Token) *syntaxError {
	at := p.place(t)
	line := p.file.all()[at.Line-1]
	indent := len(line) - len(strings.TrimLeft(line, " "))
	switch {
	case indent < len(line) && line[indent] == '\t':
		return tabFault(p.file, int(at.Line))
	case indent+1 < int(at.Column):
		return p.fail(t, "unexpected text after the value; quote the whole value, or begin a new line")
	}
	return nil
}

func (p *parser) peek() *token.Token {
	if p.next >= len(p.tokens) {
		return nil
	}
	return p.tokens[p.next]
}

func (p *parser) take(kind token.Type) bool {
	if t := p.peek(); t == nil || t.Type != kind {
		return false
	}
	p.next++
	return true
}

// keyAhead reports whether the next tokens are a key and its colon on the same line.
func (p *parser) keyAhead() bool {
	if p.next+1 >= len(p.tokens) {
		return false
	}
	t, colon := p.tokens[p.next], p.tokens[p.next+1]
	return isScalar(t) && colon.Type == token.MappingValueType && colon.Position.Line == t.Position.Line
}

func (p *parser) place(t *token.Token) Position { return placeOf(p.file, t) }

func (p *parser) fail(t *token.Token, format string, args ...any) *syntaxError {
	return &syntaxError{p.place(t), fmt.Sprintf(format, args...)}
}

func (p *parser) tooDeep(t *token.Token) *syntaxError {
	return p.fail(t, "the values nest deeper than %d levels", maxDepth)
}

func (p *parser) unexpected(t *token.Token) *syntaxError {
	switch t.Type {
	case token.TagType:
		return p.fail(t, noTags)
	case token.DirectiveType:
		return p.fail(t, "scenarios have no directives; quote a value that begins with %%")
	case token.MappingKeyType:
		return p.fail(t, noComplexKey)
	case token.MappingValueType:
		return p.fail(t, "there is no key before this colon")
	case token.SequenceEntryType:
		return p.fail(t, "a dash cannot begin an item inside brackets; separate items with commas")
	}
	return p.fail(t, "unexpected %s", suggest.Quote(t.Value))
}

func isDocumentMark(t *token.Token) bool {
	return t.Type == token.DocumentHeaderType || t.Type == token.DocumentEndType
}

func isScalar(t *token.Token) bool {
	return isPlain(t) || t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
}

// isPlain reports whether a token is a scalar without quotes.
func isPlain(t *token.Token) bool {
	switch t.Type {
	case token.StringType, token.MergeKeyType, token.NullType, token.BoolType, token.IntegerType, token.BinaryIntegerType, token.OctetIntegerType,
		token.HexIntegerType, token.FloatType, token.InfinityType, token.NanType:
		return true
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
