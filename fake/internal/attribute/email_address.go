package attribute

import (
	"strings"
	"unicode"
)

// EmailAddress is a value of an email-address attribute. All but the original are in lower case.
type EmailAddress struct {
	Original string // as it was written
	Address  string // "alice@app.attio.com"
	Domain   string // "app.attio.com"
	Root     string // "attio.com"
	Local    string // "alice"
}

// isLocalPart reports whether a text can stand before the @: dot-separated words of letters, digits and the signs that
// e-mail allows without quotes. Recorded addresses have dots, hyphens, underscores and digits.
func isLocalPart(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if word == "" {
			return false
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("!#$%&'*+/=?^_`{|}~-", r) {
				return false
			}
		}
	}
	return true
}

func parseEmailAddress(written any) (Value, error) {
	f := longForm(written, "email_address")
	original, _ := f.text("email_address")
	if err := f.err(); err != nil {
		return nil, err
	}
	address := strings.ToLower(original)
	local, host, _ := strings.Cut(address, "@")
	domain, root, ok := parseHostname(host)
	if !ok || len(local) > 64 || !isLocalPart(local) {
		return nil, Issues{invalidMember("email_address", "Invalid email address")} // the sentence is this project's
	}
	return EmailAddress{Original: original, Address: address, Domain: domain, Root: root, Local: local}, nil
}

// AppendFields appends the original, the address, its domain, the root of that, and the local part.
// The order was recorded in May 2026.
func (e EmailAddress) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "original_email_address", e.Original)
	b = appendMember(append(b, ','), "email_address", e.Address)
	b = appendMember(append(b, ','), "email_domain", e.Domain)
	b = appendMember(append(b, ','), "email_root_domain", e.Root)
	return appendMember(append(b, ','), "email_local_specifier", e.Local)
}

// Key is the address in lower case. Measured in September 2026.
func (e EmailAddress) Key() string { return e.Address }

// Together implements Value.
func (e EmailAddress) Together() Value {
	e.Address, e.Domain, e.Root, e.Local = clone(e.Address), clone(e.Domain), clone(e.Root), clone(e.Local)
	return e
}

// Compare orders by the address.
func (e EmailAddress) Compare(other Value, _ *Definition) int {
	o, ok := other.(EmailAddress)
	if !ok {
		return -1
	}
	return strings.Compare(e.Address, o.Address)
}
