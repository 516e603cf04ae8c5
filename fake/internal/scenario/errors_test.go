package scenario_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

var update = flag.Bool("update", false, "write golden files and the schema anew")

// Each archive in testdata/errors has the files of a scenario, of which the first is loaded, and in
// "want" how its error reads.
func TestProblemsSayWhereTheyAreAndHowToFixThem(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			want := &archive.Files[len(archive.Files)-1]
			for _, f := range archive.Files {
				files[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			delete(files, want.Name)
			seed, err := scenario.Load(scenario.FS(files, archive.Files[0].Name))
			var problems *scenario.Error
			if !errors.As(err, &problems) || seed != nil {
				t.Fatalf("want an *Error alone, got seed %v and %v", seed, err)
			}
			got := err.Error() + "\n"
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
