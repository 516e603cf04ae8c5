package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/cmd/fakeattio/internal/intercept"
)

// preload sends Node.js, where it does not heed the proxy of the environment, to the fake.
//
//go:embed preload.cjs
var preload string

// bundles are the variables that replace the authorities that a program trusts: OpenSSL and Go, curl, Python's requests.
var bundles = []string{"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}

// systemBundles are where systems keep the authorities that they trust.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Alpine, Arch
	"/etc/pki/tls/certs/ca-bundle.crt",                  // Fedora, RHEL
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // CentOS
	"/etc/ssl/ca-bundle.pem",                            // openSUSE
	"/etc/ssl/cert.pem",                                 // macOS, BSD
}

// intercepted returns the environment in which programs reach the fake as https://api.attio.com, and all other hosts
// through it. The files that it names are in a folder.
func intercepted(environment []string, proxy string, ca []byte, folder string) ([]string, error) {
	variables := map[string]string{}
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		variables[name] = value
	}
	set := map[string]string{"NODE_USE_ENV_PROXY": "1"}
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY"} { // Ruby's net/http asks for the latter, whatever the URL
		set[name], set[strings.ToLower(name)] = proxy, proxy
	}
	direct := direct(variables["no_proxy"] + "," + variables["NO_PROXY"])
	set["NO_PROXY"], set["no_proxy"] = direct, direct

	write := func(name string, content []byte) (string, error) {
		path := filepath.Join(folder, name)
		return path, plainFile("write", os.WriteFile(path, content, 0o600))
	}
	var err error
	for _, name := range bundles {
		content := slices.Concat(firstFile(append([]string{variables[name]}, systemBundles...)), ca)
		if set[name], err = write(strings.ToLower(name)+".pem", content); err != nil {
			return nil, err
		}
	}
	const extra = "NODE_EXTRA_CA_CERTS"
	if set[extra], err = write("ca.pem", slices.Concat(firstFile([]string{variables[extra]}), ca)); err != nil {
		return nil, err
	}
	script, err := preloadFor(proxy)
	if err != nil {
		return nil, err
	}
	file, err := write("preload.cjs", []byte(script))
	if err != nil {
		return nil, err
	}
	set["NODE_OPTIONS"] = strings.TrimSpace(variables["NODE_OPTIONS"] + " --require " + nodeQuote(file))

	var names, entries []string
	for name, value := range set {
		names, entries = append(names, name), append(entries, name+"="+value)
	}
	slices.Sort(entries)
	return append(without(environment, names...), entries...), nil
}

// direct returns the hosts that are reached without the proxy: this machine, and what was so before unless it is Attio.
func direct(before string) string {
	all := []string{"localhost", "127.0.0.1", "::1"}
	for _, entry := range strings.Split(before, ",") {
		entry = strings.TrimSpace(entry)
		if entry != "" && !slices.Contains(all, entry) && !slices.ContainsFunc(intercept.Hosts(), func(host string) bool { return covers(entry, host) }) {
			all = append(all, entry)
		}
	}
	return strings.Join(all, ",")
}

// covers reports whether an entry of NO_PROXY is for a host: its name, a domain above it, or all.
func covers(entry, host string) bool {
	name, _, _ := strings.Cut(strings.ToLower(entry), ":")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "*"), ".")
	return name == "" || host == name || strings.HasSuffix(host, "."+name)
}

// firstFile returns what is in the first file that can be read, with a line break at the end; nothing if none can.
func firstFile(names []string) []byte {
	for _, name := range names {
		if name == "" {
			continue
		}
		if content, err := os.ReadFile(name); err == nil {
			return append(bytes.TrimRight(content, "\n"), '\n')
		}
	}
	return nil
}

// preloadFor returns the script with the address of the fake.
func preloadFor(proxy string) (string, error) {
	u, err := url.Parse(proxy)
	if err != nil {
		return "", err
	}
	config, err := json.Marshal(map[string]any{"names": intercept.Hosts(), "host": u.Hostname(), "port": u.Port()})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("const fake = %s\n%s", config, preload), nil
}

// nodeQuote makes one word of a path, as NODE_OPTIONS wants it.
func nodeQuote(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}
