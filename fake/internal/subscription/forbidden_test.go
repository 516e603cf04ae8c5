package subscription

import "testing"

func TestAWebhookDoesNotSendToTheFakeNorToMetadataInAnySpelling(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]error{
		"http://127.0.0.1:8080/_fake/reset":              errOwn,
		"https://attio.example.com/_fake":                errOwn,
		"http://localhost/%5Ffake/reset":                 errOwn,
		"http://localhost/%5ffake%2freset":               errOwn,
		"http://localhost//_fake/reset":                  errOwn,
		"http://localhost/mounted/here/_fake/reset":      errOwn,
		"http://localhost/a/../_fake/reset":              errOwn,
		"http://attio:8080/_fake/as/acme/ada/v2/objects": errOwn,

		"http://169.254.169.254/latest/meta-data/": errMetadata,
		"https://169.254.0.1":                      errMetadata,
		"https://user@169.254.169.254:443/":        errMetadata,
		"http://169.254.169.254./":                 errMetadata,
		"http://2852039166/":                       errMetadata, // the same in decimal,
		"http://0xa9fea9fe/":                       errMetadata, // hexadecimal,
		"http://0XA9FEA9FE/":                       errMetadata,
		"http://025177524776/":                     errMetadata, // and octal
		"http://0251.0376.0251.0376/":              errMetadata,
		"http://0xa9.254.0xa9.0376/":               errMetadata,
		"http://169.254.43518/":                    errMetadata,
		"http://169.16689662/":                     errMetadata,
		"http://[fe80::1]/":                        errMetadata,
		"http://[fe80::1%25eth0]:80/":              errMetadata,
		"http://[febf::1]/":                        errMetadata,
		"http://[::ffff:169.254.169.254]/":         errMetadata,
		"http://[::ffff:a9fe:a9fe]/":               errMetadata,
		"http://[::169.254.169.254]/":              errMetadata,
		"http://[64:ff9b::a9fe:a9fe]/":             errMetadata,
		"http://[2002:a9fe:a9fe::1]/":              errMetadata,
		"http://[fd00:ec2::254]/":                  errMetadata,
		"http://[fd20:ce::254]/":                   errMetadata,
		"http://100.100.100.200/":                  errMetadata,
		"http://168.63.129.16/":                    errMetadata,
		"http://192.0.0.192/":                      errMetadata,
		"http://metadata.google.internal/":         errMetadata,
		"http://Metadata.Google.Internal./":        errMetadata,
		"https://metadata.goog/":                   errMetadata,

		"http://localhost:9000/hook":           nil,
		"http://127.0.0.1:9000/":               nil,
		"http://2130706433/":                   nil, // 127.0.0.1
		"http://[::1]:9000/":                   nil,
		"http://[::ffff:127.0.0.1]/":           nil,
		"http://receiver:9000/hook":            nil,
		"http://metadata/hook":                 nil, // a container may be called so; what it leads to shows when it is dialled
		"http://10.0.0.1/":                     nil,
		"http://169.253.255.255/":              nil,
		"http://169.255.0.0/":                  nil,
		"http://[fec0::1]/":                    nil,
		"http://[fd00::1]/":                    nil,
		"http://1.2.3.4.5/":                    nil,
		"http://169.254.169.999/":              nil, // no address
		"http://169.254.65536/":                nil,
		"http://4294967296/":                   nil,
		"https://example.com/169.254.169.254":  nil,
		"https://example.com/?to=/_fake/reset": nil,
		"https://example.com/_fakes/my_fake/x": nil,
		"https://169.254.169.254.example.com/": nil,
		"http://[::1":                          nil,
		"":                                     nil,
	} {
		if got := Forbidden(target); got != want {
			t.Errorf("%s: %v, want %v", target, got, want)
		}
	}
}
