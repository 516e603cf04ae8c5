package fake_test

import (
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake"
)

// BenchmarkState measures what must not depend on what a workspace holds.
func BenchmarkState(b *testing.B) {
	for _, records := range []int{100, 100_000} {
		srv, err := fake.Start(fake.WithoutSocket(), fake.YAML(fmt.Sprintf(
			`{version: 1, workspaces: {acme: {tokens: {full: {scopes: all}}, generate: {people: %d}}}}`, records)))
		if err != nil {
			b.Fatal(err)
		}
		defer srv.Close()
		acme := srv.Workspace("acme")
		snapshot := srv.Snapshot()
		for name, operation := range map[string]func(){
			"snapshot": func() { srv.Snapshot() },
			"restore":  func() { srv.Restore(snapshot) },
			"reset":    func() { srv.Reset() },
			"clone": func() {
				clean := cleanups{TB: b}
				acme.Clone(&clean)
				clean.run()
			},
		} {
			b.Run(fmt.Sprintf("%s with %d records", name, records), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					operation()
				}
			})
		}
	}
}

// cleanups is a test that ends when it is told to.
type cleanups struct {
	testing.TB
	all []func()
}

func (c *cleanups) Cleanup(f func()) { c.all = append(c.all, f) }

func (c *cleanups) run() {
	for _, f := range c.all {
		f()
	}
}
