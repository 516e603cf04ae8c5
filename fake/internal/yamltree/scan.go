package yamltree

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/scanner"
	"github.com/goccy/go-yaml/token"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// MaxSize is how many bytes a scenario file may have.
const MaxSize = 50 << 20

// syntaxError is the problem at which the reading of a file ends.
type syntaxError struct {
	at      Position
	message string
}

// textOf checks that a file is text and returns it, with line feeds for all line breaks. The file keeps it, so that problems
// can show its lines.
func textOf(f *File, source string) (string, *syntaxError) {
	if len(source) > MaxSize {
		return "", &syntaxError{Position{File: f}, fmt.Sprintf("is larger than the %d MB that a scenario file may have", MaxSize>>20)}
	}
	f.text = strings.TrimPrefix(source, "\uFEFF")
	if strings.Contains(f.text, "\r") {
		f.text = strings.ReplaceAll(strings.ReplaceAll(f.text, "\r\n", "\n"), "\r", "\n")
	}
	return f.text, checkText(f, f.text)
}

// scan cuts a text into YAML's tokens, without the comments.
func scan(f *File, text string) ([]*token.Token, *syntaxError) {
	if endsInTag(text) {
		return nil, &syntaxError{f.at(len(f.all()), 1), noTags}
	}
	var s scanner.Scanner
	s.Init(text)
	var tokens []*token.Token
	for {
		found, err := scanSome(&s)
		for _, t := range found {
			if t.Type == token.InvalidType {
				return nil, invalidToken(f, t)
			}
			straighten(f, t)
			if flaw := checkToken(f, last(tokens), t); flaw != nil {
				return nil, flaw
			}
			if t.Type != token.CommentType {
				tokens = append(tokens, t)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return joinColons(f, tokens)
		case err != nil:
			return nil, &syntaxError{Position{File: f, Line: 1, Column: 1}, "this is not YAML, and so broken that no line can be named"}
		}
	}
}

// straighten corrects the column of a plain scalar at the end of a line. The scanner adds the spaces behind it.
func straighten(f *File, t *token.Token) {
	if line := f.all()[min(t.Position.Line, len(f.all()))-1]; isPlain(t) && strings.HasSuffix(line, " ") {
		text := strings.TrimRight(line, " ")
		start := utf8.RuneCountInString(strings.TrimSuffix(text, t.Value)) + 1
		if spaces := len(line) - len(text); strings.HasSuffix(text, t.Value) && t.Position.Column == start+spaces {
			t.Position.Column = start
		}
	}
}

// endsInTag reports whether a tag ends the last line of a text without a line break, where the scanner overlooks it.
func endsInTag(text string) bool {
	if last := text[strings.LastIndexByte(text, '\n')+1:]; !strings.Contains(last, "!") {
		return false
	}
	var s scanner.Scanner
	s.Init(text + "\n")
	var end *token.Token
	for {
		found, err := scanSome(&s)
		if len(found) > 0 {
			end = found[len(found)-1]
		}
		if err != nil || end != nil && end.Type == token.InvalidType {
			return end != nil && end.Type == token.TagType
		}
	}
}

// last returns the last token or line, if there is one.
func last[T any](list []T) (end T) {
	if len(list) > 0 {
		end = list[len(list)-1]
	}
	return end
}

// checkToken refuses a token that the scanner does not read as YAML has it, behind the one before it.
func checkToken(f *File, before, t *token.Token) *syntaxError {
	switch {
	case before != nil && (before.Type == token.LiteralType || before.Type == token.FoldedType):
		return nil // the text of a block
	case t.Type == token.CommentType && before != nil && before.Type == token.MappingValueType && adjoin(before, t):
		return &syntaxError{placeOf(f, t), noSpace}
	}
	return checkScalar(f, t)
}

// checkScalar refuses a scalar that the scanner does not read as YAML has it: it leaves out tabs and some line breaks,
// and takes a question mark or a colon alone for text.
func checkScalar(f *File, t *token.Token) *syntaxError {
	at := placeOf(f, t)
	switch {
	case !isScalar(t):
		return nil
	case !isPlain(t):
		if strings.Contains(t.Origin, "\n") && brokenAtTab.MatchString(t.Origin) {
			return &syntaxError{at, `a tab stands beside a line break in this text; write it as \t in double quotes`}
		}
		return nil
	case t.Value == "?" || strings.HasPrefix(t.Value, "? ") || strings.HasPrefix(t.Value, "?\n"):
		return &syntaxError{at, noComplexKey}
	case strings.HasPrefix(t.Value, ":") || strings.HasSuffix(t.Value, ":"):
		return &syntaxError{at, "a colon begins or ends this value; put the value in quotes"}
	case t.Type == token.MergeKeyType && strings.TrimSpace(t.Origin) != "<<":
		return &syntaxError{at, "<< stands in this key; put it in quotes"}
	}
	if t.Value == strings.Trim(t.Origin, " \t\n") && !strings.Contains(t.Value, "\n") {
		return nil // one line, which is almost every value
	}
	if folded := foldPlain(t.Origin); t.Value != folded || strings.Contains(folded, " #") {
		return &syntaxError{at, "readers of YAML disagree on this value, for a tab, a line break or a # in it; put it in quotes"}
	}
	return nil
}

// brokenAtTab matches a line that begins or ends with a tab.
var brokenAtTab = lazy.New(`\t *\n|\n *\t`)

// foldPlain returns the value of a scalar without quotes that may have several lines: a line break is a space, and
// n empty lines are n line breaks.
func foldPlain(origin string) string {
	var b strings.Builder
	empty := 0
	for line := range strings.SplitSeq(strings.Trim(origin, " \t\n"), "\n") {
		line = strings.Trim(line, " \t")
		switch {
		case line == "":
			empty++
			continue
		case empty > 0:
			b.WriteString(strings.Repeat("\n", empty))
		case b.Len() > 0:
			b.WriteByte(' ')
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}

const noSpace = "put a space behind the colon"

// joinColons puts plain scalars together that the scanner takes apart: inside braces it ends a key at
// any colon, as in {scopes: [note:read]}, where YAML asks for a space behind it.
func joinColons(f *File, tokens []*token.Token) ([]*token.Token, *syntaxError) {
	joined := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if i+2 < len(tokens) && isPlain(t) {
			colon, rest := tokens[i+1], tokens[i+2]
			switch {
			case colon.Type != token.MappingValueType || !adjoin(colon, rest):
			case isPlain(rest) && adjoin(t, colon):
				whole := *t
				whole.Type, whole.Value = token.StringType, t.Value+":"+rest.Value
				t = &whole
				i += 2
			case rest.Type != token.CollectEntryType && rest.Type != token.MappingEndType && rest.Type != token.SequenceEndType:
				return nil, &syntaxError{placeOf(f, rest), noSpace}
			}
		}
		joined = append(joined, t)
	}
	return joined, nil
}

// adjoin reports whether one token follows another without a space.
func adjoin(t, next *token.Token) bool {
	return !strings.HasPrefix(next.Origin, "\t") && next.Position.Line == t.Position.Line && next.Position.Column == t.Position.Column+utf8.RuneCountInString(t.Value)
}

var errScanner = errors.New("the YAML scanner failed")

// scanSome reads tokens up to the end or to an invalid one. The YAML library's scanner has panicked
// on odd input in the past; here that is a problem of the file, as the panic says nothing that helps people.
func scanSome(s *scanner.Scanner) (found token.Tokens, err error) {
	defer func() {
		if recover() != nil {
			err = errScanner
		}
	}()
	return s.Scan()
}

// maxRun is how many consecutive empty lines or < there may be. The time that the YAML library's scanner takes
// grows with the square of either: 10 seconds for 20,000 empty lines in a block scalar.
const maxRun = 1000

// checkText refuses what cannot stand in a file at all, and in YAML what would hang the scanner.
func checkText(f *File, text string) *syntaxError {
	bounded := !IsJSON(f.Name)
	line, start := 1, 0
	blank, empty, less := true, 0, 0
	for i := 0; i < len(text); {
		c := text[i]
		if ' ' < c && c < 0x7f && c != '<' { // which is almost every byte
			blank, less = false, 0
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		var flaw string
		if r == '<' {
			less++
		} else {
			less = 0
		}
		switch {
		case r == ' ' || r == '\t':
		case r == '\n' && blank && empty == maxRun && bounded:
			flaw = fmt.Sprintf("more than %d empty lines on end", maxRun)
		case r == '\n':
			if empty++; !blank {
				empty = 0
			}
			line, start, blank = line+1, i+1, true
		case less > maxRun && bounded:
			flaw = fmt.Sprintf("more than %d times < on end", maxRun)
		case r == utf8.RuneError && size == 1:
			flaw = "this byte is not UTF-8; save the file in that encoding"
		case r < ' ' || r == 0x7f:
			flaw = fmt.Sprintf("the control character %U cannot stand in a file; write it as an escape in double quotes", r)
		default:
			blank = false
		}
		if flaw != "" {
			return &syntaxError{f.at(line, utf8.RuneCountInString(text[start:i])+1), flaw}
		}
		i += size
	}
	return nil
}

// invalidToken says what is wrong with a token that the scanner refused.
func invalidToken(f *File, t *token.Token) *syntaxError {
	at := placeOf(f, t)
	line := f.all()[at.Line-1]
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	if i := strings.IndexByte(indent, '\t'); i >= 0 {
		return tabFault(f, int(at.Line))
	}
	message := "this cannot be read as YAML; put the value in quotes if it begins with a special character"
	switch said := t.Error; {
	case strings.Contains(said, "tab character") || strings.Contains(said, "character '\t'"):
		return &syntaxError{tabNear(f, at), "a tab stands here; YAML wants spaces"}
	case strings.Contains(said, "document separator"):
		message = "a line --- or ... cannot stand inside a text in quotation marks; is a mark not closed?"
	case strings.Contains(said, "header option"):
		message = "behind | and > only +, - and a number may stand"
	case strings.Contains(said, "tag character"):
		message = noTags
	case strings.HasPrefix(said, "could not find end character"):
		message = "this quotation mark has no closing one, or an escape in the text is wrong"
	case strings.HasSuffix(said, "is a reserved character"):
		message = "a value cannot begin with this character; put it in quotes"
	}
	return &syntaxError{at, message}
}

// tabNear returns the place of a tab that the scanner refuses at a place shortly before or after it.
func tabNear(f *File, at Position) Position {
	for _, line := range []int{int(at.Line), int(at.Line) - 1} {
		if line < 1 {
			continue
		}
		if before, _, found := strings.Cut(f.all()[line-1], "\t"); found {
			return f.at(line, utf8.RuneCountInString(before)+1)
		}
	}
	return at
}

// tabFault says that a tab indents a line.
func tabFault(f *File, line int) *syntaxError {
	return &syntaxError{f.at(line, strings.IndexByte(f.all()[line-1], '\t')+1), "a tab indents this line; YAML wants spaces"}
}

// placeOf returns the place of a token, always on a line of the file, whatever the scanner says.
func placeOf(f *File, t *token.Token) Position {
	return f.at(min(max(t.Position.Line, 1), len(f.all())), max(t.Position.Column, 1))
}
