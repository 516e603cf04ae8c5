// Package subscription reads webhooks as clients write them: where they send events, which, and by what
// filters. The API and scenarios share it.
package subscription
