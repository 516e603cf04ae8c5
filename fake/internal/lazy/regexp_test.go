package lazy_test

import (
	"slices"
	"testing"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

func TestAnExpressionMatchesAsACompiledOneDoes(t *testing.T) {
	t.Parallel()
	expression := lazy.New(`([a-z]+)([0-9]+)`)
	if !expression.MatchString("-ab12-") || expression.MatchString("-") {
		t.Error("it matches other texts")
	}
	if got := expression.FindString("-ab12-"); got != "ab12" {
		t.Errorf("found %q", got)
	}
	if got := expression.FindStringSubmatch("-ab12-"); !slices.Equal(got, []string{"ab12", "ab", "12"}) {
		t.Errorf("found %q", got)
	}
}

func TestAnExpressionIsCompiledOnce(t *testing.T) {
	t.Parallel()
	expression := lazy.New(`^[a-z]{0,99}$`)
	if first := expression.Get(); expression.Get() != first {
		t.Error("it is compiled at each use")
	}
}
