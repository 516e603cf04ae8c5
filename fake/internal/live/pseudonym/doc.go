// Package pseudonym replaces what identifies people and companies by made-up strings of the same shape. The same string always
// becomes the same pseudonym, and two strings never become one, so that links, uniqueness and distributions stay. Pseudonyms
// derive from a secret key, so that nobody can find an original by trying. A Scan shows that none is left.
package pseudonym
