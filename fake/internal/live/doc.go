// Package live talks to a real Attio workspace, or to whatever answers like one. It calls no host but the one of the base URL
// that a user named, stays within Attio's rate limits, and shows the token to nobody else.
package live
