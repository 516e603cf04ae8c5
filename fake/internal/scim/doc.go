// Package scim is Attio's SCIM 2.0: how an identity provider creates, suspends and groups the members of a workspace. Routes,
// tokens and scopes are those of the API (package api).
package scim
