package attio

import (
	"fmt"
	"net/http"
)

// ObjectConflictOnCreate answers a slug or a noun that another object has. From Attio's OpenAPI
// document.
func ObjectConflictOnCreate() *Error {
	return slugConflict("Failed to create object. Please ensure your api_slug and names are unique.")
}

// ObjectConflictOnUpdate answers a slug that another object has. From Attio's OpenAPI document.
func ObjectConflictOnUpdate() *Error {
	return slugConflict("Failed to update object. Please ensure api_slug is unique.")
}

// EmptyPayload answers an empty change. Attio's OpenAPI document has it for objects and activities only; other
// operations accept an empty change.
func EmptyPayload() *Error {
	return invalid("You passed an empty payload. Please ensure you are updating at least one property in your request.", nil)
}

// StandardObjectNotDeletable answers the deletion of a standard object. From Attio's OpenAPI
// document of October 2026.
func StandardObjectNotDeletable() *Error {
	return systemEdit("Only deleting custom objects is allowed.")
}

// StandardObjectSlugFixed answers a change of a standard object's slug, on which Attio's own integrations rely. The code is that of its deletion, the words are this project's.
func StandardObjectSlugFixed() *Error {
	return systemEdit("Cannot update the API slug of a standard object.")
}

// AttributeNotFound answers an unknown attribute in a path. From Attio's OpenAPI document.
func AttributeNotFound(slugOrID string) *Error {
	return notFound(fmt.Sprintf("Attribute with slug/ID \"%s\" not found.", slugOrID))
}

// AttributeNotCreatable answers a type of which only Attio itself makes attributes. Attio's validation lists these
// types too, so they are refused after it; the words are this project's.
func AttributeNotCreatable(attributeType string) *Error {
	return invalid(fmt.Sprintf("Attributes of type \"%s\" cannot be created.", attributeType), nil)
}

// AttributeConflict answers a slug that an attribute of the object has or had. Probed in October 2026.
func AttributeConflict() *Error {
	return slugConflict("An attribute with the same API slug already exists on this Object")
}

// SystemAttributeNotEditable answers an edit of what Attio made. From Attio's OpenAPI document.
func SystemAttributeNotEditable() *Error { return systemEdit("Cannot update a System attribute.") }

// AttributeNotUniquable answers is_unique where it is not possible. Probed in October 2026 for people and
// companies; the same words for types that cannot be unique are assumed.
func AttributeNotUniquable() *Error { return invalid("Cannot set attribute as unique.", nil) }

// AttributeNotMultiselectable answers is_multiselect for a type that has one value. The words are this
// project's.
func AttributeNotMultiselectable(attributeType string) *Error {
	return invalid(fmt.Sprintf("Attributes of type \"%s\" cannot be multiselect.", attributeType), nil)
}

// DefaultNotSupported answers a default value on people or companies. The words are this project's.
func DefaultNotSupported() *Error {
	return invalid("Default values are not supported on this object.", nil)
}

// DynamicDefaultNotSupported answers a template that does not give a value of the attribute's type. The words
// are this project's.
func DynamicDefaultNotSupported(template, attributeType string) *Error {
	return invalid(fmt.Sprintf("Dynamic default value \"%s\" is not supported for attributes of type \"%s\".", template, attributeType), nil)
}

// DefaultObjectNotFound answers a default value that refers to a record of an unknown object. From
// Attio's OpenAPI document.
func DefaultObjectNotFound(slugOrID string) *Error {
	return invalid(fmt.Sprintf("Could not find an object with slug \"%s\" for default value.", slugOrID), nil)
}

// AllowedObjectNotFound answers an unknown object among those that a record reference may point to, in
// the words for one in a default value: the real ones are not known.
func AllowedObjectNotFound(slugOrID string) *Error {
	return invalid(fmt.Sprintf("Could not find an object with slug \"%s\" for allowed objects.", slugOrID), nil)
}

// RelationshipObjectNotFound is AllowedObjectNotFound for the other side of a relationship.
func RelationshipObjectNotFound(slugOrID string) *Error {
	return invalid(fmt.Sprintf("Could not find an object with slug \"%s\" for relationship.", slugOrID), nil)
}

// RelationshipNotSupported answers a relationship of anything but a record reference, which Attio's
// OpenAPI document forbids. The words are this project's.
func RelationshipNotSupported(attributeType string) *Error {
	return invalid(fmt.Sprintf("Attributes of type \"%s\" cannot have a relationship.", attributeType), nil)
}

// RelationshipObjectsMismatch answers allowed objects other than the object of the relationship, which
// Attio's OpenAPI document forbids. The words are this project's.
func RelationshipObjectsMismatch() *Error {
	return invalid("Allowed objects must contain only the object of the relationship.", nil)
}

// NotASelectAttribute answers an option for another type. From Attio's OpenAPI document.
func NotASelectAttribute() *Error { return invalid("This attribute is not a select attribute.", nil) }

// NotAStatusAttribute answers a status for another type. From Attio's OpenAPI document.
func NotAStatusAttribute() *Error { return invalid("This attribute is not a status attribute.", nil) }

// OptionConflict answers a title that another option has. From Attio's OpenAPI document.
func OptionConflict(title string) *Error {
	return slugConflict(fmt.Sprintf("There is already another select option with the title \"%s\".", title))
}

// OptionInPathNotFound answers an option that the attribute in the path does not have, or of an
// attribute that has none. From Attio's OpenAPI document; that an id has the words for a title is assumed.
func OptionInPathNotFound(titleOrID string) *Error {
	return valueNotFound("Cannot find select attribute with select option title \"%s\".", titleOrID)
}

// StatusInPathNotFound is OptionInPathNotFound for a status.
func StatusInPathNotFound(titleOrID string) *Error {
	return valueNotFound("Cannot find status attribute with status option title \"%s\".", titleOrID)
}

// StatusConflict answers a title that another status has. From Attio's OpenAPI document.
func StatusConflict(title string) *Error {
	return slugConflict(fmt.Sprintf("There is already another status with the title \"%s\".", title))
}

func slugConflict(message string) *Error {
	return &Error{Status: http.StatusConflict, Type: typeRequest, Code: "slug_conflict", Message: message}
}

func systemEdit(message string) *Error {
	return &Error{Status: http.StatusBadRequest, Type: typeRequest, Code: "system_edit_unauthorized", Message: message}
}
