// Command terminal draws docs/terminal.svg from the real output of the binary and of curl:
//
//	go run .ci/terminal/main.go BINARY URL LOG FILE
//
// URL is the address of a running fake with the default scenario, shown with port 8080 in the picture, and LOG is its output. See .ci/docs.
package main

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// width is how many characters of a line are shown.
const width = 116

const (
	size   = 13 // of the font
	line   = 19
	margin = 18
)

func main() {
	if len(os.Args) != 5 {
		fail("usage: go run .ci/terminal/main.go BINARY URL LOG FILE")
	}
	binary, url, log, file := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	shown := strings.NewReplacer(url, "http://127.0.0.1:8080", strings.TrimPrefix(url, "http://"), "127.0.0.1:8080")

	var lines []string
	say := func(command, output string) {
		lines = append(lines, "$ "+command)
		for text := range strings.SplitSeq(strings.TrimRight(shown.Replace(output), "\n"), "\n") {
			lines = append(lines, wrapped(text)...)
		}
		lines = append(lines, "")
	}

	banner, err := os.ReadFile(log)
	if err != nil {
		fail("%v", err)
	}
	text, _, _ := strings.Cut(string(banner), "\nTry it:")
	say("fakeattio serve", text)

	token := strings.TrimSpace(run(url, `"$0" tokens | awk '$1 == "acme" && $2 == "full" {print $3}'`, binary))
	os.Setenv("AUTH", "Authorization: Bearer "+token)
	os.Setenv("JSON", "Content-Type: application/json")
	for _, command := range []string{
		`curl -s $URL/v2/objects/people/records -H "$AUTH" -H "$JSON" -d '{"data": {"values": {"nmae": "Grace Hopper"}}}'`,
		`curl -s $URL/_fake/faults -H "$JSON" -d '{"id": "busy", "fault": "rate-limited", "times": 1}'`,
		`curl -s $URL/v2/workspace_members -H "$AUTH"`,
	} {
		say(command, run(url, command, ""))
	}
	if err := os.WriteFile(file, []byte(picture(lines[:len(lines)-1])), 0o644); err != nil {
		fail("%v", err)
	}
}

// run returns the output of a shell command.
func run(url, command, argument string) string {
	cmd := exec.Command("bash", "-c", command, argument)
	cmd.Env = append(os.Environ(), "URL="+url)
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	if err != nil {
		fail("%s: %v", command, err)
	}
	return string(output)
}

// wrapped breaks JSON at the edge of the terminal, and cuts the lines of a table.
func wrapped(text string) []string {
	runes := []rune(text)
	if len(runes) > width && runes[0] != '{' {
		return []string{string(runes[:width-1]) + "…"}
	}
	var lines []string
	for line := range slices.Chunk(runes, width) {
		lines = append(lines, string(line))
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

func picture(lines []string) string {
	var b strings.Builder
	w, h := 2*margin+width*size*6/10, 2*margin+len(lines)*line
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="fakeattio serve in a terminal">`+"\n", w, h)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="#16181d"/>`+"\n", w, h)
	fmt.Fprintf(&b, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="%d" fill="#c9d1d9" style="white-space:pre">`+"\n", size)
	for i, text := range lines {
		color := ""
		if strings.HasPrefix(text, "$ ") {
			color = ` fill="#7ee787"`
		}
		if text != "" {
			fmt.Fprintf(&b, `<text x="%d" y="%d"%s xml:space="preserve">%s</text>`+"\n", margin, margin+size+i*line, color, html.EscapeString(text))
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}
