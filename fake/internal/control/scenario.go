package control

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// maxScenario is how large a sent scenario may be, in bytes. Files may be larger.
const maxScenario = 16 << 20

// The media types of a scenario.
var (
	yamlTypes = []string{"application/yaml", "application/x-yaml", "text/yaml"}
	jsonType  = "application/json"
)

// scenarioProblems is the answer to a scenario with problems.
type scenarioProblems struct {
	Error
	// Every problem, at its place. At most 1,000.
	Problems []scenarioProblem `json:"problems"`
}

// scenarioProblem is one thing wrong with a scenario.
type scenarioProblem struct {
	// From 1; 0 if the problem concerns the whole scenario.
	Line int `json:"line"`
	// From 1, in characters.
	Column int `json:"column"`
	// What is wrong and what would be right.
	Message string `json:"message"`
}

// putScenario answers PUT /_fake/scenario. A scenario with problems leaves everything as it is.
func putScenario(h *Handler, r *http.Request) (any, *refusal) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != jsonType && !slices.Contains(yamlTypes, kind) {
		return nil, &refusal{status: http.StatusUnsupportedMediaType, message: "the Content-Type has to be application/yaml or application/json, so that it is known how to read the scenario"}
	}
	raw, refused := readBody(r, maxScenario)
	if refused != nil {
		return nil, refused
	}
	if kind == jsonType {
		if _, refused := readJSON(raw, "a scenario"); refused != nil {
			return nil, refused
		}
	}
	err := h.Load(scenario.Text("scenario", string(raw)))
	if problems, ok := errors.AsType[*scenario.Error](err); ok {
		answer := scenarioProblems{Error{problems.Error()}, []scenarioProblem{}}
		for _, p := range problems.Problems {
			answer.Problems = append(answer.Problems, scenarioProblem{p.Line, p.Column, p.Message})
		}
		return nil, &refusal{status: http.StatusUnprocessableEntity, message: problems.Error(), body: answer}
	}
	if err != nil { // a clone has a slug of the scenario, or the scenario cannot have the server's clock
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	}
	return nil, nil
}

// readBody reads a body of at most the given number of bytes.
func readBody(r *http.Request, most int64) ([]byte, *refusal) {
	raw, err := io.ReadAll(r.Body)
	if errors.As(err, new(*http.MaxBytesError)) {
		return nil, tooLarge(most)
	}
	if err != nil {
		return nil, badRequest("the connection broke before the end of the body")
	}
	return raw, nil
}

// getScenarioSchema answers GET /_fake/scenario.schema.json.
func getScenarioSchema(*Handler, *http.Request) (any, *refusal) {
	return json.RawMessage(scenario.Schema()), nil
}
