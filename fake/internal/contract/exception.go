package contract

import "slices"

// exception is a place where the document forbids what the API answers, or what a newer document says. Tests prove with
// a recording that each is still needed, unless there is no recording.
type exception struct {
	name   string
	why    string
	loosen func(status int, property string, schema map[string]any) // called with every schema of an answer
}

var exceptions = []exception{
	{
		name: "nullable",
		why:  "the document still marks ids of actors in the way of OpenAPI 3.0, which means nothing in 3.1; a system actor has id null",
		loosen: func(_ int, _ string, s map[string]any) {
			if s["nullable"] == true {
				allowNull(s)
			}
		},
	},
	{
		name: "enums without null",
		why:  "a nullable enum of the document never lists null; config.currency of other attributes, workspace_access of a private list and country_code of a partial location are null",
		loosen: func(_ int, _ string, s map[string]any) {
			types, _ := s["type"].([]any)
			enum, ok := s["enum"].([]any)
			if ok && slices.Contains(types, any("null")) {
				s["enum"] = append(enum, nil)
			}
		},
	},
	{
		name: "comment.resolved_by",
		why:  "an open comment has resolved_by null",
		loosen: func(_ int, property string, s map[string]any) {
			if property == "resolved_by" {
				allowNull(s)
			}
		},
	},
	{
		name: "timestamp values",
		why:  "the document gives a value of type timestamp the format of a date; it has nine fraction digits",
		loosen: func(_ int, _ string, s map[string]any) {
			properties, _ := s["properties"].(map[string]any)
			kind, _ := properties["attribute_type"].(map[string]any)
			if enum, ok := kind["enum"].([]any); ok && slices.Equal(enum, []any{"timestamp"}) {
				properties["value"].(map[string]any)["format"] = "date-time"
			}
		},
	},
	{
		name: "error codes",
		why:  "the enums of error codes are too narrow: every operation can answer validation_type, and more",
		loosen: func(status int, property string, s map[string]any) {
			if status >= 400 && property == "code" {
				delete(s, "enum")
			}
		},
	},
	{
		name: "statusCode",
		why:  "the 400 of comments, meetings and unsubscribed e-mails calls status_code so; every recorded error has status_code",
		loosen: func(status int, _ string, s map[string]any) {
			properties, _ := s["properties"].(map[string]any)
			property, ok := properties["statusCode"]
			if status < 400 || !ok {
				return
			}
			delete(properties, "statusCode")
			properties["status_code"] = property
			required, _ := s["required"].([]any)
			if i := slices.Index(required, any("statusCode")); i >= 0 {
				required[i] = "status_code"
			}
		},
	},
	{
		name: "interaction_type",
		why:  "the document of October 2026 has the value activity",
		loosen: func(_ int, property string, s map[string]any) {
			if enum, ok := s["enum"].([]any); ok && property == "interaction_type" {
				s["enum"] = append(enum, "activity")
			}
		},
	},
	{
		name: "comments of a thread in pages",
		why:  "by the document of October 2026 a thread comes with one page of its comments, which may be empty",
		loosen: func(_ int, _ string, s map[string]any) {
			if comments, ok := lookup(s, "properties", "data", "properties", "comments"); ok {
				delete(comments, "minItems")
				require(s, "pagination", map[string]any{
					"type": "object", "required": []any{"next_cursor"},
					"properties": map[string]any{"next_cursor": map[string]any{"type": []any{"string", "null"}}},
				})
			}
		},
	},
	{
		name: "listed threads with some of their comments",
		why:  "by the document of October 2026 a thread in a list has its first comments, and says whether there are more",
		loosen: func(_ int, _ string, s map[string]any) {
			if thread, ok := lookup(s, "properties", "data", "items"); ok {
				if _, ok := lookup(thread, "properties", "comments"); ok {
					require(thread, "has_more_comments", map[string]any{"type": "boolean"})
				}
			}
		},
	},
	{
		name: "events of activities",
		why:  "by the document of October 2026 webhooks can subscribe to the events of activities",
		loosen: func(_ int, property string, s map[string]any) {
			if enum, ok := s["enum"].([]any); ok && property == "event_type" {
				s["enum"] = append(enum, "activity.created", "activity.updated", "activity.deleted", "activity-attribute.created", "activity-attribute.updated",
					"activity-record.created", "activity-record.deleted")
			}
		},
	},
}

// require adds a required property to an object.
func require(s map[string]any, property string, schema map[string]any) {
	s["properties"].(map[string]any)[property] = schema
	required, _ := s["required"].([]any)
	s["required"] = append(required, property)
}

func allowNull(s map[string]any) {
	if name, ok := s["type"].(string); ok {
		s["type"] = []any{name, "null"}
	}
}
