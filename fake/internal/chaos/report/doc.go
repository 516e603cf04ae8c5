// Package report writes what came of runs under faults: for a terminal, for a pull request, for CI, and as a page.
package report
