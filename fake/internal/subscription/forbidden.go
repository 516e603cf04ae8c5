package subscription

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Targets that are forbidden to every webhook: through them a client could make the fake reach what the client itself cannot.
var (
	errOwn      = errors.New("a webhook cannot send to /_fake, which is the control API of this or another fake; name a receiver of yours")
	errMetadata = errors.New("a webhook cannot send to a link-local address, or to one from which machines get their metadata; name a receiver of yours")
)

// Forbidden says why a webhook may not send to a target URL, as far as the URL shows where it leads. Nil allows it.
func Forbidden(target string) error {
	if name, ok := strings.CutPrefix(target, inboxScheme); ok {
		return CheckInbox(name)
	}
	u, err := url.Parse(target)
	if err != nil {
		return nil // leads nowhere
	}
	if slices.Contains(strings.Split(u.Path, "/"), "_fake") { // wherever the control API is mounted
		return errOwn
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if address, ok := parseAddress(host); ok {
		return ForbiddenAddress(address)
	}
	if slices.Contains(metadataNames, host) {
		return errMetadata
	}
	return nil
}

// ForbiddenAddress says why a webhook may not connect to an address. Nil allows it.
func ForbiddenAddress(address netip.Addr) error {
	address = embedded(address.Unmap().WithZone("")).Unmap()
	if address.IsLinkLocalUnicast() || address.IsLinkLocalMulticast() || slices.Contains(metadataAddresses, address) {
		return errMetadata
	}
	return nil
}

var (
	metadataNames = []string{"metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"}
	// metadataAddresses are those that are not link-local, from the documentation of the clouds.
	metadataAddresses = []netip.Addr{
		netip.MustParseAddr("100.100.100.200"), // Alibaba Cloud
		netip.MustParseAddr("168.63.129.16"),   // Azure
		netip.MustParseAddr("192.0.0.192"),     // Oracle Cloud
		netip.MustParseAddr("fd00:ec2::254"),   // Amazon EC2
		netip.MustParseAddr("fd20:ce::254"),    // Google Cloud
	}

	nat64      = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052
	compatible = netip.MustParsePrefix("::/96")        // RFC 4291, 2.5.5.1
	sixToFour  = netip.MustParsePrefix("2002::/16")    // RFC 3056
)

// embedded returns the IPv4 address to which an IPv6 address leads, or the address itself.
func embedded(address netip.Addr) netip.Addr {
	bytes := address.As16()
	switch {
	case nat64.Contains(address), compatible.Contains(address):
		return netip.AddrFrom4([4]byte(bytes[12:]))
	case sixToFour.Contains(address):
		return netip.AddrFrom4([4]byte(bytes[2:6]))
	}
	return address
}

// parseAddress reads an address in every spelling that systems take. Of an IPv4 address that is one to four numbers in
// decimal, octal or hexadecimal, of which the last fills what the others leave: inet_aton of POSIX.
func parseAddress(host string) (netip.Addr, bool) {
	if address, err := netip.ParseAddr(host); err == nil {
		return address, true
	}
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var all uint64
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		n, err := parseNumber(part)
		if err != nil || n >= 1<<bits {
			return netip.Addr{}, false
		}
		all = all<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(all >> 24), byte(all >> 16), byte(all >> 8), byte(all)}), true
}

func parseNumber(text string) (uint64, error) {
	switch {
	case strings.HasPrefix(text, "0x"):
		return strconv.ParseUint(text[2:], 16, 64)
	case strings.HasPrefix(text, "0"):
		return strconv.ParseUint(text, 8, 64)
	}
	return strconv.ParseUint(text, 10, 64)
}
