package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// The values of headers that all answers share. Whoever adds another gets an array of its own.
var (
	anyOrigin   = []string{"*"}
	varyOrigin  = []string{"Origin"}
	deny        = []string{"DENY"}
	contentJSON = []string{"application/json; charset=utf-8"}
	// exposedHeaders is recorded, May 2026.
	exposedHeaders = []string{"x-attio-client,x-attio-execution-id,x-attio-platform,x-attio-platform-version," +
		"x-attio-record-query-score,x-attio-app-installation-bundle-id,WWW-Authenticate"}
)

// ready is a body that is JSON already, envelope and all. It may be shared, so it must not be changed.
type ready []byte

// encode writes JSON as JavaScript does, which leaves <, > and & as they are.
func encode(result any) ([]byte, error) {
	switch result := result.(type) {
	case ready:
		return result, nil
	case scimAnswer:
		if result.body == nil {
			return nil, nil
		}
		return encode(result.body)
	case noContent, redirect:
		return nil, nil
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(result); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// statusOf returns the status of a success.
func statusOf(result any) int {
	switch result := result.(type) {
	case scimAnswer:
		return result.status
	case created:
		return http.StatusCreated
	case accepted:
		return http.StatusAccepted
	case noContent:
		return http.StatusNoContent
	case redirect:
		return http.StatusFound
	}
	return http.StatusOK
}

// write sends the answer of a call with the headers that every answer of Attio's has.
func (h *Handler) write(w http.ResponseWriter, c *Call) {
	header := w.Header()
	h.Date(header)
	if !c.apart {
		header["Access-Control-Allow-Origin"] = anyOrigin
		header["Access-Control-Expose-Headers"] = exposedHeaders
	}
	header["Vary"] = varyOrigin
	values := new([3]string) // of the headers that differ from answer to answer
	values[0] = string(h.calls.New())
	header["X-Attio-Execution-Id"] = values[0:1:1]
	header["X-Frame-Options"] = deny
	maps.Copy(header, c.header)
	if c.Request.Method == http.MethodOptions && !c.apart {
		Preflight(header, c.Request)
	}
	if c.Operation != nil && c.Status < 300 && c.Operation.SendsAccurateAt() {
		clock := h.world.Clock.Now
		if c.Workspace != nil {
			clock = c.Workspace.Now // a moment of the past has its own
		}
		values[1] = c.Operation.AccurateAt(clock()).String()
		header["X-Accurate-At"] = values[1:2:2]
	}
	switch {
	case c.Page != nil:
		withRoom(func(room []byte) []byte {
			body := c.Page.Append(room)
			c.Length = len(body)
			writeBody(w, c, body, values[2:3:3])
			return body
		})
	case c.Body != nil:
		writeBody(w, c, c.Body, values[2:3:3])
	default:
		w.WriteHeader(c.Status)
	}
}

// writeBody sends the header and the body of an answer, compressed if the client wants that. length has room for the value of the header
// Content-Length.
func writeBody(w http.ResponseWriter, c *Call, body []byte, length []string) {
	header := w.Header()
	if header.Get("Content-Type") == "" {
		header["Content-Type"] = contentJSON
	}
	if len(body) >= compressFrom && acceptsGzip(c.Request) {
		header.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	length[0] = strconv.Itoa(len(body))
	header["Content-Length"] = length
	w.WriteHeader(c.Status)
	_, _ = w.Write(body) // a client that is gone is no error
}

// Date says when an answer was made, on the server's clock as every time in it. Where that shows real time, net/http gives the same
// date without the header, which would be the ninth: for that the map of a header has to grow, a sixth of what a GET allocates.
func (h *Handler) Date(header http.Header) {
	if reading := h.world.Clock.Read(); reading.IsReal() {
		delete(header, "Date") // of before a request that moved the clock
	} else {
		header["Date"] = []string{reading.Now.Format(http.TimeFormat)}
	}
}

// Preflight tells a browser that a page may use every method and header. Attio's answer to OPTIONS was never captured; this is what
// servers that send access-control-allow-origin: * usually say.
func Preflight(header http.Header, r *http.Request) {
	header.Set("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
	if asked := r.Header.Get("Access-Control-Request-Headers"); asked != "" {
		header.Set("Access-Control-Allow-Headers", asked)
	}
}

// compressFrom is the size in bytes from which a body is compressed; below it gzip gains nothing.
const compressFrom = 1024

// acceptsGzip reads Accept-Encoding; a quality of zero refuses.
func acceptsGzip(r *http.Request) bool {
	for _, accepted := range r.Header.Values("Accept-Encoding") {
		for coding := range strings.SplitSeq(accepted, ",") {
			name, quality, weighed := strings.Cut(coding, ";q=")
			if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
				continue
			}
			q, err := strconv.ParseFloat(strings.TrimSpace(quality), 64)
			return !weighed || err != nil || q > 0
		}
	}
	return false
}

var compressors = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
	return z
}}

func compress(body []byte) []byte {
	var buf bytes.Buffer
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(&buf)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return buf.Bytes()
}
