package contract

import "github.com/fakeattio/fakeattio/fake/internal/live/compare"

// Answer is an HTTP answer that was read to its end.
type Answer = compare.Answer

// Difference is one point where an answer differs from the recorded one.
type Difference = compare.Difference

// Option changes what Compare accepts as equal.
type Option = compare.Option

// Exact compares the values of these keys by content, wherever they occur in the body.
func Exact(keys ...string) Option { return compare.Exact(keys...) }

// Ignore skips the values of these keys. The keys themselves must be there, in their place.
func Ignore(keys ...string) Option { return compare.Ignore(keys...) }

// StrictNull makes a recorded null match only null.
func StrictNull() Option { return compare.StrictNull() }

// EachLikeSome is for lists of other things than the recorded ones: each element of the answer must be like one of the
// recorded elements, and if there are any, the answer must have at least one.
func EachLikeSome() Option { return compare.EachLikeSome() }

// Compare compares an answer with the recorded one. The texts of errors are compared only as far as Exact says. If a
// recording has sorted keys, their order is ignored.
func Compare(want Recording, got Answer, options ...Option) []Difference {
	options = append([]Option{compare.AnyTexts()}, options...)
	if want.Sorted {
		options = append(options, compare.AnyOrder())
	}
	return compare.Answers(want.Answer, got, options...)
}
