package scenario_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

func TestFilesAreSeededByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	seed := loadText(t, `
version: 1
clock: 2026-01-15T09:00:00Z
users: {ada: {email: ada@example.com}, bob: {email: bob@example.com}}
workspaces:
  acme:
    members: {ada: admin, bob: member}
    tokens: {sync: {scopes: all, kind: app}}
    objects: {companies: {records: {navy: {}}}}
    generate: {companies: 1}
    files:
      empty: {record: companies/navy}
      letter.txt: {record: companies/navy, folder: inner_papers, text: "Dear Navy,\n"}
      inner_papers: {record: companies/navy, type: folder, folder: papers, created_by: bob}
      papers: {record: companies/navy, type: folder, name: All papers, created_at: 2025-01-01T00:00:00.1239Z, created_by: {token: sync}}
      logo: {record: companies/generated-000001, name: logo.gif, content_type: image/gif, base64: "R0lG\nODlh"}
      unknown: {record: companies/navy, content_type: null, text: ""}
      deck: {record: companies/navy, type: connected-file, storage_provider: box}
      share: {record: companies/navy, type: connected-folder, storage_provider: microsoft-onedrive, external_provider_file_id: "", microsoft_drive_id: b!1, created_by: system}
      other: {record: companies/navy, type: connected-folder, storage_provider: dropbox, external_provider_file_id: d-1, microsoft_drive_id: b!1}
`)
	id := func(key string) attio.ID { return attio.PathID("acme/files/" + key) }
	start := time.Date(2026, time.January, 15, 9, 0, 0, 0, time.UTC)
	member := func(user string) attio.Actor {
		return attio.Actor{Type: attio.ActorWorkspaceMember, ID: attio.PathID("acme/members/" + user)}
	}
	of := func(key string, f world.File) *world.File {
		f.ID, f.Object = id(key), attio.PathID("acme/objects/companies")
		if f.Record == "" {
			f.Record = attio.PathID("acme/companies/navy")
		}
		if f.Provider == "" {
			f.Provider = world.ProviderAttio
		}
		if f.CreatedAt.IsZero() {
			f.CreatedAt = start
		}
		if f.CreatedBy.Type == "" {
			f.CreatedBy = member("ada")
		}
		return &f
	}
	content := func(kind, text string) *world.FileContent { return &world.FileContent{Type: &kind, Data: []byte(text)} }
	want := []*world.File{
		of("empty", world.File{Type: world.TypeFile, Name: "empty", Content: content("application/octet-stream", "")}),
		of("papers", world.File{Type: world.TypeFolder, Name: "All papers", CreatedAt: time.Date(2025, 1, 1, 0, 0, 0, 123e6, time.UTC),
			CreatedBy: attio.Actor{Type: attio.ActorApp, ID: attio.PathID("acme/tokens/sync")}}),
		of("inner_papers", world.File{Type: world.TypeFolder, Name: "Inner papers", Folder: id("papers"), CreatedBy: member("bob")}),
		of("letter.txt", world.File{Type: world.TypeFile, Name: "letter.txt", Folder: id("inner_papers"), Content: content("text/plain", "Dear Navy,\n")}),
		of("logo", world.File{Type: world.TypeFile, Name: "logo.gif", Record: attio.PathID("acme/companies/generated-000001"), Content: content("image/gif", "GIF89a")}),
		of("unknown", world.File{Type: world.TypeFile, Name: "unknown", Content: &world.FileContent{}}),
		of("deck", world.File{Type: world.TypeConnectedFile, Provider: world.ProviderBox, ExternalID: "deck"}),
		of("share", world.File{Type: world.TypeConnectedFolder, Provider: world.ProviderOneDrive, DriveID: new("b!1"), CreatedBy: attio.Actor{Type: attio.ActorSystem}}),
		of("other", world.File{Type: world.TypeConnectedFolder, Provider: world.ProviderDropbox, ExternalID: "d-1"}),
	}
	got := slices.Collect(seed.Workspaces[0].Files())
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(world.File{}), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCRMHasFilesOfEveryType(t *testing.T) {
	t.Parallel()
	types := map[world.FileType]bool{}
	for f := range load(t, scenario.BuiltIn("crm")).Workspaces[0].Files() {
		types[f.Type] = true
	}
	if len(types) != len(world.FileTypes()) {
		t.Errorf("only %v", types)
	}
}
