// Package scenario reads scenarios, the YAML files that say what is in the workspaces, and makes the
// seed of a world from them.
//
// A file becomes a tree whose every node knows its place (package yamltree). The trees of a file and
// of those it extends merge into one, which is decoded into the Go types of the format
// (format.go, decode.go), checked as a whole (check.go) and built by the rules of the API (build.go),
// whose refusals find their way back to the line (refuse.go). Each step collects the mistakes it finds
// instead of stopping, and Load reports them all. The same Go types make the JSON Schema that editors
// use (schema.go). What was built once is remembered (memory.go). Export goes the other way.
//
// One file holds one section: what it looks like in YAML, how it is built, and how it is exported, with its test beside it.
// The table in section.go lists the sections and says in which order they are built.
package scenario
