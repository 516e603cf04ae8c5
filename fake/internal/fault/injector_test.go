package fault

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestWaitingEndsWithTheFirstReasonToEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		delay time.Duration
		end   func(in *Injector, cancel func())
		after time.Duration
		err   error
	}{
		"the delay is over":       {time.Second, func(*Injector, func()) {}, time.Second, nil},
		"the client has gone":     {-1, func(_ *Injector, cancel func()) { cancel() }, time.Minute, context.Canceled},
		"the rules are cleared":   {-1, func(in *Injector, _ func()) { in.Clear() }, time.Minute, context.Canceled},
		"the injector is closed":  {time.Hour, func(in *Injector, _ func()) { in.Close() }, time.Minute, context.Canceled},
		"no time at all is asked": {0, func(*Injector, func()) {}, 0, nil},
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
				if err := in.Wait(ctx, tc.delay); !errors.Is(err, tc.err) {
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
	if err := in.Wait(t.Context(), -1); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
