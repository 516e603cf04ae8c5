package chaos

import (
	"cmp"
	"fmt"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// meanings says what each verdict means.
var meanings = lazy.Of[map[Verdict]string]{Make: func() map[Verdict]string {
	return map[Verdict]string{
		Survived:       "it passes, and the final state is that of a run without the fault",
		FailedRecovers: "it fails, and a second run reaches the final state of a run without the fault",
		Hung:           "it does not end in time",
		FailedDamages:  "it fails, and a second run does not reach the final state of a run without the fault",
		SilentDamage:   "it passes, but the final state is not that of a run without the fault",
	}
}}

// Meaning says in a sentence what a verdict means.
func (v Verdict) Meaning() string { return meanings.Get()[v] }

// String returns a line such as "acme: a record of people was duplicated: Grace Hopper (50cf…)".
func (d Difference) String() string {
	thing := d.Thing
	if d.In != "" {
		thing += " of " + d.In
	}
	line := fmt.Sprintf("%s: %s %s", d.Workspace, thing, d.Action)
	if name := cmp.Or(d.Name, d.ID); name != "" {
		line += ": " + name
	}
	if d.Name != "" && d.ID != "" {
		line += " (" + d.ID + ")"
	}
	for _, a := range d.Attributes {
		switch {
		case d.Action == Differs:
			line += fmt.Sprintf("; %s is %s, not %s", a.Attribute, a.Got, a.Want)
		case d.Action == Lost:
			line += fmt.Sprintf("; %s should be %s", a.Attribute, a.Want)
		default:
			line += fmt.Sprintf("; %s is %s", a.Attribute, a.Got)
		}
	}
	return line
}

// String returns a line such as "#3 POST /v2/objects/people/records: no answer, hit by the fault".
func (r Request) String() string {
	line := fmt.Sprintf("#%d %s %s: ", r.Number, r.Method, r.Path)
	if r.Status == 0 {
		line += "no answer"
	} else {
		line += fmt.Sprint(r.Status)
	}
	if r.Message != "" {
		line += " " + r.Message
	}
	if r.Hit {
		line += ", hit by the fault"
	}
	return line
}
