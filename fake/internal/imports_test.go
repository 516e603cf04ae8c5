package internal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// foreign lists the packages of other modules that a test compiles when it imports package fake, and why. Every one is
// paid for by each user's build, so a new one needs a reason that outweighs it.
var foreign = []string{
	"github.com/goccy/go-yaml/scanner", // the YAML of scenarios
	"github.com/goccy/go-yaml/token",
	"github.com/google/uuid",   // ids
	"github.com/gorilla/mux",   // routes
	"github.com/q-uint/parser", // filters of SCIM
	"github.com/q-uint/parser/ast",
	"github.com/q-uint/parser/op",
	"github.com/scim2/filter-parser/v2",
	"github.com/scim2/filter-parser/v2/internal/grammar",
	"github.com/scim2/filter-parser/v2/internal/types",
	"github.com/tidwall/btree",      // the queues of deliveries
	"golang.org/x/net/publicsuffix", // root domains
	"golang.org/x/text/transform",
	"golang.org/x/text/unicode/norm", // accents in searches
}

// packagesOf returns the packages of other modules in a package's build, sorted.
func packagesOf(t testing.TB, path string) []string {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}}{{end}}`, path)
	list.Dir, list.Stderr = "../..", os.Stderr
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, imported := range strings.Fields(string(output)) {
		if !strings.HasPrefix(imported, module) {
			found = append(found, imported)
		}
	}
	slices.Sort(found)
	return found
}

func TestPackageFakeImportsFewOtherModules(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(foreign, packagesOf(t, "./fake")); diff != "" {
		t.Errorf("package fake imports other packages than the list says (-list +found):\n%s", diff)
	}
}

// BenchmarkImport builds an empty test that imports package fake, with an empty cache of builds, and an empty test that
// imports net/http and encoding/json instead. of-bare is the time as a multiple of the latter.
func BenchmarkImport(b *testing.B) {
	build := func(imports string) time.Duration {
		dir, err := os.MkdirTemp(".", "import")
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		source := "package empty\n\nimport (\n" + imports + "\n\t\"testing\"\n)\n\nfunc TestNothing(*testing.T) {}\n"
		if err := os.WriteFile(filepath.Join(dir, "empty_test.go"), []byte(source), 0o600); err != nil {
			b.Fatal(err)
		}
		compile := exec.Command("go", "test", "-c", "-o", os.DevNull, "./"+dir)
		compile.Env = append(os.Environ(), "GOCACHE="+b.TempDir())
		start := time.Now()
		if out, err := compile.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		return time.Since(start)
	}
	var own, bare time.Duration
	for b.Loop() {
		own += build("\t_ \"" + module + "fake\"")
		bare += build("\t_ \"encoding/json\"\n\t_ \"net/http\"")
	}
	b.ReportMetric(own.Seconds()/float64(b.N), "s/build")
	b.ReportMetric(float64(own)/float64(bare), "of-bare")
	b.ReportMetric(0, "ns/op") // of both builds
}
