package scenario

// Unknown says of a word that is not among the known ones which one is nearest, and what there is, as
// the refusals of a scenario do.
func Unknown(what, word string, known []string) string { return unknown(what, word, known) }

// Nearest returns the known word that is probably meant, if one is near enough.
func Nearest(word string, known []string) (string, bool) { return nearest(word, known) }

// IsEmail reports whether a user of a scenario can have an e-mail address.
func IsEmail(address string) bool { return emailForm.MatchString(address) }

// Title makes a title of a slug: "Annual revenue" of "annual_revenue".
func Title(slug string) string { return titleOf[string](nil, slug) }
