package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// clockStart is the time at which the clock starts: a timestamp, or a mapping that says more.
type clockStart struct{ clockSetting }

// clockSetting is the mapping.
type clockSetting struct {
	placed
	At     *moment `yaml:"at" doc:"The time at which it starts."`
	Frozen bool    `yaml:"frozen" doc:"Whether it stands still until it is moved."`
	Offset shift   `yaml:"offset" doc:"How far it is ahead of real time, like 24h, or behind it, like -24h."`
}

func (c *clockStart) decode(d *decoder, f yamltree.Field) {
	switch f.Value.Kind {
	case yamltree.KindNull: // removes what a lower file says
	case yamltree.KindMapping:
		decodeInto(d, f, &c.clockSetting)
		switch {
		case c.Frozen && c.At == nil && !d.single:
			d.problems.Add(f.At, "a frozen clock needs the time at which it stands; add at: %s", exampleMoment)
		case c.At != nil && c.Offset != 0:
			d.problems.Add(c.at("offset"), "a clock has either at or offset, not both")
		case c.At == nil && !d.single:
			if (world.Start{Offset: time.Duration(c.Offset)}).Check() != nil {
				d.problems.Add(c.at("offset"), "this takes the clock out of its years, 1970 to 9999")
			}
		}
	default:
		decodeInto(d, f, &c.At)
	}
}

func (*clockStart) schema() schema {
	return schema{"anyOf": []any{schemaFor[*moment](), schemaFor[clockSetting]()}}
}

// start returns how the world's clock starts, and the default time of creation.
func (c *clockStart) start() (world.Start, time.Time) {
	start := world.Start{Frozen: c.Frozen, Offset: time.Duration(c.Offset)}
	if c.At == nil {
		return start, defaultCreatedAt
	}
	start.At = c.At.Time
	return start, start.At
}

// shift is a duration with a sign.
type shift time.Duration

func (s *shift) decode(d *decoder, f yamltree.Field) {
	parsed, err := time.ParseDuration(f.Value.Text)
	if f.Value.Kind != yamltree.KindString || err != nil {
		d.problems.Add(f.Value.Position, "%s must be a duration, like 24h or -90m, of at most 292 years", suggest.Quote(f.Name))
		return
	}
	*s = shift(parsed)
}

func (*shift) schema() schema {
	return schema{"type": "string", "pattern": `^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)`}
}

// defaultCreatedAt is when seeded things were created if neither they nor the scenario's clock say otherwise.
var defaultCreatedAt = time.Date(2026, time.January, 1, 9, 0, 0, 0, time.UTC)

// clockOf writes how a clock starts, or nil for real time.
func clockOf(start world.Start) any {
	switch {
	case start.Frozen:
		return yamltree.MappingOf("at", timestamp(start.At), "frozen", yamltree.Plain("true"))
	case !start.At.IsZero():
		return timestamp(start.At)
	case start.Offset != 0:
		return yamltree.MappingOf("offset", yamltree.Text(start.Offset.String()))
	}
	return nil
}
