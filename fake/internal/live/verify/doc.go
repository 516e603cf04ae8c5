// Package verify holds recordings of Attio's answers against the fake.
//
// What a recording presupposes follows from its answers: the records, attributes and members that they show before the recording
// itself makes any. Derive writes that as a scenario. Replay sends the recorded requests to a fake that has started with it, with
// the ids that the fake gave to what the recording had made, and compares the answers. Rules say which differences are accepted.
package verify
