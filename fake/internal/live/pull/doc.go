// Package pull writes a real workspace as a scenario: what its API shows of it, with pseudonyms instead of what identifies people and
// companies.
//
// A pull has four steps. Fetch makes the requests, always the same ones in the same order, and keeps each answer in a file, so that
// a pull that was interrupted goes on where it was. Anonymise replaces strings in what was fetched. Outline writes it as a tree in the
// format of scenarios, with a key for each thing. At last the tree is loaded and exported, which proves that it is a scenario, and
// gives it the form of every other exported file.
package pull
