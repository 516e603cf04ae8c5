package verify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
)

// Report is what came of all files.
type Report struct {
	Files    []FileReport `json:"files"`
	Findings []Finding    `json:"findings"` // worst first
}

// FileReport says what was compared of one file.
type FileReport struct {
	Name       string    `json:"name"`
	Format     string    `json:"format"`
	Compared   int       `json:"compared"`
	Skipped    []Skipped `json:"skipped"`
	Elsewhere  int       `json:"elsewhere"`  // exchanges with other hosts
	Unfinished int       `json:"unfinished"` // requests that were not answered
	LeftOut    []string  `json:"left_out"`   // what the answers show that no scenario can have
}

// Skipped is an exchange that was not compared.
type Skipped struct {
	Exchange string `json:"exchange"`
	Request  string `json:"request"`
	Reason   string `json:"reason"`
}

// Finding is a difference, wherever it occurs.
type Finding struct {
	Operation string           `json:"operation"` // or the method and the path, if Attio has no such operation
	Kind      compare.Kind     `json:"kind"`
	Severity  compare.Severity `json:"severity"`
	Field     string           `json:"field"`
	Want      string           `json:"recorded"` // where it occurs first
	Got       string           `json:"fake"`
	Count     int              `json:"count"`
	Exchanges []string         `json:"exchanges"` // in which it occurs
	Accepted  bool             `json:"accepted"`
	Reason    string           `json:"reason,omitempty"` // why it is accepted, or was once
}

// Name is the finding as --accept takes it.
func (f Finding) Name() string { return fmt.Sprintf("%s:%s:%s", f.Operation, f.Kind, f.Field) }

// Options say how recordings are verified.
type Options struct {
	Start   func(scenario string) (Fake, func(), error) // starts a fake with a scenario, or with its own if that is ""
	Derives bool                                        // what a recording presupposes is derived from it
	Rules   Rules
	Now     time.Time        // for rules that expire
	Failing compare.Severity // from which severity on differences are findings to accept or mend
}

// Run verifies files, each with a fake of its own.
func Run(files []recording.File, options Options) (Report, error) {
	var report Report
	grouped := map[string]*Finding{}
	var order []*Finding
	for _, file := range files {
		outcomes, seed, err := options.play(file)
		if err != nil {
			return report, fmt.Errorf("%s: %w", file.Name, err)
		}
		of := FileReport{Name: file.Name, Format: file.Format, Skipped: []Skipped{}, Elsewhere: file.Elsewhere, Unfinished: file.Unfinished, LeftOut: append([]string{}, seed.LeftOut...)}
		for _, o := range outcomes {
			if o.skipped != "" {
				of.Skipped = append(of.Skipped, Skipped{o.Name, o.Method + " " + o.URI(), o.skipped})
				continue
			}
			of.Compared++
			for _, d := range o.differences {
				f := Finding{Operation: cmp.Or(o.operation, o.Method+" "+o.Path), Kind: d.Kind, Severity: d.Severity, Field: d.Field(), Want: d.Want, Got: d.Got}
				key := f.Name()
				if d.Kind == compare.OfMessage || d.Kind == compare.OfCode || d.Kind == compare.OfStatus {
					key += ":" + d.Want + ":" + d.Got
				}
				known := grouped[key]
				if known == nil {
					known = &f
					grouped[key] = known
					order = append(order, known)
				}
				known.Count++
				if !slices.Contains(known.Exchanges, o.Name) {
					known.Exchanges = append(known.Exchanges, o.Name)
				}
			}
		}
		report.Files = append(report.Files, of)
	}
	for _, f := range order {
		options.accept(f)
		report.Findings = append(report.Findings, *f)
	}
	slices.SortStableFunc(report.Findings, func(a, b Finding) int {
		return cmp.Or(int(b.Severity)-int(a.Severity), slices.Index(compare.Kinds(), a.Kind)-slices.Index(compare.Kinds(), b.Kind))
	})
	return report, nil
}

func (o Options) play(file recording.File) ([]outcome, Seed, error) {
	var seed Seed
	if o.Derives {
		var err error
		if seed, err = Derive(file.Exchanges); err != nil {
			return nil, seed, err
		}
	}
	fake, stop, err := o.Start(seed.Scenario)
	if err != nil {
		return nil, seed, err
	}
	defer stop()
	return replay(file.Exchanges, seed, fake), seed, nil
}

// accept judges a finding. What is milder than what fails is accepted without a rule.
func (o Options) accept(f *Finding) {
	if f.Severity < o.Failing {
		f.Accepted = true
		return
	}
	o.Rules.accept(f, o.Now)
}

// Failures lists the findings that are not accepted.
func (r Report) Failures() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Accepted })
}

// Compared counts the exchanges that were compared.
func (r Report) Compared() (n int) {
	for _, f := range r.Files {
		n += f.Compared
	}
	return n
}
