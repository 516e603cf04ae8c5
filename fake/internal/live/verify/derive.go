package verify

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
)

// The names of what a recording does not name.
const (
	workspaceSlug = "recorded"  // of the workspace
	tokenName     = "recording" // of the token
	ownerName     = "owner"     // of an admin
)

// deriver collects what a recording presupposes.
type deriver struct {
	users, apps, workspace *compare.Node
	slug                   string
	kinds                  map[string]*kind // objects and lists by "objects/companies"; also by their ids
	known                  map[string]bool  // ids of what is in the scenario with all that was shown of it
	made                   map[string]bool  // ids of what the recording itself has made
	stubs                  map[string]bool  // ids of what is in the scenario because something refers to it
	latest                 string           // of the times of all that is in the scenario
	token                  *compare.Node
}

func newDeriver() *deriver {
	d := &deriver{
		users: mapping(), apps: mapping(), slug: workspaceSlug,
		kinds: make(map[string]*kind), known: make(map[string]bool), made: make(map[string]bool), stubs: make(map[string]bool),
		token: mapping("scopes", "all"),
	}
	d.workspace = mapping("members", mapping(), "tokens", mapping(tokenName, d.token), "objects", mapping(), "lists", mapping())
	return d
}

// request is an exchange with what its path names.
type request struct {
	recording.Exchange
	op    *attio.Operation
	named map[string]string // by the parameters of the operation's path
	body  *compare.Node     // of the answer
}

// rows says what an answer shows, by the resource of its operation.
var rows = lazy.Of[map[string]func(d *deriver, r *request)]{Make: func() map[string]func(d *deriver, r *request) {
	return map[string]func(d *deriver, r *request){
		"self":              (*deriver).self,
		"workspace_members": (*deriver).members,
		"objects":           (*deriver).objects,
		"attributes":        (*deriver).attributes,
		"options":           (*deriver).options,
		"statuses":          (*deriver).options,
		"lists":             (*deriver).lists,
		"records":           (*deriver).records,
		"entries":           (*deriver).entries,
		"notes":             (*deriver).notes,
		"tasks":             (*deriver).tasks,
		"threads":           (*deriver).threads,
		"comments":          (*deriver).comments,
		"webhooks":          (*deriver).webhooks,
	}
}}

// derives reports whether what an operation presupposes is derived from its answers.
func derives(op *attio.Operation) bool { return rows.Get()[resource(op)] != nil }

// take derives what a recording presupposes.
func (d *deriver) take(exchanges []recording.Exchange) {
	var requests []*request
	for _, e := range exchanges {
		op := attio.OperationAt(e.Method, e.Path)
		if op == nil || !derives(op) || !e.Sendable() {
			continue
		}
		body, err := compare.Parse(e.Answer.Body)
		if err != nil {
			body = mapping() // a deletion has none
		}
		requests = append(requests, &request{Exchange: e, op: op, named: parameters(op, e.Path), body: body})
	}
	for _, r := range requests {
		switch {
		case r.Answer.Status >= http.StatusMultipleChoices:
		case r.op.Name == "attributes.list":
			d.listAttributes(r)
		case r.verb() == "create" || r.verb() == "upsert":
			d.writer(r)
		}
	}
	for _, r := range requests {
		switch {
		case r.Answer.Status < http.StatusMultipleChoices:
			rows.Get()[resource(r.op)](d, r)
		case r.Answer.Status < http.StatusInternalServerError:
			d.conflict(r)
		}
	}
}

// parameters returns what a path has where the operation's has a parameter.
func parameters(op *attio.Operation, path string) map[string]string {
	named := make(map[string]string)
	segments := strings.Split(path, "/")
	for i, part := range strings.Split(op.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			segment, err := url.PathUnescape(segments[i])
			if err != nil {
				segment = segments[i]
			}
			named[strings.TrimSuffix(name, "}")] = segment
		}
	}
	return named
}

