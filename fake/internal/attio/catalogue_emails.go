package attio

import "fmt"

// EmailFilterMissing answers a listing of all e-mails, which Attio's OpenAPI document forbids. The words are
// those for threads, as a user of the API reported them, for the parameters of e-mails.
func EmailFilterMissing() *Error {
	return invalid("Query parameters must query either by linked records, by participants or by domain", nil)
}

// LinkedRecordsIncomplete is the issue of a listing by linked records without one of the two parameters
// that name them. The words are this project's.
func LinkedRecordsIncomplete(missing string) Issue {
	return Issue{Code: "invalid", Path: []any{missing}, Message: "linked_object and linked_record_ids must be provided together"}
}

// LinkedObjectWithoutEmails is the issue of a listing by records of an object that has neither addresses
// nor domains. The words are this project's.
func LinkedObjectWithoutEmails() Issue {
	return Issue{Code: "invalid", Path: []any{"linked_object"}, Message: "linked_object must be the people or companies object"}
}

// TooManyItems is the issue of a parameter that lists more than it may.
func TooManyItems(limit int, path ...any) Issue {
	return Issue{Code: "too_big", Path: path, Message: fmt.Sprintf("Array must contain at most %d element(s)", limit)}
}

// InvalidTimestamp is the issue of a parameter that should be a moment. A user of the API reported the
// sentence, of a filter.
func InvalidTimestamp(path ...any) Issue {
	return Issue{Code: "invalid", Path: path, Message: "Invalid timestamp value"}
}

// RecipientProtected answers a listing of the e-mails of a protected recipient. That it is refused is
// documented, the words are this project's.
func RecipientProtected(addressOrDomain string) *Error {
	return invalid(fmt.Sprintf("\"%s\" is a protected recipient.", addressOrDomain), nil)
}
