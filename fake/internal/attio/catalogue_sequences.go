package attio

// InvalidEmailAddress is what an issue says of a string that is no e-mail address. The words are this
// project's.
const InvalidEmailAddress = "Invalid email address"

// NotUnsubscribable answers an e-mail address for the list of the unsubscribed that is none. Attio's
// OpenAPI document has the code.
func NotUnsubscribable(index int) *Error {
	return InvalidBody(Issue{Code: "invalid", Path: []any{"data", "email_addresses", index}, Message: InvalidEmailAddress})
}
