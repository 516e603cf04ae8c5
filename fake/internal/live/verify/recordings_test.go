package verify_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
	"github.com/fakeattio/fakeattio/fake/internal/live/verify"
)

func TestTheFilesOfAllLibrariesVerify(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../recording/testdata/*")
	if err != nil || len(names) < 8 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, err := recording.Read(filepath.Base(name), content)
			if err != nil {
				t.Fatal(err)
			}
			report, err := verify.Run([]recording.File{file}, verify.Options{Start: started(t), Derives: true})
			if err != nil {
				t.Fatal(err)
			}
			if report.Compared() != 13 || len(report.Files[0].LeftOut) > 0 {
				t.Errorf("%+v", report.Files)
			}
			for _, f := range report.Findings {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestRecordingsOfAttioVerify(t *testing.T) {
	t.Parallel()
	var files []recording.File
	for _, rec := range contract.Recordings(t) {
		files = append(files, recording.File{Name: rec.Name, Exchanges: []recording.Exchange{rec}})
	}
	var all verify.Report
	for _, f := range files {
		report, err := verify.Run([]recording.File{f}, verify.Options{Start: started(t), Derives: true})
		if err != nil {
			t.Error(err)
		}
		all.Files = append(all.Files, report.Files...)
		all.Findings = append(all.Findings, report.Findings...)
	}
	var text strings.Builder
	_ = all.Text(&text)
	t.Logf("%s", text.String())
}
