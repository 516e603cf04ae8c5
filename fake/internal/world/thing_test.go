package world

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestEveryFieldOfThingsIsDeclared(t *testing.T) {
	t.Parallel()
	var declared []any
	s := &State{}
	for _, d := range declarations {
		if in := reflect.ValueOf(d.holding); in.Kind() == reflect.Func && strings.HasPrefix(in.Type().Name(), "collected[") {
			declared = append(declared, in.Call([]reflect.Value{reflect.ValueOf(s)})[0].Interface())
		}
	}
	declared = append(declared, &s.views) // by viewTable
	all := reflect.ValueOf(&s.things).Elem()
	for i := range all.NumField() {
		field := all.Type().Field(i)
		address := reflect.NewAt(field.Type, all.Field(i).Addr().UnsafePointer()).Interface()
		if !slices.Contains(declared, address) {
			t.Errorf("things.%s is in no row of declarations, so the next state would not have it", field.Name)
		}
	}
	for i, thing := range Things() {
		if slices.Contains(Things()[:i], thing) {
			t.Errorf("%s is declared twice", thing)
		}
	}
}
