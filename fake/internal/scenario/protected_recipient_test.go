package scenario_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProtectedRecipientsAreAddressesAndDomainsInLowerCase(t *testing.T) {
	t.Parallel()
	state := loadText(t, "{version: 1, workspaces: {acme: {protected_recipients: [Legal@example.org, rival.example.net]}}}").Workspaces[0]
	if diff := cmp.Diff([]string{"legal@example.org", "rival.example.net"}, state.ProtectedRecipients); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatIsNeitherAnAddressNorADomainIsNoProtectedRecipient(t *testing.T) {
	t.Parallel()
	checkProblem(t, "{version: 1, workspaces: {acme: {protected_recipients: [legal]}}}", `"legal" is not a valid address or domain; write one like grace@example.com, or example.com`)
}
