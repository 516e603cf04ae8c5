// Package oauth implements what app.attio.com does for apps: the consent page, tokens and introspection. Which errors Attio
// returns is not known, so the errors are those of RFC 6749 and RFC 7636. docs/differences.md lists what was decided.
package oauth
