package control

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/api"
	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/oauth"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/testgen"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// defaultLanguage is that of a test for which no language is given.
const defaultLanguage = "go"

// getTest answers GET /_fake/requests/{request}/test: a test that sends the request again.
func getTest(h *Handler, r *http.Request) (any, *refusal) {
	number, err := strconv.Atoi(variable(r, "request"))
	if err != nil {
		return nil, badRequest("request is %q; it has to be the number of a request, such as 17", shorten(variable(r, "request"), longestQuote))
	}
	source, refused := h.testOf(number, cmp.Or(r.URL.Query().Get("lang"), defaultLanguage))
	if refused != nil {
		return nil, refused
	}
	return text{"text/plain; charset=utf-8", source}, nil
}

// TestOf writes a test in a language that sends a request of the journal again, by its number. The error says why it cannot.
func (h *Handler) TestOf(number int, language string) ([]byte, error) {
	source, refused := h.testOf(number, language)
	if refused != nil {
		return nil, refused
	}
	return source, nil
}

// lastTest is the test that was made last, as it may be wanted in another language too. One is made at a time.
type lastTest struct {
	mu   sync.Mutex
	of   *kept
	test *testgen.Test
}

// testOf finds the smallest scenario on which the request has the same outcome, and writes the test.
func (h *Handler) testOf(number int, language string) ([]byte, *refusal) {
	if err := testgen.CheckLanguage(language); err != nil {
		return nil, badRequest("%v", err)
	}
	before, refused := h.at(number, Before)
	k, _, _ := h.journal.find(number)
	switch {
	case refused != nil:
		return nil, refused
	case k == nil:
		return nil, notFound(fmt.Sprintf("the journal has no request %d any more", number))
	}
	h.lastTest.mu.Lock()
	defer h.lastTest.mu.Unlock()
	if h.lastTest.of != k {
		test, err := h.testFor(k.rendered(), before.Seed())
		if err != nil {
			return nil, noTest(number, "", err)
		}
		h.lastTest.of, h.lastTest.test = k, test
	}
	source, err := h.lastTest.test.In(language)
	if err != nil {
		return nil, noTest(number, " in "+language, err)
	}
	return source, nil
}

func noTest(number int, in string, err error) *refusal {
	return &refusal{status: http.StatusUnprocessableEntity, message: fmt.Sprintf("request %d cannot become a test%s: %v", number, in, err)}
}

// testFor makes the test of an entry from the state before it, which it may change.
func (h *Handler) testFor(e *Entry, before *world.Seed) (*testgen.Test, error) {
	if err := whyNotRepeatable(e); err != nil {
		return nil, err
	}
	test := &testgen.Test{
		Number: e.Number, Operation: e.Operation, Method: e.Method, Path: e.Path, Type: e.RequestHeaders.HTTP().Get("Content-Type"), Body: string(e.Request),
	}
	before.Random = nil // what the request makes has to differ from run to run, so that it is known what it made
	before.Clock = world.Start{At: e.Time.Truncate(time.Millisecond), Frozen: true}
	first, err := outcomeOf(e)
	if err != nil {
		return nil, err
	}
	var place *world.State
	for _, state := range before.Workspaces {
		if state.Slug == e.Workspace {
			place = state
		}
	}
	if place == nil && e.Workspace != "" {
		return nil, fmt.Errorf("its workspace %q is gone", e.Workspace)
	}
	first.Partial = e.Response.Body().Bounded() || place != nil && place.Effects.ShuffleUnordered
	if err := authorize(test, e, place); err != nil {
		return nil, err
	}
	if before.Faults, err = h.faultsFor(test, e); err != nil {
		return nil, err
	}
	var whole []byte
	if place == nil {
		whole, err = scenario.Export(before)
	} else {
		whole, err = scenario.ExportWorkspace(before, e.Workspace)
	}
	if err != nil {
		return nil, err
	}
	return test, reduce(test, string(whole), first)
}

// reduce finds the smallest scenario on which the outcome of a test is as it was at first.
func reduce(test *testgen.Test, whole string, first testgen.Outcome) error {
	var differs error
	holds := func(text string) bool {
		seed, err := scenario.LoadOnce(text)
		if err != nil {
			differs = err
			return false
		}
		again, err := repeat(seed, test)
		if err != nil {
			differs = err
			return false
		}
		expected, err := testgen.Expect(first, again)
		if err != nil {
			differs = err
			return false
		}
		test.Expected = expected
		return true
	}
	mentions := strings.Join([]string{test.Path, test.Body, test.TokenName, string(first.Answer), string(first.Changes)}, "\n")
	reduced, all, ok := testgen.Reduce(whole, mentions, holds)
	switch {
	case !ok && len(whole) > testgen.MaxScenario:
		return fmt.Errorf("the scenario before it has %d KB, a test may carry %d KB, and what the outcome depends on could not be singled out", len(whole)>>10, testgen.MaxScenario>>10)
	case !ok:
		return fmt.Errorf("sent again to the state before it, it has another outcome: %w", differs)
	}
	test.Scenario, test.Whole = reduced, all
	return nil
}

