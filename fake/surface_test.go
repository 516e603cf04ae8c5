package fake_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
	"github.com/fakeattio/fakeattio/fake/internal/attribute"
	controlapi "github.com/fakeattio/fakeattio/fake/internal/control"
	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/webhook"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Whoever imports package fake can name every type that it shows, as none is of an internal package.
func TestNothingExportedShowsAnInternalPackage(t *testing.T) {
	t.Parallel()
	files := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		internal := internalImports(file)
		for _, decl := range file.Decls {
			for _, shown := range shownBy(decl) {
				looked++
				ast.Inspect(shown, func(n ast.Node) bool {
					if s, ok := n.(*ast.SelectorExpr); ok {
						if x, ok := s.X.(*ast.Ident); ok && slices.Contains(internal, x.Name) {
							t.Errorf("%s: the exported API shows %s.%s", files.Position(s.Pos()), x.Name, s.Sel.Name)
						}
					}
					return true
				})
			}
		}
	}
	if looked < 300 {
		t.Errorf("only %d exported parts were found", looked)
	}
}

func internalImports(file *ast.File) []string {
	var names []string
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if strings.Contains(path, "/internal/") {
			names = append(names, path[strings.LastIndex(path, "/")+1:])
		}
	}
	return names
}

// shownBy lists the parts of a declaration that go doc shows: signatures, types, exported fields, constants.
func shownBy(decl ast.Decl) []ast.Node {
	switch decl := decl.(type) {
	case *ast.FuncDecl: // also a method of an unexported type, which others embed
		if decl.Name.IsExported() {
			return []ast.Node{decl.Type}
		}
	case *ast.GenDecl:
		var shown []ast.Node
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				if slices.ContainsFunc(spec.Names, (*ast.Ident).IsExported) {
					shown = append(shown, spec)
				}
			case *ast.TypeSpec:
				if spec.Name.IsExported() {
					shown = append(shown, shownByType(spec.Type)...)
				}
			}
		}
		return shown
	}
	return nil
}

func shownByType(of ast.Expr) []ast.Node {
	structure, ok := of.(*ast.StructType)
	if !ok {
		return []ast.Node{of}
	}
	var shown []ast.Node
	for _, field := range structure.Fields.List {
		if field.Names == nil || slices.ContainsFunc(field.Names, (*ast.Ident).IsExported) {
			shown = append(shown, field)
		}
	}
	return shown
}

// The constants are written out, so that go doc shows them; they are those of the packages behind.
func TestConstantsAreThoseOfThePackagesBehind(t *testing.T) {
	t.Parallel()
	kinds := []fake.FaultKind{fake.RateLimited, fake.Unauthorized, fake.Forbidden, fake.NoPermission, fake.WriteConflict, fake.QuotaExceeded,
		fake.BillingError, fake.LimitReached, fake.InternalError, fake.BadGateway, fake.Unavailable, fake.Slow, fake.Hang, fake.Disconnect, fake.AnswerLost,
		fake.CutOff, fake.InvalidJSON}
	states := []fake.DeliveryState{fake.DeliveryPending, fake.DeliveryRetrying, fake.DeliveryDelivered, fake.DeliveryFailed, fake.DeliveryDropped}
	types := []fake.FileType{fake.FileTypeFile, fake.FileTypeFolder, fake.FileTypeConnectedFile, fake.FileTypeConnectedFolder}
	providers := []fake.StorageProvider{fake.StorageAttio, fake.StorageDropbox, fake.StorageBox, fake.StorageGoogleDrive, fake.StorageOneDrive}
	answers := []fake.ParticipantStatus{fake.ParticipantAccepted, fake.ParticipantTentative, fake.ParticipantDeclined, fake.ParticipantPending}
	accesses := []fake.ListAccess{fake.ListFullAccess, fake.ListReadAndWrite, fake.ListReadOnly}
	tokens := []fake.TokenLevel{fake.TokenLevelWorkspace, fake.TokenLevelUser}
	levels := []fake.AccessLevel{fake.AccessAdmin, fake.AccessMember, fake.AccessSuspended}
	for _, tc := range []struct {
		name      string
		want, got []string
	}{
		{"fault kinds", words(fault.Kinds()), words(kinds)},
		{"states of deliveries", words(webhook.States()), words(states)},
		{"types of files", words(world.FileTypes()), words(types)},
		{"storage providers", words(world.StorageProviders()), words(providers)},
		{"answers to invitations", words(world.ParticipantStatuses()), words(answers)},
		{"access to lists", words(world.ListAccesses()), words(accesses)},
		{"levels of tokens", words(world.TokenLevels()), words(tokens)},
		{"access levels", words(world.AccessLevels()), words(levels)},
		{"the dynamic default", []string{attribute.CurrentUser}, words([]fake.DynamicDefault{fake.CurrentUser})},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
	if fake.DefaultMaxFileBytes != world.DefaultMaxFileBytes {
		t.Errorf("DefaultMaxFileBytes is %d, want %d", fake.DefaultMaxFileBytes, world.DefaultMaxFileBytes)
	}
	if fake.DefaultMaxJournalBytes != controlapi.DefaultJournalBytes {
		t.Errorf("DefaultMaxJournalBytes is %d, want %d", fake.DefaultMaxJournalBytes, controlapi.DefaultJournalBytes)
	}
}

func words[T ~string](of []T) []string {
	var all []string
	for _, word := range of {
		all = append(all, string(word))
	}
	slices.Sort(all)
	return all
}

// A kind of fault is the beginning of a fault: it takes every condition that a fault takes.
func TestAFaultKindTakesTheConditionsOfAFault(t *testing.T) {
	t.Parallel()
	kind, whole := reflect.TypeFor[fake.FaultKind](), reflect.TypeFor[fake.Fault]()
	for method := range whole.Methods() {
		of, ok := kind.MethodByName(method.Name)
		if !ok {
			t.Errorf("a FaultKind has no %s", method.Name)
			continue
		}
		if method.Type.NumIn() != of.Type.NumIn() || of.Type.Out(0) != whole {
			t.Errorf("%s of a FaultKind is %s, of a Fault %s", method.Name, of.Type, method.Type)
		}
	}
	srv := fake.New(t, fake.WithoutSocket())
	fault := srv.Fail(fake.Unavailable.In("acme").Times(1))
	for _, tc := range []struct {
		token string
		want  int
	}{{"globex", 200}, {"acme", 503}, {"acme", 200}} {
		if got, body := sendWith(t, srv, srv.Token(tc.token), "GET", "/v2/self", ""); got != tc.want {
			t.Errorf("%s: %d %s, want %d", tc.token, got, body, tc.want)
		}
	}
	if fault.Hits() != 1 {
		t.Errorf("it hit %d times", fault.Hits())
	}
}
