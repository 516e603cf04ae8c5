package filter

// The operators and what each one means. Attio has no $ne and no $nin. The table of
// fields says which operators a field accepts.
const (
	opContains   = "$contains"    // the text contains the operand, in any case
	opEndsWith   = "$ends_with"   // the text ends with it, in any case
	opEq         = "$eq"          // the value equals it; texts in any case
	opGt         = "$gt"          // the number, date or time is greater
	opGte        = "$gte"         // or equal
	opIn         = "$in"          // the value equals one of up to maxIn operands
	opLt         = "$lt"          // the number, date or time is less
	opLte        = "$lte"         // or equal
	opNotEmpty   = "$not_empty"   // the value has this field; the only operand is true
	opStartsWith = "$starts_with" // the text starts with it, in any case
)

// Sets of operators that fields take. They are in alphabetical order because Attio's errors list them so.
var (
	operators  = []string{opContains, opEndsWith, opEq, opGt, opGte, opIn, opLt, opLte, opNotEmpty, opStartsWith}
	equality   = []string{opEq}
	presence   = []string{opEq, opNotEmpty}
	membership = []string{opEq, opIn}
	ranges     = []string{opGt, opGte, opLt, opLte}
	ordering   = []string{opEq, opGt, opGte, opLt, opLte}
	coding     = []string{opEq, opStartsWith}
	wording    = []string{opContains, opEndsWith, opEq, opStartsWith}
	prose      = []string{opContains, opEndsWith, opEq, opIn, opStartsWith}
	naming     = []string{opContains, opEndsWith, opEq, opNotEmpty, opStartsWith}
)

// textHolds reports, for each operator on one text, whether it holds for a text and an operand in lower case.
var textHolds = map[string]func(s, lower string) bool{
	opContains:   containsFold,
	opEndsWith:   hasSuffixFold,
	opEq:         equalFold,
	opStartsWith: hasPrefixFold,
}

// orderHolds reports whether an operator holds for values less than, equal to, and greater than its operand.
func orderHolds(operator string) [3]bool {
	switch operator {
	case opLt:
		return [3]bool{true, false, false}
	case opLte:
		return [3]bool{true, true, false}
	case opEq:
		return [3]bool{false, true, false}
	case opGte:
		return [3]bool{false, true, true}
	}
	return [3]bool{false, false, true}
}
