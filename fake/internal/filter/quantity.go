package filter

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	"github.com/fakeattio/fakeattio/fake/internal/shape"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// numbers is the kind of fields that hold a number.
type numbers[V interface {
	attribute.Value
	~float64 | ~int
}] struct {
	fromText bool // the operand may be a string with a number
}

func (k numbers[V]) test(o operand) (test, error) {
	if s, ok := o.value.(string); ok && k.fromText {
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			o.value = n
		}
	}
	limit, err := o.number()
	if err != nil {
		return test{}, err
	}
	holds := orderHolds(o.operator)
	return test{
		holds: func(held *world.Held) bool {
			v, ok := held.Value.(V)
			return ok && holds[cmp.Compare(float64(v), limit)+1]
		},
		keys: keyOf(o.operator, attribute.Number(limit)),
		equation: equalsIf(o.operator, func(held *world.Held) (float64, bool) {
			v, ok := held.Value.(V)
			return float64(v), ok
		}, limit),
	}, nil
}

func (numbers[V]) given(held *world.Held) bool {
	_, ok := held.Value.(V)
	return ok
}

func (numbers[V]) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}

func (numbers[V]) number(held *world.Held) float64 { return float64(held.Value.(V)) }

// keyOf returns the key that a value must have to pass $eq.
func keyOf(operator string, value attribute.Value) []string {
	if operator == opEq {
		return []string{value.Key()}
	}
	return nil
}

// checkboxes is the kind of the field of checkboxes.
type checkboxes struct{}

func (checkboxes) test(o operand) (test, error) {
	sought, ok := o.value.(bool)
	if !ok {
		return test{}, o.refuse("Expected a boolean, received " + shape.TypeOf(o.value) + ".")
	}
	return test{holds: func(held *world.Held) bool { return held.Value == attribute.Checkbox(sought) }}, nil
}

func (checkboxes) given(*world.Held) bool { return true }

func (checkboxes) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}

// dates is the kind of the field of dates. Its operands have the same forms as in writes.
type dates struct{}

func (dates) test(o operand) (test, error) {
	value, err := attribute.Parse(nil, &attribute.Definition{Type: attribute.TypeDate}, scalar(o.value))
	if err != nil {
		return test{}, attio.InvalidFilterDate(fmt.Sprint(scalar(o.value)), o.path)
	}
	limit := value.(attribute.Date)
	holds := orderHolds(o.operator)
	return test{
		holds: func(held *world.Held) bool {
			v, ok := held.Value.(attribute.Date)
			return ok && holds[cmp.Compare(v, limit)+1]
		},
		keys:     keyOf(o.operator, limit),
		equation: equalsIf(o.operator, valueOf[attribute.Date], limit),
	}, nil
}

func (dates) given(*world.Held) bool { return true }

func (dates) compare(d *attribute.Definition, a, b *world.Held) int {
	return a.Value.Compare(b.Value, d)
}

func (dates) text(held *world.Held) string { return string(held.Value.(attribute.Date)) }

// moments is the kind of fields that hold a date with a time. Unlike writes, filters need both. Only
// active_from and active_until accept a date alone, as in Attio's guides to statuses and selects.
type moments struct {
	get       func(*world.Held) (time.Time, bool)
	dateAlone bool
}

func (k moments) test(o operand) (test, error) {
	s, _ := scalar(o.value).(string)
	value, err := attribute.Parse(nil, &attribute.Definition{Type: attribute.TypeTimestamp}, s)
	if err != nil || !strings.Contains(s, "T") && !(k.dateAlone && len(s) == len(time.DateOnly)) {
		return test{}, attio.InvalidFilterTimestamp(fmt.Sprint(scalar(o.value)), o.path)
	}
	limit := value.(attribute.Timestamp)
	holds := orderHolds(o.operator)
	return test{
		holds: func(held *world.Held) bool {
			moment, ok := k.get(held)
			return ok && holds[moment.Compare(limit.Time)+1]
		},
		keys: keyOf(o.operator, limit),
		equation: equalsIf(o.operator, func(held *world.Held) (instant, bool) {
			moment, ok := k.get(held)
			return instantOf(moment), ok
		}, instantOf(limit.Time)),
	}, nil
}

func (k moments) given(held *world.Held) bool {
	_, ok := k.get(held)
	return ok
}

func (k moments) compare(_ *attribute.Definition, a, b *world.Held) int {
	x, _ := k.get(a)
	y, _ := k.get(b)
	return x.Compare(y)
}

func (k moments) number(held *world.Held) float64 {
	moment, _ := k.get(held)
	return float64(moment.Unix())
}

// scalar returns a scalar as text or bool, and the name of the type of anything else.
func scalar(value any) any {
	switch value.(type) {
	case string, bool:
		return value
	}
	if n, ok := numberOf(value); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return shape.TypeOf(value)
}

func activeFrom(held *world.Held) (time.Time, bool) { return held.From, true }

// activeUntil finds nothing for a current value, and filters only see current values.
func activeUntil(held *world.Held) (time.Time, bool) {
	if held.Until == nil {
		return time.Time{}, false
	}
	return *held.Until, true
}

func timestamp(held *world.Held) (time.Time, bool) {
	t, ok := held.Value.(attribute.Timestamp)
	return t.Time, ok
}

func interactedAt(held *world.Held) (time.Time, bool) {
	i, ok := held.Value.(attribute.Interaction)
	return i.At, ok
}
