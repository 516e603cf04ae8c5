package attio

import "slices"

// oauthOperations are what app.attio.com answers, for journal, faults and usage to name. They are no operations of the API:
// they take no token and no scopes.
var oauthOperations = []*Operation{
	{Name: "oauth.authorize", Method: "GET", Path: "/authorize"},
	{Name: "oauth.consent", Method: "POST", Path: "/authorize"},
	{Name: "oauth.token", Method: "POST", Path: "/oauth/token"},
	{Name: "oauth.introspect", Method: "POST", Path: "/oauth/introspect"},
}

// AllOperations returns the operations of the API, then those of SCIM and of OAuth.
func AllOperations() []*Operation { return slices.Concat(operations, scimOperations, oauthOperations) }

// OAuthOperation returns the operation of OAuth that a request is for.
func OAuthOperation(method, path string) (*Operation, bool) {
	i := slices.IndexFunc(oauthOperations, func(op *Operation) bool { return op.Method == method && op.Path == path })
	if i < 0 {
		return nil, false
	}
	return oauthOperations[i], true
}
