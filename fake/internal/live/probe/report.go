package probe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/differences"
)

const reportVersion = 1

// Report is what came of a run. It holds nothing of the workspace's own, so that it can be attached to an issue.
type Report struct {
	Version int      `json:"version"`
	URL     string   `json:"url"`
	Date    string   `json:"date"`  // of the run: "2026-11-29"
	Fake    string   `json:"fake"`  // the version of the fake
	Wrote   bool     `json:"wrote"` // whether writes were allowed
	Calls   int      `json:"calls"`
	Earlier int      `json:"earlier,omitempty"` // answers from a run that broke off
	Limited int      `json:"limited,omitempty"` // answers with 429
	Left    []string `json:"left,omitempty"`    // what the run made and could not remove
	Results []Result `json:"results"`
}

// Result is what came of a probe.
type Result struct {
	Probe   string   `json:"probe"`
	Covers  []string `json:"covers,omitempty"`  // operations
	Settles []string `json:"settles,omitempty"` // rows of docs/differences.md
	Facts   string   `json:"facts,omitempty"`   // the month of what was known
	Verdict Verdict  `json:"verdict"`
	Reason  string   `json:"reason,omitempty"` // of undecided; where else Attio has moved
	Calls   []Asked  `json:"calls,omitempty"`
}

// Asked is a call, and what the two sides answered, re-made to neutral data. Answers that do not differ are left out.
type Asked struct {
	Request  string    `json:"request"` // with names instead of ids
	Body     string    `json:"body,omitempty"`
	Attio    *Answered `json:"attio,omitempty"`
	Fake     *Answered `json:"fake,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
}

// Answered is an answer.
type Answered struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// mostBody bounds what a report shows of a body.
const mostBody = 16 << 10

func newResult(p Probe) Result {
	r := Result{Probe: p.ID, Settles: differences.SettledBy(p.ID), Facts: p.Facts}
	for _, c := range p.Calls {
		if op := c.Operation(); op != nil && !slices.Contains(r.Covers, op.Name) {
			r.Covers = append(r.Covers, op.Name)
		}
	}
	return r
}

func (r Result) undecided(reason string) Result {
	r.Verdict, r.Reason, r.Calls = Undecided, reason, nil
	return r
}

func (r *Result) add(c *Call, real, fake Reply) {
	asked := Asked{Request: c.String(), Body: excerpt(c.Body), Findings: c.compareReplies(real, fake)}
	if len(asked.Findings) > 0 {
		asked.Attio, asked.Fake = answered(real), answered(fake)
	}
	r.Calls = append(r.Calls, asked)
}

func (r Result) findings() []Finding {
	var found []Finding
	for _, asked := range r.Calls {
		found = append(found, asked.Findings...)
	}
	return found
}

func answered(r Reply) *Answered {
	body := r.Body
	switch {
	case len(body) == 0:
		body = nil
	case !json.Valid(body):
		body = appendString(nil, string(body))
	case len(body) > mostBody:
		body = appendString(nil, fmt.Sprintf("(%d bytes)", len(body)))
	}
	return &Answered{r.Status, body}
}

func excerpt(text string) string {
	const most = 1000
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}

// check refuses a report that shows the token, or an address of somebody. It is the last line: neutral has re-made the answers.
func (r *Report) check(token string) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if bytes.Contains(text, []byte(token)) {
		return errors.New("the report would show the token, so it is not written: please report this")
	}
	for _, result := range r.Results {
		for _, asked := range result.Calls {
			shown, err := json.Marshal([]any{asked.Attio, asked.Findings})
			if err != nil {
				return err
			}
			for _, address := range mailForm.Get().FindAllString(string(shown), -1) {
				if mail(address) != address && !strings.Contains(asked.Body, address) {
					return fmt.Errorf("the report would show an e-mail address of the workspace at %s, so it is not written: please report this", result.Probe)
				}
			}
		}
	}
	return nil
}

// Result returns what came of a probe, or the zero value.
func (r *Report) Result(id string) Result {
	for _, result := range r.Results {
		if result.Probe == id {
			return result
		}
	}
	return Result{}
}

// Count returns how many probes have a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for _, result := range r.Results {
		if result.Verdict == v {
			n++
		}
	}
	return n
}

// Findings returns how many probes found the fake wrong, or Attio moved.
func (r *Report) Findings() int { return r.Count(FakeWrong) + r.Count(AttioMoved) }

// JSON returns the report as a file that Read reads.
func (r *Report) JSON() ([]byte, error) {
	var w bytes.Buffer
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(r)
	return w.Bytes(), err
}

// Read reads a report that JSON has written.
func Read(text []byte) (*Report, error) {
	var r Report
	if err := json.Unmarshal(text, &r); err != nil || r.Version == 0 {
		return nil, errors.New("it is no report of fakeattio probe")
	}
	if r.Version != reportVersion {
		return nil, fmt.Errorf("it is a report of version %d, and this program reads version %d", r.Version, reportVersion)
	}
	return &r, nil
}
