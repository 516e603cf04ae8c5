package verify

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
)

// Fake is a fake that a recording is played to.
type Fake struct {
	Handler http.Handler
	Token   func(recorded string) string // the token that is sent in place of the recorded one
	SetTime func(time.Time)              // of its clock
}

// outcome is what came of one exchange.
type outcome struct {
	recording.Exchange
	operation   string // "" if Attio has none
	differences []compare.Difference
	skipped     string // why it was not compared; "" if it was
}

// replayer sends recorded requests.
type replayer struct {
	fake  Fake
	seed  Seed
	bound map[string]string // the fake's ids by the recorded ones
	now   time.Time
}

// replay plays a recording to a fake.
func replay(exchanges []recording.Exchange, seed Seed, fake Fake) []outcome {
	r := &replayer{fake: fake, seed: seed, bound: make(map[string]string)}
	r.bindObjects(exchanges)
	var outcomes []outcome
	for _, e := range exchanges {
		outcomes = append(outcomes, r.play(e))
	}
	return outcomes
}

// bindObjects binds the ids of the standard objects, which no scenario can set.
func (r *replayer) bindObjects(exchanges []recording.Exchange) {
	own := make(map[string]string)
	list := r.send(recording.Exchange{Method: http.MethodGet, Path: "/v2/objects"})
	if body, err := compare.Parse(list.Body); err == nil {
		for _, n := range each(body) {
			own[text(n, "api_slug")] = text(n, "id", "object_id")
		}
	}
	for _, e := range exchanges {
		body, err := compare.Parse(e.Answer.Body)
		op := attio.OperationAt(e.Method, e.Path)
		if err != nil || op == nil {
			continue
		}
		for _, n := range each(body) {
			slug := cmp.Or(text(n, "api_slug"), text(n, "object_slug"), parameters(op, e.Path)["object"])
			if id := text(n, "id", "object_id"); id != "" && own[slug] != "" {
				r.bound[id] = own[slug]
			}
		}
	}
}

func (r *replayer) play(e recording.Exchange) outcome {
	o := outcome{Exchange: e}
	op := attio.OperationAt(e.Method, e.Path)
	if op != nil {
		o.operation = op.Name
	}
	if o.skipped = incomparable(e, op); o.skipped != "" {
		return o
	}
	if at := e.At; at.After(r.now) && !at.IsZero() {
		r.now = at
		r.fake.SetTime(at)
	}
	got := r.send(e)
	if o.skipped = r.unseeded(e, op, got); o.skipped != "" {
		return o
	}
	o.differences = r.compare(e, got)
	return o
}

// incomparable says why an exchange is not played at all.
func incomparable(e recording.Exchange, op *attio.Operation) string {
	switch {
	case !e.Sendable():
		return "its request was not kept"
	case e.Host == "app.attio.com", strings.HasPrefix(e.Path, "/oauth/"), strings.HasPrefix(e.Path, "/authorize"):
		return "which apps and codes there are no answer shows"
	case e.Answer.Status == http.StatusTooManyRequests:
		return "Attio was busy"
	case e.Answer.Status >= http.StatusInternalServerError:
		return "Attio failed"
	case e.Answer.Status >= 300 && e.Answer.Status < 400 && op == nil:
		return "it was redirected"
	case op != nil && op.Upload && len(e.Body) == 0:
		return "the file that it sends was not kept"
	case e.Host == "" && e.Body == nil && (e.Method == http.MethodPost || e.Method == http.MethodPut || e.Method == http.MethodPatch):
		return "the body of its request was not kept"
	}
	return ""
}

