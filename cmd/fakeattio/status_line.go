package main

import (
	"io"
	"strings"
	"time"
)

// statusLine is the last line of a terminal, which is written anew.
type statusLine struct {
	to    io.Writer
	width int // of what it shows
}

func (s *statusLine) show(text string) {
	s.clear()
	s.width = len(text)
	_, _ = io.WriteString(s.to, text)
}

// clear removes the line.
func (s *statusLine) clear() {
	if s.width > 0 {
		_, _ = io.WriteString(s.to, "\r"+strings.Repeat(" ", s.width)+"\r")
		s.width = 0
	}
}

// timeLeft estimates how long the rest takes, if it goes on as it went so far.
func timeLeft(so time.Duration, over, of int) time.Duration {
	return rounded(so / time.Duration(over) * time.Duration(of-over))
}

// rounded rounds a duration for people.
func rounded(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(100 * time.Millisecond)
}
