package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// htmx.min.js is that of the npm package htmx.org, unchanged; .ci/inventory lists it with its licence.
//
//go:embed static htmx/htmx.min.js
var staticFiles embed.FS

// staticFolder returns the path of the static files. It contains a hash of them, so browsers can keep them for ever.
var staticFolder = lazy.Of[string]{Make: func() string {
	sum := sha256.New()
	for _, folder := range []string{"static", "htmx"} {
		files, _ := fs.ReadDir(staticFiles, folder) // reading embedded files never fails
		for _, file := range files {
			content, _ := staticFiles.ReadFile(folder + "/" + file.Name())
			sum.Write(content)
		}
	}
	return prefix + "static/" + hex.EncodeToString(sum.Sum(nil)[:8])
}}

// static answers with a static file.
func (c *Console) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, err := staticFiles.ReadFile("static/" + name)
	if name == "htmx.min.js" {
		content, err = staticFiles.ReadFile("htmx/" + name)
	}
	if err != nil || prefix+"static/"+r.PathValue("hash") != staticFolder.Get() {
		http.Error(w, "there is no such file; reload the page", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
