package world

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestAPlanLimitsTheObjectsThatAreOn(t *testing.T) {
	t.Parallel()
	for plan, want := range map[Plan]int{PlanFree: 3, PlanPlus: 5, PlanPro: 12, PlanEnterprise: 40, "": 40} {
		t.Run("plan "+string(plan), func(t *testing.T) {
			t.Parallel()
			var last error
			state, err := Build("acme", "Acme", noon, func(tx *Tx) error {
				tx.Plan = plan
				for i := 2; i < 40 && last == nil; i++ { // people and companies count too
					name := strconv.Itoa(i)
					_, last = tx.CreateObject(object(name, "one "+name, "many "+name))
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := len(enabled(state)); got != want {
				t.Errorf("%d objects, want %d", got, want)
			}
			var refused error
			if want < 40 {
				refused = attio.ObjectQuotaExceeded()
			}
			if diff := cmp.Diff(refused, last); diff != "" {
				t.Errorf("the last answer: %s", diff)
			}
		})
	}
}
