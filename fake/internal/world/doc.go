// Package world is the state of a fake: users, workspaces and all that workspaces hold. It knows
// neither HTTP nor YAML.
//
// A State is one workspace at one moment and never changes. Readers take the present one from
// Workspace.View and need no lock; Workspace.Update makes the next one in a transaction, which
// either happens whole or not at all. Keeping an old State is a snapshot, putting it back a reset.
package world
