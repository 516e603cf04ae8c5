package api_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fakeattio/fakeattio/fake"
)

// uploading opens a connection, and sends the header of an upload and the given part of its body.
func uploading(t *testing.T, address, token string, body []byte, part int) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "POST /v2/files/upload HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\n"+
		"Content-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n\r\n", token, boundary, len(body))
	reader := bufio.NewReader(conn)
	if line, err := reader.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") { // the server reads the body now
		t.Fatalf("%q %v", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(body[:part]); err != nil {
		t.Fatal(err)
	}
	return conn, reader
}

func readAnswer(t *testing.T, reader *bufio.Reader) (status int, body string) {
	t.Helper()
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(raw)
}

// serveFiles starts a server on a socket with room for this many bytes of files.
func serveFiles(t *testing.T, room int) (server *fake.Server, address string, c *client) {
	t.Helper()
	server = fake.New(t, fake.YAML(fileScenario), fake.MaxFileBytes(int64(room)))
	return server, strings.TrimPrefix(server.URL, "http://"), &client{t, server, http.DefaultClient, server.Token("acme")}
}

func TestAnUploadThatIsCutOffLeavesNothing(t *testing.T) { // looks at all goroutines: not parallel
	const size = 1 << 20
	server, address, c := serveFiles(t, size)
	body := formOf(t, toNavy(filePart("a", "", strings.Repeat("x", size)))...)

	// A client that stops in the middle and waits gets an answer.
	conn, reader := uploading(t, address, c.token, body, size/2)
	_ = conn.(*net.TCPConn).CloseWrite()
	status, said := readAnswer(t, reader)
	c.wants(answer{Status: status, Body: said}, 400, validation("Body payload validation error.",
		`{"code":"invalid","path":[],"message":"Unreadable body: unexpected EOF"}`))

	// A broken connection ends the upload too, although the server cannot answer.
	conn, _ = uploading(t, address, c.token, body, size/2)
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()

	got := c.upload(toNavy(filePart("all of it", "", strings.Repeat("x", size)))...)
	for tries := 0; got.Status == 413 && tries < 1000; tries++ { // until the server notices the broken connection
		got = c.upload(toNavy(filePart("all of it", "", strings.Repeat("x", size)))...)
	}
	if got.Status != 201 {
		t.Errorf("there is no room: %d %s", got.Status, got.Body)
	}
	if files := server.Workspace("acme").Files(); len(files) != 1 || files[0].Name != "all of it" {
		t.Errorf("files: %v", files)
	}
	server.Close()
	stacks := make([]byte, 1<<20)
	if stacks = stacks[:runtime.Stack(stacks, true)]; bytes.Contains(stacks, []byte("api.uploadFile")) {
		t.Errorf("an upload goes on:\n%s", stacks)
	}
}

func TestAStalledUploadEndsWithItsServer(t *testing.T) {
	t.Parallel()
	inner := fake.New(t, fake.YAML(fileScenario), fake.WithoutSocket())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	server := httptest.NewUnstartedServer(inner.Handler())
	server.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	server.Start()
	defer server.Close()
	body := formOf(t, toNavy(filePart("a", "", strings.Repeat("x", 1000)))...)
	_, reader := uploading(t, server.Listener.Addr().String(), inner.Token("acme"), body, 500)
	cancel()
	if status, said := readAnswer(t, reader); status != 400 || !strings.Contains(said, "Unreadable body: ") {
		t.Errorf("%d %s", status, said)
	}
}

func TestAStalledUploadWithoutASocketEndsWithItsClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // fails if a goroutine is left
		c := newFileClient(t)
		ctx, cancel := context.WithCancel(context.Background())
		source, sink := io.Pipe()
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server.URL+"/v2/files/upload", source)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+c.token)
		request.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
		go func() {
			_, _ = sink.Write(formOf(t, toNavy(filePart("a", "", "hello"))...)[:100])
			cancel()
		}()
		if response, err := c.http.Do(request); err == nil {
			t.Errorf("answered %d", response.StatusCode)
			_ = response.Body.Close()
		}
	})
}

func TestAnUploadOverASocketIsAnswered(t *testing.T) {
	t.Parallel()
	_, address, c := serveFiles(t, 60<<20)
	large := strings.Repeat("x", 55<<20)
	c.wants(c.upload(toNavy(filePart("large", "", large))...), 413, tooLarge("File is too large, the limit is 52428800 bytes."))
	unknown := c.as(strings.Repeat("0", 64))
	unknown.wants(unknown.upload(toNavy(filePart("a", "", large[:20<<20]))...), 401, unauthorized(unknownToken))
	got := c.upload(toNavy(filePart("a", "", large[:40<<20]))...)
	if got.Status != 201 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	c.wants(c.upload(toNavy(filePart("b", "", large[:40<<20]))...), 413, full(60<<20))

	// An upload with an early error is answered once all of it has arrived.
	wrong := formOf(t, textPart("object", ""), textPart("record_id", "navy"), filePart("c", "", large[:1<<20]))
	_, reader := uploading(t, address, c.token, wrong, len(wrong))
	if status, said := readAnswer(t, reader); status != 400 || !strings.Contains(said, `"path":["object"]`) {
		t.Errorf("%d %s", status, said)
	}
}
