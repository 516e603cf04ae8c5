package control_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// description is the OpenAPI document, against which every answer that a test of the control API gets is held.
type description struct {
	paths    []describedPath
	compiler *jsonschema.Compiler
	mu       sync.Mutex // of the compiler
	compiled map[string]*jsonschema.Schema
}

type describedPath struct {
	path    string
	matches *regexp.Regexp
	methods map[string]struct{ Responses map[string]describedAnswer }
}

type describedAnswer struct {
	Ref     string `json:"$ref"`
	Content map[string]any
}

var described = sync.OnceValues(readDescription)

func describe(t testing.TB) *description {
	t.Helper()
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func readDescription() (*description, error) {
	var document struct {
		Paths map[string]map[string]struct{ Responses map[string]describedAnswer }
	}
	if err := json.Unmarshal(control.Document(), &document); err != nil {
		return nil, err
	}
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(control.Document()))
	if err != nil {
		return nil, err
	}
	d := &description{compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}
	d.compiler.AssertFormat()
	if err := d.compiler.AddResource("openapi.json", content); err != nil {
		return nil, err
	}
	for path, methods := range document.Paths {
		pattern := regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
		d.paths = append(d.paths, describedPath{path, regexp.MustCompile("^" + pattern + "$"), methods})
	}
	return d, nil
}

// check says how an answer differs from the document, or nothing.
func (d *description) check(method string, to *url.URL, status int, body []byte) string {
	for _, p := range d.paths {
		operation, ok := p.methods[strings.ToLower(method)]
		if !ok || !p.matches.MatchString(to.EscapedPath()) {
			continue
		}
		if strings.Contains(p.path, "/{") && to.Path == strings.ReplaceAll(p.path, "{webhook}", "chaos") {
			continue // /webhooks/chaos is a path of its own
		}
		answer, ok := operation.Responses[fmt.Sprint(status)]
		if !ok {
			return fmt.Sprintf("the document has no answer %d of %s %s", status, method, p.path)
		}
		place := fmt.Sprintf("/paths/%s/%s/responses/%d", strings.ReplaceAll(strings.ReplaceAll(p.path, "~", "~0"), "/", "~1"), strings.ToLower(method), status)
		if answer.Ref != "" {
			place = strings.TrimPrefix(answer.Ref, "#")
		} else if _, ok := answer.Content["application/json"]; !ok {
			return "" // no body, or a scenario
		}
		return d.validate(place+"/content/application~1json/schema", body)
	}
	return "" // of another route, or of no route at all
}

func (d *description) validate(place string, body []byte) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	schema, ok := d.compiled[place]
	if !ok {
		var err error
		if schema, err = d.compiler.Compile("openapi.json#" + strings.ReplaceAll(strings.ReplaceAll(place, "{", "%7B"), "}", "%7D")); err != nil {
			return err.Error()
		}
		d.compiled[place] = schema
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err.Error()
	}
	if err := schema.Validate(value); err != nil {
		return err.Error()
	}
	return ""
}

// checked is a transport that checks the answers of the control API on their way.
type checked struct {
	t    testing.TB
	next http.RoundTripper
}

func (c checked) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.next.RoundTrip(r)
	if err != nil || !strings.HasPrefix(r.URL.Path, "/_fake/") || strings.Contains(r.URL.Path, "/as/") || strings.HasPrefix(r.URL.Path, "/_fake/files/") ||
		response.StatusCode == http.StatusMethodNotAllowed || r.Method == http.MethodOptions || r.Method == http.MethodHead ||
		strings.HasPrefix(response.Header.Get("Content-Type"), "application/yaml") { // a scenario, which may be JSON too
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		return response, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	if wrong := describe(c.t).check(r.Method, r.URL, response.StatusCode, body); wrong != "" {
		c.t.Errorf("%s %s answers %d %s, which is not as documented: %s", r.Method, r.URL, response.StatusCode, body, wrong)
	}
	return response, nil
}
