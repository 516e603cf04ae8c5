package scenario

import (
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// choice is an option of a select attribute.
type choice struct {
	placed
	Title      noun `yaml:"title,required,short" doc:"The title of the option."`
	IsArchived bool `yaml:"is_archived" doc:"Whether it is archived."`
	identified `yaml:"inline"`
}

// step is a status of a status attribute.
type step struct {
	placed
	Title              noun      `yaml:"title,required,short" doc:"The title of the status."`
	CelebrationEnabled bool      `yaml:"celebration_enabled" doc:"Whether Attio celebrates when a record reaches it."`
	TargetTimeInStatus *duration `yaml:"target_time_in_status" doc:"How long a record should stay in it at most, as an ISO 8601 duration."`
	IsArchived         bool      `yaml:"is_archived" doc:"Whether it is archived."`
	identified         `yaml:"inline"`
}

// The pattern is that of the durations that the attribute types read.
type duration string

func (duration) form() form {
	const n, f = `\d{1,4}`, `\d{1,6}([.,]\d{1,9})?`
	return form{"ISO 8601 duration", `^P(` + n + `Y)?(` + n + `M)?(` + n + `W)?(` + n + `D)?(T(` + f + `H)?(` + f + `M)?(` + f + `S)?)?$`,
		"write one like P14D"}
}

// options reads the options of an attribute.
func (b *builder) options(spec *definition, d *attribute.Definition) bool {
	if !spec.has("options") {
		return true
	}
	right := true
	d.Options = make([]attribute.Option, len(spec.Options))
	for i, o := range spec.Options {
		d.Options[i] = attribute.Option{Title: string(o.Title), Archived: o.IsArchived}
		if slices.ContainsFunc(spec.Options[:i], func(earlier choice) bool { return earlier.Title == o.Title }) {
			b.refuse(o.at("title"), attio.OptionConflict(string(o.Title)), "")
			right = false
		}
	}
	if d.Type != attribute.TypeSelect {
		b.refuse(spec.at("options"), attio.NotASelectAttribute(), "")
		right = false
	}
	return right
}

// statuses reads the statuses of an attribute.
func (b *builder) statuses(spec *definition, d *attribute.Definition) bool {
	if !spec.has("statuses") {
		return true
	}
	right := true
	d.Statuses = make([]attribute.Status, len(spec.Statuses))
	for i, s := range spec.Statuses {
		d.Statuses[i] = attribute.Status{Title: string(s.Title), Archived: s.IsArchived, Celebration: s.CelebrationEnabled, TargetTime: (*string)(s.TargetTimeInStatus)}
		if slices.ContainsFunc(spec.Statuses[:i], func(earlier step) bool { return earlier.Title == s.Title }) {
			b.refuse(s.at("title"), attio.StatusConflict(string(s.Title)), "")
			right = false
		}
	}
	if d.Type != attribute.TypeStatus {
		b.refuse(spec.at("statuses"), attio.NotAStatusAttribute(), "")
		right = false
	}
	return right
}

// titlesOf returns everything that the file says of choices, for comparison.
func titlesOf(options []attribute.Option, statuses []attribute.Status) []string {
	var all []string
	for _, o := range options {
		all = append(all, o.Title+flagged(o.Archived))
	}
	for _, s := range statuses {
		target := ""
		if s.TargetTime != nil {
			target = *s.TargetTime
		}
		all = append(all, s.Title+flagged(s.Archived)+flagged(s.Celebration)+target)
	}
	return all
}

func flagged(b bool) string { return "\x00" + string(boolean(b)) }

// hasOwnChoices reports whether a choice has an id that does not derive from its title.
func (e *exporter) hasOwnChoices(d *attribute.Definition, path string) bool {
	own := func(section, title string, id attio.ID) bool {
		return id != attio.PathID(e.state.Origin+"/"+path+section+title)
	}
	return slices.ContainsFunc(d.Options, func(o attribute.Option) bool { return own("/options/", o.Title, o.ID) }) ||
		slices.ContainsFunc(d.Statuses, func(s attribute.Status) bool { return own("/statuses/", s.Title, s.ID) })
}

// putChoices adds the options or statuses of an attribute.
func (e *exporter) putChoices(m *yamltree.Mapping, d *attribute.Definition, path string) {
	var options, statuses yamltree.Sequence
	for _, o := range d.Options {
		choice := yamltree.MappingOf("title", yamltree.Text(o.Title))
		choice.PutIf(o.Archived, "is_archived", boolean(true))
		e.putID(choice, path+"/options/"+o.Title, o.ID)
		options = append(options, shortened(choice))
	}
	for _, s := range d.Statuses {
		step := yamltree.MappingOf("title", yamltree.Text(s.Title))
		step.PutIf(s.Celebration, "celebration_enabled", boolean(true))
		step.PutText("target_time_in_status", s.TargetTime)
		step.PutIf(s.Archived, "is_archived", boolean(true))
		e.putID(step, path+"/statuses/"+s.Title, s.ID)
		statuses = append(statuses, shortened(step))
	}
	m.PutAll("options", options)
	m.PutAll("statuses", statuses)
}
