package lazy_test

import (
	"sync"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

func TestAValueIsMadeOnceAndWhenItIsNeeded(t *testing.T) {
	t.Parallel()
	made := 0
	value := lazy.Of[map[string]int]{Make: func() map[string]int { made++; return map[string]int{"a": made} }}
	if made != 0 {
		t.Error("it is made before it is needed")
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if got := value.Get()["a"]; got != 1 {
				t.Errorf("it is made %d times", got)
			}
		})
	}
	group.Wait()
}
