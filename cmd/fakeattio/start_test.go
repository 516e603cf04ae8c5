package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// bare is a minimal HTTP server, for comparison.
const bare = `package main

import (
	"net/http"
	"os"
)

func main() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	if err := http.ListenAndServe(os.Args[1], handler); err != nil {
		panic(err)
	}
}
`

// BenchmarkStart measures the time from exec to the first 200, of the program as released and of a bare net/http program.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	source := filepath.Join(dir, "bare.go")
	if err := os.WriteFile(source, []byte(bare), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, program := range []struct {
		name, source string
		args         func(address string) []string
		path         string // a path that is answered with 200
	}{
		{"fakeattio", ".", func(address string) []string { return []string{"serve", "--listen", address} }, "/_fake/health"},
		{"bare", source, func(address string) []string { return []string{address} }, "/"},
	} {
		binary := built(b, filepath.Join(dir, program.name), program.source)
		b.Run(program.name, func(b *testing.B) {
			for b.Loop() {
				address := freeAddress(b)
				cmd := exec.Command(binary, program.args(address)...)
				if err := cmd.Start(); err != nil {
					b.Fatal(err)
				}
				awaitOK(b, "http://"+address+program.path)
				b.StopTimer()
				stop(cmd)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/start")
			b.ReportMetric(0, "ns/op") // the same as ms/start
		})
	}
}

// BenchmarkMemory measures the resident memory of the program as released: after the first 200, and after three seconds in which
// four clients create a person, query ten, update the new one and read it, in turns and as fast as they can.
func BenchmarkMemory(b *testing.B) {
	binary := built(b, filepath.Join(b.TempDir(), "fakeattio"), ".")
	var idle, loaded float64
	var requests int64
	for b.Loop() {
		address := freeAddress(b)
		cmd := exec.Command(binary, "serve", "--listen", address)
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		awaitOK(b, "http://"+address+"/_fake/health")
		idle += residentMiB(b, cmd.Process.Pid)
		requests += load(b, "http://"+address, 3*time.Second)
		loaded += residentMiB(b, cmd.Process.Pid)
		stop(cmd)
	}
	b.ReportMetric(idle/float64(b.N), "idle-MiB")
	b.ReportMetric(loaded/float64(b.N), "loaded-MiB")
	b.ReportMetric(float64(requests)/float64(b.N), "requests")
	b.ReportMetric(0, "ns/op") // says nothing
}

// built builds a program as it is released, and returns the path of its binary.
func built(b *testing.B, binary, source string) string {
	b.Helper()
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, source)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return binary
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait() // the bare program is killed by the signal, which Wait reports
}

// load keeps a server of the built-in scenario acme busy for a while, and returns the number of requests.
func load(b *testing.B, url string, length time.Duration) int64 {
	b.Helper()
	const records = "/v2/objects/people/records"
	client := &http.Client{Timeout: patience}
	var workspaces struct {
		Workspaces []struct {
			Tokens []struct{ Token string }
		}
	}
	if err := json.Unmarshal(exchanged(b, client, "", "GET", url+"/_fake/workspaces", ""), &workspaces); err != nil {
		b.Fatal(err)
	}
	token := workspaces.Workspaces[0].Tokens[0].Token
	var sent atomic.Int64
	var clients sync.WaitGroup
	end := time.Now().Add(length)
	for n := range 4 {
		clients.Go(func() {
			for turn := 0; time.Now().Before(end); turn++ {
				var created struct {
					Data struct {
						ID struct {
							RecordID string `json:"record_id"`
						} `json:"id"`
					} `json:"data"`
				}
				person := fmt.Sprintf(`{"data":{"values":{"name":"Hopper, Grace","email_addresses":["grace%d-%d@navy.com"]}}}`, n, turn)
				if err := json.Unmarshal(exchanged(b, client, token, "POST", url+records, person), &created); err != nil {
					b.Error(err)
					return
				}
				record := url + records + "/" + created.Data.ID.RecordID
				exchanged(b, client, token, "POST", url+records+"/query", `{"limit":10}`)
				exchanged(b, client, token, "PATCH", record, `{"data":{"values":{"job_title":"Rear admiral"}}}`)
				exchanged(b, client, token, "GET", record, "")
				sent.Add(4)
			}
		})
	}
	clients.Wait()
	return sent.Load()
}

// exchanged sends a request and returns the body of the 200.
func exchanged(b *testing.B, client *http.Client, token, method, url, body string) []byte {
	b.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		b.Error(err)
		return nil
	}
	request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	response, err := client.Do(request)
	if err != nil {
		b.Error(err)
		return nil
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Errorf("%s %s: %d %s (%v)", method, url, response.StatusCode, answer, err)
	}
	return answer
}

// freeAddress returns an address on which nothing listens.
func freeAddress(b *testing.B) string {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// awaitOK sends requests until one is answered with 200.
func awaitOK(b *testing.B, url string) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		response, err := client.Get(url)
		if err != nil {
			time.Sleep(100 * time.Microsecond) // leaves the CPU to the starting program
			continue
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return
		}
	}
	b.Fatalf("%s did not answer 200 within %s", url, patience)
}

// residentMiB returns the resident memory of a process, where the system reports it.
func residentMiB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(after)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
