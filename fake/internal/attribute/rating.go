package attribute

import (
	"cmp"
	"fmt"
	"math"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// Rating is a value of a rating attribute, 0 to 5 stars.
type Rating int

const maxRating = 5

func parseRating(written any) (Value, error) {
	f := longForm(written, "value")
	stars, ok := f.number("value")
	switch {
	case !ok:
	case stars != math.Trunc(stars):
		f.refuse(attio.Issue{Code: "invalid_type", Path: []any{"value"}, Message: "Expected integer, received float", Expected: "integer", Received: "float"})
	case stars < 0:
		f.refuse(attio.Issue{Code: "too_small", Path: []any{"value"}, Message: "Number must be greater than or equal to 0"})
	case stars > maxRating:
		f.refuse(attio.Issue{Code: "too_big", Path: []any{"value"}, Message: fmt.Sprintf("Number must be less than or equal to %d", maxRating)})
	}
	f.only()
	return Rating(stars), f.err()
}

// AppendFields appends `"value":3`.
func (r Rating) AppendFields(b []byte, _ Owner) []byte {
	return strconv.AppendInt(append(b, `"value":`...), int64(r), 10)
}

// Key is the number of stars.
func (r Rating) Key() string { return strconv.Itoa(int(r)) }

// Together implements Value.
func (r Rating) Together() Value { return r }

// Compare orders by stars.
func (r Rating) Compare(other Value, _ *Definition) int {
	o, ok := other.(Rating)
	if !ok {
		return -1
	}
	return cmp.Compare(r, o)
}
