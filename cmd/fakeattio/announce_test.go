package main

import (
	"os/exec"
	"testing"
)

func TestShellQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://[::1]:8080/v2": "http://[::1]:8080/v2",
		"Bearer abc":           "'Bearer abc'",
		"it's $HOME":           `'it'\''s $HOME'`,
		"":                     "''",
		"käse":                 "'käse'",
	} {
		if got := shellQuote(text); got != want {
			t.Errorf("shellQuote(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestAShellReadsWhatShellQuoteWrites(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no POSIX shell")
	}
	const text = "a'b\"c$d`e\\f*g h\n#!"
	got, err := exec.Command(shell, "-c", "printf %s "+shellQuote(text)).Output()
	if err != nil || string(got) != text {
		t.Errorf("the shell read %q, %v; want %q", got, err, text)
	}
}

func TestScopesInAFewWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		token token
		want  string
	}{
		{token{all: true, Scopes: []string{"a", "b"}}, "all scopes"},
		{token{}, "no scopes"},
		{token{Scopes: []string{"a"}}, "a"},
		{token{Scopes: []string{"a", "b", "c"}}, "a, b, c"},
		{token{Scopes: []string{"a", "b", "c", "d"}}, "a, b and 2 more"},
	} {
		if got := test.token.scopes(); got != test.want {
			t.Errorf("scopes of %v: got %q, want %q", test.token.Scopes, got, test.want)
		}
	}
}

func TestOneLineKeepsNoControlCharacters(t *testing.T) {
	t.Parallel()
	if got, want := oneLine("Evil\x1b[2J\nGmbH"), "Evil [2J GmbH"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
