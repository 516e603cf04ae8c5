// Package fault makes requests go wrong on purpose: which ones, how often and how, by rules that act the same in every run.
package fault
