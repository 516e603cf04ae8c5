package attio

import "fmt"

// ActivityNotFound answers an unknown activity in a path. From Attio's OpenAPI document.
func ActivityNotFound(slugOrID string) *Error {
	return notFound(fmt.Sprintf("Activity with slug/ID \"%s\" not found.", slugOrID))
}

// ActivityRecordNotFound answers an unknown record of an activity in a path. Attio's OpenAPI document of October 2026
// has it for GET and DELETE; the same for PUT and PATCH is assumed.
func ActivityRecordNotFound(id string) *Error {
	return notFound(fmt.Sprintf("Activity record with ID \"%s\" not found.", id))
}

// ActivityConflictOnCreate answers a slug or a noun that another activity has. From Attio's OpenAPI document of October
// 2026.
func ActivityConflictOnCreate() *Error {
	return slugConflict("Failed to create activity. Please ensure your api_slug and names are unique.")
}

// ActivityConflictOnUpdate answers a slug that another activity has. From Attio's OpenAPI document of October 2026.
func ActivityConflictOnUpdate() *Error {
	return slugConflict("Failed to update activity. Please ensure your api_slug is unique.")
}

// SystemActivityNotDeletable answers the deletion of phone calls. From Attio's OpenAPI document of October 2026.
func SystemActivityNotDeletable() *Error {
	return systemEdit("Only deleting custom activities is allowed.")
}

// ActivityAttributeConflict is AttributeConflict for an attribute of an activity, in the words of that of an object:
// the real ones are not known.
func ActivityAttributeConflict() *Error {
	return slugConflict("An attribute with the same API slug already exists on this Activity")
}

// RelationshipOfActivity is RelationshipOfList for an attribute of an activity.
func RelationshipOfActivity() *Error {
	return invalid("Attributes of activities cannot have a relationship.", nil)
}

// ActivitiesNotOnPlan answers a custom activity on a plan without them. From Attio's OpenAPI document of October 2026.
func ActivitiesNotOnPlan() *Error {
	return forbidden(billingError, "Custom activities are not supported on your plan. Please upgrade or contact sales to gain access.")
}

// activityRecordsNotOnPlan answers a record of an activity that the plan lacks. It is in this project's words: the
// document has the code alone.
func activityRecordsNotOnPlan() *Error {
	return forbidden(billingError, "You attempted to create an activity record, which is not currently supported on your plan. Please upgrade or contact sales.")
}