// resource is what an operation is about: "records" of "records.create".
func resource(op *attio.Operation) string {
	of, _, _ := strings.Cut(op.Name, ".")
	return of
}

// verb is what an operation does: "create" of "records.create".
func (r *request) verb() string {
	_, verb, _ := strings.Cut(r.op.Name, ".")
	return verb
}

// begin reports whether a thing is to be put into the scenario: it is neither there, nor has the recording made it. A thing that is
// created is noted as made.
func (d *deriver) begin(r *request, id string) bool {
	if id == "" || d.made[id] || d.known[id] {
		return false
	}
	if r.verb() == "create" {
		d.made[id] = true
		return false
	}
	d.known[id] = true
	delete(d.stubs, id)
	return true
}

// stub notes that a thing is in the scenario because something refers to it. It reports whether it has to be put there.
func (d *deriver) stub(id string) bool {
	if id == "" || d.made[id] || d.known[id] || d.stubs[id] {
		return false
	}
	d.stubs[id] = true
	return true
}

// moment takes note of a time in the scenario.
func (d *deriver) moment(at *compare.Node) *compare.Node {
	if timestamp.MatchString(at.Text) {
		d.latest = max(d.latest, at.Text)
		return at
	}
	return null
}

var timestamp = lazy.New(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)

// scenario puts everything together. The clock starts with the first request.
func (d *deriver) scenario(start time.Time) *compare.Node {
	members := within(d.workspace, "members")
	admin := false
	for i := range members.Items {
		admin = admin || text(members.Items[i], "access_level") == "admin"
	}
	if !admin {
		if first := text(d.token, "authorized_by"); first != "" {
			put(within(members, first), "access_level", value("admin"))
		} else {
			put(d.users, ownerName, mapping("email", "owner@"+workspaceSlug+".example"))
			put(members, ownerName, mapping("access_level", "admin", "id", ownerID))
			d.stubs[ownerID] = true
		}
	}
	d.require(within(d.users, owner(members)))
	if at, err := time.Parse(time.RFC3339, d.latest); err == nil && at.After(start) {
		start = at
	}
	if start.IsZero() {
		start = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	root := mapping("version", number("1"), "clock", mapping("at", start.UTC().Format(time.RFC3339Nano), "frozen", true))
	if len(d.apps.Keys) > 0 {
		put(root, "apps", d.apps)
	}
	put(root, "users", d.users)
	put(root, "workspaces", mapping(d.slug, d.workspace))
	return root
}

// owner returns the name of an admin.
func owner(members *compare.Node) string {
	for i, name := range members.Keys {
		if text(members.Items[i], "access_level") == "admin" {
			return name
		}
	}
	return ""
}

// require gives the standard records of which nothing is known the values without which they cannot be.
func (d *deriver) require(owner *compare.Node) {
	needed := map[string]func(id string) *compare.Node{
		"deals": func(string) *compare.Node {
			stage := value("Lead")
			if all := at(d.object("deals", "").node, "attributes", "stage", "statuses").Items; len(all) > 0 {
				stage = at(all[0], "title")
			}
			return mapping("name", "A deal", "stage", stage, "owner", at(owner, "email"))
		},
		"users": func(id string) *compare.Node {
			return mapping("user_id", id, "primary_email_address", id+"@"+workspaceSlug+".example")
		},
		"workspaces": func(id string) *compare.Node { return mapping("workspace_id", id, "name", "A workspace") },
	}
	for slug, values := range needed {
		k := d.kinds["objects/"+slug]
		if k == nil {
			continue
		}
		for i, id := range k.things.Keys {
			if record := k.things.Items[i]; d.stubs[id] {
				copyKeys(record, values(id), "name", "stage", "owner", "user_id", "primary_email_address", "workspace_id")
			}
		}
	}
}

// ownerID is the id of the admin whom no answer names.
const ownerID = "00000000-0000-4000-8000-00000000a3d1"
