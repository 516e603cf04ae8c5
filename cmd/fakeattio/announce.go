package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/fakeattio/fakeattio/fake"
)

// announcer prints what the server reports, for a person or for a machine.
type announcer interface {
	listening(address, url string, server *fake.Server)
	encrypting(addresses []net.Addr)
	reloaded(server *fake.Server)
	refused(err error) // the scenario has problems and was not loaded
	request(r fake.Request)
	dropped(n int) // so many requests have no line
	shadowing(url string, writes bool)
	shadowed(r fake.ShadowedRequest)
	shadowDropped(n int)
	warn(text string)
	logger() *slog.Logger
}

// workspace is what a client needs to know about a workspace.
type workspace struct {
	Slug    string   `json:"slug"`
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Members []member `json:"members"`
	Tokens  []token  `json:"tokens"`
}

type member struct {
	ID     string           `json:"id"`
	Name   string           `json:"name"`
	Email  string           `json:"email_address"`
	Access fake.AccessLevel `json:"access_level"`
}

type token struct {
	Name   string   `json:"name"`
	Scopes []string `json:"scopes"`
	Value  string   `json:"token"`

	all bool // it has every scope
}

func workspaces(server *fake.Server) []workspace {
	all := []workspace{}
	for _, from := range server.Workspaces() {
		w := workspace{Slug: from.Slug(), ID: from.ID(), Name: from.Name(), Members: []member{}, Tokens: []token{}}
		for _, m := range from.Members() {
			w.Members = append(w.Members, member{m.ID, strings.TrimSpace(m.FirstName + " " + m.LastName), m.Email, m.Access})
		}
		for _, t := range from.Tokens() {
			w.Tokens = append(w.Tokens, token{t.Name, t.Scopes, t.Value, t.AllScopes})
		}
		all = append(all, w)
	}
	return all
}

// scopes summarizes the scopes of a token.
func (t token) scopes() string {
	const few = 2
	switch n := len(t.Scopes); {
	case t.all:
		return "all scopes"
	case n == 0:
		return "no scopes"
	case n <= few+1:
		return strings.Join(t.Scopes, ", ")
	default:
		return fmt.Sprintf("%s and %d more", strings.Join(t.Scopes[:few], ", "), n-few)
	}
}

// documentation is where the documentation is.
const documentation = "https://github.com/fakeattio/fakeattio/tree/HEAD/docs"

// person announces in text. The log goes to another stream, so that the output stays clean.
type person struct {
	out, log io.Writer
	coloured bool
}

func (p person) logger() *slog.Logger { return slog.New(slog.NewTextHandler(p.log, nil)) }

func (p person) listening(address, url string, server *fake.Server) {
	var text strings.Builder
	fmt.Fprintf(&text, "fakeattio listens on %s\nBase URL: %s\n", address, url)
	fmt.Fprintf(&text, "With /v2: %s/v2\nConsole: %s/_fake/\nControl API: %s/_fake, described by %s/_fake/openapi.json\nDocumentation: %s\n", url, url, url, url, documentation)
	describe(&text, workspaces(server))
	if value := tokenToTry(server); value != "" {
		fmt.Fprintf(&text, "\nTry it:\n  curl -s -H %s %s\n", shellQuote("Authorization: Bearer "+value), shellQuote(url+"/v2/workspace_members"))
	}
	p.print(text.String())
}

func (p person) reloaded(server *fake.Server) {
	var text strings.Builder
	fmt.Fprintln(&text, "\nThe scenario was reloaded, and everything was reset to it.")
	describe(&text, workspaces(server))
	p.print(text.String())
}

func (p person) refused(err error) {
	_, _ = fmt.Fprintf(p.log, "The scenario was not reloaded, because it has problems; nothing has changed.\n%v\n", err)
}

func (p person) warn(text string) { _, _ = fmt.Fprintf(p.log, "Warning: %s\n", text) }

// print writes the text in one call, so that whoever sees the first line can read the last one too. The server carries
// on even if nobody reads its output any more.
func (p person) print(text string) { _, _ = io.WriteString(p.out, text) }

func describe(text *strings.Builder, all []workspace) {
	table := tabwriter.NewWriter(text, 0, 0, 2, ' ', 0)
	for _, w := range all {
		fmt.Fprintf(table, "\nWorkspace %s (%s)\n", w.Slug, oneLine(w.Name))
		for _, m := range w.Members {
			fmt.Fprintf(table, "  member  %s\t%s\t%s\n", oneLine(m.Name), oneLine(m.Email), m.Access)
		}
		_ = table.Flush() // so that members and tokens align separately; a Builder never fails
		for _, t := range w.Tokens {
			fmt.Fprintf(table, "  token   %s\t%s\t%s\n", oneLine(t.Name), oneLine(t.Value), t.scopes())
		}
		_ = table.Flush()
	}
}

// tokenToTry returns a token with all scopes, or else any token.
func tokenToTry(server *fake.Server) string {
	for _, w := range workspaces(server) {
		if len(w.Tokens) > 0 {
			full := max(0, slices.IndexFunc(w.Tokens, func(t token) bool { return t.all }))
			return w.Tokens[full].Value
		}
	}
	return ""
}

// oneLine replaces control characters, so that a name cannot move the cursor.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, name)
}

// shellQuote quotes a text as one word of a POSIX shell. Plain URLs stay unquoted.
func shellQuote(text string) string {
	plain := func(r rune) bool {
		return strings.ContainsRune(":/.-_[]", r) || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !plain(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// machine announces in JSON, one line per event.
type machine struct{ log *slog.Logger }

func (m machine) logger() *slog.Logger { return m.log }

func (m machine) listening(address, url string, server *fake.Server) {
	m.log.Info("listening", "url", url, "address", address, "workspaces", workspaces(server))
}

func (m machine) reloaded(server *fake.Server) {
	m.log.Info("reloaded", "workspaces", workspaces(server))
}

func (m machine) refused(err error) {
	m.log.Error("reload refused", "error", err)
}

func (m machine) warn(text string) { m.log.Warn(text) }
