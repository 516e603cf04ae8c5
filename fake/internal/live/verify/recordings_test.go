package verify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/contract"
	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
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

// known are the differences from the recordings of Attio that fail, and why each is none of the fake's answers today.
var known = map[string]string{
	"kyle__comments_create_get_delete_2 self.identify:extra-key:token_level": "Attio has added it since May 2026",
	"nango__upsert_record records.upsert:length:data.values.company":         "Attio links people to companies by their domains, which a scenario has to turn on",
	"nango__webhooks webhooks.list:length:data":                              "two of them are alike, which Attio has refused since",
	"rbeene__api_response_notes_list notes.list:extra-key:data[].meeting_id": "Attio has added it since July 2025",
	"amp__users_attributes attributes.list:length:data":                      "the list was shortened by hand",
	"amp__users_attributes attributes.list:type:data[].default_value":        "the list was shortened by hand",
}

func TestRecordingsOfAttioVerify(t *testing.T) {
	t.Parallel()
	var files []recording.File
	for _, rec := range contract.Recordings(t) {
		files = append(files, recording.File{Name: rec.Name, Exchanges: []recording.Exchange{rec}})
	}
	report, err := verify.Run(files, verify.Options{Start: started(t), Derives: true, Failing: compare.Notable})
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	for _, f := range report.Failures() {
		for _, name := range f.Exchanges {
			met[name+" "+f.Name()] = true
			if known[name+" "+f.Name()] == "" {
				t.Errorf("%s %s: %s %s, the fake %s", name, f.Name(), f.Severity, f.Want, f.Got)
			}
		}
	}
	for name := range known {
		if !met[name] {
			t.Errorf("%s is no difference any more", name)
		}
	}
	if n := report.Compared(); n < 100 {
		t.Errorf("only %d of %d were compared", n, len(files))
	}
}
