package testgen

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
)

// writeGo writes the test in Go.
func writeGo(w *source, t *Test) {
	status := strconv.Itoa(t.Expected.Status)
	w.add("package attio_test\n\nimport (\n")
	for _, path := range goImports(t) {
		w.add("\t\"", path, "\"\n")
	}
	w.add(`
	"github.com/fakeattio/fakeattio/fake"
)

// `, goName(t), ` sends request `, strconv.Itoa(t.Number), ` again: `, t.Title(), ".\n")
	w.comments("// ", t.Sentences())
	body := "nil"
	if t.Body != "" {
		body = "strings.NewReader(" + quoteGo(t.Body) + ")"
	}
	w.add(`func `, goName(t), `(t *testing.T) {
	srv := fake.New(t, fake.YAML(`, quoteGo(t.Scenario), `))

	request, err := http.NewRequest(`, quoteGo(t.Method), `, srv.URL+`, quoteGo(t.Path), `, `, body, `)
	if err != nil {
		t.Fatal(err)
	}
`)
	switch {
	case t.TokenName != "":
		w.add("\trequest.Header.Set(\"Authorization\", ", quoteGo(t.Scheme+" "), "+srv.Token(", quoteGo(t.TokenName), "))\n")
	case t.Scheme != "":
		w.add("\trequest.Header.Set(\"Authorization\", ", quoteGo(t.Sent()), ")\n")
	}
	if t.Type != "" {
		w.add("\trequest.Header.Set(\"Content-Type\", ", quoteGo(t.Type), ")\n")
	}
	w.add(`	response, err := srv.Transport().RoundTrip(request) // as http.DefaultTransport, without a socket
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != `, status, ` {
		t.Errorf("the status is %d, not `, status, `: %s", response.StatusCode, answer)
	}
`)
	writeGoAnswer(w, t.Expected.Answer)
	w.add("\n\tchanges := srv.Requests()[0].Changes\n")
	writeGoChanges(w, t.Expected)
	w.add("}\n")
}

// writeGoAnswer writes the comparison of the answer.
func writeGoAnswer(w *source, answer *Answer) {
	switch {
	case answer == nil:
	case answer.JSON:
		w.add(`
	var got bytes.Buffer
	if err := json.Indent(&got, bytes.TrimSpace(answer), "", "  "); err != nil {
		t.Fatal(err)
	}
	if want := `, quoteGo(indented(answer.Text)), `; got.String() != want {
		t.Errorf("the answer is\n%s\nnot\n%s", &got, want)
	}
`)
	default:
		w.add(`	if want := `, quoteGo(answer.Text), `; strings.TrimSuffix(string(answer), "\n") != want {
		t.Errorf("the answer is\n%s\nnot\n%s", answer, want)
	}
`)
	}
}

// writeGoChanges writes the comparison of the changes.
func writeGoChanges(w *source, e Expected) {
	if e.Total == 0 {
		w.add(`	if len(changes) > 0 {
		t.Errorf("it changed %v, not nothing", changes)
	}
`)
		return
	}
	total, compared := strconv.Itoa(e.Total), ""
	if e.More() {
		compared = "[:" + strconv.Itoa(len(e.Changes)) + "]"
	}
	w.add(`	if len(changes) != `, total, ` {
		t.Fatalf("it changed %d things, not `, total, `: %v", len(changes), changes)
	}
	var did []string
	for _, change := range changes`, compared, ` {
		did = append(did, change.Action+" "+change.Thing+" "+path.Join(change.In, change.ID))
		if change.Before+change.After != "" {
			did = append(did, change.Before+" → "+change.After)
		}
		for _, attribute := range change.Attributes {
			did = append(did, attribute.Attribute+": "+attribute.Before+" → "+attribute.After)
		}
	}
	want := []string{
`)
	for _, line := range e.lines() {
		w.add("\t\t", quoteGo(line), ",\n")
	}
	w.add("\t}\n")
	if len(e.MadeUp) > 0 {
		w.add(`	same := slices.EqualFunc(did, want, func(did, want string) bool {
		any := strings.ReplaceAll(regexp.QuoteMeta(want), "<id>", ` + "`[^\"]+`" + `) // the request makes new ids and secrets each time
		return regexp.MustCompile("^" + any + "$").MatchString(did)
	})
	if !same {
`)
	} else {
		w.add("\tif !slices.Equal(did, want) {\n")
	}
	w.add(`		t.Errorf("it did\n%s\nnot\n%s", strings.Join(did, "\n"), strings.Join(want, "\n"))
	}
`)
}

// goImports lists what the Go test imports of the standard library.
func goImports(t *Test) []string {
	imports := []string{"io", "net/http", "testing"}
	answer := t.Expected.Answer
	if answer != nil && answer.JSON {
		imports = append(imports, "bytes", "encoding/json")
	}
	if t.Expected.Total > 0 {
		imports = append(imports, "path", "slices")
	}
	if len(t.Expected.MadeUp) > 0 {
		imports = append(imports, "regexp")
	}
	if t.Body != "" || t.Expected.Total > 0 || answer != nil && !answer.JSON {
		imports = append(imports, "strings")
	}
	slices.Sort(imports)
	return imports
}

// goName is the name of the test: TestRecordsCreate17.
func goName(t *Test) string {
	name := "Test"
	for _, word := range t.words() {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name + strconv.Itoa(t.Number)
}

// quoteGo writes a string, in backquotes if it has several lines or quotation marks and can stand in them.
func quoteGo(text string) string {
	if !strings.ContainsAny(text, "\n\"\\") || !canBackquote(strings.ReplaceAll(text, "`", "")) {
		return strconv.Quote(text)
	}
	return "`" + strings.ReplaceAll(text, "`", "` + \"`\" + `") + "`"
}

func canBackquote(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if !strconv.CanBackquote(line) {
			return false
		}
	}
	return true
}

// indented spreads JSON over lines, as the Go test does with the answer.
func indented(text string) string {
	var b bytes.Buffer
	_ = json.Indent(&b, []byte(text), "", "  ") // it is JSON
	return b.String()
}

// lines writes the changes as the Go test does: a line for each thing, and one for each of its attributes.
func (e Expected) lines() []string {
	var lines []string
	for _, c := range e.Changes {
		if slices.Contains(e.ids, c.ID) {
			c.ID = MadeUpID
		}
		lines = append(lines, c.Action+" "+c.Thing+" "+path.Join(c.In, c.ID))
		if len(c.Before)+len(c.After) > 0 {
			lines = append(lines, e.masked(c.Before)+" → "+e.masked(c.After))
		}
		for _, a := range c.Attributes {
			lines = append(lines, a.Attribute+": "+e.masked(a.Before)+" → "+e.masked(a.After))
		}
	}
	return lines
}
