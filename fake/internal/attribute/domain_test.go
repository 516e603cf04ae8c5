package attribute

import "testing"

func TestDomainIsTheHostInLowerCase(t *testing.T) {
	t.Parallel()
	testReads(t, attributeOf(TypeDomain, "domains"), []reads{
		{"a domain", `"app.attio.com"`, `"domain":"app.attio.com","root_domain":"attio.com"`},
		{"an object", `{"domain": "attio.com"}`, `"domain":"attio.com","root_domain":"attio.com"`},
		{"an object as it was read", `{"domain": "attio.com", "root_domain": "x"}`, `"domain":"attio.com","root_domain":"attio.com"`},
		{"capitals", `"Attio.COM"`, `"domain":"attio.com","root_domain":"attio.com"`},
		{"a URL", `"https://user@app.attio.com:8443/path?a=b#c"`, `"domain":"app.attio.com","root_domain":"attio.com"`},
		{"a path", `"attio.com/about"`, `"domain":"attio.com","root_domain":"attio.com"`},
		{"a query", `"attio.com?x=1"`, `"domain":"attio.com","root_domain":"attio.com"`},
		{"www stays", `"www.attio.com"`, `"domain":"www.attio.com","root_domain":"attio.com"`},
		{"a suffix of two labels", `"shop.example.co.uk"`, `"domain":"shop.example.co.uk","root_domain":"example.co.uk"`},
		{"a private suffix", `"fakeattio.github.io"`, `"domain":"fakeattio.github.io","root_domain":"fakeattio.github.io"`},
		{"a private suffix itself", `"github.io"`, `"domain":"github.io","root_domain":"github.io"`},
		{"letters beyond ASCII", `"MÜNCHEN.de"`, `"domain":"münchen.de","root_domain":"münchen.de"`},
		{"the root's dot", `"attio.com."`, `"domain":"attio.com","root_domain":"attio.com"`},
	})
}

func TestDomainRefusesWhatNobodyCanOwn(t *testing.T) {
	t.Parallel()
	noDomain := invalidValue("domains", invalid("domain", "Invalid domain"))
	testRefused(t, attributeOf(TypeDomain, "domains"), []refused{
		{"null", `null`, invalidValue("domains", expected("domain", "string", "null"))},
		{"a number", `{"domain": 1}`, invalidValue("domains", expected("domain", "string", "number"))},
		{"no key", `{"value": "attio.com"}`, invalidValue("domains", required("domain", "string"))},
		{"nothing", `""`, noDomain},
		{"one label", `"attio"`, noDomain},
		{"a suffix", `"co.uk"`, noDomain},
		{"an IP address", `"127.0.0.1"`, noDomain},
		{"a space", `"attio .com"`, noDomain},
		{"an empty label", `"attio..com"`, noDomain},
		{"a hyphen at the edge", `"-attio.com"`, noDomain},
		{"a reserved top-level domain", `"navy.example"`, noDomain},
		{"a port that is none", `"attio.com:x"`, noDomain},
	})
}

func TestDomainsAreTheSameWithoutTheirURL(t *testing.T) {
	t.Parallel()
	d := attributeOf(TypeDomain, "domains")
	testSame(t, d, `"attio.com"`, `"https://ATTIO.com/x"`, `{"domain": "attio.com"}`)
	testDifferent(t, d, `"attio.com"`, `"www.attio.com"`)
	testOrder(t, d, `"acme.com"`, `"attio.com"`, `"www.acme.com"`)
}
