package api

import (
	"errors"
	"net/http"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/scim"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// scimAnswer is an answer of SCIM, which has no envelope and says its status itself.
type scimAnswer struct {
	status int
	body   any // nil for none
}

// answerSCIM returns the handler of an operation of SCIM; id is the parameter of its path that names a resource. Errors of the
// operation are SCIM's. What is refused before it runs, for the token, scopes or a limit, has Attio's envelope as
// everywhere: the pages describe SCIM's authorization as that of the API, and show no error.
func answerSCIM(id string, operation func(*scim.Request) (*scim.Answer, error)) handler {
	return func(c *Call) (any, error) {
		answer, err := operation(&scim.Request{
			Workspace: c.Workspace, Write: c.update, Rename: c.rename, Account: c.Workspace.Account, NewID: c.newID,
			ID: c.vars.get(id), Query: c.Request.URL.Query(),
			ContentType: c.Request.Header.Get("Content-Type"), Body: c.Sent,
		})
		var refusal *scim.Error
		if errors.As(err, &refusal) {
			c.Code, c.Message = refusal.Type, refusal.Detail
			answer, err = &scim.Answer{Status: refusal.Status, Body: refusal}, nil
		}
		if err != nil {
			return nil, err
		}
		c.header = http.Header{"Content-Type": {scim.ContentType}}
		return scimAnswer{answer.Status, answer.Body}, nil
	}
}

// rename is update that also gives the account of a member another name.
func (c *Call) rename(id attio.ID, firstName, lastName string, also func(*world.Tx) error) error {
	commits, err := c.Workspace.RenameMember(c.author, id, firstName, lastName, also)
	c.Commits = append(c.Commits, commits...)
	return err
}
