package intercept

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"strings"
	"time"
)

// How long certificates are valid. Clients that take the machine's time from elsewhere may be a day behind.
const (
	authorityLife = 5 * 365 * 24 * time.Hour
	leafLife      = 90 * 24 * time.Hour
	day           = 24 * time.Hour
)

// generate makes an authority that signs for names below attio.com, for localhost, for some names more, and for IP addresses.
// Whoever trusts it trusts it for no other name, so that a key that gets lost does little harm.
func generate(names []string) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:                     pkix.Name{CommonName: "fakeattio test CA", Organization: []string{"fakeattio"}},
		KeyUsage:                    x509.KeyUsageCertSign,
		BasicConstraintsValid:       true,
		IsCA:                        true,
		MaxPathLenZero:              true,
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         []string{"attio.com", "localhost"},
	}
	for _, name := range names {
		if net.ParseIP(name) == nil {
			template.PermittedDNSDomains = append(template.PermittedDNSDomains, strings.TrimPrefix(name, "*."))
		}
	}
	certificate, err := sign(template, authorityLife, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return &Authority{certificate, key}, nil
}

// issue makes a certificate of a server with names and IP addresses.
func (a *Authority) issue(names []string) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: names[0], Organization: []string{"fakeattio"}},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	leaf, err := sign(template, leafLife, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots}); err != nil {
		return nil, fmt.Errorf("the certificate authority cannot sign for %s: %w", strings.Join(names, ", "), err)
	}
	return &tls.Certificate{Certificate: [][]byte{leaf.Raw, a.certificate.Raw}, PrivateKey: key, Leaf: leaf}, nil
}

// sign makes a certificate that is valid from yesterday on, and no longer than its authority.
func sign(template *x509.Certificate, life time.Duration, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) (*x509.Certificate, error) {
	now := time.Now()
	template.NotBefore, template.NotAfter = now.Add(-day), now.Add(life)
	if parent != template && template.NotAfter.After(parent.NotAfter) {
		template.NotAfter = parent.NotAfter
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, public, key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(raw)
}

// fresh reports whether a certificate is valid for a while. A leaf that its authority outlives by less than that is as fresh as
// can be.
func fresh(certificate, authority *x509.Certificate) bool {
	left := time.Until(certificate.NotAfter)
	return left > day || left > 0 && !certificate.NotAfter.Before(authority.NotAfter)
}

// expired reports whether the time of a certificate is over.
func expired(certificate *x509.Certificate) bool { return time.Until(certificate.NotAfter) <= 0 }
