package fake

import (
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
)

// FaultKind is the way in which a request fails.
type FaultKind string

// The kinds of faults. Those of the first group answer as Attio does, and the request does nothing; those of the second
// disturb the connection or the answer. Every answer that a fault touched has the header X-Fakeattio-Fault.
const (
	RateLimited   FaultKind = "rate-limited"   // 429, with Retry-After as an HTTP date
	Unauthorized  FaultKind = "unauthorized"   // 401, as of a token that was revoked
	Forbidden     FaultKind = "forbidden"      // 403, as of a token without the scopes
	NoPermission  FaultKind = "no-permission"  // 403, as of a token that has the scopes but may not; only operations that can say so
	WriteConflict FaultKind = "write-conflict" // 409 concurrent_write_conflict
	QuotaExceeded FaultKind = "quota-exceeded" // 400 or 403 quota_exceeded, of objects.create, call_recordings.create and files.upload
	BillingError  FaultKind = "billing-error"  // 403 billing_error, of what makes activities, their records, lists, call recordings and uploads
	LimitReached  FaultKind = "limit-reached"  // 400 limit_reached, of tasks.create and tasks.update
	InternalError FaultKind = "internal"       // 500
	BadGateway    FaultKind = "bad-gateway"    // 502 with a page of HTML
	Unavailable   FaultKind = "unavailable"    // 503 in plain text

	Slow        FaultKind = "slow"         // the answer comes late; needs Fault.Delay
	Hang        FaultKind = "hang"         // no answer until the client gives up, the workspace is removed or the server closes
	Disconnect  FaultKind = "disconnect"   // the connection is closed and nothing done
	AnswerLost  FaultKind = "answer-lost"  // everything is done, and then the connection closed
	CutOff      FaultKind = "cut-off"      // everything is done, and half of the body sent
	InvalidJSON FaultKind = "invalid-json" // everything is done, and the JSON ends in its middle
)

// OnAny makes a fault of the kind for all requests.
func (k FaultKind) OnAny() Fault { return Fault{fault.Rule{Kind: fault.Kind(k)}} }

// On makes a fault of the kind and calls [Fault.On].
func (k FaultKind) On(operation string) Fault { return k.OnAny().On(operation) }

// Method makes a fault of the kind and calls [Fault.Method].
func (k FaultKind) Method(method string) Fault { return k.OnAny().Method(method) }

// Path makes a fault of the kind and calls [Fault.Path].
func (k FaultKind) Path(pattern string) Fault { return k.OnAny().Path(pattern) }

// In makes a fault of the kind and calls [Fault.In].
func (k FaultKind) In(workspace string) Fault { return k.OnAny().In(workspace) }

// With makes a fault of the kind and calls [Fault.With].
func (k FaultKind) With(token string) Fault { return k.OnAny().With(token) }

// Status makes a fault of the kind and calls [Fault.Status].
func (k FaultKind) Status(status int) Fault { return k.OnAny().Status(status) }

// When makes a fault of the kind and calls [Fault.When].
func (k FaultKind) When(chosen func(*http.Request) bool) Fault { return k.OnAny().When(chosen) }

// After makes a fault of the kind and calls [Fault.After].
func (k FaultKind) After(n int) Fault { return k.OnAny().After(n) }

// Every makes a fault of the kind and calls [Fault.Every].
func (k FaultKind) Every(n int) Fault { return k.OnAny().Every(n) }

// Times makes a fault of the kind and calls [Fault.Times].
func (k FaultKind) Times(n int) Fault { return k.OnAny().Times(n) }

// Probability makes a fault of the kind and calls [Fault.Probability].
func (k FaultKind) Probability(p float64, seed int64) Fault { return k.OnAny().Probability(p, seed) }

// Delay makes a fault of the kind and calls [Fault.Delay].
func (k FaultKind) Delay(d time.Duration) Fault { return k.OnAny().Delay(d) }
