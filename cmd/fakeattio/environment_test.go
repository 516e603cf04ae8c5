package main

import (
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

func lookupIn(environment map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := environment[name]
		return value, ok
	}
}
