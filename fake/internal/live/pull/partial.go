package pull

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// partial is the file of a pull that has not come to its end: one answer on each line. What it has need not be asked for again.
type partial struct {
	file    *os.File
	size    int64
	answers map[string]span // by the request
	resumed bool
}

type span struct{ from, size int64 }

// origin is the first line: whose answers these are. There is no token in the file.
type origin struct {
	From      string `json:"from"`
	Workspace string `json:"workspace"`
}

type kept struct {
	Request string          `json:"request"`
	Answer  json.RawMessage `json:"answer"`
}

// openPartial opens the file for a workspace, or begins it. Others cannot read it, as it may have what pseudonyms hide.
func openPartial(name string, of origin) (*partial, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, plain(err)
	}
	p := &partial{file: file, answers: make(map[string]span)}
	if err := p.read(of); err != nil {
		_ = file.Close()
		return nil, plain(err)
	}
	return p, nil
}

// read indexes the answers of an earlier pull. A last line that was cut off is dropped.
func (p *partial) read(of origin) error {
	reader := bufio.NewReader(p.file)
	for {
		line, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if p.size == 0 {
			var begun origin
			switch {
			case json.Unmarshal(line, &begun) != nil || begun.From == "":
				return fmt.Errorf("%s is not of a pull; delete it, or choose another output", p.file.Name())
			case begun != of:
				return fmt.Errorf("%s is of a pull of another workspace, from %s; delete it to begin anew", p.file.Name(), begun.From)
			}
			p.resumed = true
		} else {
			var k kept
			if json.Unmarshal(line, &k) != nil {
				break
			}
			p.answers[k.Request] = span{p.size, int64(len(line))}
		}
		p.size += int64(len(line))
	}
	if err := p.file.Truncate(p.size); err != nil || p.resumed {
		return err
	}
	return p.append(of)
}

func (p *partial) append(line any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = p.file.WriteAt(append(text, '\n'), p.size)
	p.size += int64(len(text)) + 1
	return err
}

// get returns the answer to a request, if there is one.
func (p *partial) get(request string) (json.RawMessage, bool, error) {
	place, ok := p.answers[request]
	if !ok {
		return nil, false, nil
	}
	line := make([]byte, place.size)
	if _, err := p.file.ReadAt(line, place.from); err != nil {
		return nil, false, plain(err)
	}
	var k kept
	err := json.Unmarshal(line, &k)
	return k.Answer, err == nil, err
}

// put keeps an answer.
func (p *partial) put(request string, answer json.RawMessage) error {
	from := p.size
	if err := p.append(kept{request, answer}); err != nil {
		return plain(err)
	}
	p.answers[request] = span{from, p.size - from}
	return nil
}

func (p *partial) close() { _ = p.file.Close() }

// plain names the file of an error without the call that failed.
func plain(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", failed.Path, failed.Err)
	}
	return err
}
