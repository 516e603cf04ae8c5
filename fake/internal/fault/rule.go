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
	"github.com/fakeattio/fakeattio/fake/internal/lazy"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Kind is what goes wrong.
type Kind string

// The kinds. Those in the first group answer in Attio's words and the request has no effect; those in the second
// disturb the connection or the answer.
const (
	RateLimited   Kind = "rate-limited"   // 429 with Retry-After
	Unauthorized  Kind = "unauthorized"   // 401, as for a revoked token
	Forbidden     Kind = "forbidden"      // 403, as for a token without the scopes
	NoPermission  Kind = "no-permission"  // 403, as for a token that has the scopes but may not: only operations that can say so
	WriteConflict Kind = "write-conflict" // 409 concurrent_write_conflict
	QuotaExceeded Kind = "quota-exceeded" // 400 or 403 quota_exceeded: only objects, call recordings and uploads
	BillingError  Kind = "billing-error"  // 403 billing_error: only activities, their records, lists, call recordings and uploads
	LimitReached  Kind = "limit-reached"  // 400 limit_reached: only tasks
	Internal      Kind = "internal"       // 500
	BadGateway    Kind = "bad-gateway"    // 502 with an HTML page, as proxies answer
	Unavailable   Kind = "unavailable"    // 503 in plain text, as seen at Attio

	Slow        Kind = "slow"         // the answer comes after a delay
	Hang        Kind = "hang"         // no answer until the client gives up or the server closes
	Disconnect  Kind = "disconnect"   // the connection closes before the request takes effect
	AnswerLost  Kind = "answer-lost"  // the request takes effect, then the connection closes
	CutOff      Kind = "cut-off"      // the request takes effect, half of the body is sent, then the connection closes
	InvalidJSON Kind = "invalid-json" // the request takes effect, and the answer ends in the middle of its JSON
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		RateLimited, Unauthorized, Forbidden, NoPermission, WriteConflict, QuotaExceeded, BillingError, LimitReached, Internal, BadGateway, Unavailable,
		Slow, Hang, Disconnect, AnswerLost, CutOff, InvalidJSON,
	}
}

// ofSome holds the errors of the kinds that only some operations can answer.
var ofSome = lazy.Of[map[Kind]func(*attio.Operation) func() *attio.Error]{Make: func() map[Kind]func(*attio.Operation) func() *attio.Error {
	return map[Kind]func(*attio.Operation) func() *attio.Error{
		NoPermission:  func(op *attio.Operation) func() *attio.Error { return op.Denies() },
		QuotaExceeded: func(op *attio.Operation) func() *attio.Error { return op.OverQuota },
		BillingError:  func(op *attio.Operation) func() *attio.Error { return op.OffPlan },
		LimitReached:  func(op *attio.Operation) func() *attio.Error { return op.OverLimit },
	}
}}

// Refusal returns the error with which an operation answers a kind in ofSome, or nil for any other kind or an
// operation that cannot answer so.
func (k Kind) Refusal(op *attio.Operation) *attio.Error {
	if column, ok := ofSome.Get()[k]; ok {
		if answer := column(op); answer != nil {
			return answer()
		}
	}
	return nil
}

// Befalls reports whether an operation can go wrong in such a way.
func (k Kind) Befalls(op *attio.Operation) bool {
	_, some := ofSome.Get()[k]
	return !some || k.Refusal(op) != nil
}

// befallsNamed is Befalls for the name of an operation, "" for a request of none of Attio's.
func (k Kind) befallsNamed(operation string) bool {
	_, some := ofSome.Get()[k]
	return !some || slices.Contains(k.operations(), operation)
}

// waiting lists the kinds that act after the request was answered.
var waiting = []Kind{AnswerLost, CutOff, InvalidJSON}

func (k Kind) waits() bool { return slices.Contains(waiting, k) }

// Breaks reports whether the client gets no answer, or only a part of it.
func (k Kind) Breaks() bool { return k.waits() || k == Hang || k == Disconnect }

// Rule says which requests go wrong, how often and how. The zero value of a condition matches every request.
type Rule struct {
	ID   string `json:"id"`    // made up unless it is given
	Kind Kind   `json:"fault"` // what goes wrong

	Operation string                   `json:"operation,omitempty"` // "records.query", or all of a resource: "records.*"
	Method    string                   `json:"method,omitempty"`    // the HTTP method
	Path      string                   `json:"path,omitempty"`      // a pattern in which * stands for one segment: "/v2/objects/*/records"
	Workspace string                   `json:"workspace,omitempty"` // its slug
	Token     string                   `json:"token,omitempty"`     // its name, "full", or with the workspace, "acme/full"
	Status    int                      `json:"status,omitempty"`    // of the answer; only for answer-lost, cut-off and invalid-json
	When      func(*http.Request) bool `json:"-"`

	After       int     `json:"after,omitempty"`       // requests that pass first
	Every       int     `json:"every,omitempty"`       // hit every n-th request after those; 0 and 1 hit each
	Times       int     `json:"times,omitempty"`       // how often it hits at most; 0 for no limit
	Probability float64 `json:"probability,omitempty"` // of hitting each of these, above 0 and below 1; 0 hits always
	Seed        int64   `json:"seed,omitempty"`        // of the probability; the same seed hits the same requests

	Delay Duration `json:"delay,omitempty"` // comes first
}

// Duration is a time.Duration written as text: "250ms".
type Duration time.Duration

// MarshalText writes the duration as Go does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration as Go does.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a duration; write one such as 250ms or 2s", text)
	}
	*d = Duration(parsed)
	return nil
}

// Check returns everything that is wrong with a rule, including that it could never hit anything.
func (r *Rule) Check() error {
	var wrong []error
	refuse := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if !slices.Contains(Kinds(), r.Kind) {
		refuse("%s", suggest.Unknown("fault", string(r.Kind), names(Kinds())))
	}
	if err := r.Query().Check(); err != nil {
		wrong = append(wrong, err)
	} else if !slices.ContainsFunc(attio.AllOperations(), func(op *attio.Operation) bool { return r.Kind.Befalls(op) && r.Query().MayMean(op) }) {
		refuse("%s", r.unmatched())
	}
	if r.Status != 0 && !r.Kind.waits() {
		refuse("the fault %q acts before there is an answer, so it cannot select by status; only %s can", r.Kind, strings.Join(names(waiting), ", "))
	}
	if r.After < 0 || r.Every < 0 || r.Times < 0 {
		refuse("after, every and times count requests and cannot be negative")
	}
	if r.Probability < 0 || r.Probability >= 1 {
		refuse("a probability has to be above 0 and below 1, not %v; leave it out to hit every request", r.Probability)
	}
	if r.Delay < 0 || r.Kind == Slow && r.Delay == 0 {
		refuse("the fault %q needs a delay above zero", cmp.Or(r.Kind, Slow))
	}
	return errors.Join(wrong...)
}

// unmatched says why no operation of Attio's could match.
func (r *Rule) unmatched() string {
	if _, some := ofSome.Get()[r.Kind]; some {
		return fmt.Sprintf("the rule can never match: only %s can go wrong in this way", strings.Join(r.Kind.operations(), ", "))
	}
	return fmt.Sprintf("the rule can never match: no operation has the name %q, the method %q and a path like %q at once", r.Operation, r.Method, r.Path)
}

// operations lists the operations that can go wrong in this way.
func (k Kind) operations() []string {
	var names []string
	for _, op := range attio.AllOperations() {
		if k.Befalls(op) {
			names = append(names, op.Name)
		}
	}
	return names
}

// Query returns the conditions on requests.
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

// Request is a request as a rule sees it.
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
