package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker in releases: -ldflags "-X main.version=v1.2.3".
var version string

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "fakeattio version %s\n", buildVersion())
			return err
		},
	}
}

// buildVersion describes the version, the commit if the build knows it, the Go version and the platform.
func buildVersion() string {
	number, commit := version, ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if number == "" {
			number = info.Main.Version
		}
		commit = commitOf(info)
	}
	if number == "" {
		number = "(devel)"
	}
	return fmt.Sprintf("%s (%s%s %s/%s)", number, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// commitOf returns "commit 0123456789ab, ", or "" if the build does not know it.
func commitOf(info *debug.BuildInfo) string {
	var revision, changed string
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			revision = setting.Value[:min(12, len(setting.Value))]
		case setting.Key == "vcs.modified" && setting.Value == "true":
			changed = " with changes"
		}
	}
	if revision == "" {
		return ""
	}
	return fmt.Sprintf("commit %s%s, ", revision, changed)
}
