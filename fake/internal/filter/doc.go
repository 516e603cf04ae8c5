// Package filter is Attio's language of filters and sorts over collections of records: it reads a
// filter as it was sent, holds it against the attributes of the collection, and finds the records.
//
// A filter becomes a tree of nodes in one pass, in which every refusal knows the path of what it
// refuses. What an index can answer, such as the equality of a unique attribute, is looked up; the
// rest is one scan, which in a large collection reads columns of values instead of the records. A path
// over references is evaluated from its end: the records that hold the constraints are found once, and
// what refers to one of them matches.
package filter
