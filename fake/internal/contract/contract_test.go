package contract

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// witness is a TB that records its calls.
type witness struct {
	mu                              sync.Mutex
	errors, fatals, skipped, logged []string
}

func (w *witness) note(to *[]string, format string, args []any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	*to = append(*to, fmt.Sprintf(format, args...))
}

func (w *witness) Helper()                           {}
func (w *witness) Errorf(format string, args ...any) { w.note(&w.errors, format, args) }
func (w *witness) Logf(format string, args ...any)   { w.note(&w.logged, format, args) }
func (w *witness) Fatalf(format string, args ...any) {
	w.note(&w.fatals, format, args)
	runtime.Goexit()
}
func (w *witness) Skipf(format string, args ...any) {
	w.note(&w.skipped, format, args)
	runtime.Goexit()
}

// witnessed runs a function as a test of its own, which Fatalf and Skipf end.
func witnessed(f func(t TB)) *witness {
	w := &witness{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(w)
	}()
	<-done
	return w
}

func TestSharedFindsTheFolderBesideTheRepository(t *testing.T) {
	dir := Shared(t)
	for _, name := range []string{"openapi.json", "recordings"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestSharedWithoutTheFolder(t *testing.T) { // changes the environment and the folder: not parallel
	alone := filepath.Join(t.TempDir(), "repository")
	deep := filepath.Join(alone, "fake", "internal")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(alone, "go.mod"), []byte("module alone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(deep)
	for _, test := range []struct {
		name, ci string
		told     func(*witness) []string
	}{
		{"skips the test", "", func(w *witness) []string { return w.skipped }},
		{"fails the test in CI", "true", func(w *witness) []string { return w.fatals }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("CI", test.ci)
			t.Setenv("FACTS", "")
			w := witnessed(func(t TB) { Shared(t) })
			if told := test.told(w); len(told) != 1 || !strings.Contains(told[0], filepath.Join(alone, "..", "shared", "attio")) {
				t.Errorf("want one word that names the folder, got %+v", w)
			}
		})
	}
}

func TestModuleRootOutsideAModuleIsAnError(t *testing.T) {
	t.Chdir(t.TempDir())
	if root, err := moduleRoot(); err == nil {
		t.Skipf("skipped: the temporary folder is within the module %s", root)
	}
}
