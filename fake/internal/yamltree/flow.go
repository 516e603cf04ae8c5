package yamltree

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/token"
)

// flowSequence reads items between brackets, as in [a, b].
func (p *parser) flowSequence(depth int) (*Node, *syntaxError) {
	open := p.peek()
	n, flaw := p.collection(open, KindSequence)
	if flaw != nil {
		return nil, flaw
	}
	p.next++
	for !p.take(token.SequenceEndType) {
		item, flaw := p.flowValue(open, depth)
		if flaw != nil {
			return nil, flaw
		}
		n.push(item)
		if flaw := p.flowComma(open, token.SequenceEndType, "]"); flaw != nil {
			return nil, flaw
		}
	}
	return n, nil
}

// flowMapping reads fields between braces, as in {a: b}.
func (p *parser) flowMapping(depth int) (*Node, *syntaxError) {
	open := p.peek()
	n, flaw := p.collection(open, KindMapping)
	if flaw != nil {
		return nil, flaw
	}
	p.next++
	var bases []*Node
	for !p.take(token.MappingEndType) {
		key := p.peek()
		switch {
		case key == nil:
			return nil, p.unclosed(open)
		case !isScalar(key):
			return nil, p.unexpected(key)
		case !p.keyAhead():
			return nil, p.fail(key, "%s%s", noKey, p.inside(open))
		}
		p.next += 2
		var value *Node
		if t := p.peek(); t != nil && (t.Type == token.MappingEndType || t.Type == token.CollectEntryType) {
			value, flaw = p.scalar(p.place(p.tokens[p.next-1]), KindNull, "")
		} else {
			value, flaw = p.flowValue(open, depth)
		}
		if flaw == nil {
			flaw = p.addField(n, &bases, key, value)
		}
		if flaw == nil {
			flaw = p.flowComma(open, token.MappingEndType, "}")
		}
		if flaw != nil {
			return nil, flaw
		}
	}
	return p.mergeBases(n, bases)
}

func (p *parser) flowValue(open *token.Token, depth int) (*Node, *syntaxError) {
	t := p.peek()
	if t == nil {
		return nil, p.unclosed(open)
	}
	if isPlain(t) && strings.Contains(t.Value, ",") {
		return nil, p.fail(t, "a comma in an unquoted value; quote the value if the comma is part of it")
	}
	n, flaw := p.inline(depth + 1)
	if after := p.peek(); flaw == nil && after != nil && after.Type == token.MappingValueType {
		return nil, p.fail(after, "a colon cannot stand here; is a bracket not closed, or a pair not in braces?%s", p.inside(open))
	}
	return n, flaw
}

// flowComma reads what separates the entries of a flow collection, and leaves its end to be read.
func (p *parser) flowComma(open *token.Token, end token.Type, closing string) *syntaxError {
	t := p.peek()
	switch {
	case t == nil:
		return p.unclosed(open)
	case t.Type == token.CollectEntryType:
		p.next++
		return nil
	case t.Type == end:
		return nil
	}
	return p.fail(t, "expected a comma or %s%s", closing, p.inside(open))
}

// inside names the bracket that something is in, if it was opened on an earlier line: it may be the one that was never closed.
func (p *parser) inside(open *token.Token) string {
	at := p.place(open)
	if p.next < len(p.tokens) && p.place(p.tokens[p.next]).Line == at.Line {
		return ""
	}
	return fmt.Sprintf(" (the %s of line %d is still open)", strings.TrimSpace(open.Value), at.Line)
}

func (p *parser) unclosed(open *token.Token) *syntaxError {
	return p.fail(open, "this %s is not closed", strings.TrimSpace(open.Value))
}
