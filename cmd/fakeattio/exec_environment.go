package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// choice says which token a command gets.
type choice struct{ workspace, token string }

// key is a token with its workspace. The zero value is none.
type key struct {
	workspace workspace
	token     token
}

// of returns the chosen token: by default the first with all scopes, failing that the first, failing that none.
func (c choice) of(all []workspace) (key, error) {
	slug, name := c.workspace, c.token
	if of, short, ok := strings.Cut(name, "/"); ok {
		if slug != "" && slug != of {
			return key{}, fmt.Errorf("--workspace %s has no token %s", slug, name)
		}
		slug, name = of, short
	}
	var found []key
	var slugs, names []string
	for _, w := range all {
		slugs = append(slugs, w.Slug)
		if slug != "" && slug != w.Slug {
			continue
		}
		for _, t := range w.Tokens {
			names = append(names, t.Name)
			if name == "" || name == t.Name {
				found = append(found, key{w, t})
			}
		}
	}
	if slug != "" && !slices.Contains(slugs, slug) {
		return key{}, unknown("workspace", slug, slugs)
	}
	if name != "" && found == nil {
		return key{}, unknown("token", name, names)
	}
	if len(found) == 0 {
		return key{}, nil
	}
	return found[max(0, slices.IndexFunc(found, func(k key) bool { return k.token.all }))], nil
}

// unknown says that there is no such thing, and which there are.
func unknown(what, name string, known []string) error {
	if near := nearest(name, known); near != nil {
		return fmt.Errorf("there is no %s %q; did you mean %s?", what, name, strings.Join(near, " or "))
	}
	if len(known) == 0 {
		return fmt.Errorf("there is no %s %q; the scenario has none", what, name)
	}
	return fmt.Errorf("there is no %s %q; known: %s", what, name, strings.Join(known, ", "))
}

// surroundings are what a command can be told.
type surroundings struct {
	url          string
	controlToken string
	key          key
	workspaces   []workspace
	ownKey       bool // a key that the command has already is the one for the shadow, and stays
}

// setting is something that --env can put into a variable.
type setting struct {
	name  string
	value func(surroundings) string
}

var settings = []setting{
	{"url", func(s surroundings) string { return s.url }},
	{"url-v2", func(s surroundings) string { return s.url + "/v2" }},
	{"host", func(s surroundings) string { return s.parsed().Host }},
	{"port", func(s surroundings) string { return s.parsed().Port() }},
	{"token", func(s surroundings) string { return s.key.token.Value }},
	{"workspace", func(s surroundings) string { return s.key.workspace.Slug }},
	{"workspace-id", func(s surroundings) string { return s.key.workspace.ID }},
	{"control-token", func(s surroundings) string { return s.controlToken }},
}

// tokenPrefix begins the setting that is the value of a token, given by its name.
const tokenPrefix = "token:"

func settingNames() []string {
	var names []string
	for _, s := range settings {
		names = append(names, s.name)
	}
	return append(names, tokenPrefix+"NAME")
}

func (s surroundings) parsed() *url.URL {
	u, err := url.Parse(s.url)
	if err != nil { // --public-url has been checked, and the listener knows its address
		panic(err)
	}
	return u
}

// environment returns the environment of a command: the present one, what exec always sets, and what is asked for by NAME=WHAT.
func (s surroundings) environment(present, wanted []string) ([]string, error) {
	set, gone := []string{"ATTIO_BASE_URL=" + s.url, urlVariable + "=" + s.url}, replaced
	switch {
	case s.ownKey && slices.ContainsFunc(present, isKey):
		gone = slices.DeleteFunc(slices.Clone(replaced), func(name string) bool { return isKey(name + "=x") })
	case s.key.token.Value != "":
		set = append(set, "ATTIO_API_KEY="+s.key.token.Value, "ATTIO_ACCESS_TOKEN="+s.key.token.Value)
	}
	if s.controlToken != "" {
		set = append(set, prefix+"CONTROL_TOKEN="+s.controlToken)
	}
	for _, text := range wanted {
		name, what, ok := strings.Cut(text, "=")
		if !ok || name == "" || what == "" {
			return nil, fmt.Errorf("--env takes NAME=WHAT, such as MY_ATTIO_URL=url, not %q", text)
		}
		value, err := s.value(what)
		if err != nil {
			return nil, fmt.Errorf("--env %s: %w", text, err)
		}
		set = append(set, name+"="+value)
	}
	return append(without(present, gone...), set...), nil
}

// isKey reports whether a variable holds a key of Attio.
func isKey(variable string) bool {
	name, value, _ := strings.Cut(variable, "=")
	return value != "" && (name == "ATTIO_API_KEY" || name == "ATTIO_ACCESS_TOKEN")
}

// replaced are the variables of which a command must not see what they were before: a key of the real Attio, and an address
// that asks for any free port.
var replaced = []string{"ATTIO_API_KEY", "ATTIO_ACCESS_TOKEN", prefix + "LISTEN"}

// without returns the variables of other names.
func without(environment []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(environment), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(names, name)
	})
}

// value returns what --env puts into a variable.
func (s surroundings) value(what string) (string, error) {
	if name, ok := strings.CutPrefix(what, tokenPrefix); ok {
		chosen, err := choice{token: name}.of(s.workspaces)
		return chosen.token.Value, err
	}
	i := slices.IndexFunc(settings, func(known setting) bool { return known.name == what })
	if i < 0 {
		return "", unknown("value", what, settingNames())
	}
	return settings[i].value(s), nil
}
