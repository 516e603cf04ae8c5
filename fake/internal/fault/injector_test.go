package fault

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake/internal/match"
)

func TestWaitingEndsWithTheFirstReasonToEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		delay time.Duration
		end   func(in *Injector, cancel func())
		after time.Duration
		err   error
	}{
		"the delay is over":        {time.Second, func(*Injector, func()) {}, time.Second, nil},
		"the client has gone":      {-1, func(_ *Injector, cancel func()) { cancel() }, time.Minute, context.Canceled},
		"the rules are cleared":    {-1, func(in *Injector, _ func()) { in.Clear() }, time.Minute, context.Canceled},
		"the workspace is removed": {-1, func(in *Injector, _ func()) { in.Retain(func(slug string) bool { return slug != "acme" }) }, time.Minute, context.Canceled},
		"another is removed":       {time.Hour, func(in *Injector, _ func()) { in.Retain(func(slug string) bool { return slug == "acme" }) }, time.Hour, nil},
		"the injector is closed":   {time.Hour, func(in *Injector, _ func()) { in.Close() }, time.Minute, context.Canceled},
		"no time at all is asked":  {0, func(*Injector, func()) {}, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var in Injector
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				begin := time.Now()
				go func() {
					time.Sleep(time.Minute)
					tc.end(&in, cancel)
				}()
				if err := in.Wait(ctx, "acme", func() bool { return false }, tc.delay); !errors.Is(err, tc.err) {
					t.Errorf("the error is %v", err)
				}
				if waited := time.Since(begin); waited != tc.after {
					t.Errorf("waited %v, not %v", waited, tc.after)
				}
				time.Sleep(time.Minute)
			})
		})
	}
}

func TestNobodyWaitsOnceTheInjectorIsClosed(t *testing.T) {
	t.Parallel()
	var in Injector
	in.Close()
	in.Close()
	if err := in.Wait(t.Context(), "", func() bool { return false }, -1); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestNobodyWaitsForAWorkspaceThatIsRemovedAlready(t *testing.T) {
	t.Parallel()
	var in Injector
	if err := in.Wait(t.Context(), "acme", func() bool { return true }, -1); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatIsLeftOfARuleIsWhatItHasNotDoneYet(t *testing.T) {
	t.Parallel()
	var in Injector
	for _, rule := range []Rule{
		{ID: "spent", Kind: Slow, Delay: 1, Times: 2},
		{ID: "half", Kind: Slow, Delay: 1, After: 1, Times: 4},
		{ID: "waiting", Kind: Slow, Delay: 1, After: 9},
	} {
		if _, err := in.Add(rule); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		in.Hit(Request{Request: match.Request{Method: "GET", Target: "/v2/self"}})
	}
	want := []Rule{{ID: "half", Kind: Slow, Delay: 1, Times: 2}, {ID: "waiting", Kind: Slow, Delay: 1, After: 6}}
	if diff := cmp.Diff(want, in.Left(), cmpopts.IgnoreFields(Rule{}, "When")); diff != "" {
		t.Error(diff)
	}
}
