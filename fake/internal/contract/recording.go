package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Recording is one recorded exchange with the real API. Names and secrets in it were replaced.
type Recording struct {
	Name   string // its file without ".json": "kyle__objects_list_0"
	Method string // "" when the request was not kept
	Path   string // without the query; where only the endpoint was kept, a template as "/v2/objects/{object}"
	Query  url.Values
	Body   json.RawMessage // of the request, nil when it had none or it was not kept
	Answer Answer

	// Shortened says that its owner cut the answer by hand: keys, elements or headers may be missing.
	Shortened bool
}

// Recordings reads all recordings in the order of their names. It skips as Shared does.
func Recordings(t TB) []Recording {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Shared(t), "recordings", "*.json"))
	if err != nil {
		t.Fatalf("%v", err)
	}
	recordings := make([]Recording, len(files))
	for i, file := range files {
		recordings[i] = readRecording(t, file)
	}
	return recordings
}

// FindRecording returns the recording of a name, and fails the test when there is none.
func FindRecording(t TB, name string) Recording {
	t.Helper()
	return readRecording(t, filepath.Join(Shared(t), "recordings", name+".json"))
}

func readRecording(t TB, file string) Recording {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v", err)
	}
	rec, err := newRecording(strings.TrimSuffix(filepath.Base(file), ".json"), text)
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	return rec
}

func newRecording(name string, text []byte) (Recording, error) {
	var file struct {
		Request struct {
			Method, Path, Endpoint string
			Query                  map[string]string
			Body                   json.RawMessage
		}
		Response struct {
			Status  int
			Headers map[string]string
			Body    json.RawMessage
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Recording{}, err
	}
	rec := Recording{
		Name:   name,
		Method: file.Request.Method,
		Path:   file.Request.Path,
		Answer: Answer{Status: file.Response.Status, Body: file.Response.Body},
		// The captures named so are whole; the others of their owner, and all of amp's, were trimmed.
		Shortened: strings.HasPrefix(name, "amp__") ||
			strings.HasPrefix(name, "rbeene__") && !strings.HasPrefix(name, "rbeene__api_response_"),
	}
	if words := strings.Fields(file.Request.Endpoint); len(words) > 1 { // "POST /v2/webhooks (mixed)"
		rec.Method, rec.Path = words[0], words[1]
	}
	path, query, _ := strings.Cut(rec.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return Recording{}, err
	}
	for key, value := range file.Request.Query {
		values.Set(key, value)
	}
	rec.Path, rec.Query = path, values
	if string(file.Request.Body) != "null" {
		rec.Body = file.Request.Body
	}
	if file.Response.Headers != nil {
		rec.Answer.Header = http.Header{}
		for key, value := range file.Response.Headers {
			rec.Answer.Header.Set(key, value)
		}
	}
	return rec, nil
}

// Edit changes the request of a recording before Do sends it.
type Edit func(*Recording)

// Replace replaces strings in the path, in the values of the query and in the body: old1, new1,
// old2, new2 and so on. Recorded ids mean nothing to another server.
func Replace(oldnew ...string) Edit {
	replacer := strings.NewReplacer(oldnew...)
	return func(rec *Recording) {
		rec.Path = replacer.Replace(rec.Path)
		query := url.Values{}
		for key, values := range rec.Query {
			for _, value := range values {
				query.Add(key, replacer.Replace(value))
			}
		}
		rec.Query = query
		rec.Body = json.RawMessage(replacer.Replace(string(rec.Body)))
	}
}

// WithBody sends another body.
func WithBody(body string) Edit {
	return func(rec *Recording) { rec.Body = json.RawMessage(body) }
}

// Do sends the request of a recording to a server, with a token unless it is "".
func Do(t TB, client *http.Client, baseURL, token string, rec Recording, edits ...Edit) Answer {
	t.Helper()
	for _, edit := range edits {
		edit(&rec)
	}
	if rec.Method == "" || strings.Contains(rec.Path, "{") {
		t.Fatalf("recording %s: its request is not known well enough to send it: %q; give it what is missing with an Edit",
			rec.Name, rec.Method+" "+rec.Path)
	}
	answer, err := send(client, baseURL, token, rec)
	if err != nil {
		t.Fatalf("recording %s: %v", rec.Name, err)
	}
	return answer
}

func send(client *http.Client, baseURL, token string, rec Recording) (Answer, error) {
	target := strings.TrimSuffix(baseURL, "/") + rec.Path
	if len(rec.Query) > 0 {
		target += "?" + rec.Query.Encode()
	}
	req, err := http.NewRequest(rec.Method, target, bytes.NewReader(rec.Body))
	if err != nil {
		return Answer{}, err
	}
	if len(rec.Body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return Answer{}, fmt.Errorf("read the answer: %w", err)
	}
	return answerOf(resp, raw)
}
