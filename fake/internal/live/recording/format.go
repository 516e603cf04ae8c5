package recording

import (
	"fmt"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/live/compare"
)

// format is one way in which recordings are kept.
type format struct {
	name  string
	needs []string // by what it is recognised: paths, in which [] is the first element of a list
	read  func(root *compare.Node) ([]Exchange, error)
}

var formats = []format{
	{"HAR", []string{"log.entries", "log.entries[].request.url", "log.entries[].response.status"}, readHAR},
	{"a cassette of Ruby's VCR", []string{"http_interactions", "http_interactions[].request.uri", "http_interactions[].response.status.code"}, readRubyVCR},
	{"a cassette of vcrpy", []string{"interactions", "interactions[].request.uri", "interactions[].response"}, readPythonVCR},
	{"a cassette of go-vcr", []string{"interactions", "interactions[].request.url", "interactions[].response.code"}, readGoVCR},
	{"a fixture of nock", []string{"[].scope", "[].path", "[].status"}, readNock},
	{"an exchange of fakeattio", []string{"request", "response"}, readOwn},
}

// recognise returns the format of a file, or an error that says what was looked for.
func recognise(name string, root *compare.Node) (format, error) {
	nearest, most := "", 0
	var looked []string
	for _, f := range formats {
		var lacking []string
		for _, path := range f.needs {
			if !has(root, path) {
				lacking = append(lacking, path)
			}
		}
		if len(lacking) == 0 {
			return f, nil
		}
		looked = append(looked, fmt.Sprintf("  %s: %s", f.name, strings.Join(f.needs, ", ")))
		if found := len(f.needs) - len(lacking); found > most {
			nearest, most = fmt.Sprintf("\nThe nearest is %s, but there is no %s.", f.name, strings.Join(lacking, " and no ")), found
		}
	}
	return format{}, fmt.Errorf("%s is no recording of a known format. Looked for\n%s%s", name, strings.Join(looked, "\n"), nearest)
}

func has(n *compare.Node, path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		key, elements := strings.CutSuffix(name, "[]")
		if key != "" {
			if n = n.Field(key); n == nil {
				return false
			}
		}
		if elements {
			if n.Kind != compare.Array {
				return false
			}
			if len(n.Items) == 0 {
				return key != "" // a list that could hold it
			}
			n = n.Items[0]
		}
	}
	return true
}
