package drift

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// All lists the drifts.
func All() []Drift {
	return slices.Concat(texts(), shapes(), rules(), wire())
}

// texts are other codes and sentences of errors.
func texts() []Drift {
	return []Drift{
		sentence("a reworded 404", "records.get", "message", "Nothing is here"),
		sentence("a reworded 404 of a note", "notes.get", "message", "The note is gone."),
		sentence("a reworded conflict", "records.create", "message", "There is such a record."),
		sentence("a reworded body error", "notes.create", "message", "Body is invalid."),
		sentence("a reworded issue", "notes.create", "validation_errors[].message", "This must be text"),
		sentence("an issue that expects another type", "notes.create", "validation_errors[].expected", "text"),
		sentence("an issue that received another type", "notes.create", "validation_errors[].received", "integer"),
		code("another code of a 404", "records.get", "code", `"missing"`),
		code("another code of a conflict", "records.create", "code", `"conflict"`),
		code("another type of error", "notes.get", "type", `"not_found_error"`),
		code("another code of an issue", "notes.create", "validation_errors[].code", `"invalid"`),
		code("an issue at another place", "notes.create", "validation_errors[].path", `["title"]`),
	}
}

// shapes are other bodies of successes, and of errors.
func shapes() []Drift {
	const value = "data.values.name[]"
	return []Drift{
		missing("a record without web_url", "records.get", "data.web_url"),
		missing("a record's id without its object", "records.create", "data.id.object_id"),
		missing("a value without its type", "records.get", value+".attribute_type"),
		missing("a record without an attribute", "records.get", "data.values.created_by"),
		missing("an object without created_at", "objects.get", "data.created_at"),
		missing("attributes without is_archived", "attributes.list", "data[].is_archived"),
		missing("a note without its tags", "notes.create", "data.tags"),
		missing("a webhook without its status", "webhooks.create", "data.status"),
		missing("a token without its expiry", "self.identify", "exp"),
		failing(missing("an error without its status", "records.get", "status_code")),
		failing(missing("a body error without its issues", "notes.create", "validation_errors")),

		extra("a record with updated_at", "records.get", "data", "updated_at", `"2026-11-20T09:00:00.000000000Z"`),
		extra("values with a source", "records.create", value, "source", `null`),
		extra("a list with a cursor", "lists.list", "", "pagination", `{"next_cursor":null}`),
		extra("members with a time zone", "workspace_members.list", "data[]", "time_zone", `"Europe/Berlin"`),
		extra("a record with a new attribute", "records.query", "data[].values", "health", `[]`),
		failing(extra("an error with its request", "records.get", "", "request_id", `"req_1"`)),

		order("an id in another order", "records.get", "data.id"),
		order("a value in another order", "records.create", value),
		order("an entry in another order", "entries.create", "data"),
		order("objects in another order of keys", "objects.list", "data[]"),
		failing(order("an error in another order", "notes.get", "")),

		typed("an amount in a string", "records.create", "data.values.value[].currency_value", `"1200.5"`),
		typed("a flag in a string", "tasks.create", "data.is_completed", `"false"`),
		typed("a name that is no list", "records.get", "data.values.name", `{}`),
		typed("a record that is null", "records.upsert", "data.web_url", `null`),
		typed("an active token as a number", "self.identify", "active", `1`),
		typed("access in an object", "lists.list", "data[].workspace_member_access", `{}`),

		form("times to the millisecond", "records.get", "data.created_at", "2026-11-20T09:00:00.000Z"),
		form("values from a day on", "records.get", value+".active_from", "2026-11-20"),
		form("an id of another kind", "tasks.create", "data.id.task_id", "tsk_01H"),
		form("an address without its scheme", "records.get", "data.web_url", "app.attio.com/fernhill"),
		form("a day with a time", "records.query", "data[].values.founded[].value", "1994-05-01T00:00:00.000000000Z"),

		fewer("a query that finds less", "records.query", "data"),
		fewer("an option less", "options.list", "data"),

		content("another amount", "records.create", "data.values.value[].currency_value", `1201`),
		content("another name of a member", "workspace_members.get", "data.first_name", `"Adah"`),
	}
}

// rules are requests that are answered where they were refused, and the other way round.
func rules() []Drift {
	no := &attio.Error{Status: http.StatusBadRequest, Type: "invalid_request_error", Code: "validation_type", Message: "This is not allowed any more."}
	return []Drift{
		status("creating answers 201", "webhooks.create", 201),
		status("updating answers 202", "entries.update", 202),
		failing(status("a conflict is a 409", "records.create", 409)),
		failing(status("a gone note is a 410", "notes.get", 410)),
		refused("tasks need a deadline", "tasks.create", no),
		refused("webhooks need a filter", "webhooks.create", no),
		refused("a search needs two objects", "records.search", no),
		refused("notes cannot be deleted", "notes.delete", no),
		refused("options are hidden", "options.list", &attio.Error{Status: http.StatusForbidden, Type: "auth_error", Code: "missing_scope", Message: "No."}),
		allowed("a title may be a number", "notes.create", `{"data":{}}`),
		allowed("a record that is not there is empty", "records.get", `{"data":{}}`),
	}
}

