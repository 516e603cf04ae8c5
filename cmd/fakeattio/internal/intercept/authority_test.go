package intercept

import (
	"bytes"
	"crypto/x509"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestAFolderKeepsAnAuthority(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "ca")
	var found [4][]byte
	var group sync.WaitGroup
	for i := range found { // that all start at once
		group.Go(func() {
			a, err := KeepAuthority(dir)
			if err != nil {
				t.Error(err)
				return
			}
			found[i] = a.PEM()
		})
	}
	group.Wait()
	for _, one := range found {
		if len(one) == 0 || !bytes.Equal(one, found[0]) {
			t.Fatalf("the authorities differ:\n%s", found)
		}
	}
	if public, err := os.ReadFile(filepath.Join(dir, "ca.pem")); err != nil || !bytes.Equal(public, found[0]) {
		t.Errorf("ca.pem is %s, %v", public, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
	if runtime.GOOS == "windows" {
		return // it has other rights
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "ca-key.pem"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}

func TestAFolderThatCannotKeepAnAuthorityIsNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("file", "")
	write("wrong/ca-key.pem", "no PEM")
	wrong := filepath.Join(dir, "wrong")
	for folder, want := range map[string]string{
		file:                      "cannot read " + filepath.Join(file, "ca-key.pem") + ": not a directory",
		filepath.Join(file, "ca"): "cannot read " + filepath.Join(file, "ca", "ca-key.pem") + ": not a directory",
		wrong:                     filepath.Join(wrong, "ca-key.pem") + " does not hold the key and the certificate of an authority; remove it, and the next start makes another",
	} {
		if _, err := KeepAuthority(folder); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", folder, err, want)
		}
	}
}

func TestAnAuthoritySignsForItsNamesAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := KeepAuthority(dir, "attio.internal", "*.fake.test", "10.0.0.7")
	if err != nil {
		t.Fatal(err)
	}
	if err := NewFront(echo, given(first), "attio.internal", "eu.fake.test", "*.fake.test", "10.0.0.7", "10.0.0.8").Prepare(); err != nil {
		t.Error(err)
	}
	again, err := KeepAuthority(dir, "api.stripe.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := NewFront(echo, given(again), "api.stripe.com").Prepare(); err == nil || !strings.HasPrefix(err.Error(), "the certificate authority cannot sign for api.attio.com, app.attio.com, localhost, api.stripe.com: ") {
		t.Errorf("it signs for another name: %v", err)
	}
}

// given is an authority that is there already.
func given(a *Authority) func() (*Authority, error) {
	return func() (*Authority, error) { return a, nil }
}

func TestAFrontAsksForItsAuthorityOnceItIsNeeded(t *testing.T) {
	t.Parallel()
	asked := 0
	front := NewFront(echo, func() (*Authority, error) { asked++; return NewAuthority() })
	get := func(path string) string {
		answer := httptest.NewRecorder()
		front.ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		return answer.Body.String()
	}
	if get("/v2/self"); asked != 0 {
		t.Error("an answer of the handler takes an authority")
	}
	if first := get(CAPath); !strings.HasPrefix(first, "-----BEGIN CERTIFICATE-----") || get(CAPath) != first || front.Prepare() != nil || asked != 1 {
		t.Errorf("asked %d times, and the certificate is %s", asked, first)
	}
}

func TestAFrontSaysWhyItHasNoCertificate(t *testing.T) {
	t.Parallel()
	broken := errors.New("no entropy")
	front := NewFront(echo, func() (*Authority, error) { return nil, broken })
	answer := httptest.NewRecorder()
	front.ServeHTTP(answer, httptest.NewRequest("GET", CAPath, nil))
	if answer.Code != 500 || answer.Body.String() != `{"error":"no entropy"}`+"\n" {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if err := front.Prepare(); err != broken {
		t.Error(err)
	}
}

func TestACertificateIsMadeAgainBeforeItExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		authority, err := NewAuthority()
		if err != nil {
			t.Fatal(err)
		}
		l := leaves{authority: given(authority), names: Hosts()}
		serial := func(name string) string {
			leaf, err := l.get(name)
			if err != nil {
				t.Fatal(err)
			}
			roots := x509.NewCertPool()
			roots.AddCert(authority.certificate)
			if _, err := leaf.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "api.attio.com"}); err != nil {
				t.Fatal(err)
			}
			return leaf.Leaf.SerialNumber.String()
		}
		first := serial("")
		if serial("") != first {
			t.Error("another one is made without need")
		}
		named := serial("192.0.2.1")
		if named == first || serial("192.0.2.1") != named || serial("") != named {
			t.Error("one is made for each new name alone")
		}
		time.Sleep(leafLife - day/2)
		if serial("") == named {
			t.Error("it expires within a day")
		}
	})
}

func TestAnAuthorityThatHasExpiredIsNotUsed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		if _, err := KeepAuthority(dir); err != nil {
			t.Fatal(err)
		}
		time.Sleep(authorityLife)
		want := "the certificate authority in " + dir + " has expired; remove ca-key.pem there, and the next start makes another"
		if _, err := KeepAuthority(dir); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}
