// Package shadow sends the requests that clients make to the fake with tokens of their own to another server as well, such as the
// real Attio, and compares the two answers. The client has its answer by then: the other server is asked beside it, through a
// bounded queue, and whatever it does never reaches the client.
package shadow
