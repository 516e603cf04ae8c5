package world

import (
	"fmt"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

func TestAMemberIsFoundByAddressWhateverItsCase(t *testing.T) {
	t.Parallel()
	workspace := acme(t, New(seed(t)))
	if err := workspace.Update(Author{}, func(tx *Tx) error {
		return tx.AddMember("1", &User{Email: "Kim.Straße@example.com"}, Regular)
	}); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]attio.ID{
		"ADA@example.com":                  attio.PathID("acme/members/ada"),
		"kim.straße@EXAMPLE.com":           "1",
		"\u212Aim.Stra\u00dfe@example.com": "1", // the Kelvin sign is a k
		"kim@example.com":                  "",
	} {
		member, ok := workspace.View().MemberByEmail(address)
		if ok != (want != "") || ok && member.ID != want {
			t.Errorf("%s: got %+v", address, member)
		}
	}
}

func BenchmarkAddMembers(b *testing.B) {
	const members = 20_000
	for b.Loop() {
		if _, err := Build("crowd", "Crowd", noon, func(tx *Tx) error {
			for i := range members {
				user := &User{Email: fmt.Sprintf("%d@example.com", i)}
				if err := tx.AddMember(attio.PathID(user.Email), user, Regular); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}
