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
	"strconv"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/recording"
)

// Recording is one recorded exchange with the real API. Names and secrets in it were replaced. Its name is that of its file
// without ".json": "kyle__objects_list_0".
type Recording = recording.Exchange

// Recordings reads all recordings in the order of their file names.
func Recordings(t TB) []Recording {
	t.Helper()
	var recordings []Recording
	for _, file := range RecordingFiles(t) {
		recordings = append(recordings, readRecordings(t, file)...)
	}
	return recordings
}

// RecordingFiles lists the files of all recordings.
func RecordingFiles(t TB) []string {
	t.Helper()
	return recordingFiles(t, Facts(t))
}

func recordingFiles(t TB, facts string) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.json", "*/*.json"} {
		files, err := filepath.Glob(filepath.Join(facts, "recordings", pattern))
		if err != nil {
			t.Fatalf("%v", err)
		}
		all = append(all, files...)
	}
	return all
}

// FindRecording returns the recording with a name, or fails the test. If a file has several exchanges, it returns the
// first, unless the name ends in a number: "errors#1".
func FindRecording(t TB, name string) Recording {
	t.Helper()
	file, number, _ := strings.Cut(name, "#")
	found, err := filepath.Glob(filepath.Join(Facts(t), "recordings", "*", file+".json"))
	if err != nil {
		t.Fatalf("%v", err)
	}
	found = append(found, filepath.Join(Facts(t), "recordings", file+".json"))
	n, _ := strconv.Atoi(number)
	all := readRecordings(t, found[0])
	if n >= len(all) {
		t.Fatalf("%s has %d exchanges, there is no %s", file, len(all), name)
	}
	return all[n]
}

func readRecordings(t TB, file string) []Recording {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v", err)
	}
	recordings, err := newRecordings(strings.TrimSuffix(filepath.Base(file), ".json"), text)
	if err != nil {
		t.Fatalf("read %s: %v", file, err)
	}
	return recordings
}

func newRecordings(name string, text []byte) ([]Recording, error) {
	file, err := recording.Read(name, text)
	for i := range file.Exchanges {
		rec := &file.Exchanges[i]
		// rbeene's api_response files are complete; rbeene's others, and all of amp's, were trimmed.
		rec.Shortened = strings.HasPrefix(name, "amp__") ||
			strings.HasPrefix(name, "rbeene__") && !strings.HasPrefix(name, "rbeene__api_response_")
		rec.Sorted = strings.HasPrefix(name, "arcade__")
	}
	return file.Exchanges, err
}

// Edit changes the request of a recording before Do sends it.
type Edit func(*Recording)

// Replace replaces strings in the path, in the values of the query and in the body: old1, new1, old2, new2 and so on.
// Recorded ids mean nothing to another server.
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

// WithBody replaces the body.
func WithBody(body string) Edit {
	return func(rec *Recording) { rec.Body = json.RawMessage(body) }
}

// Do sends the request of a recording to a server, with a token unless it is "".
func Do(t TB, client *http.Client, baseURL, token string, rec Recording, edits ...Edit) Answer {
	t.Helper()
	for _, edit := range edits {
		edit(&rec)
	}
	if !rec.Sendable() {
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
