package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Sign returns the value of the Attio-Signature header: the HMAC-SHA256 of the raw body with the
// webhook's secret, in lower-case hex. From Attio's webhook guide.
func Sign(body []byte, secret string) string {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write(body) // never fails
	return hex.EncodeToString(sum.Sum(nil))
}

// Verify reports whether a header holds the signature of a body. How long it takes does not tell how much
// of it is right.
func Verify(header string, body []byte, secret string) bool {
	return hmac.Equal([]byte(header), []byte(Sign(body, secret)))
}
