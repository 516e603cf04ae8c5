// Package search finds records by what people type: names, domains, e-mail addresses, phone numbers
// and social handles of people and companies, and the labels of all other records, as Attio's OpenAPI
// document says. How Attio ranks is not known; these are this project's rules.
//
// Texts are folded before they are compared: to lower case, without accents and apostrophes, as words
// with one space between; what is neither letter, digit nor symbol separates words. A record has a
// phrase for each of its texts, and the words of all of them. Of the records that match, the best come
// first:
//
//  1. the query is one of the phrases ("ada@example.com")
//  2. it begins one ("Ada Lo")
//  3. each of its words begins one of the words, in any order ("lovelace ada")
//  4. each of its words begins one of the words or is a near miss of one, fewer edits first
//     ("Ada Lovelcae"); these answer only where nothing else does
//
// A near miss is one insertion, deletion, replacement or swap of neighbours away from a word, for
// queried words of four letters or more, and two for those of eight or more; a word with a digit in it
// has none. Among equals the order is that of the labels, then that of the ids.
//
// A query that looks like a phone number is also compared by its digits alone, and the address of a
// profile on a social network by the handle in it. A blank query matches everything, newest first; one
// that folds to nothing matches nothing.
package search