// unseeded says why an answer cannot be compared after all: the fake lacks something that the recording does not show.
func (r *replayer) unseeded(e recording.Exchange, op *attio.Operation, got compare.Answer) string {
	switch {
	case got.Status == http.StatusNotImplemented:
		return "the fake does not have the operation"
	case e.Answer.Status < 300 && op != nil && !derives(op) && (got.Status >= 400 && got.Status < 500 || fewer(e.Answer, got)):
		return "not seeded: what it is about cannot be derived from its answer"
	case e.Answer.Status < 300 && got.Status >= 400 && e.Answer.Body == nil:
		return "not seeded: its answer was not kept"
	case e.Answer.Status == http.StatusForbidden && got.Status < 300 && !(r.seed.knowsScopes && refusesScope(e)):
		return "not seeded: what the token and its user may not do"
	}
	return ""
}

// fewer reports whether a list has fewer elements than the recorded one.
func fewer(want, got compare.Answer) bool {
	w, err := compare.Parse(want.Body)
	g, failed := compare.Parse(got.Body)
	return err == nil && failed == nil && len(at(g, "data").Items) < len(at(w, "data").Items) && at(w, "data").Kind == compare.Array
}

// refusesScope reports whether the token's rights are the reason of a refusal, and not those of its user.
func refusesScope(e recording.Exchange) bool {
	body, err := compare.Parse(e.Answer.Body)
	return err == nil && (strings.Contains(text(body, "code"), "scope") || strings.Contains(text(body, "message"), "scope"))
}

