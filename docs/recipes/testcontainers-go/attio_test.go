package attio

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

// startFake returns the base URL of a fake in a container, which is removed when the test ends; or of one that runs already, as
// under "fakeattio exec -- go test ./...", which needs no Docker. If there is neither, the test is skipped.
func startFake(t *testing.T) string {
	t.Helper()
	if url := os.Getenv("ATTIO_BASE_URL"); url != "" {
		return url
	}
	testcontainers.SkipIfProviderIsNotHealthy(t)
	image := os.Getenv("FAKEATTIO_IMAGE")
	if image == "" {
		image = "fakeattio"
	}
	container, err := testcontainers.Run(t.Context(), image,
		testcontainers.WithExposedPorts("8080/tcp"),
		testcontainers.WithEnv(map[string]string{"FAKEATTIO_SCENARIO": "acme"}),
		testcontainers.WithWaitStrategy(wait.ForHTTP("/_fake/health").WithPort("8080/tcp")),
	)
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	url, err := container.PortEndpoint(t.Context(), "8080/tcp", "http")
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// workspace is a clone of acme, which one test has to itself.
type workspace struct {
	Slug   string
	Tokens []struct{ Name, Token string }
}

func (w workspace) token(t *testing.T, name string) string {
	t.Helper()
	for _, token := range w.Tokens {
		if token.Name == name {
			return token.Token
		}
	}
	t.Fatalf("%s has no token %s", w.Slug, name)
	return ""
}

// call sends a request, and fails the test unless the answer is the status. Your client comes in its place for Attio's own API.
func call(t *testing.T, method, url, token string, body any, status int) []byte {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != status {
		t.Fatalf("%s %s: %d %s", method, url, response.StatusCode, &answer)
	}
	return answer.Bytes()
}

func decode[T any](t *testing.T, answer []byte) (value T) {
	t.Helper()
	if err := json.Unmarshal(answer, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

type object = map[string]any

func TestACompanyIsCreatedOnceAttioIsNotBusyAnyMore(t *testing.T) {
	url := startFake(t)
	own := decode[workspace](t, call(t, "POST", url+"/_fake/workspaces/acme/clone", "", object{}, 200))
	token := own.token(t, "full")

	webhook := decode[struct{ Data struct{ Secret string } }](t, call(t, "POST", url+"/v2/webhooks", token, object{"data": object{
		"target_url":    "inbox://" + own.Slug,
		"subscriptions": []object{{"event_type": "record.created", "filter": nil}},
	}}, 200)).Data
	call(t, "POST", url+"/_fake/faults", "", object{"fault": "rate-limited", "workspace": own.Slug, "operation": "records.create", "times": 1}, 200)

	company := object{"data": object{"values": object{"name": "Navy"}}}
	call(t, "POST", url+"/v2/objects/companies/records", token, company, 429)
	call(t, "POST", url+"/v2/objects/companies/records", token, company, 200)

	call(t, "POST", url+"/_fake/requests/verify", "", object{"expectations": []object{
		{"operation": "records.create", "workspace": own.Slug, "status": 429, "times": 1},
		{"operation": "records.create", "workspace": own.Slug, "status": 200, "times": 1, "body": company},
	}}, 200)

	inbox := decode[struct {
		Messages []struct {
			Headers map[string]string
			Text    string
		}
	}](t, call(t, "GET", url+"/_fake/inboxes/"+own.Slug+"?await=1", "", nil, 200))
	if signature := sign(webhook.Secret, inbox.Messages[0].Text); inbox.Messages[0].Headers["Attio-Signature"] != signature {
		t.Errorf("the message has another signature than %s: %+v", signature, inbox.Messages[0])
	}
}
