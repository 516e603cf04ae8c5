package console

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/testgen"
)

// testPage is the data of the page that shows a request as a test.
type testPage struct {
	Number           int
	Language, Source string
	Languages        []string
	Mistake          string // why there is no test
}

// test shows a test that sends a request again.
func (c *Console) test(r *http.Request) (page, error) {
	entry, _, _, err := c.entry(r.PathValue("number"))
	if err != nil {
		return page{}, err
	}
	data := testPage{Number: entry.Number, Languages: testgen.Languages()}
	data.Language = cmp.Or(r.URL.Query().Get("lang"), data.Languages[0])
	shown := page{title: fmt.Sprintf("Request %d as a test", entry.Number)}
	source, err := c.control.TestOf(entry.Number, data.Language)
	if err != nil {
		data.Mistake, shown.status = err.Error(), http.StatusUnprocessableEntity
	}
	data.Source, shown.content = string(source), &data
	return shown, nil
}
