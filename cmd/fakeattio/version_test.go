package main

import (
	"runtime/debug"
	"testing"
)

func TestTheCommitIsSaidIfTheBuildKnowsIt(t *testing.T) {
	t.Parallel()
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}
	for _, test := range []struct {
		name     string
		settings []debug.BuildSetting
		want     string
	}{
		{"unknown", []debug.BuildSetting{{Key: "vcs.modified", Value: "true"}}, ""},
		{"clean", []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "false"}}, "commit 0123456789ab, "},
		{"changed", []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "true"}}, "commit 0123456789ab with changes, "},
	} {
		if got := commitOf(&debug.BuildInfo{Settings: test.settings}); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
