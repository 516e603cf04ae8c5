// Package control holds what Attio does not have: the API under /_fake/, through which a test inspects
// and controls the server, and the journal of what clients did. Every request to the Attio API passes
// through it.
package control
