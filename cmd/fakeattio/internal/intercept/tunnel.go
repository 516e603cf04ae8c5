package intercept

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// tunnel carries what two connections say to each other, until both have ended or the front closes.
func (f *Front) tunnel(a, b net.Conn) {
	f.tunnels.Add(1)
	defer f.tunnels.Done()
	end := func() { _, _ = a.Close(), b.Close() }
	stop := context.AfterFunc(f.ctx, end)
	defer stop()
	defer end()
	done := make(chan struct{})
	go func() {
		defer close(done)
		carry(a, b)
	}()
	carry(b, a)
	<-done
}

func carry(to, from net.Conn) {
	if _, err := io.Copy(to, from); err != nil {
		_, _ = to.Close(), from.Close()
		return
	}
	_ = closeWrite(to)
}

// dialTime is how long another host may take to accept a connection.
const dialTime = 30 * time.Second

// dial connects to an address, through the proxy that the environment names if it does.
func dial(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: "https", Host: address}})
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		return new(net.Dialer).DialContext(ctx, "tcp", address)
	}
	return dialThrough(ctx, proxy, address)
}

// dialThrough lets a proxy connect to an address.
func dialThrough(ctx context.Context, proxy *url.URL, address string) (net.Conn, error) {
	conn, err := dialProxy(ctx, proxy)
	if err != nil {
		return nil, fmt.Errorf("the proxy %s: %w", proxy.Redacted(), err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	tunnelled, err := askProxy(conn, proxy, address)
	if err != nil || !stop() {
		_ = conn.Close()
		return nil, fmt.Errorf("the proxy %s: %w", proxy.Redacted(), errors.Join(err, ctx.Err()))
	}
	return tunnelled, nil
}

func dialProxy(ctx context.Context, proxy *url.URL) (net.Conn, error) {
	port := proxy.Port()
	switch {
	case proxy.Scheme == "http" && port == "":
		port = "80"
	case proxy.Scheme == "https" && port == "":
		port = "443"
	case proxy.Scheme != "http" && proxy.Scheme != "https":
		return nil, fmt.Errorf("only http and https proxies can be used, not %s", proxy.Scheme)
	}
	address := net.JoinHostPort(proxy.Hostname(), port)
	if proxy.Scheme == "https" {
		return new(tls.Dialer).DialContext(ctx, "tcp", address)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", address)
}

// askProxy sends a CONNECT and returns what the tunnel carries.
func askProxy(conn net.Conn, proxy *url.URL, address string) (net.Conn, error) {
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		request.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := request.Write(conn); err != nil {
		return nil, err
	}
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		_ = conn.Close()
		return nil, fmt.Errorf("it answered %s", response.Status)
	}
	// What follows a 200 is no body, and not to be closed: it is the tunnel.
	return begun{conn, reader}, nil
}
