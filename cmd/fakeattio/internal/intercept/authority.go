package intercept

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Authority signs the certificates of the server. Clients have to trust it.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// NewAuthority makes an authority that lives as long as the process. It signs for Attio's names, localhost, the names and IP
// addresses.
func NewAuthority(names ...string) (*Authority, error) { return generate(names) }

// The files of a folder that keeps an authority. The first has the key and the certificate, so that no two processes that
// start at once mix theirs; the other is for clients.
const (
	keyFile         = "ca-key.pem"
	certificateFile = "ca.pem"
)

// KeepAuthority returns the authority that a folder keeps. If there is none it makes one, and the folder too.
func KeepAuthority(dir string, names ...string) (*Authority, error) {
	a, err := load(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(dir, names); err != nil {
			return nil, fmt.Errorf("cannot keep a certificate authority in %s: %w", dir, reason(err))
		}
		a, err = load(dir)
	}
	if err != nil {
		return nil, err
	}
	if expired(a.certificate) {
		return nil, fmt.Errorf("the certificate authority in %s has expired; remove %s there, and the next start makes another", dir, keyFile)
	}
	public := filepath.Join(dir, certificateFile)
	if present, err := os.ReadFile(public); err == nil && bytes.Equal(present, a.PEM()) {
		return a, nil
	}
	if err := os.WriteFile(public, a.PEM(), 0o644); err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", public, reason(err))
	}
	return a, nil
}

// PEM returns the certificate that clients have to trust.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// create makes an authority and keeps it. Of several processes that do so at once the first wins.
func create(dir string, names []string) error {
	a, err := generate(names)
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "."+keyFile+".*") // nobody else may read it
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = file.Write(append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}), a.PEM()...))
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), filepath.Join(dir, keyFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// load reads an authority. The error is fs.ErrNotExist if the folder keeps none.
func load(dir string) (*Authority, error) {
	name := filepath.Join(dir, keyFile)
	text, err := os.ReadFile(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, fmt.Errorf("cannot read %s: %w", name, reason(err))
	}
	a := new(Authority)
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "PRIVATE KEY":
			if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
				a.key, _ = key.(*ecdsa.PrivateKey)
			}
		case "CERTIFICATE":
			a.certificate, _ = x509.ParseCertificate(block.Bytes)
		}
	}
	if a.key == nil || a.certificate == nil || !a.certificate.IsCA || !a.key.PublicKey.Equal(a.certificate.PublicKey) {
		return nil, fmt.Errorf("%s does not hold the key and the certificate of an authority; remove it, and the next start makes another", name)
	}
	return a, nil
}

// reason returns what the system says, without the call that it says it of.
func reason(err error) error {
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number
	}
	return err
}
