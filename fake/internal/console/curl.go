package console

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/control"
)

// curl returns a command that makes a request again.
func (c *Console) curl(r *http.Request, e *control.Entry) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	words := []string{"curl"}
	if e.Method != http.MethodGet {
		words = append(words, "-X "+quoted(e.Method))
	}
	words = append(words, quoted(scheme+"://"+cmp.Or(r.Host, "localhost:8080")+e.Path))
	if e.Token != "" {
		value := `"Authorization: Bearer $ATTIO_TOKEN"`
		if token, ok := c.tokens()[[2]string{e.Workspace, e.Token}]; ok {
			value = quoted("Authorization: Bearer " + token.Token)
		}
		words = append(words, "-H "+value)
	}
	for _, line := range headerLines(e.RequestHeaders.HTTP()) {
		if !slices.Contains(ofTransport, line.Name) {
			words = append(words, "-H "+quoted(line.Name+": "+line.Value))
		}
	}
	if len(e.Request) > 0 {
		words = append(words, "--data-raw "+quoted(string(e.Request)))
	}
	return strings.Join(words, " \\\n  ")
}

// ofTransport lists the headers that curl sends by itself, or that belong to the client.
var ofTransport = []string{"Authorization", "Accept-Encoding", "Connection", "Content-Length", "Host", "User-Agent", "…"}

// quoted quotes a word for a shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
