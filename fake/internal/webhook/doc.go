// Package webhook tells the receivers of a workspace's webhooks what happens in it: it derives events from
// what transactions changed, and delivers those to which a webhook subscribes.
package webhook