// send sends a request with the fake's own ids and token.
func (r *replayer) send(e recording.Exchange) compare.Answer {
	var pairs []string
	for _, recorded := range slices.Sorted(keys(r.bound)) {
		if own := r.bound[recorded]; own != recorded {
			pairs = append(pairs, recorded, own)
		}
	}
	own := strings.NewReplacer(pairs...)
	req := httptest.NewRequest(e.Method, "https://api.attio.com"+own.Replace(e.URI()), bytes.NewReader([]byte(own.Replace(string(e.Body)))))
	if len(e.Body) > 0 {
		req.Header.Set("Content-Type", cmp.Or(e.Header.Get("Content-Type"), "application/json"))
	}
	recorded, _ := strings.CutPrefix(e.Header.Get("Authorization"), "Bearer ")
	switch {
	case e.Answer.Status == http.StatusUnauthorized && e.Header != nil: // the token was wrong, or there was none
		if recorded != "" {
			req.Header.Set("Authorization", "Bearer "+recorded)
		}
	case e.Answer.Status == http.StatusUnauthorized:
		req.Header.Set("Authorization", "Bearer invalid")
	default:
		req.Header.Set("Authorization", "Bearer "+r.fake.Token(recorded))
	}
	w := httptest.NewRecorder()
	r.fake.Handler.ServeHTTP(w, req)
	return compare.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

func keys(m map[string]string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// compare compares an answer with the recorded one, whose ids it binds.
func (r *replayer) compare(e recording.Exchange, got compare.Answer) []compare.Difference {
	want := e.Answer
	var found []compare.Difference
	w, err := compare.Parse(want.Body)
	g, err2 := compare.Parse(got.Body)
	if err == nil && err2 == nil && want.Status < 300 && got.Status < 300 {
		found = r.align(e, w, g)
		r.bind("", w, g)
		want.Body, got.Body = w.JSON(), g.JSON()
	}
	options := []compare.Option{compare.StrictNull(), compare.Values(r.same)}
	if e.Sorted {
		options = append(options, compare.AnyOrder())
	}
	for _, d := range compare.Answers(want, got, options...) {
		if !e.Shortened || d.Kind != compare.OfExtra && d.Kind != compare.OfLength && d.Kind != compare.OfOrder {
			found = append(found, d)
		}
	}
	return found
}

// align puts the elements of the fake's list in the order of the recorded ones. Those that are in the fake only because something
// refers to them are left out. It reports an order that the request asked for and did not get.
func (r *replayer) align(e recording.Exchange, want, got *compare.Node) []compare.Difference {
	w, g := at(want, "data"), at(got, "data")
	if w.Kind != compare.Array || g.Kind != compare.Array {
		return nil
	}
	place := make(map[string]int)
	for i, n := range w.Items {
		if id := identity(n); id != "" {
			place[cmp.Or(r.bound[id], id)] = i
		}
	}
	g.Items = slices.DeleteFunc(g.Items, func(n *compare.Node) bool {
		_, shown := place[identity(n)]
		return !shown && r.seed.stubs[identity(n)]
	})
	found := r.pair(w, g, place)
	before := slices.Clone(g.Items)
	at := func(n *compare.Node) int { return place[identity(n)] }
	slices.SortStableFunc(g.Items, func(a, b *compare.Node) int { return at(a) - at(b) })
	if slices.Equal(before, g.Items) {
		return found
	}
	severity := compare.Harmless
	if bytes.Contains(e.Body, []byte(`"sorts"`)) || e.Query.Has("sort") {
		severity = compare.Notable
	}
	return append(found, compare.Difference{Path: "data", Kind: compare.OfOrder, Severity: severity, Want: "the elements in the recorded order", Got: "another"})
}

// pair reports a list of another length, and leaves in both lists only what is in both, so that nothing else is said of the others.
func (r *replayer) pair(want, got *compare.Node, place map[string]int) []compare.Difference {
	if len(want.Items) == len(got.Items) {
		return nil
	}
	length := compare.Difference{
		Path: "data", Kind: compare.OfLength, Severity: compare.Notable,
		Want: fmt.Sprintf("%d elements", len(want.Items)), Got: fmt.Sprint(len(got.Items)),
	}
	own := make(map[string]bool)
	for _, n := range got.Items {
		own[identity(n)] = true
	}
	want.Items = slices.DeleteFunc(slices.Clone(want.Items), func(n *compare.Node) bool { return !own[cmp.Or(r.bound[identity(n)], identity(n))] })
	got.Items = slices.DeleteFunc(got.Items, func(n *compare.Node) bool { _, shown := place[identity(n)]; return !shown })
	return []compare.Difference{length}
}

// identity returns what tells apart the things of a list: a slug, or the last of the ids, as the others are of what it belongs to.
func identity(n *compare.Node) string {
	if slug := text(n, "api_slug"); slug != "" {
		return slug
	}
	id := n.Field("id")
	if id == nil || len(id.Items) == 0 {
		return ""
	}
	return id.Items[len(id.Items)-1].Text
}

// bind notes which of the fake's ids stand for recorded ones.
func (r *replayer) bind(key string, want, got *compare.Node) {
	if want.Kind != got.Kind {
		return
	}
	switch want.Kind {
	case compare.Object:
		for i, name := range want.Keys {
			if other := got.Field(name); other != nil {
				r.bind(name, want.Items[i], other)
			}
		}
	case compare.Array:
		for i := range min(len(want.Items), len(got.Items)) {
			r.bind(key, want.Items[i], got.Items[i])
		}
	case compare.String:
		if _, known := r.bound[want.Text]; known || len(want.Text) < shortestID || !names(key, want.Text) {
			return
		}
		r.bound[want.Text] = got.Text
	}
}

// shortestID keeps words from being taken for ids.
const shortestID = 8

// names reports whether a text is an id, or something else that the server makes up and clients send back.
func names(key, text string) bool {
	if _, ok := attio.ParseID(text); ok {
		return true
	}
	return strings.HasSuffix(key, "_id") || key == "id" || key == "secret" || strings.HasSuffix(key, "cursor")
}

// same reports whether different values stand for each other: ids that are bound, and times.
func (r *replayer) same(path, want, got string) bool {
	if r.bound[want] == got || timestamp.MatchString(want) && timestamp.MatchString(got) {
		return true
	}
	if _, ok := attio.ParseID(got); ok && (r.seed.stubs[got] || r.seed.stubs[want]) {
		return true
	}
	key := path[strings.LastIndexByte(path, '.')+1:]
	return strings.HasPrefix(want, "https://app.attio.com/") || key == "iat" || key == "exp"
}