// wire is what happens to the answer on its way.
func wire() []Drift {
	return []Drift{
		header("another content type", "objects.list", "content-type", "application/json", compare.Breaking),
		header("an answer without execution id", "", "x-attio-execution-id", "short", compare.Notable),
		header("less accurate times", "records.get", "x-accurate-at", "2026-11-20T09:00:00Z", compare.Notable),
		header("frames are allowed", "lists.list", "x-frame-options", "SAMEORIGIN", compare.Harmless),
		{Name: "a page instead of JSON", On: "lists.list", Kind: compare.OfBody, Severity: compare.Breaking, Field: "body", disturb: func(_ *Side, m reply) {
			m.w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = m.w.Write([]byte("<html>We are back soon</html>"))
		}},
		{Name: "a slower answer", Transient: true, disturb: func(s *Side, m reply) {
			s.sleep(300 * time.Millisecond)
			m.next.ServeHTTP(m.w, m.r)
		}},
		{Name: "two 429s", Transient: true, disturb: func(_ *Side, m reply) {
			if m.time > 1 {
				m.next.ServeHTTP(m.w, m.r)
				return
			}
			m.w.Header().Set("Retry-After", "Tue, 23 May 2023 14:42:01 GMT") // long past
			refuse(m.w, &attio.Error{Status: http.StatusTooManyRequests, Type: "rate_limit_error", Code: "rate_limit_exceeded", Message: "Rate limit exceeded, please try again later"})
		}},
		{Name: "a 503 of the gateway", Transient: true, disturb: func(_ *Side, m reply) {
			if m.time > 0 {
				m.next.ServeHTTP(m.w, m.r)
				return
			}
			m.w.Header().Set("Content-Type", "text/html")
			m.w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = m.w.Write([]byte("<html>503</html>"))
		}},
		{Name: "a dropped connection", Transient: true, disturb: func(_ *Side, m reply) {
			if m.time == 0 {
				panic(http.ErrAbortHandler)
			}
			m.next.ServeHTTP(m.w, m.r)
		}},
	}
}

// at makes a drift that changes every value at a path.
func at(name, on string, kind compare.Kind, severity compare.Severity, path string, do func(parent *compare.Node, i int)) Drift {
	return Drift{Name: name, On: on, Kind: kind, Severity: severity, Field: path, change: func(a *answer) {
		if a.body != nil {
			visit(a.body, path, do)
		}
	}}
}

// failing makes it a drift of errors.
func failing(d Drift) Drift {
	d.failures = true
	return d
}

func sentence(name, on, path, text string) Drift {
	return failing(at(name, on, compare.OfMessage, compare.Notable, path, replaceBy(`"`+text+`"`)))
}

func code(name, on, path, value string) Drift {
	return failing(at(name, on, compare.OfCode, compare.Breaking, path, replaceBy(value)))
}

// The wanted answer is the real one: a key that it has not is extra in the fake's.
func missing(name, on, path string) Drift {
	return at(name, on, compare.OfExtra, compare.Notable, path, func(parent *compare.Node, i int) {
		parent.Keys, parent.Items = slices.Delete(parent.Keys, i, i+1), slices.Delete(parent.Items, i, i+1)
	})
}

func extra(name, on, path, key, value string) Drift {
	d := in(name, on, compare.OfMissing, compare.Breaking, path, func(n *compare.Node) {
		n.Keys, n.Items = append(n.Keys, key), append(n.Items, mustParse(value))
	})
	d.Field = strings.TrimPrefix(path+"."+key, ".")
	return d
}

func order(name, on, path string) Drift {
	d := in(name, on, compare.OfOrder, compare.Notable, path, func(n *compare.Node) {
		n.Keys[0], n.Keys[1], n.Items[0], n.Items[1] = n.Keys[1], n.Keys[0], n.Items[1], n.Items[0]
	})
	if path == "" {
		d.Field = "body"
	}
	return d
}

// in makes a drift that changes the objects at a path.
func in(name, on string, kind compare.Kind, severity compare.Severity, path string, do func(*compare.Node)) Drift {
	if path != "" {
		return at(name, on, kind, severity, path, func(parent *compare.Node, i int) { do(parent.Items[i]) })
	}
	return Drift{Name: name, On: on, Kind: kind, Severity: severity, change: func(a *answer) { do(a.body) }}
}

func typed(name, on, path, value string) Drift {
	return at(name, on, compare.OfType, compare.Breaking, path, replaceBy(value))
}

func form(name, on, path, text string) Drift {
	return at(name, on, compare.OfForm, compare.Notable, path, replaceBy(`"`+text+`"`))
}

func content(name, on, path, value string) Drift {
	return at(name, on, compare.OfValue, compare.Harmless, path, replaceBy(value))
}

func fewer(name, on, path string) Drift {
	return at(name, on, compare.OfLength, compare.Notable, path, func(parent *compare.Node, i int) {
		if array := parent.Items[i]; len(array.Items) > 0 {
			array.Items = array.Items[:len(array.Items)-1]
		}
	})
}

func status(name, on string, status int) Drift {
	return Drift{Name: name, On: on, Kind: compare.OfStatus, Severity: compare.Breaking, Field: "status", change: func(a *answer) { a.status = status }}
}

func refused(name, on string, with *attio.Error) Drift {
	return Drift{Name: name, On: on, Kind: compare.OfStatus, Severity: compare.Breaking, Field: "status", disturb: func(_ *Side, m reply) { refuse(m.w, with) }}
}

func allowed(name, on, body string) Drift {
	return failing(Drift{Name: name, On: on, Kind: compare.OfStatus, Severity: compare.Breaking, Field: "status", change: func(a *answer) {
		a.status, a.body = http.StatusOK, mustParse(body)
	}})
}

func header(name, on, key, value string, severity compare.Severity) Drift {
	return Drift{Name: name, On: on, Kind: compare.OfHeader, Severity: severity, Field: "header " + key, change: func(a *answer) {
		if a.header.Get(key) != "" {
			a.header.Set(key, value)
		}
	}}
}

func replaceBy(value string) func(parent *compare.Node, i int) {
	return func(parent *compare.Node, i int) { parent.Items[i] = mustParse(value) }
}

func mustParse(value string) *compare.Node {
	n, err := compare.Parse([]byte(value))
	if err != nil {
		panic(err)
	}
	return n
}
