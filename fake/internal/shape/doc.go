// Package shape checks the shape of requests as version 3 of zod does, and reports what is wrong as
// Attio renders zod's issues: every problem at once, in the order of the schema.
//
// A schema is a value that is built once and never changes:
//
//	var createObject = shape.Object(
//		shape.Required("data", shape.Object(
//			shape.Required("api_slug", shape.String()),
//			shape.Required("singular_noun", shape.String().Min(1)),
//			shape.Optional("plural_noun", shape.Nullable(shape.String())),
//		)),
//	)
//
// [Body] and [Query] check a request with a schema and fill a struct with what it allows; [Check] is
// for a value that is decoded already.
package shape
