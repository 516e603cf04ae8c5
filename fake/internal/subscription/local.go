package subscription

import (
	"net/netip"
	"net/url"
	"strings"
)

// isLocal reports whether a URL is plain HTTP and leads to this machine or its network.
// Attio wants HTTPS everywhere; the receiver of a test seldom has it.
func isLocal(target string) bool {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsLoopback() || address.IsPrivate()
	}
	isName := host != "" && !strings.Contains(host, ":") // a broken IPv6 address is no name
	return isName && (!strings.Contains(host, ".") ||
		strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal"))
}
