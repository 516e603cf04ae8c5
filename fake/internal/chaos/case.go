package chaos

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/match"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
)

// Case is one fault at one place.
type Case struct {
	Operation string `json:"operation"`      // or Webhooks or Server, for what does not befall a single operation
	Call      int    `json:"call,omitempty"` // which call of the operation; 0 for the first that the fault befalls
	Fault     string `json:"fault"`
}

// ParseCase reads what names a case, or several: "records.create:answer-lost", "records.create@2:answer-lost" for one call,
// "records.create", "records.*" or "answer-lost".
func ParseCase(text string) (Case, error) {
	operation, fault, both := strings.Cut(text, ":")
	if !both && slices.Contains(Faults(), text) {
		operation, fault = "", text
	}
	c := Case{Fault: fault}
	var number string
	var numbered bool
	if c.Operation, number, numbered = strings.Cut(operation, "@"); numbered {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return c, fmt.Errorf("%q names no call; after @ stands its number, from 1: records.create@2", text)
		}
		c.Call = n
	}
	return c, nil
}

// check refuses unknown operations and faults.
func (c Case) check() error {
	if err := checkOperation(c.Operation); err != nil {
		return err
	}
	if c.Fault != "" && !slices.Contains(Faults(), c.Fault) {
		return errors.New(suggest.Unknown("fault", c.Fault, Faults()))
	}
	return nil
}

// of returns the case of one call.
func (c Case) of(call int) Case {
	c.Call = call
	return c
}

// Place names where the fault acts: "records.create", or "records.create@2" for its second call.
func (c Case) Place() string {
	if c.Call > 0 {
		return fmt.Sprintf("%s@%d", c.Operation, c.Call)
	}
	return c.Operation
}

// String returns the place and the fault, as Options.Only takes them.
func (c Case) String() string { return c.Place() + ":" + c.Fault }

// Cases returns the cases of faults.
func Cases(faults []Armed) []Case {
	var cases []Case
	for _, armed := range faults {
		cases = append(cases, armed.Case)
	}
	return cases
}

// NameOf names the faults of a run.
func NameOf(cases []Case) string {
	var names []string
	for _, c := range cases {
		names = append(names, c.String())
	}
	return strings.Join(names, "+")
}

// covered reports whether a rule for an operation and a fault, either of them empty for all, is about a case.
func (c Case) covered(operation, fault string) bool {
	return (operation == "" || operation == c.Operation || attio.Names(operation, c.Operation)) && (fault == "" || fault == c.Fault)
}

func checkOperation(name string) error {
	if name == "" || name == ofServer || name == ofWebhooks {
		return nil
	}
	return match.Operation(name)
}
