// Package attio is the vocabulary of Attio's API: its operations, scopes, errors, ids, actors and
// timestamps. It holds no state and imports nothing of this module.
package attio
