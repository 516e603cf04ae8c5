// Package oauth answers what app.attio.com does for apps: the page of consent, tokens and introspection. Which errors Attio
// gives is not known; those of RFC 6749 and RFC 7636 stand here, and docs/differences.md lists what was decided.
package oauth