// whyNotRepeatable returns why a request cannot be sent again from what the journal has of it, or nil.
func whyNotRepeatable(e *Entry) error {
	uploads := slices.ContainsFunc(attio.Operations(), func(op *attio.Operation) bool { return op.Name == e.Operation && op.Upload })
	switch {
	case len(e.Request) >= maxKept:
		return fmt.Errorf("its body has 64 KB or more, of which the journal has only the beginning")
	case strings.HasSuffix(e.Path, left), len(e.Path) > maxPath:
		return fmt.Errorf("its path has more than 8 KB, of which the journal has only the beginning")
	case uploads:
		return fmt.Errorf("it is an upload, and the journal does not keep the files that requests bring")
	case strings.Contains(string(e.Request), "="+redacted):
		return fmt.Errorf("the journal does not keep the secrets of its body")
	case e.Status == 0:
		return fmt.Errorf("it had no answer; test how your client copes with that by injecting a fault")
	case e.Status == http.StatusInternalServerError && len(e.Faults) == 0:
		return fmt.Errorf("it was answered with an error of the fake itself")
	}
	return nil
}

// authorize gives a test the header Authorization of the request, with the token that the journal has replaced.
func authorize(test *testgen.Test, e *Entry, place *world.State) error {
	sent, ok := e.RequestHeaders.HTTP()["Authorization"]
	if !ok {
		return nil
	}
	scheme, name, _ := strings.Cut(sent[0], " ")
	test.Scheme = scheme
	basic := strings.EqualFold(scheme, "basic")
	switch token, known := tokenIn(place, e.Token); {
	case place == nil && name == "": // another scheme, whose value the journal does not keep
		test.Scheme = "redacted"
	case place == nil && e.Message == attio.WrongTokenLength().Message:
		test.Token = "unknown"
	case place == nil:
		test.Token = strings.Repeat("0", attio.TokenLength)
	case !known:
		return fmt.Errorf("the workspace had no token %q before it", e.Token)
	default:
		test.Token = token.Value
		if !basic {
			test.TokenName = e.Workspace + "/" + e.Token
		}
	}
	if basic {
		test.Token = base64.StdEncoding.EncodeToString([]byte(test.Token + ":"))
	}
	return nil
}

func tokenIn(place *world.State, name string) (*world.Token, bool) {
	if place == nil {
		return nil, false
	}
	return place.TokenNamed(name)
}

// faultsFor returns the faults that a request has to meet again. A fault that only delays the answer is left out.
func (h *Handler) faultsFor(test *testgen.Test, e *Entry) ([]fault.Rule, error) {
	if len(e.Faults) == 0 && e.Status == http.StatusTooManyRequests {
		test.Notes = append(test.Notes, "A rate limit had been reached, for which a fault stands here.")
		return []fault.Rule{{ID: "rate-limit", Kind: fault.RateLimited, Times: 1}}, nil
	}
	var rules []fault.Rule
	for _, id := range e.Faults {
		rule, ok := h.faults.Status(id)
		switch {
		case !ok:
			return nil, fmt.Errorf("the fault %q that it met is gone; it can become a test while the fault is there", id)
		case rule.Kind == fault.Slow:
			test.Notes = append(test.Notes, fmt.Sprintf("The fault %s delayed it, which the test does not repeat.", strconv.Quote(id)))
		case rule.Kind.Breaks():
			return nil, fmt.Errorf("the fault %q disturbed its answer (%s); test how your client copes with that by injecting the fault", id, rule.Kind)
		default:
			rules = append(rules, fault.Rule{ID: rule.ID, Kind: rule.Kind, Times: 1})
		}
	}
	return rules, nil
}

// repeat sends the request of a test to a server of its own, which starts from a seed and delivers no webhooks.
func repeat(seed *world.Seed, test *testgen.Test) (_ testgen.Outcome, err error) {
	w := world.New(seed)
	defer w.Clock.Close()
	h := &Handler{
		world: w, attio: api.New(w, slog.New(slog.DiscardHandler)), oauth: oauth.New(w),
		moments: newMoments(w), faults: new(fault.Injector), closing: make(chan struct{}),
	}
	h.journal = newJournal(h.moments)
	h.faults.Set(seed.Faults)
	r, err := http.NewRequest(test.Method, "http://fake"+test.Path, strings.NewReader(test.Body))
	if err != nil {
		return testgen.Outcome{}, errors.New("no client can send its method or path again")
	}
	r.RequestURI = test.Path
	if test.Scheme != "" {
		r.Header.Set("Authorization", test.Sent())
	}
	if test.Type != "" {
		r.Header.Set("Content-Type", test.Type)
	}
	defer func() {
		if recover() != nil {
			err = errors.New("the connection broke")
		}
	}()
	h.serve(discard{make(http.Header)}, r)
	for e := range h.journal.list(Question{}) {
		return outcomeOf(e)
	}
	return testgen.Outcome{}, errors.New("it was not answered")
}

// discard is a ResponseWriter that drops the answer, which the journal keeps.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) WriteHeader(int)             {}
func (d discard) Write(b []byte) (int, error) { return len(b), nil }

// outcomeOf returns what came of a request.
func outcomeOf(e *Entry) (testgen.Outcome, error) {
	changes := e.Changes
	if changes == nil {
		changes = []Change{}
	}
	encoded, err := encode(changes)
	return testgen.Outcome{Status: e.Status, Answer: e.Response.Body(), Changes: encoded}, err
}
