package control_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fakeattio/fakeattio/fake"
)

// caller sends random requests to a server and remembers the ids that it has seen.
type caller struct {
	*rapid.T
	srv *fake.Server
	ids map[string][]string // by the key that holds them in answers, such as "record_id"
}

func (c caller) pick(from ...string) string { return rapid.SampledFrom(from).Draw(c.T, "one of") }

// id draws an id that was seen, or one that belongs to nothing.
func (c caller) id(key string) string {
	return c.pick(append([]string{"11111111-1111-4111-8111-111111111111"}, c.ids[key]...)...)
}

// object and target draw slugs, of which some do not exist.
func (c caller) object() string { return c.pick("people", "companies", "deals", "ships", "crews") }
func (c caller) target() string {
	return c.pick("objects/people", "objects/companies", "objects/ships", "lists/sales", "lists/second")
}

func (c caller) text() string {
	return c.pick("Alpha", "Beta gamma", "délta: #1", "- yes", "007", "", " two\nlines ", "true", "null", "~", "2026-01-15", "tab\there", "🎉\u0000\u2028", "\ufeffx", "{a: b}", `"quoted"`, "\u0085")
}

func (c caller) moment() string {
	return c.pick("2026-01-15T09:00:00Z", "1776-07-04", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00.0009Z", "2026", "2026-03-29T02:30:00.123456789+02:00")
}

// value draws a value that suits the attribute of this name, or another.
func (c caller) value() any {
	return rapid.SampledFrom([]any{
		c.text(), c.moment(), 12.3456, -1e21, 4, true, nil, []any{}, "Lovelace, Ada", "ada@example.com", "https://sub.example.org/x", "+12125550117", "US",
		[]any{"a@example.com", "b@example.com"}, []any{"one.example.com", "two.example.com"}, c.member(),
		map[string]any{"target_object": c.object(), "target_record_id": c.id("record_id")},
		map[string]any{"first_name": "G", "last_name": "", "full_name": c.text()},
		"1 Infinite Loop, Cupertino, CA, 95014, US",
	}).Draw(c.T, "value")
}

func (c caller) member() string { return c.pick("ada@acme.example.com", "bob@acme.example.com") }

func (c caller) values() object {
	values := object{}
	for range rapid.IntRange(0, 4).Draw(c.T, "attributes") {
		values[c.pick("name", "email_addresses", "domains", "job_title", "company", "phone_numbers", "description", "categories", "primary_location", "tier", "code", "since", "stage", "value", "owner", "boss")] = c.value()
	}
	return values
}

type object map[string]any

func data(o object) object { return object{"data": o} }

// maybe leaves keys out.
func (c caller) maybe(o object, keys ...string) object {
	for _, key := range keys {
		if rapid.Bool().Draw(c.T, "without "+key) {
			delete(o, key)
		}
	}
	return o
}

func (c caller) actor() object {
	return object{"referenced_actor_type": "workspace-member", "referenced_actor_id": c.id("workspace_member_id")}
}

func (c caller) link() object {
	return object{"target_object": c.object(), "target_record_id": c.id("record_id")}
}

// request draws a request, to the API or to the control API.
func (c caller) request() (method, path string, body any) {
	switch rapid.IntRange(0, 48).Draw(c.T, "request") {
	case 0, 1, 2, 3:
		return "POST", "/v2/objects/" + c.object() + "/records", data(object{"values": c.values()})
	case 4, 5, 6:
		return c.pick("PATCH", "PUT"), "/v2/objects/" + c.object() + "/records/" + c.id("record_id"), data(object{"values": c.values()})
	case 7:
		return "PUT", "/v2/objects/" + c.object() + "/records?matching_attribute=" + c.pick("email_addresses", "domains", "code"), data(object{"values": c.values()})
	case 8:
		return "DELETE", "/v2/objects/" + c.object() + "/records/" + c.id("record_id"), nil
	case 9:
		return "POST", "/v2/objects", data(object{"api_slug": c.pick("ships", "crews", "a b"), "singular_noun": c.pick("Ship", "Crew", c.text()), "plural_noun": c.pick("Ships", "Crews", c.text())})
	case 10:
		return "PATCH", "/v2/objects/" + c.object(), data(c.maybe(object{"api_slug": c.pick("ships", "crews"), "singular_noun": c.pick("Person", "Ship", "crew", c.text()+"1"), "plural_noun": c.pick("Ships", "companies", c.text()+"2")}, "api_slug", "singular_noun", "plural_noun"))
	case 11, 12:
		kind := c.pick("text", "number", "checkbox", "currency", "date", "timestamp", "rating", "status", "select", "record-reference", "actor-reference", "location", "domain", "email-address", "phone-number")
		return "POST", "/v2/" + c.target() + "/attributes", data(object{
			"title": c.text() + ".", "description": c.text(), "api_slug": c.pick("tier", "code", "since", "id", "history", "changes", "record"), "type": kind,
			"is_required": false, "is_unique": c.pick("", "x") == "", "is_multiselect": c.pick("", "x") == "",
			"config": object{"currency": object{"default_currency_code": "EUR", "display_type": "code"}, "record_reference": object{"allowed_objects": []string{c.object()}}},
		})
	case 13:
		return "PATCH", "/v2/" + c.target() + "/attributes/" + c.pick("tier", "code", "since", "id"), data(c.maybe(object{
			"title": c.text() + "!", "api_slug": c.pick("tier", "code", "history"), "is_archived": true, "is_required": true, "is_unique": true,
			"default_value": rapid.SampledFrom([]any{nil, object{"type": "static", "template": []any{object{"value": c.value()}}}, object{"type": "dynamic", "template": c.pick("current-user", "P1D", "PT0S", "P9999Y")}}).Draw(c.T, "default"),
		}, "title", "api_slug", "is_archived", "is_required", "is_unique", "default_value"))
	case 14:
		return "POST", "/v2/" + c.target() + "/attributes/" + c.pick("tier", "code", "stage", "categories") + c.pick("/options", "/statuses"), data(c.maybe(object{"title": c.text(), "celebration_enabled": true, "target_time_in_status": "P1DT1H"}, "celebration_enabled", "target_time_in_status"))
	case 15:
		return "PATCH", "/v2/" + c.target() + "/attributes/" + c.pick("tier", "stage") + c.pick("/options/"+c.id("option_id"), "/statuses/"+c.id("status_id")), data(object{"title": c.text() + "?", "is_archived": true})
	case 16:
		return "POST", "/v2/lists", data(object{"name": c.text(), "api_slug": c.pick("sales", "second"), "parent_object": c.object(), "workspace_access": rapid.SampledFrom([]any{nil, "full-access", "read-only"}).Draw(c.T, "access"), "workspace_member_access": []any{object{"workspace_member_id": c.id("workspace_member_id"), "level": "full-access"}}})
	case 17:
		return "PATCH", "/v2/lists/" + c.pick("sales", "second"), data(c.maybe(object{"name": c.text(), "api_slug": c.pick("sales", "second")}, "name", "api_slug"))
	case 18, 19:
		return "POST", "/v2/lists/" + c.pick("sales", "second") + "/entries", data(object{"parent_object": c.object(), "parent_record_id": c.id("record_id"), "entry_values": c.values()})
	case 20:
		return c.pick("PATCH", "PUT", "DELETE"), "/v2/lists/" + c.pick("sales", "second") + "/entries/" + c.id("entry_id"), data(object{"entry_values": c.values()})
	case 21:
		return "POST", "/v2/notes", data(c.maybe(object{"parent_object": c.object(), "parent_record_id": c.id("record_id"), "title": c.text(), "format": c.pick("plaintext", "markdown"), "content": c.pick(c.text(), "# T\n\n- a *b*\n\n> c", "\n\n\n"), "created_at": c.moment(), "meeting_id": c.id("meeting_id")}, "created_at", "meeting_id"))
	case 22, 23:
		return "POST", "/v2/tasks", data(object{"content": c.text() + "x", "format": "plaintext", "deadline_at": c.moment(), "is_completed": c.pick("", "x") == "", "linked_records": []any{c.link()}, "assignees": []any{c.actor()}})
	case 24:
		return "PATCH", "/v2/tasks/" + c.id("task_id"), data(c.maybe(object{"deadline_at": c.moment(), "is_completed": c.pick("", "x") == "", "linked_records": []any{}, "assignees": []any{c.actor()}}, "deadline_at", "is_completed", "linked_records", "assignees"))
	case 25, 26:
		comment := object{"format": "plaintext", "content": c.text() + "x", "author": object{"type": "workspace-member", "id": c.id("workspace_member_id")}, "created_at": c.moment()}
		switch c.pick("record", "entry", "thread") {
		case "record":
			comment["record"] = object{"object": c.object(), "record_id": c.id("record_id")}
		case "entry":
			comment["entry"] = object{"list": c.pick("sales", "second"), "entry_id": c.id("entry_id")}
		default:
			comment["thread_id"] = c.id("thread_id")
		}
		return "POST", "/v2/comments", data(c.maybe(comment, "created_at"))
	case 27:
		return "DELETE", "/v2/" + c.pick("comments/"+c.id("comment_id"), "notes/"+c.id("note_id"), "tasks/"+c.id("task_id"), "webhooks/"+c.id("webhook_id")), nil
	case 28:
		at := func() object {
			return object{"datetime": c.pick("2026-03-29T02:30:00", "1850-06-01T12:00:00", "0001-01-02T03:04:05.678", "9999-12-31T22:59:59"), "timezone": c.pick("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")}
		}
		return "POST", "/v2/meetings", data(object{
			"title": c.text(), "description": c.text(), "is_all_day": false, "start": at(), "end": at(), "linked_records": []any{},
			"participants": []any{object{"email_address": c.pick("ada@acme.example.com", "New@example.org"), "is_organizer": true, "status": "accepted"}}, "external_ref": object{"ical_uid": c.text() + "x", "provider": "google", "is_recurring": false},
		})
	case 29:
		return "POST", "/v2/meetings/" + c.id("meeting_id") + "/call_recordings", data(object{"video_url": c.pick("https://video.example.com/a.mp4", "https://video.invalid/a.mp4")})
	case 30:
		return "POST", "/v2/webhooks", data(object{"target_url": "https://example.com/" + c.pick("a", "b"), "subscriptions": []any{
			object{"event_type": "record.created", "filter": rapid.SampledFrom([]any{nil, object{"$or": []any{object{"field": "id.object_id", "operator": "equals", "value": c.id("object_id")}}}}).Draw(c.T, "filter")},
		}})
	case 31:
		return "PATCH", "/v2/webhooks/" + c.id("webhook_id"), data(object{"target_url": "https://example.org/?q=" + c.pick("a", "b%20")})
	case 32, 33:
		return "POST", "/_fake/clock", object{"set": c.pick("1970-01-01T00:00:00Z", "2026-05-01T09:00:00.123456Z", "2600-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999999Z")}
	case 34:
		return "POST", "/_fake/clock", object{"advance": c.pick("1h", "-1h", "1ms", "2000000h", "-2000000h")}
	case 35:
		return "POST", "/_fake/faults", c.maybe(object{
			"id": c.pick("busy", "a/b", "acme/faults/x", "faults/y", c.text()), "fault": c.pick("slow", "rate-limited"), "delay": "1ns", "operation": c.pick("notes.list", "files.*"), "workspace": c.pick("acme", "globex", "gone"),
			"token": c.pick("full", "reader", "gone"), "after": 3, "every": 2, "times": 4, "probability": 0.25, "seed": -7, "path": `/v2/notes`,
		}, "id", "workspace", "token", "after", "every", "times", "probability", "seed", "path")
	case 36:
		return "POST", "/_fake/workspaces/acme/clone", object{}
	case 37, 38:
		return "POST", "/v2/" + c.target() + "/views", data(c.view())
	case 39, 40:
		return "PATCH", "/v2/" + c.target() + "/views/" + c.id("view_id"), data(c.maybe(c.view(), "title", "type", "filter", "sorts", "attributes"))
	case 41:
		return "DELETE", "/v2/objects/" + c.object(), nil
	case 42:
		return "DELETE", "/v2/" + c.target() + "/views/" + c.id("view_id"), nil
	case 43:
		return "POST", "/v2/objects/" + c.object() + "/attributes", data(object{
			"title": "Fleet", "description": nil, "api_slug": c.pick("boss", "fleet"), "type": "record-reference", "is_required": false, "is_unique": false, "is_multiselect": false,
			"config":       object{"record_reference": object{"allowed_objects": []string{c.object()}}},
			"relationship": rapid.SampledFrom([]any{nil, object{"object": c.object(), "title": "Back", "api_slug": c.pick("back", "forth"), "is_multiselect": true}}).Draw(c.T, "relationship"),
		})
	case 45, 46:
		return "POST", "/v2/objects/" + c.object() + "/records/merge", data(object{"primary_record_id": c.id("record_id"), "secondary_record_id": c.id("record_id")})
	case 47, 48:
		of := "objects/" + c.object() + "/records/" + c.id("record_id")
		if rapid.Bool().Draw(c.T, "of an entry") {
			of = "lists/" + c.pick("sales", "second") + "/entries/" + c.id("entry_id")
		}
		var values []any
		for range rapid.IntRange(1, 3).Draw(c.T, "values") {
			values = append(values, object{"value": c.value(), "active_from": c.pick("1969-01-01T00:00:00Z", "1970-01-01T00:00:00.5Z", "0000-01-01T00:00:00Z", c.moment()),
				"active_until": rapid.SampledFrom([]any{nil, "1970-01-01T00:00:00.25Z", "1990-01-01T00:00:00Z", c.moment()}).Draw(c.T, "until")})
		}
		return "PUT", "/v2/" + of + "/attributes/" + c.pick("name", "job_title", "domains", "tier", "code", "since", "stage", "phone_numbers", "categories", "boss", "fleet") + "/values",
			data(object{"values": values, "replace_history": true})
	case 44:
		return "PATCH", "/v2/objects/" + c.object() + "/attributes/" + c.pick("boss", "fleet"), data(object{"config": object{"record_reference": object{"allowed_objects": []string{c.object()}}}})
	}
	return "POST", "/_fake/as/acme/" + c.pick("ada", "bob", "system") + "/v2/objects/" + c.object() + "/records", data(object{"values": c.values()})
}

// view draws a view that names attributes, referenced objects, options and records, existing or not.
func (c caller) view() object {
	path := func() any {
		end := c.pick("name", "tier", "created_at", "boss", "fleet", "back", "company", "stage", "categories")
		if rapid.Bool().Draw(c.T, "over a reference") {
			return []any{c.pick("boss", "fleet", "back", "company", "parent_record"), object{"object": c.object(), "attribute": end}}
		}
		return end
	}
	condition := func() object {
		leaf := object{"attribute": path(), "op": "eq", "value": c.pick("Gold", "x", c.object(), c.id("object_id"))}
		switch c.pick("value", "object", "record", "option") {
		case "object":
			leaf["field"] = "target_object"
			leaf["attribute"] = c.pick("boss", "fleet", "back", "company")
		case "record":
			leaf["field"], leaf["op"], leaf["value"] = "target_record_id", "in", []any{c.id("record_id")}
		case "option":
			leaf["field"], leaf["value"] = "option", c.pick("Gold", "B2B", c.id("option_id"))
		}
		return leaf
	}
	return object{
		"title": c.text() + "v", "type": "table", "filter": rapid.SampledFrom([]any{nil, condition(), object{"or": []any{condition(), object{"and": []any{condition()}}}}}).Draw(c.T, "filter"),
		"sorts": []any{object{"attribute": path(), "direction": "asc"}}[:rapid.IntRange(0, 1).Draw(c.T, "sorts")], "attributes": []any{object{"attribute": path()}}[:rapid.IntRange(0, 1).Draw(c.T, "columns")],
	}
}

// do sends a request and remembers the ids in its answer.
func (c caller) do(method, path string, body any) (status int) {
	written, err := json.Marshal(body)
	if err != nil {
		c.Fatal(err)
	}
	r, err := http.NewRequest(method, c.srv.URL+path, strings.NewReader(string(written)))
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+c.srv.Token("acme"))
	response, err := c.srv.Client().Do(r)
	if err != nil {
		c.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		c.Fatal(err)
	}
	if response.StatusCode >= http.StatusInternalServerError && response.StatusCode != http.StatusNotImplemented {
		c.Fatalf("%s %s %s: %d %s", method, path, written, response.StatusCode, answer)
	}
	var read any
	if json.Unmarshal(answer, &read) == nil && response.StatusCode < http.StatusMultipleChoices {
		c.meet(read)
	}
	return response.StatusCode
}

