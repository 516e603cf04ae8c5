package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestOnlyAnotherContentIsAChange(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "team.yaml")
	write := func(text string, modified time.Time) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, modified, modified); err != nil {
			t.Fatal(err)
		}
	}
	monday := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)
	files := []string{file}

	missing := look(files, nil)
	write("version: 1\n", monday)
	first := look(files, missing)
	if !changed(missing, first) {
		t.Error("a new file does not count as a change")
	}
	write("version: 1\n", monday.Add(time.Hour))
	again := look(files, first)
	if changed(first, again) {
		t.Error("the same content written again counts as a change")
	}
	write("version: 2\n", monday.Add(2*time.Hour))
	second := look(files, again)
	if !changed(again, second) {
		t.Error("different content of the same size does not count as a change")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if !changed(second, look(files, second)) {
		t.Error("a deleted file does not count as a change")
	}
}
