package zone

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "generate zones.gz anew")

// TestDatabase holds that the embedded database has what Go's own has.
func TestDatabase(t *testing.T) {
	t.Parallel()
	want := ofGo(t)
	if *update {
		if err := os.WriteFile("zones.gz", pack(t, want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, files.Get()); diff != "" {
		t.Errorf("zones.gz is out of date: run go test ./fake/internal/zone -update (-Go +embedded)\n%s", diff)
	}
}

// ofGo returns the zones of the Go installation.
func ofGo(t *testing.T) map[string][]byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib/time/zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	found := map[string][]byte{}
	for _, entry := range archive.File {
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if found[entry.Name], err = io.ReadAll(file); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func pack(t *testing.T, zones map[string][]byte) []byte {
	t.Helper()
	names := map[string][]string{} // by file
	var order []string
	for _, name := range slices.Sorted(maps.Keys(zones)) {
		file := string(zones[name])
		if names[file] == nil {
			order = append(order, file)
		}
		names[file] = append(names[file], name)
	}
	slices.SortFunc(order, func(a, b string) int { return strings.Compare(tail(a), tail(b)) }) // those with the same rule compress well
	var packed bytes.Buffer
	packer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range order {
		entry := binary.LittleEndian.AppendUint16(nil, uint16(len(file)))
		entry = append(append(entry, file...), strings.Join(names[file], "\n")+"\x00"...)
		if _, err := packer.Write(entry); err != nil {
			t.Fatal(err)
		}
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// tail returns the rule at the end of a file and all that it begins with.
func tail(file string) string {
	lines := strings.Split(strings.TrimSuffix(file, "\n"), "\n")
	return lines[len(lines)-1] + file
}

func TestZonesAreFoundWithoutADatabaseOfTheMachine(t *testing.T) {
	t.Parallel()
	for name := range files.Get() {
		if _, err := embedded(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	berlin, err := embedded("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for month, want := range map[time.Month]string{time.January: "CET", time.July: "CEST"} {
		if got, _ := time.Date(2026, month, 1, 0, 0, 0, 0, berlin).Zone(); got != want {
			t.Errorf("in month %d Berlin has %s, want %s", month, got, want)
		}
	}
}

func TestUnknownZonesAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Nowhere", "../etc/passwd", "europe/berlin", "Europe"} {
		if _, err := Load(name); err == nil {
			t.Errorf("%q was found", name)
		}
	}
}
