package subscription_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/subscription"
)

func TestAdviceTellsTheMend(t *testing.T) {
	t.Parallel()
	_, err := subscription.ReadNew([]byte(`{"data":{"target_url":"http://example.com","subscriptions":[{"event_type":"record.created","filter":7},{"filter":null},8]}}`))
	answer, ok := errors.AsType[*attio.Error](err)
	if !ok {
		t.Fatal(err)
	}
	var got []string
	for _, issue := range answer.ValidationErrors {
		says, _, _ := strings.Cut(subscription.Advice(issue), ";")
		got = append(got, says)
	}
	want := []string{"a webhook cannot send to this", "this is no filter", "Required", "Expected object, received number"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
