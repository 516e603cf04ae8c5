// Package filter implements Attio's language of filters and sorts. It parses a filter as it was sent,
// checks it against the attributes of a collection, and finds the records that match.
//
// One pass turns a filter into a tree of nodes; every error carries the path of the part that it is
// about. Conditions that an index can answer, such as $eq on a unique attribute, are looked up. The rest
// is one scan, which reads columns of values instead of records if the collection is large. A path over
// references is evaluated from its end: the records that meet the constraints are found once, and every
// record that refers to one of them matches.
//
// A large collection remembers what its latest queries found, in what order, so that the next page of a query costs
// what it returns.
package filter
