package testgen

import (
	"strconv"
	"strings"
)

var pythonNotation = notation{null: "None", yes: "True", no: "False", text: strconv.Quote, key: strconv.Quote}

// writePython writes the test in Python.
func writePython(w *source, t *Test) {
	literal := func(text []byte) string { return pythonNotation.literal(text, "    ", "    ") }
	w.add("# ", t.Title(), ".\n")
	w.comments("# ", t.Sentences())
	w.add(`# It replaces all that a server holds, so give it one of its own: fakeattio exec -- python3 -m pytest FILE

import http.client
import json
import os
import urllib.parse

SCENARIO = `, quotePython(t.Scenario), `


def send(method, path, headers={}, body=None):
    url = urllib.parse.urlsplit(os.environ["ATTIO_BASE_URL"])
    connect = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = connect(url.netloc, timeout=60)
    connection.request(method, path, body and body.encode(), headers)
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    return response.status, answer


def `, pythonName(t), `():
    status, answer = send("PUT", "/_fake/scenario", {"Content-Type": "application/yaml"}, SCENARIO)
    assert status == 204, answer

    status, answer = send(
        `, quotePython(t.Method), `,
        `, quotePython(t.Path), ",\n")
	if t.Scheme != "" || t.Type != "" || t.Body != "" {
		w.add("        {\n")
		if t.Scheme != "" {
			w.add("            \"Authorization\": ", quotePython(t.Sent()), ",\n")
		}
		if t.Type != "" {
			w.add("            \"Content-Type\": ", quotePython(t.Type), ",\n")
		}
		w.add("        },\n")
	}
	if t.Body != "" {
		w.add("        ", quotePython(t.Body), ",\n")
	}
	w.add("    )\n    assert status == ", strconv.Itoa(t.Expected.Status), ", answer\n")
	switch answer := t.Expected.Answer; {
	case answer == nil:
	case answer.JSON:
		w.add("    assert json.loads(answer) == ", literal([]byte(answer.Text)), "\n")
	default:
		w.add("    assert answer.removesuffix(\"\\n\") == ", quotePython(answer.Text), "\n")
	}
	w.add(`
    _, made = send("GET", "/_fake/requests?await=1&timeout=10s")
    changes = json.loads(made)["requests"][0].get("changes", [])
`)
	compared := ""
	if t.Expected.More() {
		compared = "[:" + strconv.Itoa(len(t.Expected.Changes)) + "]"
		w.add("    assert len(changes) == ", strconv.Itoa(t.Expected.Total), "\n")
	}
	w.madeUp("    # ", t.Expected)
	for _, path := range t.Expected.MadeUp {
		w.add("    changes", path.String(), " = \"<id>\"\n")
	}
	w.add("    assert changes", compared, " == ", literal(t.Expected.wanted()), "\n")
}

// pythonName is the name of the test: test_records_create_17.
func pythonName(t *Test) string {
	return "test_" + strings.Join(append(t.words(), strconv.Itoa(t.Number)), "_")
}

// quotePython writes a string, in triple quotes if it has several lines. What Go escapes in a string Python escapes alike.
func quotePython(text string) string {
	if quoted, ok := inSingleQuotes(text); ok {
		return quoted
	}
	if !strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
		return strconv.Quote(text)
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		quoted := strconv.Quote(line)
		quoted = quoted[1 : len(quoted)-1]
		if !strings.Contains(line, `""`) && !strings.HasSuffix(line, `"`) && !strings.Contains(line, `\`) {
			quoted = strings.ReplaceAll(quoted, `\"`, `"`)
		}
		lines = append(lines, quoted)
	}
	return "\"\"\"\\\n" + strings.Join(lines, "\n") + "\"\"\""
}
