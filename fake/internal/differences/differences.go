// Package differences holds what is known, and what is not, of where the fake differs from Attio. docs/differences.md is
// generated from it, and package probe names the rows that an answer of the real Attio settles.
package differences

import (
	"slices"
	"strings"
)

// Area is a subject under which a user looks for a difference. Each is a file of this package.
type Area struct {
	Title string
	Intro string // stands above the table; may be empty
	Rows  []Difference
}

// Difference is one behaviour that nobody has seen at Attio, or that the fake has on purpose. Its texts are Markdown.
type Difference struct {
	Where    string   // the behaviour that a user meets
	Fake     string   // what the fake does
	Since    string   // the month in which the fake began to do so: "2026-11"
	Evidence string   // what is known of Attio, and from whom
	Probes   []string // the ids of the probes that would settle it
	NoProbe  string   // or why no probe can
}

// Areas lists the areas in the order of the document.
func Areas() []Area {
	return []Area{requests, oauth, scim, members, order, objects, values, records, lists, activities, notes, files, webhooks, clockAndLimits}
}

// Name returns what a difference is called outside its area.
func (a Area) Name(d Difference) string { return a.Title + ": " + d.Where }

// SettledBy returns the names of the differences that a probe would settle.
func SettledBy(probe string) []string {
	var names []string
	for _, area := range Areas() {
		for _, row := range area.Rows {
			if slices.Contains(row.Probes, probe) {
				names = append(names, area.Name(row))
			}
		}
	}
	return names
}

// Markdown returns the tables of docs/differences.md.
func Markdown() string {
	var w strings.Builder
	for _, area := range Areas() {
		w.WriteString("\n## " + area.Title + "\n\n")
		if area.Intro != "" {
			w.WriteString(area.Intro + "\n\n")
		}
		w.WriteString("| where | the fake | since | evidence | settled by |\n|---|---|---|---|---|\n")
		for _, row := range area.Rows {
			w.WriteString("| " + strings.Join([]string{row.Where, row.Fake, row.Since, row.Evidence, row.settled()}, " | ") + " |\n")
		}
	}
	return w.String() + "\n"
}

func (d Difference) settled() string {
	if len(d.Probes) == 0 {
		return "no probe: " + d.NoProbe
	}
	return "`" + strings.Join(d.Probes, "`, `") + "`"
}
