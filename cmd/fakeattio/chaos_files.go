package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/fakeattio/fakeattio/fake"
)

// reportFiles are the files into which the report is written.
type reportFiles struct{ files []*reportFile }

// reportFile is one of them.
type reportFile struct {
	flag, path string
	write      func(fake.ChaosReport, io.Writer) error
}

func (r *reportFiles) addTo(flags *pflag.FlagSet) {
	for _, form := range []struct {
		flag, usage string
		write       func(fake.ChaosReport, io.Writer) error
	}{
		{"junit", "write the runs as test cases to a `FILE` in the XML of JUnit", fake.ChaosReport.WriteJUnit},
		{"json", "write the report to a `FILE` in JSON", fake.ChaosReport.WriteJSON},
		{"html", "write the report to a `FILE` as a page that needs no other files", fake.ChaosReport.WriteHTML},
		{"markdown", "write the report to a `FILE` in Markdown, for a pull request", fake.ChaosReport.WriteMarkdown},
	} {
		file := &reportFile{flag: form.flag, write: form.write}
		r.files = append(r.files, file)
		flags.StringVar(&file.path, form.flag, "", form.usage)
	}
}

// create reports a file that cannot be written before anything runs.
func (r *reportFiles) create() error {
	for _, f := range r.files {
		if f.path == "" {
			continue
		}
		if err := writeFile(f.path, nil); err != nil {
			return fmt.Errorf("--%s: %w", f.flag, err)
		}
	}
	return nil
}

// write writes all files.
func (r *reportFiles) write(of fake.ChaosReport) error {
	var problems []error
	for _, f := range r.files {
		if f.path == "" {
			continue
		}
		var content bytes.Buffer
		if err := errors.Join(f.write(of, &content), writeFile(f.path, content.Bytes())); err != nil {
			problems = append(problems, fmt.Errorf("--%s: %w", f.flag, err))
		}
	}
	return errors.Join(problems...)
}
