// Package subscription reads webhooks as clients write them: the target URL, the types of events, and the
// filters. The API and scenarios share it.
package subscription
