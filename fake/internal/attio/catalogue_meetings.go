package attio

import "fmt"

// MeetingNotFound answers an unknown meeting in a path. From Attio's OpenAPI document.
func MeetingNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Meeting with ID \"%s\" was not found.", id))
}

// NoParticipants answers a new meeting to which nobody is invited. From Attio's OpenAPI document.
func NoParticipants() *Error {
	return invalid("No participants were provided.", nil)
}

// MeetingSynced answers the deletion of a meeting that comes from a calendar. From Attio's OpenAPI
// document of October 2026.
func MeetingSynced() *Error {
	return systemEdit("Cannot delete a meeting which was created by calendar sync.")
}

// MeetingLinkNotFound answers a link of a meeting to an unknown record. The sentence is from
// Attio's OpenAPI document of October 2026, for a change; that a new meeting has it too, that an unknown
// object counts as an unknown record, and that the first of the two codes there belongs to it are assumed.
func MeetingLinkNotFound() *Error {
	return valueNotFound("Could not find record for values passed to the linked_records field. " +
		"Please ensure that all values you are trying to set have a corresponding record that already exists in Attio.")
}

// The issues of meetings. Attio's documentation has the rules; the words are this project's, except for
// those of MeetingDateTimeInvalid.

// MeetingDateTimeInvalid is the issue of a string that should be a date with a time.
func MeetingDateTimeInvalid(path ...any) Issue {
	return Issue{Code: "invalid_string", Path: path, Message: "Invalid datetime", StringValidation: "datetime"}
}

// MeetingDateInvalid is the issue of a string that should be a date.
func MeetingDateInvalid(path ...any) Issue {
	return Issue{Code: "invalid", Path: path, Message: InvalidDate}
}

// MeetingDateMissing is the issue of an all day meeting that starts or ends at a moment.
func MeetingDateMissing(path ...any) Issue {
	return Issue{Code: "invalid", Path: path, Message: "All day meetings must use a date"}
}

// MeetingDateTimeMissing is the issue of a meeting that is not all day and starts or ends on a day.
func MeetingDateTimeMissing(path ...any) Issue {
	return Issue{Code: "invalid", Path: path, Message: "Meetings that are not all day must use a datetime"}
}

// MeetingEndBeforeStart is the issue of a meeting that ends before it starts.
func MeetingEndBeforeStart() Issue {
	return Issue{Code: "invalid", Path: []any{"data", "end"}, Message: "Meetings cannot end before they start"}
}

// ParticipantNameless is the issue of a participant with neither an address nor a name.
func ParticipantNameless(index int) Issue {
	return Issue{Code: "invalid", Path: []any{"data", "participants", index}, Message: "Participants must have an email_address or a name"}
}

// ParticipantAddressInvalid is the issue of a participant whose address is not an e-mail address.
func ParticipantAddressInvalid(index int) Issue {
	return Issue{Code: "invalid", Path: []any{"data", "participants", index, "email_address"}, Message: "Invalid email address"}
}
