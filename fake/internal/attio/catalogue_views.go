package attio

import "fmt"

// ViewNotFound answers an unknown view in a path, in the words of that for other things. Attio's own
// were never seen.
func ViewNotFound(id string) *Error {
	return notFound(fmt.Sprintf("View with ID \"%s\" not found.", id))
}

// AttributeNotReferring answers a path through an attribute to an object whose records the attribute cannot hold. The words are this project's.
func AttributeNotReferring(slug, object string) *Error {
	return invalid(fmt.Sprintf("Attribute with slug \"%s\" does not refer to records of object \"%s\".", slug, object), nil)
}

// KanbanSettingsMissing answers a board without its settings. Attio's own answer was never seen; this is its answer
// to any missing part.
func KanbanSettingsMissing() *Error {
	return InvalidBody(Issue{Code: "invalid_type", Path: []any{"data", "kanban"}, Message: "Required", Expected: "object", Received: "undefined"})
}

// KanbanSettingsOfTable answers a table with the settings of a board. The words are this project's.
func KanbanSettingsOfTable() *Error {
	return InvalidBody(Issue{Code: "invalid", Path: []any{"data", "kanban"}, Message: "Only views of type 'kanban' have kanban settings"})
}

// InvalidCursor is the issue of a cursor that is malformed or belongs to another list. Attio's own was never seen.
func InvalidCursor() Issue {
	return Issue{Code: "invalid", Path: []any{"cursor"}, Message: "Invalid cursor"}
}
