package attio

// InvalidEmailAddress is the message of an issue about a string that is not an e-mail address. The words are this
// project's.
const InvalidEmailAddress = "Invalid email address"

// NotUnsubscribable answers an invalid address for the list of unsubscribed addresses. Attio's OpenAPI document
// has the code.
func NotUnsubscribable(index int) *Error {
	return InvalidBody(Issue{Code: "invalid", Path: []any{"data", "email_addresses", index}, Message: InvalidEmailAddress})
}
