package subscription

import "testing"

func TestPlainHTTPIsForThisMachineAndItsNetwork(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]bool{
		"http://localhost/hook":              true,
		"http://LOCALHOST:9000":              true,
		"http://127.0.0.1:8080/hook?a=b#c":   true,
		"http://127.8.9.1":                   true,
		"http://[::1]:8080/hook":             true,
		"http://10.0.0.5":                    true,
		"http://172.16.0.1":                  true,
		"http://192.168.1.20:80":             true,
		"http://[fd00::1]/":                  true,
		"http://[::ffff:192.168.0.1]/":       true,
		"http://receiver:9000/hook":          true, // a container of the same network
		"http://host.docker.internal:9000/h": true,
		"http://api.svc.internal":            true,
		"http://printer.local":               true,
		"http://app.localhost:3000":          true,
		"http://receiver.internal.":          true,
		"HTTP://receiver":                    true,

		"http://example.com":              false,
		"http://localhost.example.com":    false,
		"http://127.0.0.1.example.com":    false,
		"http://internal.example.com":     false,
		"http://8.8.8.8":                  false,
		"http://172.32.0.1":               false,
		"http://169.254.169.254/metadata": false,
		"http://[2001:db8::1]/":           false,
		"http://":                         false,
		"http:///hook":                    false,
		"http://[::1":                     false,
		"http://receiver:port":            false,
		"https://localhost":               false, // which is not plain
		"ftp://localhost":                 false,
		"localhost":                       false,
		"//localhost":                     false,
		"http:localhost":                  false,
		"http://user@example.com":         false,
		"http://localhost@example.com/":   false,
		"":                                false,
	} {
		if got := isLocal(target); got != want {
			t.Errorf("%s: %v", target, got)
		}
	}
}
