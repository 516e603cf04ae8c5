package report

import (
	"encoding/json"
	"io"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// JSON writes a report for programs. Lists are never null.
func JSON(to io.Writer, r chaos.Report) error {
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}
