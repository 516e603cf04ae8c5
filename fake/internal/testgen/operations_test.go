package testgen_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"fmt"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/exercise"
)

func TestEveryOperation(t *testing.T) {
	dir := "/tmp/tg/all"
	os.RemoveAll(dir)
	os.MkdirAll(dir, 0o755)
	srv := fake.New(t, fake.YAML(exercise.Scenario()), fake.WithoutSocket())
	fresh, token := srv.Snapshot(), srv.Token("here")
	for i, r := range exercise.Requests() {
		srv.Restore(fresh)
		request, err := r.In("here").HTTP(srv.URL, token)
		if err != nil {
			t.Fatal(err)
		}
		response, err := srv.Transport().RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		for lang, ext := range map[string]string{"go": "_test.go", "ts": ".test.mjs", "python": "_test.py", "curl": ".sh"} {
			number := i + 1
			req := httpGet(t, srv, fmt.Sprintf("/_fake/requests/%d/test?lang=%s", number, lang))
			if req.status != 200 {
				t.Log(r.Method, r.Path, req.body)
				continue
			}
			os.WriteFile(filepath.Join(dir, fmt.Sprintf("r%d%s", number, ext)), []byte(req.body), 0o644)
		}
	}
	_ = exec.Command
}
