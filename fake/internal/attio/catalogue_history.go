package attio

import (
	"fmt"
	"net/http"
)

// What Attio says of a written value history. The codes are those of Attio's OpenAPI document of October 2026,
// and so are the rules behind the issues. Where no source is given, the words are this project's.

// HistoryNotWritable answers the history of an attribute that is Attio's to write. The document names the three
// kinds of attributes in one sentence, of which this is the beginning, and has the code.
func HistoryNotWritable(kind string) *Error {
	return systemEdit(historyNotWritable(kind))
}

// HistoryOfRelationship answers the history of an attribute with another side. No code of the document is for
// it alone.
func HistoryOfRelationship() *Error {
	return invalid(historyNotWritable("relationship"), nil)
}

func historyNotWritable(kind string) string {
	return fmt.Sprintf("Value history cannot be written for %s attributes.", kind)
}

// SeveralActiveValues answers intervals of an attribute with one value that overlap. The sentence is the
// document's.
func SeveralActiveValues() *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "multiple_values_for_single_value_attribute",
		Message: "This attribute accepts a single value, so its values may not be active at the same time. " +
			"Please ensure the supplied intervals do not overlap."}
}

// ValueActiveTwice answers intervals of one value that overlap, of an attribute that has several values.
func ValueActiveTwice(slug string) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "duplicate_values",
		Message: fmt.Sprintf("A value provided for attribute with slug \"%s\" is active more than once at the same time. "+
			"Please ensure the supplied intervals of one value do not overlap.", slug)}
}

// ValueTimeInFuture is the issue of a value that begins or ends later than now.
func ValueTimeInFuture(index int, key string) Issue {
	return Issue{Code: "invalid", Path: []any{"data", "values", index, key}, Message: "Date must not be in the future"}
}

// ValueEndsBeforeStart is the issue of a value that ends before it begins, or at that moment.
func ValueEndsBeforeStart(index int) Issue {
	return Issue{Code: "invalid", Path: []any{"data", "values", index, "active_until"}, Message: "active_until must be after active_from"}
}
