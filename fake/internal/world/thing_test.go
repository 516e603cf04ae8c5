package world

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestACopyOfTheThingsHasAllOfThem(t *testing.T) {
	t.Parallel()
	fields := reflect.TypeFor[things]()
	for i := range fields.NumField() {
		var before things
		fill(reflect.ValueOf(&before).Elem().Field(i))
		if after := reflect.ValueOf(before.next(new(writer))).Elem().Field(i); after.IsZero() {
			t.Errorf("things.%s is neither in a row of declarations nor in things.next, so the next state would not have it", fields.Field(i).Name)
		}
	}
	for i, thing := range Things() {
		if slices.Contains(Things()[:i], thing) {
			t.Errorf("%s is declared twice", thing)
		}
	}
}

// fill makes a field of a struct something other than zero.
func fill(field reflect.Value) {
	switch field = reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem(); field.Kind() {
	case reflect.Struct:
		fill(field.Field(0))
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
	case reflect.Slice:
		field.Set(reflect.MakeSlice(field.Type(), 1, 1))
	case reflect.Int64:
		field.SetInt(1)
	}
}

// States share their things, so a transaction that changed them in place would change the past.
func TestATransactionThatFailsLeavesTheThingsAsTheyWere(t *testing.T) {
	t.Parallel()
	invite := Invite{ID: "invite", Email: "bob@example.com", Access: Regular}
	w := New(seed(t))
	workspace := acme(t, w)
	people, _ := workspace.View().Schema.Object("people")
	one, two := create(t, w, "people"), create(t, w, "people")
	must(t, workspace, func(tx *Tx) error {
		tx.VerifyDomain("example.com")
		tx.ProtectRecipient("example.com")
		tx.Effects.MergeDelay = time.Hour
		_, err := tx.CreateView(&people.Target, "view", table("View"))
		return errors.Join(err, tx.Invite(invite))
	})
	before := workspace.View()
	want := thingsOf(before)
	for name, change := range map[string]func(*Tx) error{
		"a token": func(tx *Tx) error { return tx.AddToken(Token{ID: "2", Name: "late", Value: "late"}) },
		"a member": func(tx *Tx) error {
			return tx.AddMember("member", &User{Email: "eve@example.com"}, Regular)
		},
		"an invite":           func(tx *Tx) error { return tx.Invite(Invite{ID: "other", Email: "eve@example.com", Access: Regular}) },
		"an invite that goes": func(tx *Tx) error { return tx.WithdrawInvite("invite") },
		"a verified domain":   func(tx *Tx) error { tx.VerifyDomain("example.org"); return nil },
		"one that goes":       func(tx *Tx) error { tx.UnverifyDomain("example.com"); return nil },
		"a protected domain":  func(tx *Tx) error { tx.ProtectRecipient("example.org"); return nil },
		"one that is no more": func(tx *Tx) error { tx.UnprotectRecipient("example.com"); return nil },
		"a view":              func(tx *Tx) error { _, err := tx.CreateView(&people.Target, "other", table("View")); return err },
		"a view that goes":    func(tx *Tx) error { return tx.DeleteView(&people.Target, "view") },
		"a merge":             func(tx *Tx) error { _, err := tx.MergeRecords(people, "merged", one, two); return err },
		"a file": func(tx *Tx) error {
			_, err := tx.AddFile("file", "people", File{Type: TypeFile, Name: "a", Record: one, Content: &FileContent{Data: []byte("a")}})
			return err
		},
	} {
		failed := errors.New("failed")
		err := workspace.Update(System(), func(tx *Tx) error {
			if err := change(tx); err != nil {
				return err
			}
			if slices.Equal(thingsOf(tx.State), want) {
				t.Errorf("%s changes nothing", name)
			}
			return failed
		})
		if err != failed {
			t.Errorf("%s: %v", name, err)
		}
		if got := thingsOf(before); !slices.Equal(got, want) {
			t.Errorf("%s changed the state before:\n%s", name, cmp.Diff(want, got))
		}
	}
}

// thingsOf lists what a state has besides records.
func thingsOf(s *State) []string {
	all := []string{fmt.Sprint(s.VerifiedDomains, s.ProtectedRecipients, s.fileBytes)}
	for _, thing := range Things() {
		for change := range s.Each(thing) {
			if _, ok := change.After.(*Record); !ok {
				all = append(all, fmt.Sprint(thing, change.ID))
			}
		}
	}
	for key, id := range s.emails.from("") {
		all = append(all, key+" "+string(id))
	}
	for key := range s.attached.from("") {
		all = append(all, key)
	}
	for id := range s.merging.from("") {
		all = append(all, string(id))
	}
	return all
}
