// Package scenario reads scenarios, the YAML files that say what is in the workspaces, and makes the
// seed of a world from them; and it writes a world as a scenario.
//
// A file becomes a tree whose every node knows its place (package yamltree). The trees of a file and of
// those that it extends merge into one (load.go), which is decoded into the Go types of the format
// (decode.go), checked as a whole (check.go) and built by the rules of the API (section.go, builder.go).
// What these rules refuse is reported at its line (refuse.go). Each step collects the problems that it
// finds instead of stopping at the first, and Load reports all of them. The same Go types make the JSON
// Schema that editors use (schema.go). A seed that was built once is remembered (memory.go).
//
// One file holds one section: what it looks like in YAML, how it is built, and how it is exported, with
// its test beside it. The table in section.go lists the sections and says in which order they are built.
// document.go holds a whole file, workspace.go the settings of a workspace, kind.go what objects and
// lists have in common. form.go, ordered.go, moment.go and placed.go hold what the types of all sections
// are made of; key.go and id.go the keys and ids of things; value.go the values of attributes.
package scenario
