package phone

import _ "embed"

// automaton holds the numbers of all regions as one minimal automaton over digits, in 16-bit words. TestTable generates
// it. It is walked where it lies, so loading it costs nothing.
//
//go:embed automaton.bin
var automaton string

// state is the index of a word at which the edges of a state begin. An edge is two words: its digits and flags, and the
// state that it leads to. A state without edges is one word of flags.
type state uint16

// The flags of an edge, above the bits of its ten digits.
const (
	accepting = 1 << (10 + iota) // the digits so far are a whole number
	last                         // no edge of this state follows
)

func (s state) word() uint16 {
	return uint16(automaton[2*int(s)]) | uint16(automaton[2*int(s)+1])<<8
}

// matches reports whether the automaton accepts the digits from state s.
func (s state) matches(digits string) bool {
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return false
		}
		edge := s.word()
		for edge&(1<<digit) == 0 {
			if edge&last != 0 {
				return false
			}
			s += 2
			edge = s.word()
		}
		s = state((s + 1).word())
	}
	return s.word()&accepting != 0
}
