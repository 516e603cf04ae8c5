package webhook

import (
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/subscription"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestTheSampleOfEveryTypeOfEventHasAShape(t *testing.T) {
	t.Parallel()
	about := make(map[world.Thing]bool)
	for _, eventType := range subscription.EventTypes() {
		subject, _, _ := strings.Cut(eventType, ".")
		shape, ok := shapes[subject]
		if !ok {
			t.Errorf("%s has no shape", eventType)
		}
		about[shape.about] = true
	}
	for _, thing := range world.Things() {
		if events := NoEvents(thing) == ""; events != about[thing] {
			t.Errorf("%s has events: %t; a shape of samples is about it: %t", thing, events, about[thing])
		}
	}
}
