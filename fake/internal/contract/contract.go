// Package contract compares an answer of this server with what is known about Attio's: the OpenAPI document that Attio
// publishes, corrected where the wire differs, and recordings of the real API. It is for tests. Both sources are beside
// the repository, in ../shared/attio, and are not public. Where they are missing, tests use testdata/attio, which has
// what they need, with other names and texts.
package contract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// TB is the part of testing.TB that this package uses.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Skipf(format string, args ...any)
}

// Shared returns the folder of facts about the real API, "../shared/attio" as seen from the root of the repository. If
// it is missing, the test is skipped, or fails with CI=true in the environment.
func Shared(t TB) string {
	t.Helper()
	dir, err := sharedDir()
	if err != nil {
		if inCI() {
			t.Fatalf("%v", err)
		}
		t.Skipf("%s: %v", NotPublic, err)
	}
	return dir
}

// NotPublic begins the reason of every test that is skipped because it needs facts that the project may not publish.
const NotPublic = "facts about Attio that are not public"

// Facts returns the folder with Attio's OpenAPI documents and the recordings: the shared folder, or the project's own
// if that is missing or FACTS=own is in the environment.
func Facts(t TB) string {
	t.Helper()
	dir, err := factsDir()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return dir
}

func factsDir() (string, error) {
	if dir, err := sharedDir(); err == nil || inCI() {
		return dir, err
	}
	root, err := moduleRoot()
	return filepath.Join(root, ownFolder), err
}

// ownFolder is the folder of the project's own facts, relative to the root of the repository.
const ownFolder = "fake/internal/contract/testdata/attio"

func inCI() bool { return os.Getenv("CI") == "true" && !ownFactsAlone() }

// ownFactsAlone reports whether tests must run as in a public clone.
func ownFactsAlone() bool { return os.Getenv("FACTS") == "own" }

// sharedDir fails with an error that wraps fs.ErrNotExist if there is no such folder.
func sharedDir() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, "..", "shared", "attio")
	if ownFactsAlone() {
		return "", fmt.Errorf("FACTS=own leaves %s alone: %w", dir, fs.ErrNotExist)
	}
	if _, err := os.Stat(filepath.Join(dir, "openapi.json")); err != nil {
		return "", fmt.Errorf("no OpenAPI document and recordings of Attio beside the repository: %w", err)
	}
	return dir, nil
}

func moduleRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod in %s or above: %w", start, fs.ErrNotExist)
		}
	}
}

// answerOf makes an answer of a response whose body was read already. It decompresses the body if the transport below
// did not.
func answerOf(resp *http.Response, raw []byte) (Answer, error) {
	answer := Answer{Status: resp.StatusCode, Header: resp.Header, Body: raw}
	switch encoding := strings.ToLower(resp.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
		return answer, nil
	case "gzip":
		if len(raw) == 0 {
			return answer, errors.New("the body is empty, though its content-encoding is gzip")
		}
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return answer, fmt.Errorf("uncompress the body: %w", err)
		}
		if answer.Body, err = io.ReadAll(r); err != nil {
			return answer, fmt.Errorf("uncompress the body: %w", err)
		}
		return answer, nil
	default:
		return answer, fmt.Errorf("unknown content-encoding %q", encoding)
	}
}
