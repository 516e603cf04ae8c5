package probe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// Verdict says what came of a probe.
type Verdict string

// The verdicts.
const (
	// FakeWrong: the answers differ, and the fake's was its own decision.
	FakeWrong Verdict = "fake wrong"
	// AttioMoved: the answers differ, and the fake's is what Attio answered or described in the month of the probe's facts, as the
	// fake's own tests hold. So it is where the fake is known to differ, and Attio now answers like it; and where the fake decided,
	// but the answers differ only in what such a probe shows of the same resource.
	AttioMoved Verdict = "Attio moved"
	// AsDocumented: the answers do not differ in anything that a client notices, or they differ as the row says.
	AsDocumented Verdict = "as documented"
	// Undecided: the question was not asked, or got no answer that says anything about it. There is a reason.
	Undecided Verdict = "undecided"
)

// Verdicts lists the verdicts, those first that need somebody's attention.
func Verdicts() []Verdict { return []Verdict{FakeWrong, AttioMoved, Undecided, AsDocumented} }

// Finding is a point in which the two answers differ, in neutral data.
type Finding struct {
	Path     string           `json:"path"`
	Kind     compare.Kind     `json:"kind"`
	Severity compare.Severity `json:"severity"`
	Attio    string           `json:"attio"`
	Fake     string           `json:"fake"`
}

func (f Finding) String() string {
	return fmt.Sprintf("%s: Attio has %s, the fake has %s", f.Path, f.Attio, f.Fake)
}

// judge returns the verdict on a probe whose calls were all answered.
func (p Probe) judge(findings []Finding) Verdict {
	differ := slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity > compare.Harmless })
	switch {
	case p.differs && differ, !p.differs && !differ:
		return AsDocumented
	case p.differs, p.Facts != "":
		return AttioMoved
	}
	return FakeWrong
}

// lastKey returns the last key of a path such as "data.parent_object[0]".
func lastKey(path string) string {
	key, _, _ := strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	return key
}

// compareReplies returns what differs between the answers to a call, which are neutral already.
func (c *Call) compareReplies(attio, fake Reply) []Finding {
	options := []compare.Option{compare.Values(func(path, _, _ string) bool { return !slices.Contains(c.exact, lastKey(path)) })}
	if c.others {
		options = append(options, compare.EachLikeSome())
	} else {
		options = append(options, compare.StrictNull())
	}
	var findings []Finding
	for _, d := range compare.Answers(compare.Answer(attio), compare.Answer(fake), options...) {
		if c.others && (d.Kind == compare.OfType && d.Got == string(compare.Null) || d.Kind == compare.OfForm || d.Kind == compare.OfLength) {
			continue // other things have other values
		}
		finding := Finding{d.Field(), d.Kind, d.Severity, d.Want, d.Got}
		if d.Kind == compare.OfValue { // of a key whose content the probe is about
			finding.Severity = compare.Notable
		}
		if !slices.Contains(findings, finding) {
			findings = append(findings, finding)
		}
	}
	if c.derived != nil {
		if a, f := c.derived(attio), c.derived(fake); a != f {
			findings = append(findings, Finding{"what the probe looks at", compare.OfValue, compare.Notable, a, f})
		}
	}
	return findings
}
