package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fakeattio/fakeattio/cmd/fakeattio/internal/intercept"
	"github.com/fakeattio/fakeattio/fake"
)

// encryption holds the flags of TLS and of the proxy.
type encryption struct {
	tls         bool
	listen      string
	caDir       string
	names       []string
	passThrough bool
}

func (e *encryption) addTo(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&e.tls, "tls", false, "answer HTTPS too, on the port of --listen")
	flags.StringVar(&e.listen, "tls-listen", "", "another `ADDRESS` to listen on, for HTTPS alone")
	flags.BoolVar(&e.passThrough, "proxy-passthrough", false, "as a proxy, pass other hosts than Attio's on instead of refusing them; only while listening on loopback")
	e.addCATo(cmd)
}

// addCATo adds the flags that say which certificate authority is used.
func (e *encryption) addCATo(cmd *cobra.Command) {
	cmd.Flags().StringVar(&e.caDir, "ca-dir", "", "`FOLDER` that keeps the certificate authority; by default it lives as long as the server")
	cmd.Flags().StringArrayVar(&e.names, "tls-name", nil, "`NAME` or IP address by which clients call the server, besides api.attio.com, app.attio.com, localhost and its address; repeatable")
}

func (e *encryption) check() error {
	if e.listen != "" {
		if _, port, err := net.SplitHostPort(e.listen); err != nil || !isPort(port) {
			return fmt.Errorf("--tls-listen takes an address such as 127.0.0.1:8443, not %q", e.listen)
		}
	}
	for _, name := range e.names {
		if net.ParseIP(name) == nil && (name == "" || strings.ContainsAny(name, "/:@?# ") || len(name) > 253) {
			return fmt.Errorf("--tls-name takes a host name such as attio.internal or an IP address, not %q", name)
		}
	}
	return nil
}

// authority returns the certificate authority that the flags ask for.
func (e *encryption) authority(names []string) (*intercept.Authority, error) {
	if e.caDir == "" {
		return intercept.NewAuthority(names...)
	}
	authority, err := intercept.KeepAuthority(e.caDir, names...)
	if err != nil {
		return nil, fmt.Errorf("--ca-dir: %w", err)
	}
	return authority, nil
}

// prepare makes the certificates of a front before the first client comes.
func (e *encryption) prepare(front *intercept.Front) error {
	if _, err := front.CA(); err != nil {
		return err
	}
	err := front.Prepare()
	if err != nil && e.caDir != "" {
		return fmt.Errorf("%w; with another --ca-dir it can", err)
	}
	return err
}

// front returns what stands between the sockets and a server, and the addresses that speak TLS.
func (s *serving) front(server *fake.Server, listener net.Listener, both bool) (front *intercept.Front, secure []net.Addr, err error) {
	listeners := []net.Listener{listener}
	defer func() {
		if err != nil {
			for _, l := range listeners {
				_ = l.Close()
			}
		}
	}()
	names := s.names()
	front = intercept.NewFront(server.Handler(), func() (*intercept.Authority, error) { return s.encryption.authority(names) }, names...)
	if both || s.encryption.listen != "" || s.encryption.caDir != "" {
		if err := s.encryption.prepare(front); err != nil {
			return nil, nil, err
		}
	}
	front.Listen(listener, both)
	if both {
		secure = append(secure, listener.Addr())
	}
	if s.encryption.listen != "" {
		encrypted, err := listen(s.encryption.listen)
		if err != nil {
			return nil, nil, errors.New(strings.ReplaceAll(err.Error(), "--listen", "--tls-listen"))
		}
		listeners = append(listeners, encrypted)
		front.ListenTLS(encrypted)
		secure = append(secure, encrypted.Addr())
	}
	if s.encryption.passThrough {
		for _, l := range listeners {
			if !isLoopback(l.Addr()) {
				return nil, nil, errors.New("--proxy-passthrough is a proxy for everybody who reaches it, so it is possible while the server listens on loopback alone, such as 127.0.0.1:8080")
			}
		}
		front.PassThrough()
	}
	return front, secure, nil
}

// names lists by which names and addresses clients may call the server, besides those that are always there.
func (s *serving) names() []string {
	names := append([]string{}, s.encryption.names...)
	for _, address := range []string{s.listen, s.encryption.listen} {
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err == nil && host != "" && (ip == nil || !ip.IsUnspecified()) {
			names = append(names, host)
		}
	}
	if public, err := url.Parse(s.publicURL); err == nil && public.Hostname() != "" {
		names = append(names, public.Hostname())
	}
	return names
}

func newCA() *cobra.Command {
	var (
		server remote
		keep   encryption
		output string
	)
	cmd := &cobra.Command{
		Use:   "ca [URL]",
		Short: "Print the certificate that clients of the fake's HTTPS have to trust",
		Long: `ca prints the certificate of the authority that signs for the fake's HTTPS: that of
the server at a base URL, or the one on this machine that listens on --listen; or
with --ca-dir the one that a folder keeps. If the folder keeps none, ca makes one.`,
		Example: `  fakeattio ca --output ca.pem
  fakeattio ca --ca-dir ~/.fakeattio > ca.pem`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pem, err := func() ([]byte, error) {
				if keep.caDir == "" || len(args) > 0 {
					return server.get(args, intercept.CAPath)
				}
				if err := keep.check(); err != nil {
					return nil, misuse{err}
				}
				authority, err := keep.authority(keep.names)
				if err != nil {
					return nil, misuse{err}
				}
				return authority.PEM(), nil
			}()
			if err != nil {
				return err
			}
			if output != "" {
				return writeFile(output, pem)
			}
			_, err = cmd.OutOrStdout().Write(pem)
			return err
		},
	}
	server.addFlags(cmd)
	keep.addCATo(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write to instead of the standard output")
	return cmd
}

func (p person) encrypting(addresses []net.Addr) {
	p.print(fmt.Sprintf("\nHTTPS, as api.attio.com and by other names: %s\nThe certificate to trust: fakeattio ca\n", strings.Join(texts(addresses), ", ")))
}

func (m machine) encrypting(addresses []net.Addr) {
	m.log.Info("encrypting", "addresses", texts(addresses), "names", intercept.Hosts())
}

func texts(addresses []net.Addr) []string {
	var all []string
	for _, address := range addresses {
		all = append(all, address.String())
	}
	return all
}
