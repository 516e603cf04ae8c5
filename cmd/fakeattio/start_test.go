package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
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

// BenchmarkStart measures the time from exec to the first 200, and the resident memory after it, of the program as
// released and of a bare net/http program.
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
		binary := filepath.Join(dir, program.name)
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, program.source)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		b.Run(program.name, func(b *testing.B) {
			var resident float64
			for b.Loop() {
				address := freeAddress(b)
				cmd := exec.Command(binary, program.args(address)...)
				if err := cmd.Start(); err != nil {
					b.Fatal(err)
				}
				awaitOK(b, "http://"+address+program.path)
				b.StopTimer()
				resident += residentMiB(b, cmd.Process.Pid)
				_ = cmd.Process.Signal(syscall.SIGTERM)
				_ = cmd.Wait() // the bare program is killed by the signal, which Wait reports
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/start")
			b.ReportMetric(resident/float64(b.N), "MiB")
			b.ReportMetric(0, "ns/op") // the same as ms/start
		})
	}
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
