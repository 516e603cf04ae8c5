// Command inventory lists what is linked into a Go binary: the licences of all modules, of Go itself, of the console's htmx and
// of the tables of phone numbers, in FOLDER/licenses, and a bill of materials in the format of CycloneDX, FOLDER/sbom.cdx.json. It fails if a module has no licence.
//
//	go run .ci/inventory/main.go BINARY FOLDER
//
// Existing tools need a shell, Git or minutes to build, and none of them writes both.
package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run .ci/inventory/main.go BINARY FOLDER")
		os.Exit(2)
	}
	if err := takeInventory(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "inventory:", err)
		os.Exit(1)
	}
}

// component is a part of the binary, as CycloneDX describes it.
type component struct {
	Type     string          `json:"type"`
	Ref      string          `json:"bom-ref"`
	Name     string          `json:"name"`
	Version  string          `json:"version,omitempty"`
	URL      string          `json:"purl"`
	Licences []licenceChoice `json:"licenses"`
}

type licenceChoice struct {
	Licence licence `json:"license"`
}

type licence struct {
	Name string `json:"name"` // of the file
	Text struct {
		ContentType string `json:"contentType"`
		Content     string `json:"content"`
	} `json:"text"`
}

func takeInventory(binary, folder string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	version := strings.TrimPrefix(info.Main.Version, "(devel)") // (devel) is no version
	application, err := describe("application", info.Main.Path, version, ".", folder)
	if err != nil {
		return err
	}
	root, err := ask("env", "GOROOT")
	if err != nil {
		return err
	}
	std, err := describe("library", "std", strings.TrimPrefix(info.GoVersion, "go"), root, folder)
	if err != nil {
		return err
	}
	components := []component{std}
	for _, module := range info.Deps {
		if module.Replace != nil {
			return fmt.Errorf("%s is replaced by %s, of which no licence is known", module.Path, module.Replace.Path)
		}
		source, err := ask("list", "-m", "-f", "{{.Dir}}", module.Path)
		if err != nil {
			return err
		}
		described, err := describe("library", module.Path, module.Version, source, folder)
		if err != nil {
			return err
		}
		components = append(components, described)
	}
	htmx, err := describeHTMX(folder)
	if err != nil {
		return err
	}
	phone, err := describePhoneTables(folder)
	if err != nil {
		return err
	}
	components = append(components, htmx, phone)
	bill, err := json.MarshalIndent(map[string]any{
		"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata": map[string]any{"component": application}, "components": components,
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "sbom.cdx.json"), append(bill, '\n'), 0o644)
}

// ask returns the output of the go command.
func ask(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// legal matches the files that must be distributed with the code that they license.
var legal = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([-._].*)?$`)

// describeHTMX describes the script from npm that the console's pages load.
func describeHTMX(folder string) (component, error) {
	const source = "fake/internal/console/htmx"
	script, err := os.ReadFile(source + "/htmx.min.js")
	if err != nil {
		return component{}, err
	}
	version := regexp.MustCompile(`version:"([0-9.]+)"`).FindSubmatch(script)
	if version == nil {
		return component{}, fmt.Errorf("%s/htmx.min.js does not tell its version", source)
	}
	c, err := describe("library", "htmx.org", string(version[1]), source, folder)
	c.URL = "pkg:npm/htmx.org@" + string(version[1])
	c.Ref = c.URL
	return c, err
}

// describePhoneTables describes the metadata of libphonenumber, from which the tables of package phone are made.
func describePhoneTables(folder string) (component, error) {
	const port = "github.com/nyaruka/phonenumbers" // its version is that of the metadata
	version, err := ask("list", "-m", "-f", "{{.Version}}", port)
	if err != nil {
		return component{}, err
	}
	c, err := describe("library", "libphonenumber", version, "fake/internal/phone", folder)
	c.URL = "pkg:golang/" + port + "@" + version
	c.Ref = c.URL
	return c, err
}

// describe describes a module, and copies the licence files in its top folder to FOLDER/licenses/PATH.
func describe(kind, path, version, source, folder string) (component, error) {
	url := "pkg:golang/" + path
	if version != "" {
		url += "@" + version
	}
	c := component{Type: kind, Ref: url, Name: path, Version: version, URL: url}
	files, err := os.ReadDir(source)
	if err != nil {
		return c, err
	}
	to := filepath.Join(folder, "licenses", filepath.FromSlash(path))
	for _, file := range files {
		if !file.Type().IsRegular() || !legal.MatchString(file.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(source, file.Name()))
		if err != nil {
			return c, err
		}
		if err := os.MkdirAll(to, 0o755); err != nil {
			return c, err
		}
		if err := os.WriteFile(filepath.Join(to, file.Name()), text, 0o644); err != nil {
			return c, err
		}
		found := licence{Name: file.Name()}
		found.Text.ContentType, found.Text.Content = "text/plain", string(text)
		c.Licences = append(c.Licences, licenceChoice{found})
	}
	if len(c.Licences) == 0 {
		return c, fmt.Errorf("%s has no licence in %s", path, source)
	}
	return c, nil
}
