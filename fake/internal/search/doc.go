// Package search finds records by what people type: people and companies by names, domains, e-mail addresses, phone
// numbers and social handles, and all other records by their labels, as Attio's OpenAPI document says. How Attio ranks
// results is not known; these rules are this project's own.
//
// Texts are folded before they are compared: to lower-case words without accents and apostrophes, separated by single
// spaces. Whatever is no letter, digit or symbol separates words. A record has a phrase for each of its texts, and the
// words of all its phrases. A record that matches at one of these levels comes before those of the next:
//
//  1. the query is one of the phrases ("ada@example.com")
//  2. the query begins one of the phrases ("Ada Lo")
//  3. each word of the query begins one of the words, in any order ("lovelace ada")
//  4. each word of the query begins one of the words or is a near miss of one, fewer edits first
//     ("Ada Lovelcae"); only if there are no results at the other levels
//
// A near miss is one edit away from a queried word of four letters or more, and up to two edits away from one of eight
// or more. An edit is an insertion, a deletion, a replacement or a swap of neighbours. A word with a digit in it has no
// near misses. Within a level, records are in the order of their labels, then of their ids.
//
// A query that looks like a phone number is also compared by its digits alone, and the URL of a social profile by the
// handle in it. A blank query matches everything, newest first; a query that folds to nothing matches nothing.
package search
