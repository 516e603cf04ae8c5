package scenario

import "github.com/fakeattio/fakeattio/fake/internal/suggest"

func unknown(what, word string, known []string) string { return suggest.Unknown(what, word, known) }

func unknownNear(what, word, near string, found bool, known []string) string {
	return suggest.UnknownNear(what, word, near, found, known)
}

func nearest(word string, known []string) (string, bool) { return suggest.Nearest(word, known) }

func quote(word string) string { return suggest.Quote(word) }
