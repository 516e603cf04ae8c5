package fault

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Kind is what goes wrong.
type Kind string

// The kinds. Those of the first group answer in Attio's words without doing anything; those of the second
// disturb the connection or the answer.
const (
	RateLimited   Kind = "rate-limited"   // 429 with Retry-After
	Unauthorized  Kind = "unauthorized"   // 401, as of a token that was revoked
	Forbidden     Kind = "forbidden"      // 403, as of a token without the scopes
	WriteConflict Kind = "write-conflict" // 409 concurrent_write_conflict
	QuotaExceeded Kind = "quota-exceeded" // 400 or 403 quota_exceeded: objects, call recordings and uploads alone
	BillingError  Kind = "billing-error"  // 403 billing_error: lists, call recordings and uploads alone
	LimitReached  Kind = "limit-reached"  // 400 limit_reached: tasks alone
	Internal      Kind = "internal"       // 500
	BadGateway    Kind = "bad-gateway"    // 502 with a page of HTML, as proxies answer
	Unavailable   Kind = "unavailable"    // 503 in plain text, as was seen of Attio

	Slow        Kind = "slow"         // the answer comes after a delay
	Hang        Kind = "hang"         // no answer until the client gives up or the server closes
	Disconnect  Kind = "disconnect"   // the connection is closed and nothing done
	AnswerLost  Kind = "answer-lost"  // everything is done, and then the connection closed
	CutOff      Kind = "cut-off"      // everything is done, and half of the answer's body sent
	InvalidJSON Kind = "invalid-json" // everything is done, and the answer ends in the middle of its JSON
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		RateLimited, Unauthorized, Forbidden, WriteConflict, QuotaExceeded, BillingError, LimitReached, Internal, BadGateway, Unavailable,
		Slow, Hang, Disconnect, AnswerLost, CutOff, InvalidJSON,
	}
}

// ofPlan holds the answers of the kinds that only some operations have.
var ofPlan = map[Kind]func(*attio.Operation) func() *attio.Error{
	QuotaExceeded: func(op *attio.Operation) func() *attio.Error { return op.OverQuota },
	BillingError:  func(op *attio.Operation) func() *attio.Error { return op.OffPlan },
	LimitReached:  func(op *attio.Operation) func() *attio.Error { return op.OverLimit },
}

// PlanRefusal returns how an operation answers a fault that only some operations have, and nil for any
// other fault.
func (k Kind) PlanRefusal(op *attio.Operation) *attio.Error {
	if column, ok := ofPlan[k]; ok {
		if answer := column(op); answer != nil {
			return answer()
		}
	}
	return nil
}

// befalls reports whether an operation can go wrong in such a way.
func (k Kind) befalls(op *attio.Operation) bool {
	_, some := ofPlan[k]
	return !some || k.PlanRefusal(op) != nil
}

// befallsNamed is befalls for the name of an operation, "" for a request of none of Attio's.
func (k Kind) befallsNamed(operation string) bool {
	_, some := ofPlan[k]
	return !some || slices.Contains(k.operations(), operation)
}

// waiting are the kinds that let a request be answered first.
var waiting = []Kind{AnswerLost, CutOff, InvalidJSON}

func (k Kind) waits() bool { return slices.Contains(waiting, k) }

// Rule says which requests go wrong, how often, and how. The zero value of a condition holds for every
// request.
type Rule struct {
	ID   string `json:"id"`
	Kind Kind   `json:"fault"`

	Operation string                   `json:"operation,omitempty"` // "records.query", or all of a resource: "records.*"
	Method    string                   `json:"method,omitempty"`
	Path      string                   `json:"path,omitempty"` // a pattern in which * stands for one part: "/v2/objects/*/records"
	Workspace string                   `json:"workspace,omitempty"`
	Token     string                   `json:"token,omitempty"`  // its name, "full", or with the workspace, "acme/full"
	Status    int                      `json:"status,omitempty"` // of the answer, which only answer-lost, cut-off and invalid-json wait for
	When      func(*http.Request) bool `json:"-"`

	After       int     `json:"after,omitempty"`       // requests that pass first
	Every       int     `json:"every,omitempty"`       // of those after them, every how many; 0 and 1 are each
	Times       int     `json:"times,omitempty"`       // how often at the most; 0 is until the rule is removed
	Probability float64 `json:"probability,omitempty"` // of each that is left, above 0 and below 1; 0 is always
	Seed        int64   `json:"seed,omitempty"`        // of the probability; the same seed hits the same requests

	Delay Duration `json:"delay,omitempty"` // before anything else happens
}

// Duration is a time.Duration that is written as text: "250ms".
type Duration time.Duration

// MarshalText writes the duration as Go does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration as Go does.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a length of time like 250ms or 2s", text)
	}
	*d = Duration(parsed)
	return nil
}

// Check returns all that is wrong with a rule, a rule that could never hit anything included.
func (r *Rule) Check() error {
	var wrong []error
	refuse := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if !slices.Contains(Kinds(), r.Kind) {
		refuse("%s", suggest.Unknown("fault", string(r.Kind), names(Kinds())))
	}
	if err := r.Query().Check(); err != nil {
		wrong = append(wrong, err)
	} else if !slices.ContainsFunc(attio.Operations(), func(op *attio.Operation) bool { return r.Kind.befalls(op) && r.Query().MayMean(op) }) {
		refuse("%s", r.unmatched())
	}
	if r.Status != 0 && !r.Kind.waits() {
		refuse("the fault %q comes before there is a status to choose by; only %s wait for it", r.Kind, strings.Join(names(waiting), ", "))
	}
	if r.After < 0 || r.Every < 0 || r.Times < 0 {
		refuse("after, every and times count requests and cannot be negative")
	}
	if r.Probability < 0 || r.Probability >= 1 {
		refuse("a probability is above 0 and below 1, not %v; without one the fault always comes", r.Probability)
	}
	if r.Delay < 0 || r.Kind == Slow && r.Delay == 0 {
		refuse("the fault %q needs a delay above zero", cmp.Or(r.Kind, Slow))
	}
	return errors.Join(wrong...)
}

// unmatched says why no operation of Attio's could be meant.
func (r *Rule) unmatched() string {
	if _, some := ofPlan[r.Kind]; some {
		return fmt.Sprintf("the rule can never match: Attio answers so to %s only", strings.Join(r.Kind.operations(), ", "))
	}
	return fmt.Sprintf("the rule can never match: no operation has the name %q, the method %q and a path like %q at once", r.Operation, r.Method, r.Path)
}

// operations lists the operations that can go wrong in such a way.
func (k Kind) operations() []string {
	var names []string
	for _, op := range attio.Operations() {
		if k.befalls(op) {
			names = append(names, op.Name)
		}
	}
	return names
}

// Query is which requests the rule means.
func (r *Rule) Query() match.Query {
	q := match.Query{Workspace: r.Workspace, Token: r.Token, Method: r.Method, Path: r.Path}
	if r.Operation != "" {
		q.Operations = []string{r.Operation}
	}
	if r.Status != 0 {
		q.Statuses = []int{r.Status}
	}
	return q
}

// Request is what a rule is asked about.
type Request struct {
	match.Request
	HTTP *http.Request
}

func names[S ~string](all []S) []string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = string(s)
	}
	return texts
}
