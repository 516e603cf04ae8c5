package scenario

import (
	"strconv"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// faultRule says which requests of a workspace go wrong, and how.
type faultRule struct {
	placed
	Fault       faultKind `yaml:"fault,required,short" doc:"What goes wrong."`
	Operation   string    `yaml:"operation" doc:"An operation of the README's table, like records.query, or all of a resource, like records.*. By default every operation."`
	Method      string    `yaml:"method" doc:"An HTTP method."`
	Path        string    `yaml:"path" doc:"A pattern that paths match, in which * stands for one part, like /v2/objects/*/records. The query counts where the pattern has one."`
	Token       string    `yaml:"token" doc:"A token of the workspace, by its name, with or without the workspace: full, acme/full. By default every token."`
	Status      count     `yaml:"status" doc:"The status of the answer, for answer-lost, cut-off and invalid-json, which wait for it. By default every status."`
	After       count     `yaml:"after" doc:"How many requests pass first."`
	Every       count     `yaml:"every" doc:"Of those after them, every how many goes wrong. By default each."`
	Times       count     `yaml:"times" doc:"How often at the most. By default for ever."`
	Probability chance    `yaml:"probability" doc:"How probably each of those goes wrong, above 0 and below 1. It repeats with the scenario's seed. By default always."`
	Seed        *int64    `yaml:"seed" doc:"The seed of the probability, where it is not that of the scenario."`
	Delay       delay     `yaml:"delay" doc:"How long to wait before anything else, in real time, like 250ms."`
}

// anyFault says which requests go wrong, to whichever workspace.
type anyFault struct {
	faultRule `yaml:"inline"`
	Workspace slug `yaml:"workspace" doc:"The slug of the one workspace to whose requests it happens."`
}

// faultKind is what goes wrong.
type faultKind string

func (faultKind) words() (string, []string) { return "fault", asStrings(fault.Kinds()) }

// limits is the word for Attio's rate limits.
type limits string

const attioLimits limits = "attio"

func (limits) words() (string, []string) { return "limits", asStrings([]limits{attioLimits}) }

// count is how many.
type count int

func (c *count) decode(d *decoder, f yamltree.Field) {
	n, err := strconv.Atoi(f.Value.Text)
	if f.Value.Kind != yamltree.KindNumber || err != nil || n < 1 {
		d.problems.Add(f.Value.Position, "%s must be a whole number from 1 on", suggest.Quote(f.Name))
		return
	}
	*c = count(n)
}

func (*count) schema() schema { return schema{"type": "integer", "minimum": 1} }

// chance is a probability that is neither never nor always.
type chance float64

func (c *chance) decode(d *decoder, f yamltree.Field) {
	p, err := strconv.ParseFloat(f.Value.Text, 64)
	if f.Value.Kind != yamltree.KindNumber || err != nil || !(p > 0 && p < 1) {
		d.problems.Add(f.Value.Position, "%s must be a number above 0 and below 1", suggest.Quote(f.Name))
		return
	}
	*c = chance(p)
}

func (*chance) schema() schema {
	return schema{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
}

// delay is a length of time as Go writes it.
type delay time.Duration

func (l *delay) decode(d *decoder, f yamltree.Field) {
	parsed, err := time.ParseDuration(f.Value.Text)
	if f.Value.Kind != yamltree.KindString || err != nil || parsed <= 0 {
		d.problems.Add(f.Value.Position, "%s must be a length of time above zero, like 250ms or 2s", suggest.Quote(f.Name))
		return
	}
	*l = delay(parsed)
}

func (*delay) schema() schema {
	return schema{"type": "string", "pattern": `^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)`}
}
