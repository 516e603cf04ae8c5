package attribute

import "strings"

// Domain is a value of a domain attribute, in lower case. Its root is the part that was registered:
// "attio.com" of "app.attio.com".
type Domain struct{ Domain, Root string }

// parseDomain reads a domain, or the domain of a URL. That "www." stays is this project's guess.
func parseDomain(written any) (Value, error) {
	f := longForm(written, "domain")
	s, _ := f.text("domain")
	if err := f.err(); err != nil {
		return nil, err
	}
	name, root, ok := parseHostname(hostOf(s))
	if !ok {
		return nil, Issues{invalidMember("domain", "Invalid domain")} // the sentence is this project's
	}
	return Domain{name, root}, nil
}

// hostOf strips what stands around the host of a URL: the scheme, the user, the port, the path, the
// query, the fragment and the root's dot.
func hostOf(s string) string {
	s = strings.TrimSpace(s)
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	if host, port, ok := strings.Cut(s, ":"); ok && strings.Trim(port, "0123456789") == "" {
		s = host
	}
	return strings.TrimSuffix(s, ".")
}

// AppendFields appends `"domain":"app.attio.com","root_domain":"attio.com"`.
func (d Domain) AppendFields(b []byte, _ Owner) []byte {
	b = appendMember(b, "domain", d.Domain)
	return appendMember(append(b, ','), "root_domain", d.Root)
}

// Key is the domain.
func (d Domain) Key() string { return d.Domain }

// Together implements Value.
func (d Domain) Together() Value { return Domain{Domain: clone(d.Domain), Root: clone(d.Root)} }

// Compare orders by the domain.
func (d Domain) Compare(other Value, _ *Definition) int {
	o, ok := other.(Domain)
	if !ok {
		return -1
	}
	return strings.Compare(d.Domain, o.Domain)
}
