// Package scenarios holds the built-in scenarios. Its README describes the format for those who write
// their own.
package scenarios

import "embed"

// FS has the built-in scenarios, each as its name with ".yaml".
//
//go:embed *.yaml
var FS embed.FS
