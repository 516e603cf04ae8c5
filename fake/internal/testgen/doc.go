// Package testgen writes a test that sends one request again: it starts from a scenario, sends the request and compares the
// status, the answer and the changes. It knows nothing of the server that the request was made to, and is handed what it needs.
package testgen
