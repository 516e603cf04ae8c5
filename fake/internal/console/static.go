package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"sync"
	"time"
)

//go:embed static
var staticFiles embed.FS

// staticFolder returns the path of the static files. It contains a hash of them, so browsers can keep them for ever.
var staticFolder = sync.OnceValue(func() string {
	sum := sha256.New()
	entries, _ := fs.ReadDir(staticFiles, "static") // reading embedded files never fails
	for _, entry := range entries {
		content, _ := staticFiles.ReadFile("static/" + entry.Name())
		sum.Write(content)
	}
	return prefix + "static/" + hex.EncodeToString(sum.Sum(nil)[:8])
})

// static answers with a static file.
func (c *Console) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, err := staticFiles.ReadFile("static/" + name)
	if err != nil || prefix+"static/"+r.PathValue("hash") != staticFolder() {
		http.Error(w, "there is no such file; reload the page", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
