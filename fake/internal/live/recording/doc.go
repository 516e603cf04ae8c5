// Package recording reads what others have recorded of the traffic between a client and Attio: HAR files, and the cassettes and
// fixtures of the libraries that record HTTP for tests.
package recording
