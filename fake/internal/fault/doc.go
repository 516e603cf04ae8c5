// Package fault makes requests go wrong on purpose. Its rules say which requests, how often and how, and hit the same ones in every run.
package fault
