package limit

import (
	"fmt"
	"testing"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

func operation(t *testing.T, name string) *attio.Operation {
	t.Helper()
	for _, op := range attio.Operations() {
		if op.Name == name {
			return op
		}
	}
	t.Fatalf("no operation %q", name)
	return nil
}

func TestEachClockSecondHasItsRequests(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{
		"records.query": 100, "records.create": 25, "notes.list": 10, "records.merge": 5, "sql.query": 2, "call_recordings.create": 1, "files.upload": 1,
	} {
		t.Run(fmt.Sprintf("%d of %s", most, name), func(t *testing.T) {
			t.Parallel()
			var l Limiter
			op := operation(t, name)
			for second := range 2 {
				now := noon.Add(time.Duration(second)*time.Second + 999*time.Millisecond)
				for i := range most {
					if _, ok := l.Allow("acme", op, now); !ok {
						t.Fatalf("request %d is refused", i+1)
					}
				}
				retry, ok := l.Allow("acme", op, now)
				if want := noon.Add(time.Duration(second+1) * time.Second); ok || !retry.Equal(want) {
					t.Errorf("request %d: allowed %v, retry at %v, not %v", most+1, ok, retry, want)
				}
				if _, ok := l.Allow("globex", op, now); !ok && second == 0 {
					t.Error("another workspace is refused too")
				}
			}
		})
	}
}

func TestReadsAndWritesAreCountedApart(t *testing.T) {
	t.Parallel()
	var l Limiter
	for range 25 {
		l.Allow("acme", operation(t, "records.create"), noon)
	}
	if _, ok := l.Allow("acme", operation(t, "records.query"), noon); !ok {
		t.Error("a read is refused for the writes")
	}
	if _, ok := l.Allow("acme", operation(t, "tasks.delete"), noon); ok {
		t.Error("another write is allowed")
	}
}

func TestScoresAddUpOverTenSeconds(t *testing.T) {
	t.Parallel()
	var l Limiter
	for i := range 5 {
		if _, ok := l.Score("acme", MaxQueryScore, noon.Add(time.Duration(i)*1500*time.Millisecond)); !ok {
			t.Fatalf("query %d is refused", i+1)
		}
	}
	now := noon.Add(9 * time.Second)
	retry, ok := l.Score("acme", 1, now)
	if want := noon.Add(10 * time.Second); ok || !retry.Equal(want) {
		t.Errorf("one point more: allowed %v, retry at %v, not %v", ok, retry, want)
	}
	// The second query leaves the window half a second after a clock second.
	retry, ok = l.Score("acme", MaxQueryScore, now)
	if want := noon.Add(10 * time.Second); ok || !retry.Equal(want) {
		t.Errorf("as much as left: allowed %v, retry at %v, not %v", ok, retry, want)
	}
	if _, ok := l.Score("acme", MaxQueryScore, noon.Add(10*time.Second)); !ok {
		t.Error("refused although the first has left the window")
	}
	retry, ok = l.Score("acme", 1, noon.Add(10*time.Second))
	if want := noon.Add(12 * time.Second); ok || !retry.Equal(want) {
		t.Errorf("full again: allowed %v, retry at %v, not %v", ok, retry, want)
	}
}

func TestAQueryThatWeighsTooMuchNeverGoesThrough(t *testing.T) {
	t.Parallel()
	var l Limiter
	if retry, ok := l.Score("acme", MaxQueryScore+1, noon); ok || !retry.Equal(noon.Add(time.Second)) {
		t.Errorf("allowed %v, retry at %v", ok, retry)
	}
	if _, ok := l.Score("acme", MaxQueryScore, noon); !ok {
		t.Error("what was refused was counted")
	}
}
