package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// downloadFile answers GET /v2/files/{file_id}/download with a signed link, which needs no token.
func downloadFile(c *Call) (any, error) {
	state := c.Workspace.View()
	f, err := c.file(state)
	if err != nil {
		return nil, err
	}
	if f.Content == nil {
		return nil, attio.FileNotDownloadable(f.ID, string(f.Type))
	}
	c.header = http.Header{"Location": {origin(c.Request) + c.links.make(state.Slug, c.Moment, f)}}
	return redirect{}, nil
}

// origin returns the scheme and the host by which a client reaches this server.
func origin(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// LinkPath is where the links to files begin.
const LinkPath = "/_fake/files/"

// linkLife is how long a link holds. How long Attio's do is not known.
const linkLife = 15 * time.Minute

// links makes and reads the links of one server.
type links struct {
	key   []byte
	clock *world.Clock
}

// make returns the path and the query of a link to a file. The name in it is for people and for clients
// that call the file by it. moment is that of Call.
func (l links) make(workspace, moment string, f *world.File) string {
	name := f.Name
	if strings.Trim(name, "./") == "" {
		name = "file" // a path of dots leads elsewhere
	}
	expires := strconv.FormatInt(l.clock.Now().Add(linkLife).Unix(), 10)
	query := url.Values{"expires": {expires}, "signature": {l.sign(workspace, string(f.ID), expires, moment)}}
	if moment != "" {
		query.Set("moment", moment)
	}
	return LinkPath + workspace + "/" + string(f.ID) + "/" + url.PathEscape(name) + "?" + query.Encode()
}

func (l links) sign(parts ...string) string {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(strings.Join(parts, "/")))
	return hex.EncodeToString(mac.Sum(nil))
}

// What is wrong with a link.
var (
	ErrLinkForged  = errors.New("this link was not made by this server, or it was changed")
	ErrLinkExpired = errors.New("this link has expired; download the file again to get another")
	ErrLinkDead    = errors.New("the file of this link is gone")
)

// Linked returns the file that a link leads to. past finds a workspace as it was at a moment, which is that of Call. The error is one
// of the three that a link can have.
func (h *Handler) Linked(link *url.URL, past func(moment, slug string) (*world.Workspace, bool)) (*world.File, error) {
	parts := strings.SplitN(strings.TrimPrefix(link.Path, LinkPath), "/", 3)
	query := link.Query()
	expires := query.Get("expires")
	if len(parts) < 3 || !hmac.Equal([]byte(query.Get("signature")), []byte(h.links.sign(parts[0], parts[1], expires, query.Get("moment")))) {
		return nil, ErrLinkForged
	}
	if until, _ := strconv.ParseInt(expires, 10, 64); h.links.clock.Now().Unix() >= until {
		return nil, ErrLinkExpired
	}
	workspace, ok := h.world.Workspace(parts[0])
	if moment := query.Get("moment"); moment != "" {
		workspace, ok = past(moment, parts[0])
	}
	if ok {
		if f, ok := workspace.View().File(attio.ID(parts[1])); ok && f.Content != nil {
			return f, nil
		}
	}
	return nil, ErrLinkDead
}
