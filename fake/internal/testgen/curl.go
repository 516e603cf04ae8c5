package testgen

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// writeCurl writes the test in bash, with curl and jq.
func writeCurl(w *source, t *Test) {
	status := strconv.Itoa(t.Expected.Status)
	w.add("#!/usr/bin/env bash\n# ", t.Title(), ".\n")
	w.comments("# ", t.Sentences())
	w.add(`# It replaces all that a server holds, so give it one of its own: fakeattio exec -- bash FILE
set -euo pipefail
url=${ATTIO_BASE_URL:?run it with: fakeattio exec -- bash FILE}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

scenario=`, quoteBash(t.Scenario), `
status=$(printf %s "$scenario" | curl --silent --show-error --request PUT --header 'Content-Type: application/yaml' --data-binary @- \
  --output "$scratch/problems" --write-out '%{http_code}' "$url/_fake/scenario")
[ "$status" = 204 ] || { cat "$scratch/problems" >&2; exit 1; }

`)
	if t.Body != "" {
		w.add("body=", quoteBash(t.Body), "\nstatus=$(printf %s \"$body\" | ")
	} else {
		w.add("status=$(")
	}
	w.add("curl --silent --show-error --globoff --path-as-is \\\n  ", strings.Join(curlOptions(t), " \\\n  "), ` \
  --output "$scratch/answer" --write-out '%{http_code}' "$url"`, quoteBash(t.Path), `)
[ "$status" = `, status, ` ] || { echo "the status is $status, not `, status, `: $(cat "$scratch/answer")" >&2; exit 1; }
`)
	switch answer := t.Expected.Answer; {
	case answer == nil:
	case answer.JSON:
		w.add("\nanswer=", quoteBash(indented(answer.Text)), `
diff <(jq --sort-keys . <<<"$answer") <(jq --sort-keys . "$scratch/answer")
`)
	default:
		w.add("\nanswer=", quoteBash(answer.Text), `
diff <(echo "$answer") <(echo "$(cat "$scratch/answer")")
`)
	}
	w.add("\nchanges=", quoteBash(indented(string(t.Expected.wanted()))), `
curl --silent --show-error --fail "$url/_fake/requests?await=1&timeout=10s" | jq '.requests[0].changes // []' >"$scratch/changes"
`)
	if t.Expected.More() {
		w.add(`[ "$(jq length "$scratch/changes")" = `, strconv.Itoa(t.Expected.Total), " ]\n")
	}
	w.madeUp("# ", t.Expected)
	w.add(`diff <(jq --sort-keys . <<<"$changes") <(jq --sort-keys `, quoteBash(jqProgram(t.Expected)), ` "$scratch/changes")
`)
}

// curlOptions lists what curl needs to know of the request.
func curlOptions(t *Test) []string {
	options := []string{"--request " + quoteBash(t.Method)}
	if t.Method == http.MethodHead {
		options[0] = "--head"
	}
	if t.Scheme != "" {
		options = append(options, "--header "+quoteBash("Authorization: "+t.Sent()))
	}
	switch {
	case t.Type != "":
		options = append(options, "--header "+quoteBash("Content-Type: "+t.Type))
	case t.Body != "":
		options = append(options, "--header 'Content-Type:'")
	}
	if t.Body != "" {
		options = append(options, "--data-binary @-")
	}
	return options
}

// refuseCurl refuses what bash cannot hold and curl cannot send.
func refuseCurl(t *Test) error {
	switch {
	case strings.Contains(t.Body, "\x00"):
		return fmt.Errorf("its body has a NUL, which bash cannot hold; ask for a test in go, ts or python")
	case t.Method == http.MethodHead && t.Body != "":
		return fmt.Errorf("it is a HEAD with a body, which curl does not send; ask for a test in go or python")
	}
	return nil
}

// quoteBash writes a word, in quotation marks unless it needs none.
func quoteBash(text string) string {
	if isName(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// jqProgram puts marks in the place of what the request made, and leaves out the changes that are not compared.
func jqProgram(e Expected) string {
	program := "."
	if e.More() {
		program = fmt.Sprintf(".[:%d]", len(e.Changes))
	}
	for _, path := range e.MadeUp {
		program += fmt.Sprintf(" | .%s = %q", path, MadeUpID)
	}
	return program
}
