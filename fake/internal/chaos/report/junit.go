package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/chaos"
)

// The elements of a JUnit report, as GitLab, Jenkins and the common GitHub actions read it.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"` // the operation
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Error   *junitFailure `xml:"error"`
		Skipped *junitSkipped `xml:"skipped"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// JUnit writes a report in the XML of JUnit: each run is a test case, those that are not accepted are failures.
func JUnit(to io.Writer, r chaos.Report) error {
	suite := junitSuite{Name: "chaos", Tests: len(r.Runs) + len(r.Skipped), Skipped: len(r.Skipped)}
	total := 0.0
	for _, run := range r.Runs {
		total += run.Duration
		c := junitCase{Class: run.Operation, Name: run.Name(), Time: seconds(run.Duration)}
		if run.Accepted {
			c.Out = strings.TrimSpace(string(run.Verdict) + "\n" + run.Reason)
		} else {
			suite.Failures++
			c.Failure = &junitFailure{string(run.Verdict), run.Verdict.Meaning(), Finding(run)}
		}
		suite.Cases = append(suite.Cases, c)
	}
	for _, s := range r.Skipped {
		suite.Cases = append(suite.Cases, junitCase{Class: s.Operation, Name: s.Name(), Time: seconds(0), Skipped: &junitSkipped{s.Reason}})
	}
	if r.Incomplete != "" {
		suite.Tests++
		suite.Errors++
		suite.Cases = append(suite.Cases, junitCase{Class: suite.Name, Name: "all runs are made", Time: seconds(0), Error: &junitFailure{"incomplete", summary(r), r.Incomplete}})
	}
	suite.Time = seconds(total)
	if _, err := io.WriteString(to, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(to)
	encoder.Indent("", "  ")
	if err := encoder.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(to, "\n")
	return err
}

func seconds(milliseconds float64) string { return fmt.Sprintf("%.3f", milliseconds/1000) }
