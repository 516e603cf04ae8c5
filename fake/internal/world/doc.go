// Package world is the state of a fake: users, workspaces and all that workspaces hold. It knows
// neither HTTP nor YAML.
//
// A State is one workspace at one moment and never changes. Readers take the current one from Workspace.View and need no
// lock; Workspace.Update makes the next one in a transaction, which takes effect as a whole or not at all. A snapshot
// keeps a State, and a restore puts it back.
package world
