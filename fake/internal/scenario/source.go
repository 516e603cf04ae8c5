package scenario

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/yamltree"
	"github.com/fakeattio/fakeattio/scenarios"
)

// Source is where a scenario comes from: BuiltIn, File, FS or Text.
type Source struct {
	label string                        // its name in errors
	id    string                        // the same for one file however it is reached; empty for a text
	open  func() (io.ReadCloser, error) // nil for a text
	text  string

	builtIn  string                                 // the name of a built-in scenario, which never changes
	disk     string                                 // the path of a file on disk
	relative func(extension string) (Source, error) // the file at a path relative to this one
}

// BuiltIns lists the names of the built-in scenarios in alphabetical order.
func BuiltIns() []string {
	files, err := fs.Glob(scenarios.FS, "*.yaml")
	if err != nil {
		panic(err) // the pattern is good
	}
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".yaml")
	}
	return files
}

// BuiltIn is a scenario of this module, by its name.
func BuiltIn(name string) Source {
	if !slices.Contains(BuiltIns(), name) {
		return Source{label: "scenario " + suggest.Quote(name), open: func() (io.ReadCloser, error) {
			return nil, errors.New(suggest.Unknown("built-in scenario", name, BuiltIns()) + ". The name of a file ends in .yaml or .json")
		}}
	}
	s := (&folder{scenarios.FS, "built-in "}).source(name + ".yaml")
	s.id, s.builtIn = "built-in "+name, name
	return s
}

// File is a file on disk. Paths that it extends are relative to it.
func File(name string) Source {
	id := name
	if real, err := filepath.EvalSymlinks(name); err == nil {
		id = real
	}
	if absolute, err := filepath.Abs(id); err == nil {
		id = absolute
	}
	return Source{
		label: name, id: "file " + id, disk: name,
		open: func() (io.ReadCloser, error) {
			info, err := os.Stat(name)
			if err := cmp.Or(err, refuseNoFile(info)); err != nil {
				return nil, err
			}
			return os.Open(name)
		},
		relative: func(extension string) (Source, error) {
			if path.IsAbs(extension) || filepath.IsAbs(extension) {
				return Source{}, errors.New("this path must be relative to the file that contains it")
			}
			return File(filepath.Join(filepath.Dir(name), filepath.FromSlash(extension))), nil
		},
	}
}

// refuseNoFile refuses what may block when it is opened or read, or may never end. Reading a folder fails by itself.
func refuseNoFile(info fs.FileInfo) error {
	if info == nil || info.Mode().IsRegular() || info.IsDir() {
		return nil
	}
	kind := "a device"
	switch info.Mode().Type() {
	case fs.ModeNamedPipe:
		kind = "a pipe"
	case fs.ModeSocket:
		kind = "a socket"
	}
	return fmt.Errorf("this is %s; a scenario has to be a file, which can be read again", kind)
}

// FS is a file in a file system, such as an embedded one. Paths that it extends are relative to it and in the same file
// system.
func FS(fsys fs.FS, name string) Source { return (&folder{fsys: fsys}).source(name) }

// folder is the file system of a scenario's files. Its address identifies it.
type folder struct {
	fsys  fs.FS
	label string // before the names of its files
}

func (r *folder) source(name string) Source {
	return Source{
		label: r.label + name, id: fmt.Sprintf("%p %s", r, name),
		open: func() (io.ReadCloser, error) {
			info, err := fs.Stat(r.fsys, name)
			if err := cmp.Or(err, refuseNoFile(info)); err != nil {
				return nil, err
			}
			return r.fsys.Open(name)
		},
		relative: func(extension string) (Source, error) {
			target := path.Join(path.Dir(name), extension)
			if path.IsAbs(extension) || !fs.ValidPath(target) {
				return Source{}, errors.New("this path must be relative to the file that contains it, and stay inside its file system")
			}
			return r.source(target), nil
		},
	}
}

// Text is a scenario in a string, with a name for errors. It can extend built-in scenarios only.
func Text(name, text string) Source { return Source{label: name, text: text} }

// extend returns the source that an entry of extends names.
func (s Source) extend(e extension) (Source, error) {
	switch {
	case !e.isPath() && !slices.Contains(BuiltIns(), string(e)):
		return Source{}, errors.New(suggest.Unknown("built-in scenario", string(e), BuiltIns()) + ". The name of a file ends in .yaml or .json")
	case !e.isPath():
		return BuiltIn(string(e)), nil
	case s.relative == nil:
		return Source{}, errors.New("this scenario is not a file, so a path has nothing to be relative to; extend a built-in scenario")
	}
	return s.relative(string(e))
}

// partSize is how many bytes of a large file are read at a time.
const partSize = 32 << 10

// read returns the content or, if that is larger than a limit, slightly more than the limit.
func (s Source) read(limit int64) (string, error) {
	if s.open == nil {
		return s.text, nil
	}
	r, err := s.open()
	if err != nil {
		return "", reason(err)
	}
	defer func() { _ = r.Close() }() // it was only read
	var content strings.Builder
	size := min(sizeOf(r), limit+1)
	content.Grow(int(size))
	_, err = io.CopyBuffer(&content, io.LimitReader(r, limit+1), make([]byte, min(max(size, 512)+1, partSize)))
	return content.String(), reason(err)
}

// sizeOf returns how many bytes there are to read at most, or 0 if that is not known.
func sizeOf(r io.Reader) int64 {
	f, ok := r.(fs.File)
	if !ok {
		return 0
	}
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// sum identifies what a content says: by its hash and format or, for a built-in scenario, by the name.
func (s Source) sum(content string) sum {
	if s.builtIn != "" {
		content = s.id
	}
	hash := sha256.New()
	if yamltree.IsJSON(s.label) {
		_, _ = hash.Write([]byte("JSON")) // never fails
	}
	part := make([]byte, min(len(content), partSize)) // a hash would copy a string as a whole
	for len(content) > 0 {
		n := copy(part, content)
		_, _ = hash.Write(part[:n])
		content = content[n:]
	}
	return sum(hash.Sum(nil))
}

// reason removes the path from errors of files, which would repeat it.
func reason(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return fmt.Errorf("cannot be read: %w", pathError.Err)
	}
	return err
}
