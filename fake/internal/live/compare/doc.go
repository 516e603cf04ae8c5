// Package compare compares two answers to one request: what one side answered, such as Attio or a recording of it, and what
// the fake answers. It knows what a client of Attio notices, and how much each difference matters.
package compare
