package contract

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the project's own facts anew from those beside the repository")

// TestOwnFactsAreCurrent compares testdata/attio with what it is made from: Attio's OpenAPI documents without their
// prose, and the recordings with other names, texts and ids.
func TestOwnFactsAreCurrent(t *testing.T) {
	t.Parallel()
	shared := Shared(t)
	own := ownFacts(t)
	kept := keptWords(t, shared, own)
	want := map[string]string{keptFile: strings.Join(slices.Sorted(maps.Keys(kept)), "\n") + "\n"}
	for _, document := range []string{"openapi.json", "openapi-webhooks.json"} {
		want[document] = reduced(t, filepath.Join(shared, document))
	}
	for _, file := range recordingFiles(t, shared) {
		want["recordings/"+filepath.Base(file)] = remade(t, file, kept)
	}
	if *update {
		if err := os.RemoveAll(own); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			file := filepath.Join(own, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := map[string]string{}
	err := fs.WalkDir(os.DirFS(own), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			got[name] = read(t, filepath.Join(own, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("run go test ./fake/internal/contract -update\n%s", diff)
	}
}

// reduced returns an OpenAPI document with what tests use. It leaves out descriptions, examples and summaries, which
// are Attio's words. Each path is one line.
func reduced(t *testing.T, file string) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(read(t, file)), &document); err != nil {
		t.Fatal(err)
	}
	for key := range document {
		if !slices.Contains([]string{"openapi", "security", "paths", "webhooks", "components"}, key) {
			delete(document, key)
		}
	}
	text, err := json.Marshal(withoutProse(document, false))
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`("/v2/[^"]*":\{|"[a-z-]+\.[a-z-]+":\{"post")`).ReplaceAllString(string(text), "\n$1") + "\n"
}

func withoutProse(value any, names bool) any {
	switch value := value.(type) {
	case map[string]any:
		for key, child := range value {
			if !names && (slices.Contains([]string{"description", "example", "examples", "summary", "tags", "title"}, key) || strings.HasPrefix(key, "x-")) {
				delete(value, key)
				continue
			}
			value[key] = withoutProse(child, !names && key == "properties") // below "properties" there are names, not keywords
		}
	case []any:
		for i, child := range value {
			value[i] = withoutProse(child, false)
		}
	}
	return value
}

// remade returns a recording in which every text is replaced by another of the same form, unless the project uses it.
func remade(t *testing.T, file string, kept map[string]bool) string {
	t.Helper()
	var recording struct {
		Request  json.RawMessage `json:"request"`
		Response json.RawMessage `json:"response"`
	}
	if err := json.Unmarshal([]byte(read(t, file)), &recording); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	text := fmt.Appendf(nil, "{\n \"request\": %s,\n \"response\": %s\n}\n", recording.Request, recording.Response)
	var key string
	return string(stringLiteral.ReplaceAllFunc(text, func(literal []byte) []byte {
		if name, ok := bytes.CutSuffix(literal, []byte(":")); ok {
			key = string(name)
			return literal
		}
		var value string
		if err := json.Unmarshal(literal, &value); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if key == `"message"` || key == `"scope"` { // Attio's own
			return quote(t, withOtherIDs(value, kept))
		}
		return quote(t, neutral(value, kept))
	}))
}

var stringLiteral = regexp.MustCompile(`"(?:[^"\\]|\\.)*":?`)

func quote(t *testing.T, value string) []byte {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(text.Bytes())
}

var (
	uuids       = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	timestamp   = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)
	phone       = regexp.MustCompile(`^\+\d{7,}$`)
	idsAndWords = regexp.MustCompile(uuids.String() + `|(?i:tech)|\p{L}{3,}`) // a recorded query looks for tech
	// plain are the words in addresses that identify nobody.
	plain = []string{"http", "https", "www", "app", "attio", "example", "workspace", "com", "org", "net", "person", "company"}
)

// neutral returns another text of the same form. The same word always becomes the same other word, so a name in an
// e-mail address still matches its person.
func neutral(value string, kept map[string]bool) string {
	switch {
	case kept[value], timestamp.MatchString(value):
		return value
	case phone.MatchString(value):
		return fmt.Sprintf("+1415555%04d", 100+int(hash(value)[0])%100)
	case strings.HasPrefix(value, "/"), strings.Contains(value, " /v2/"): // the path of a request
		return withOtherIDs(value, kept)
	}
	return idsAndWords.ReplaceAllStringFunc(value, func(part string) string {
		switch {
		case uuids.MatchString(part):
			return otherID(part, kept)
		case kept[part], slices.Contains(plain, part), strings.EqualFold(part, "tech"):
			return part
		}
		return other(part)
	})
}

func withOtherIDs(text string, kept map[string]bool) string {
	return uuids.ReplaceAllStringFunc(text, func(id string) string { return otherID(id, kept) })
}

// otherID makes a UUID of the same version that sorts to the same place.
func otherID(id string, kept map[string]bool) string {
	if kept[id] {
		return id
	}
	hex := fmt.Sprintf("%x", hash(id))
	return fmt.Sprintf("%s%s-%s-%s%s-%s%s-%s", id[:4], hex[4:8], hex[8:12], id[14:15], hex[13:16], id[19:20], hex[17:20], hex[20:32])
}

// other makes a word of the same length, with capitals in the same places.
func other(word string) string {
	const consonants, vowels = "bcdfglmnprstv", "aeiou"
	sum := hash(strings.ToLower(word))
	letters := []rune(word)
	for i, letter := range letters {
		from := consonants
		if i%2 == 1 {
			from = vowels
		}
		letters[i] = rune(from[int(sum[i%len(sum)])%len(from)])
		if unicode.IsUpper(letter) {
			letters[i] = unicode.ToUpper(letters[i])
		}
	}
	return string(letters)
}

func hash(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }

// keptFile lists the texts of the recordings that are kept: Attio's vocabulary, and what tests name.
const keptFile = "kept.txt"

// keptWords returns the texts that are kept. They are collected again, from the whole project, only with -update.
func keptWords(t *testing.T, shared, own string) map[string]bool {
	t.Helper()
	kept := map[string]bool{}
	if !*update {
		for line := range strings.Lines(read(t, filepath.Join(own, keptFile))) {
			kept[strings.TrimSuffix(line, "\n")] = true
		}
		return kept
	}
	project := projectText(t, own)
	seen := map[string]bool{}
	for _, file := range recordingFiles(t, shared) {
		for _, literal := range stringLiteral.FindAllString(read(t, file), -1) {
			var value string
			if err := json.Unmarshal([]byte(strings.TrimSuffix(literal, ":")), &value); err != nil {
				t.Fatal(err)
			}
			for _, text := range append(uuids.FindAllString(value, -1), value) {
				if seen[text] {
					continue
				}
				if seen[text] = true; len(text) > 2 && !strings.Contains(text, "\n") && strings.Contains(project, text) {
					kept[text] = true
				}
			}
		}
	}
	return kept
}

// projectText returns all code and scenarios of the project.
func projectText(t *testing.T, own string) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case file == own:
			return fs.SkipDir
		case slices.Contains([]string{".go", ".yaml"}, filepath.Ext(file)):
			all.WriteString(read(t, file))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// ownFacts returns the folder of the project's own facts.
func ownFacts(t *testing.T) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(root, ownFolder)
}
