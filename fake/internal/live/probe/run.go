package probe

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Options says whom to ask, and what is allowed.
type Options struct {
	URL, Token string
	Transport  http.RoundTripper // nil for the network
	Write      bool              // else nothing is sent that may change something
	Only       []string          // the probes that are wanted, by id or as "records.*"; the default is all
	Log        *Log
	Fake       func(scenario string) (Fake, error) // starts a fake
	Ended      func(done, of int, r Result)        // called after each probe
}

// Fake is the other side.
type Fake struct {
	Transport http.RoundTripper
	Token     string
	Close     func()
}

// Run asks both sides, and returns what came of it. It fails if the workspace cannot be asked at all, or if ctx ends.
func Run(ctx context.Context, o Options) (*Report, error) {
	chosen, err := Choose(o.Only, o.Write)
	if err != nil {
		return nil, err
	}
	suite := chosen
	if len(o.Only) == 0 {
		suite = Suite() // those that are not chosen have a reason
	}
	attio, err := newSide(o.URL, o.Token, o.Transport)
	if err != nil {
		return nil, err
	}
	defer attio.own.Close()
	r := &runner{Options: o, attio: attio, left: map[string]bool{}, chosen: map[string]bool{}}
	for _, p := range chosen {
		r.chosen[p.ID] = true
	}
	earlier := o.Log.answers()
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	defer r.close()
	report := &Report{Version: reportVersion, URL: o.URL, Wrote: o.Write, Earlier: earlier}
	for i, p := range suite {
		result, err := r.probe(ctx, p)
		if err != nil {
			return nil, err
		}
		report.Results = append(report.Results, result)
		if o.Ended != nil {
			o.Ended(i+1, len(suite), result)
		}
	}
	report.attribute()
	counts := attio.own.Counts()
	report.Calls, report.Limited = counts.Requests+attio.aside.Requests, counts.Limited+attio.aside.Limited
	for what := range r.left {
		report.Left = append(report.Left, what)
	}
	slices.Sort(report.Left)
	return report, report.check(o.Token)
}

type runner struct {
	Options
	attio, fake *side
	about       about
	close       func()
	left        map[string]bool // what was made and not removed
	chosen      map[string]bool
}

// begin finds out about the workspace, and starts a fake like it.
func (r *runner) begin(ctx context.Context) error {
	before := r.Log.replies["self.identify#0"]
	var replies []Reply
	for _, p := range identity.Get() {
		delete(r.Log.replies, p.ID+"#0") // asked anew, as the token may be another one
		reply, err := r.ask(ctx, p, 0)
		if err != nil {
			return fmt.Errorf("the workspace cannot be asked: %w", err)
		}
		replies = append(replies, reply)
	}
	var err error
	if r.about, err = learn(replies[0], replies[1], replies[2]); err != nil {
		return err
	}
	if before != nil && workspaceOf(*before) != workspaceOf(replies[0]) {
		return errors.New("the run that broke off was in another workspace; remove what is left of it, or choose another output")
	}
	slices.SortFunc(r.about.private, func(a, b string) int { return len(b) - len(a) })
	r.about.private = slices.DeleteFunc(r.about.private, func(word string) bool { return word == "" })
	fake, err := r.Fake(r.about.scenario())
	if err != nil {
		return fmt.Errorf("no fake can be made like the workspace: %w", err)
	}
	r.close = fake.Close
	if r.fake, err = newSide(fakeURL, fake.Token, fake.Transport); err != nil {
		return err
	}
	for _, s := range []*side{r.attio, r.fake} {
		s.kept["tag"], s.kept["slug"] = r.Log.begun.Tag, "fakeattio_probe_"+r.Log.begun.Tag
		for name, value := range r.about.names() {
			s.kept[name] = value
		}
	}
	return nil
}

const fakeURL = "https://api.attio.com" // which a transport answers

// errUnanswered is the error of a write that was sent before a run broke off: whether it did anything is not known.
var errUnanswered = errors.New("the run broke off while the call was under way, and a write is not sent twice")

// ask sends a call of a probe to the workspace, unless its answer is there from before.
func (r *runner) ask(ctx context.Context, p Probe, i int) (Reply, error) {
	c := p.Calls[i]
	name := fmt.Sprintf("%s#%d", p.ID, i)
	reply, sent := r.Log.replies[name]
	switch {
	case reply != nil:
		return *reply, nil
	case sent && c.Writes():
		return Reply{}, errUnanswered
	}
	if err := r.Log.sending(name); err != nil {
		return Reply{}, err
	}
	answer, err := r.attio.send(ctx, c)
	if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
		err = errors.Join(err, r.Log.unsent(name))
	}
	if err != nil {
		return Reply{}, err
	}
	return answer, r.Log.answered(name, answer)
}

