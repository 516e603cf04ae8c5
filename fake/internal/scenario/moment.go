package scenario

import (
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
)

// moment is a point in time that the clock can show, such as when something was created or changed.
type moment struct{ time.Time }

const exampleMoment = "2026-01-15T09:00:00Z"

func (m *moment) decode(d *decoder, f yamltree.Field) {
	if !f.Value.IsScalar() {
		d.wrong(f, "a timestamp, like "+exampleMoment)
		return
	}
	t, err := time.Parse(time.RFC3339Nano, f.Value.Text)
	if err != nil || world.CheckTime(t) != nil {
		d.problems.Add(f.Value.Position, "%s is not a timestamp; write one like %s, from 1970 on", suggest.Quote(f.Value.Text), exampleMoment)
		return
	}
	m.Time = t.UTC()
}

func (*moment) schema() schema {
	return schema{"type": "string", "format": "date-time", "pattern": `^(19[789]\d|[2-9]\d{3})-`}
}

// date is a point in time that clients choose, such as a deadline or when a value of the past began, in any year of four
// digits.
type date struct{ time.Time }

func (m *date) decode(d *decoder, f yamltree.Field) {
	if !f.Value.IsScalar() {
		d.wrong(f, "a timestamp, like "+exampleMoment)
		return
	}
	t, err := time.Parse(time.RFC3339Nano, f.Value.Text)
	if t = t.UTC(); err != nil || !world.Writable(t) {
		d.problems.Add(f.Value.Position, "%s is not a timestamp; write one like %s", suggest.Quote(f.Value.Text), exampleMoment)
		return
	}
	m.Time = t
}

func (*date) schema() schema {
	return schema{"type": "string", "format": "date-time", "pattern": `^\d{4}-`}
}

// at returns a moment of the file, truncated to the millisecond as in Attio, or another if there is none.
func at(m *moment, otherwise time.Time) time.Time {
	if m == nil {
		return otherwise
	}
	return m.Truncate(time.Millisecond)
}

// timestamp formats a point in time.
func timestamp(t time.Time) yamltree.Plain { return yamltree.Plain(t.UTC().Format(time.RFC3339Nano)) }
