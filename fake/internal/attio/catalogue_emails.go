package attio

import "fmt"

// EmailFilterMissing answers a listing of all e-mails, which Attio's OpenAPI document forbids. The words are
// those for threads, as a user of the API reported them, for the parameters of e-mails.
func EmailFilterMissing() *Error {
	return invalid("Query parameters must query either by linked records, by participants or by domain", nil)
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

// RecipientProtected answers a listing of the e-mails of a protected recipient. That it is refused is
// documented, the words are this project's.
func RecipientProtected(addressOrDomain string) *Error {
	return invalid(fmt.Sprintf("\"%s\" is a protected recipient.", addressOrDomain), nil)
}