// probe asks both sides. The error is that of a run that cannot go on.
func (r *runner) probe(ctx context.Context, p Probe) (Result, error) {
	result := newResult(p)
	if reason := r.cannot(p); reason != "" {
		return result.undecided(reason), nil
	}
	for i, c := range p.Calls {
		real, err := r.ask(ctx, p, i)
		if err == nil && real.Status >= 500 {
			err = fmt.Errorf("%s was answered with %d", c, real.Status)
		}
		switch {
		case errors.Is(err, errUnanswered):
			r.note(c, real) // it may have happened
			return result.undecided(err.Error()), nil
		case err != nil && (ctx.Err() != nil || real.Status == 0):
			return result, fmt.Errorf("the run broke off at %s: %w", p.ID, err)
		case err != nil:
			return result.undecided(err.Error()), nil
		}
		r.note(c, real)
		faked, err := r.fake.send(ctx, c)
		if err != nil {
			return result, err
		}
		errs := errors.Join(r.attio.remember(c, real), r.fake.remember(c, faked))
		if reason := c.silent(real, faked); reason != "" {
			return result.undecided(reason), nil
		}
		if errs != nil {
			return result.undecided(errs.Error()), nil
		}
		allowed := vocabulary(faked, c.Path+c.Body)
		neutralReal := newNeutral(r.attio, c, r.about.private, allowed).reply(real)
		neutralFake := newNeutral(r.fake, c, nil, allowed).reply(faked)
		if c.only != "" {
			neutralReal.Body, neutralFake.Body = onlyWhere(neutralReal.Body, c.only), onlyWhere(neutralFake.Body, c.only)
		}
		result.add(c, neutralReal, neutralFake)
	}
	result.Verdict = p.judge(result.findings())
	return result, nil
}

const needsWrite = "writes, or is about what a probe makes, which needs --write"

// cannot says why a probe cannot be asked in this workspace, or "".
func (r *runner) cannot(p Probe) string {
	if !r.chosen[p.ID] {
		return "it " + needsWrite
	}
	if name := r.attio.missing(p); name != "" {
		if reason := why.Get()[name]; reason != "" {
			return reason
		}
		return fmt.Sprintf("no earlier probe got the %s that it is about", strings.ReplaceAll(name, "_", " "))
	}
	if r.fake.missing(p) != "" {
		return "the fake did not answer an earlier probe as Attio did"
	}
	for _, c := range p.Calls {
		op := c.Operation()
		if op == nil || c.As != "" || op.AnswersAnyone {
			continue
		}
		missing := r.about.scopes.Missing(op.ScopesFor(targetOf(c.Path)))
		if p.Lacks != "" {
			if !slices.Contains(missing, p.Lacks) {
				return fmt.Sprintf("it needs a token without the scope %s", p.Lacks)
			}
		} else if len(missing) > 0 {
			return fmt.Sprintf("the token lacks the scope %s", missing[0])
		}
	}
	return ""
}

// targetOf returns what {target} of a path is.
func targetOf(path string) string {
	target, _, _ := strings.Cut(strings.TrimPrefix(path, "/v2/"), "/")
	return target
}

// note notes what a call has made or removed. A call without an answer may have made something.
func (r *runner) note(c *Call, reply Reply) {
	if c.makes != "" && reply.Status < http.StatusMultipleChoices {
		r.left[r.attio.fill(c.makes)] = true
	}
	gone := c.Method == http.MethodDelete && reply.Status < http.StatusMultipleChoices && reply.Status != 0 || reply.Status == http.StatusNotFound
	if c.removes != "" && gone {
		delete(r.left, r.attio.fill(c.removes))
	}
}

// silent says why an answer says nothing about the question, or "": the workspace's plan or permissions do not allow it, or Attio
// is not done yet.
func (c *Call) silent(real, fake Reply) string {
	var envelope struct{ Code string }
	_ = json.Unmarshal(real.Body, &envelope) // if the body is not JSON, there is no code
	op := c.Operation()
	switch {
	case op != nil && op.Name == "records.search" && real.Status == http.StatusOK && count(real) == 0 && count(fake) > 0:
		return "Attio's search takes a moment to find what is new"
	case real.Status == fake.Status:
		return ""
	case real.Status == http.StatusAccepted && op != nil && op.Name == "records.merge":
		return "the merge was accepted, and takes a while"
	case real.Status == http.StatusForbidden, slices.Contains(notAllowed, envelope.Code):
		return fmt.Sprintf("the workspace does not allow it: %d %s", real.Status, envelope.Code)
	case real.Status == http.StatusNotFound && strings.HasPrefix(c.Path, "/scim/"):
		return why.Get()["scim"]
	}
	return ""
}

// notAllowed are the codes of errors about the plan.
var notAllowed = []string{"quota_exceeded", "billing_error", "particle_gate_violation", "limit_reached"}

// count returns how many elements data has.
func count(r Reply) int {
	var answer struct{ Data []json.RawMessage }
	_ = json.Unmarshal(r.Body, &answer)
	return len(answer.Data)
}

// onlyWhere leaves the elements of data with a value, given as "key=value".
func onlyWhere(body []byte, condition string) []byte {
	key, value, _ := strings.Cut(condition, "=")
	var answer struct {
		Data []json.RawMessage `json:"data"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Data == nil {
		return body
	}
	kept := []json.RawMessage{}
	for _, item := range answer.Data {
		if parsed, err := compare.Parse(item); err == nil && lookup(parsed, key) == value {
			kept = append(kept, item)
		}
	}
	answer.Data = kept
	text, err := json.Marshal(answer)
	if err != nil {
		return body
	}
	return text
}
