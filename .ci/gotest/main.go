// Command gotest runs go test with its own arguments and prints the same output, plus one line at the end: how many tests
// were skipped because they need facts about Attio that are not public. For packages that pass, go test hides that.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// notPublic begins the reason of such a skip: contract.NotPublic.
const notPublic = "facts about Attio that are not public"

// event is a line of go test -json.
type event struct{ Action, Package, Test, Output string }

func main() {
	test := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	test.Stderr = os.Stderr
	events, err := test.StdoutPipe()
	if err == nil {
		err = test.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	skipped, err := report(os.Stdout, events)
	if skipped > 0 {
		fmt.Printf("\nSKIPPED %d tests: they need %s. All others ran, with the project's own copies.\n", skipped, notPublic)
	}
	if err = errors.Join(err, test.Wait()); err != nil {
		os.Exit(1)
	}
}

// report prints what go test without -json would print, and counts the tests that were skipped because facts are missing.
func report(to io.Writer, from io.Reader) (skipped int, err error) {
	outputs := map[[2]string]*strings.Builder{}
	for decoder := json.NewDecoder(from); ; {
		var e event
		if err := decoder.Decode(&e); err != nil {
			if errors.Is(err, io.EOF) {
				return skipped, nil
			}
			return skipped, err
		}
		key := [2]string{e.Package, e.Test}
		if outputs[key] == nil {
			outputs[key] = &strings.Builder{}
		}
		said := outputs[key]
		switch e.Action {
		case "output":
			if !strings.HasPrefix(e.Output, "=== ") && e.Output != "PASS\n" {
				said.WriteString(e.Output)
			}
			continue
		case "build-output":
			fmt.Fprint(to, e.Output)
			continue
		case "skip":
			if e.Test != "" && strings.Contains(said.String(), notPublic) {
				skipped++
			}
		case "pass", "fail":
		default:
			continue
		}
		if e.Test == "" || e.Action == "fail" {
			fmt.Fprint(to, said.String())
		}
		delete(outputs, key)
	}
}