// forgets checks that nothing in their workspace names two records any more, which were merged. A clone may still have them.
func (c caller) forgets(merged object) {
	file, err := c.srv.Workspace("acme").Export()
	if err != nil {
		c.Fatal(err)
	}
	for _, id := range merged {
		if strings.Contains(string(file), id.(string)) {
			c.Fatalf("%s was merged, and is still named\n%s", id, numbered(file))
		}
	}
}

// meet remembers the ids in an answer.
func (c caller) meet(value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			c.meet(item)
		}
	case map[string]any:
		for key, item := range value {
			key = strings.TrimPrefix(key, "new_") // of a merge
			if id, ok := item.(string); ok && strings.HasSuffix(key, "_id") && len(c.ids[key]) < 20 {
				c.ids[key] = append(c.ids[key], id)
			}
		}
		for _, item := range value {
			c.meet(item)
		}
	}
}

// planned is the built-in scenario, with plans whose limits the test can exceed and without.
var planned = []string{
	"{version: 1, extends: [acme]}", "{version: 1, extends: [acme], workspaces: {acme: {plan: free}}}", "{version: 1, extends: [acme], workspaces: {acme: {plan: plus}}}",
}

// Whatever clients, tests and the clock do to a server, a server started from its export exports the same.
func TestWhateverIsAskedForIsExportedAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		srv, err := fake.Start(fake.YAML(rapid.SampledFrom(planned).Draw(t, "plan")), fake.Seed(7), fake.WithoutSocket(), fake.FixedClock(time.Date(2026, time.May, 1, 9, 0, 0, 0, time.UTC)))
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		c := caller{t, srv, map[string][]string{}}
		c.do("GET", "/v2/workspace_members", nil)
		c.do("GET", "/v2/objects", nil)
		c.do("POST", "/v2/objects/people/records/query", object{})
		for range rapid.IntRange(1, 60).Draw(t, "requests") {
			if rapid.IntRange(0, 20).Draw(t, "whether an admin turns an object on") == 0 {
				srv.Workspace("acme").EnableObject(c.pick("deals", "users", "workspaces"))
			}
			method, path, body := c.request()
			if answered := c.do(method, path, body); answered == http.StatusOK && strings.HasSuffix(path, "/merge") {
				c.forgets(body.(object)["data"].(object))
			}
		}
		file, err := srv.Export()
		if err != nil {
			t.Fatal(err)
		}
		again, err := fake.Start(fake.YAML(string(file)), fake.WithoutSocket())
		if err != nil {
			t.Fatalf("%v\n%s", err, numbered(file))
		}
		defer again.Close()
		second, err := again.Export()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(file), string(second)); diff != "" {
			t.Fatalf("the second export differs: %s\n%s", diff, file)
		}
	})
}

func numbered(file []byte) string {
	var b strings.Builder
	for i, line := range strings.Split(string(file), "\n") {
		fmt.Fprintf(&b, "%4d  %s\n", i+1, line)
	}
	return b.String()
}
