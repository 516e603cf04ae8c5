// Package control is what Attio does not have: the API under /_fake/ through which a test looks
// inside the server and arranges things, and the journal of what clients did. It stands in front of
// the Attio API.
package control
