package control

import (
	"bytes"
	"errors"
	"mime"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/api"
)

// serveFile answers a link to a file, to which Attio's API redirects downloads. The link is enough: it needs no token
// of either API.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*") // the Attio API allows every origin, and its pages follow the redirect here
	if answerPreflight(w, r) {
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		write(w, http.StatusMethodNotAllowed, map[string]string{"error": "a link to a file does not support " + r.Method})
		return
	}
	f, err := h.attio.Linked(r.URL, h.linked)
	if err != nil {
		status := http.StatusForbidden
		if errors.Is(err, api.ErrLinkDead) {
			status = http.StatusNotFound
		}
		write(w, status, map[string]string{"error": err.Error()})
		return
	}
	contentType := "application/octet-stream"
	if f.Content.Type != nil {
		contentType = *f.Content.Type
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	w.Header().Set("ETag", `"`+string(f.ID)+`"`)
	http.ServeContent(w, r, "", f.CreatedAt, bytes.NewReader(f.Content.Data))
}
