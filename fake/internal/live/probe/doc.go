// Package probe asks a real workspace and the fake the same questions side by side, and says of each known difference and of
// each operation who is right. It writes only into things that it made itself.
package probe
