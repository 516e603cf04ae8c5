package probe

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
)

// Log is what the workspace has answered so far, in a file, so that a run that breaks off can go on. It holds the answers as they
// came, which is why only its owner may read it, and never the token.
type Log struct {
	file    *os.File
	begun   beginning
	replies map[string]*Reply // by the name of the call; nil for one that was sent and has no answer
}

// beginning is the first line of the file.
type beginning struct {
	URL string `json:"url"`
	Tag string `json:"tag"` // what sets the names of this run apart
}

// line is any other line of the file: a call that is about to be sent, or its answer.
type line struct {
	Call   string      `json:"call"`
	Unsent bool        `json:"unsent,omitempty"` // it has not left this machine
	Status int         `json:"status,omitempty"`
	Header http.Header `json:"header,omitempty"`
	Body   []byte      `json:"body,omitempty"`
}

const longestLine = 64 << 20

// OpenLog opens the file of a run against a URL, or begins one with a tag.
func OpenLog(path, url, tag string) (*Log, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot keep the answers of this run: %w", errors.Unwrap(err))
	}
	l := &Log{file: file, replies: map[string]*Reply{}}
	if err := l.read(); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s is not the file of a run that broke off; remove it, or choose another output: %w", path, err)
	}
	switch l.begun.URL {
	case url:
	case "":
		l.begun = beginning{url, tag}
		err = l.write(l.begun)
	default:
		err = fmt.Errorf("%s belongs to a run against %s; remove it, or choose another output", path, l.begun.URL)
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return l, nil
}

func (l *Log) read() error {
	lines := bufio.NewScanner(l.file)
	lines.Buffer(nil, longestLine)
	for first := true; lines.Scan(); first = false {
		if first {
			if err := json.Unmarshal(lines.Bytes(), &l.begun); err != nil || l.begun.URL == "" {
				return errors.New("its first line names no URL")
			}
			continue
		}
		var of line
		if json.Unmarshal(lines.Bytes(), &of) != nil {
			continue // the line at which the run broke off
		}
		if of.Unsent {
			delete(l.replies, of.Call)
			continue
		}
		l.replies[of.Call] = nil
		if of.Status != 0 {
			l.replies[of.Call] = &Reply{of.Status, of.Header, of.Body}
		}
	}
	return lines.Err()
}

func (l *Log) write(of any) error {
	text, err := json.Marshal(of)
	if err != nil {
		return err
	}
	if _, err := l.file.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("cannot keep the answers of this run: %w", err)
	}
	return nil
}

// sending notes that a call is about to be sent.
func (l *Log) sending(call string) error { return l.write(line{Call: call}) }

// answered notes the answer to a call.
func (l *Log) answered(call string, r Reply) error {
	l.replies[call] = &r
	return l.write(line{Call: call, Status: r.Status, Header: r.Header, Body: r.Body})
}

// unsent notes that a call was not sent after all.
func (l *Log) unsent(call string) error { return l.write(line{Call: call, Unsent: true}) }

// answers returns how many answers are there.
func (l *Log) answers() int {
	n := 0
	for _, reply := range l.replies {
		if reply != nil {
			n++
		}
	}
	return n
}

// Close closes the file, and removes it after a run that came to its end, or to nothing.
func (l *Log) Close(ended bool) error {
	path := l.file.Name()
	err := l.file.Close()
	if ended || len(l.replies) <= len(identity.Get()) {
		if gone := os.Remove(path); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
