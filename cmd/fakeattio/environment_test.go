package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

func TestAFlagComesBeforeItsVariableAndThatBeforeTheDefault(t *testing.T) {
	t.Parallel()
	type values struct {
		Listen   string
		Watch    bool
		Scenario []string
	}
	for _, test := range []struct {
		name        string
		args        []string
		environment map[string]string
		want        values
	}{
		{"nothing is set", nil, nil, values{"default", false, []string{"acme"}}},
		{"a variable is set", nil, map[string]string{"FAKEATTIO_LISTEN": "variable"}, values{"variable", false, []string{"acme"}}},
		{"a flag and its variable are set", []string{"--listen=flag"}, map[string]string{"FAKEATTIO_LISTEN": "variable"}, values{"flag", false, []string{"acme"}}},
		{"a flag is set to its default", []string{"--listen=default"}, map[string]string{"FAKEATTIO_LISTEN": "variable"}, values{"default", false, []string{"acme"}}},
		{"an empty variable is none", nil, map[string]string{"FAKEATTIO_LISTEN": ""}, values{"default", false, []string{"acme"}}},
		{"a variable is true", nil, map[string]string{"FAKEATTIO_WATCH": "1"}, values{"default", true, []string{"acme"}}},
		{"a flag says no to its variable", []string{"--watch=false"}, map[string]string{"FAKEATTIO_WATCH": "true"}, values{"default", false, []string{"acme"}}},
		{"a variable has several values", nil, map[string]string{"FAKEATTIO_SCENARIO": "blank, more.yaml"}, values{"default", false, []string{"blank", "more.yaml"}}},
		{"a repeated flag replaces its variable", []string{"--scenario=a,b", "--scenario=c"}, map[string]string{"FAKEATTIO_SCENARIO": "x,y"}, values{"default", false, []string{"a,b", "c"}}},
		{"help has no variable", nil, map[string]string{"FAKEATTIO_HELP": "true"}, values{"default", false, []string{"acme"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got values
			flags := pflag.NewFlagSet("", pflag.ContinueOnError)
			flags.StringVar(&got.Listen, "listen", "default", "")
			flags.BoolVar(&got.Watch, "watch", false, "")
			flags.StringArrayVar(&got.Scenario, "scenario", []string{"acme"}, "")
			help := flags.Bool("help", false, "")
			if err := flags.Parse(test.args); err != nil {
				t.Fatal(err)
			}
			if err := setFromEnvironment(flags, lookupIn(test.environment)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || *help {
				t.Errorf("help is %t, flags (-want +got):\n%s", *help, diff)
			}
		})
	}
}

func TestEveryWrongVariableIsNamed(t *testing.T) {
	t.Parallel()
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Bool("watch", false, "")
	flags.Int("log-size", 0, "")
	err := setFromEnvironment(flags, lookupIn(map[string]string{"FAKEATTIO_WATCH": "perhaps", "FAKEATTIO_LOG_SIZE": "much"}))
	if err == nil || !strings.Contains(err.Error(), "FAKEATTIO_WATCH") || !strings.Contains(err.Error(), "FAKEATTIO_LOG_SIZE") {
		t.Errorf("got %v, want both variables named", err)
	}
}

func TestAVariableOfNoFlagIsRefused(t *testing.T) {
	t.Parallel()
	known := variables(newRoot(nil))
	for _, test := range []struct {
		name        string
		environment []string
		want        string
	}{
		{"every known one", []string{"FAKEATTIO_SCENARIO=a", "FAKEATTIO_LISTEN=", "FAKEATTIO_FORCE=1", "FAKEATTIO_ALLOWED_ORIGIN=x"}, ""},
		{"somebody else's", []string{"FAKE=1", "FAKEATTIO=1", "MY_FAKEATTIO_LISTEN=1", "PATH=/bin"}, ""},
		{"one letter too many", []string{"FAKEATTIO_SCENARIOS=a"}, "unknown environment variable FAKEATTIO_SCENARIOS; did you mean FAKEATTIO_SCENARIO?"},
		{"empty", []string{"FAKEATTIO_WACTH="}, "unknown environment variable FAKEATTIO_WACTH; did you mean FAKEATTIO_WATCH?"},
		{"the beginning of two", []string{"FAKEATTIO_ALLOWED=a"}, "unknown environment variable FAKEATTIO_ALLOWED; did you mean FAKEATTIO_ALLOWED_HOST or FAKEATTIO_ALLOWED_ORIGIN?"},
		{"in small letters", []string{"FAKEATTIO_listen=a"}, "unknown environment variable FAKEATTIO_listen; did you mean FAKEATTIO_LISTEN?"},
		{"of a flag that has none", []string{"FAKEATTIO_VERSION=1"}, "unknown environment variable FAKEATTIO_VERSION; known: " + strings.Join(known, ", ")},
		{"several", []string{"FAKEATTIO_LISTN=a", "FAKEATTIO_WORKSPACES=b"},
			"unknown environment variable FAKEATTIO_LISTN; did you mean FAKEATTIO_LISTEN?\nunknown environment variable FAKEATTIO_WORKSPACES; did you mean FAKEATTIO_WORKSPACE?"},
		{"of a service of Kubernetes", []string{"KUBERNETES_SERVICE_HOST=10.0.0.1", "FAKEATTIO_SERVICE_HOST=10.0.0.2", "FAKEATTIO_SERVICE_PORT=8080", "FAKEATTIO_SERVICE_PORT_HTTP=8080",
			"FAKEATTIO_PORT=tcp://10.0.0.2:8080", "FAKEATTIO_PORT_8080_TCP=tcp://10.0.0.2:8080", "FAKEATTIO_PORT_8080_TCP_ADDR=10.0.0.2", "FAKEATTIO_DEV_SERVICE_HOST=10.0.0.3"}, ""},
		{"misspelt in Kubernetes", []string{"KUBERNETES_SERVICE_HOST=10.0.0.1", "FAKEATTIO_SCENARIOS=a"}, "unknown environment variable FAKEATTIO_SCENARIOS; did you mean FAKEATTIO_SCENARIO?"},
		{"of a service elsewhere", []string{"FAKEATTIO_SERVICE_HOST=10.0.0.2"}, "unknown environment variable FAKEATTIO_SERVICE_HOST; known: " + strings.Join(known, ", ")},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if err := refuseUnknown(test.environment, func() []string { return known }); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheProgramMakesTheCommandThatItRuns(t *testing.T) {
	t.Parallel()
	names := func(args ...string) (names []string) {
		for _, cmd := range newRoot(args).Commands() {
			names = append(names, cmd.Name())
		}
		return names
	}
	var all []string
	for _, c := range commands {
		all = append(all, c.name)
		if diff := cmp.Diff([]string{c.name}, names(c.name, "--help")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	slices.Sort(all)
	for _, args := range [][]string{nil, {"--help"}, {"help", "serve"}, {"serv"}} {
		if diff := cmp.Diff(all, names(args...)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", args, diff)
		}
	}
}

func lookupIn(environment map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := environment[name]
		return value, ok
	}
}
