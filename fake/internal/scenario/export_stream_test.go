package scenario_test

import (
	"errors"
	"io"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// pieces notes the lengths of what is written, and fails from a certain write on; with 0 it never does.
type pieces struct {
	lengths []int
	failAt  int
}

var errFull = errors.New("full")

func (p *pieces) Write(b []byte) (int, error) {
	p.lengths = append(p.lengths, len(b))
	if len(p.lengths) == p.failAt {
		return 0, errFull
	}
	return len(b), nil
}

// An export is written in pieces of 64 KiB and the rest of an entry, whatever its size.
func TestAnExportIsNeverInMemoryAsAWhole(t *testing.T) {
	t.Parallel()
	const most = 64<<10 + 4<<10
	seed := load(t, crowd("pieces", 1500, 300))
	for _, format := range scenario.Formats() {
		file, err := scenario.ExportAs(format, seed)
		if err != nil {
			t.Fatal(err)
		}
		var all pieces
		if n, err := file.WriteTo(&all); err != nil || n != file.Size {
			t.Errorf("%s: %d of %d bytes were written: %v", format, n, file.Size, err)
		}
		if len(all.lengths) < 5 {
			t.Errorf("%s: %d pieces are too few for this test", format, len(all.lengths))
		}
		for _, n := range all.lengths {
			if n > most {
				t.Errorf("%s: a piece has %d bytes", format, n)
			}
		}
		failing := pieces{failAt: 3}
		if _, err := file.WriteTo(&failing); !errors.Is(err, errFull) || len(failing.lengths) != 3 {
			t.Errorf("%s: writing went on after an error: %d times, %v", format, len(failing.lengths), err)
		}
	}
}

// What is allocated for a record of a dozen values, in both passes together.
func TestAnExportAllocatesLittleForEachRecord(t *testing.T) {
	const people, most = 2000, 24
	seed := load(t, crowd("allocations", people, 0))
	for _, format := range scenario.Formats() {
		allocations := testing.AllocsPerRun(3, func() {
			file, err := scenario.ExportAs(format, seed)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := file.WriteTo(io.Discard); err != nil {
				t.Fatal(err)
			}
		})
		if each := allocations / people; each > most {
			t.Errorf("%s: %.1f allocations for each record, more than %d", format, each, most)
		} else {
			t.Logf("%s: %.1f allocations for each record", format, each)
		}
	}
}
