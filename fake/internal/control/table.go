package control

import (
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/fault"
	"github.com/fakeattio/fakeattio/fake/internal/scenario"
)

// The tags of the routes, in the order of the documentation.
const (
	tagServer     = "Server"
	tagScenario   = "Scenario"
	tagWorkspaces = "Workspaces"
	tagPeople     = "Members and tokens"
	tagTeams      = "Invites and teams"
	tagSettings   = "What only the app can do"
	tagClock      = "Clock"
	tagRequests   = "Requests"
	tagFaults     = "Faults"
	tagWebhooks   = "Webhooks"
	tagSnapshots  = "Snapshots"
	tagMoments    = "Moments"
	tagAs         = "In somebody's name"
)

// Error answers beyond those that every route has.
var (
	conflict    = map[int]any{http.StatusConflict: Error{}}
	unwritable  = map[int]any{http.StatusNotFound: Error{}, http.StatusGone: Error{}, http.StatusUnprocessableEntity: Error{}}
	timeIsUp    = map[int]any{http.StatusConflict: Error{}, http.StatusServiceUnavailable: Error{}}
	inWorkspace = parameter{"workspace", "Only of this workspace.", "acme"}
	inFormat    = parameter{"format", "The format: yaml or json. Defaults to yaml.", "json"}
)

// exampleScenario is what the examples start from.
const exampleScenario = `version: 1
clock: {at: 2026-01-15T09:00:00Z, frozen: true}
users:
  ada: {first_name: Ada, last_name: Lovelace, email: ada@example.com}
workspaces:
  acme:
    members: {ada: admin}
    tokens: {full: {scopes: all, token: secret}}
    objects: {people: {records: {grace: {name: "Hopper, Grace"}}}}
    threads: {hello: {record: people/grace, content: Hello}}
    emails: {first: {sent_at: 2026-01-14T09:00:00Z, from: grace@example.com, to: [ada@example.com], subject: Hello}}
    webhooks: {mine: {target_url: "inbox://mine", subscriptions: [record.created]}}
`

// table lists the control routes in the order of the documentation, in which the examples can be run one after the other.
func table() []documented {
	return slices.Concat(serverTable(), workspaceTable(), teamTable(), requestTable(), webhookTable(), snapshotTable(), momentTable())
}

func serverTable() []documented {
	return []documented{
		{method: "GET", path: "/health", route: health, id: "getHealth", tag: tagServer, says: "200 once the server answers.", answer: healthAnswer{}},
		{method: "GET", path: "/openapi.json", route: openAPI, id: "getOpenAPI", tag: tagServer, says: "This API as an OpenAPI document.", answer: map[string]any{}},
		{method: "GET", path: "/operations", route: listOperations, id: "listOperations", tag: tagServer,
			says: "Every operation of Attio's API: its scopes, token levels, rate limit, and why it is not built if it is not.", answer: operationsAnswer{}},

		{method: "GET", path: "/apps", route: listApps, id: "listApps", tag: tagServer, says: "The OAuth apps of the scenario with their secrets.", answer: appsAnswer{}},

		{method: "PUT", path: "/scenario", route: putScenario, id: "loadScenario", tag: tagScenario, says: "Puts the server to a scenario, to which resets then return.",
			more: "The body is YAML or JSON, as the Content-Type says, of at most 16 MiB. It can extend built-in scenarios only, not files. If it has problems, the answer lists all of them, and everything stays as it is.",
			body: map[string]any{}, scenario: true, refuses: map[int]any{
				http.StatusConflict: Error{}, http.StatusUnsupportedMediaType: Error{}, http.StatusUnprocessableEntity: scenarioProblems{},
			}, example: sample{header: "Content-Type: application/yaml", body: exampleScenario}},
		{method: "GET", path: "/scenario.schema.json", route: getScenarioSchema, id: "getScenarioSchema", tag: tagScenario,
			says: "The JSON Schema of scenarios.", answer: map[string]any{}},
		{method: "GET", path: "/export", route: exportScenario, id: "exportScenario", tag: tagScenario, says: "The current state as a scenario, in YAML or JSON.",
			query: []parameter{inWorkspace, inFormat}, answer: &scenario.Exported{}, refuses: map[int]any{http.StatusNotFound: Error{}, http.StatusUnprocessableEntity: Error{}}},
		{method: "POST", path: "/reset", route: reset, id: "reset", tag: tagScenario,
			says:  "Returns everything to the scenario, including the clock and the faults; clears the requests and the usage.",
			query: []parameter{{"keep", `"requests" keeps the requests and the usage.`, "requests"}}},

		{method: "GET", path: "/clock", route: getClock, id: "getClock", tag: tagClock, says: "The server's time.", answer: clockState{}},
		{method: "POST", path: "/clock", route: setClock, id: "moveClock", tag: tagClock, says: "Sets, advances, and freezes or unfreezes the clock, in this order; any combination.",
			more: "The clock runs from 1970-01-01 to 9999-12-31.", body: clockBody{}, answer: clockState{},
			example: sample{body: `{"set": "2026-01-15T09:00:00Z", "advance": "1h30m", "freeze": true}`}},
	}
}

func workspaceTable() []documented {
	return []documented{
		{method: "GET", path: "/workspaces", route: listWorkspaces, id: "listWorkspaces", tag: tagWorkspaces, says: "The workspaces with their members and tokens.", answer: workspacesAnswer{}},
		{method: "POST", path: "/workspaces/{workspace}/clone", route: cloneWorkspace, id: "cloneWorkspace", tag: tagWorkspaces,
			says: "Copies a workspace, for a test that wants one to itself; answers with the copy and its tokens.",
			body: cloneBody{}, optional: true, answer: Workspace{}, refuses: conflict, example: sample{body: `{"slug": "other"}`}},
		{method: "PATCH", path: "/workspaces/{workspace}", route: changeWorkspace, id: "changeWorkspace", tag: tagWorkspaces, says: "Renames a workspace.",
			body: workspaceChange{}, example: sample{body: `{"name": "Acme Ltd"}`}},
		{method: "PUT", path: "/workspaces/{workspace}/limits", route: setLimits, id: "setLimits", tag: tagWorkspaces,
			says: `Turns Attio's rate limits on ("attio") or off (null) for a workspace.`, body: limitsBody{}, example: sample{body: `{"limits": null}`}},
		{method: "DELETE", path: "/workspaces/{workspace}", route: deleteWorkspace, id: "deleteWorkspace", tag: tagWorkspaces, says: "Removes a workspace.",
			example: sample{path: "/workspaces/other"}},

		{method: "POST", path: "/workspaces/{workspace}/members", route: addMember, id: "addMember", tag: tagPeople, says: "Adds a member.",
			body: memberBody{}, answer: Member{}, refuses: conflict,
			example: sample{body: `{"email_address": "grace@example.com", "first_name": "Grace", "last_name": "Hopper", "access_level": "member"}`}},
		{method: "PATCH", path: "/workspaces/{workspace}/members/{member}", route: changeMember, id: "changeMember", tag: tagPeople,
			says: "Suspends a member, gives access back, changes the access level, or renames the user.",
			body: memberChange{}, answer: Member{}, example: sample{path: "/workspaces/acme/members/grace", body: `{"access_level": "suspended"}`}},
		{method: "POST", path: "/workspaces/{workspace}/tokens", route: addToken, id: "addToken", tag: tagPeople, says: "Makes an access token with the scopes of your choice.",
			body: tokenBody{}, optional: true, answer: Token{}, refuses: conflict,
			example: sample{body: `{"name": "reader", "scopes": ["record_permission:read", "object_configuration:read"]}`}},
		{method: "DELETE", path: "/workspaces/{workspace}/tokens/{token:.+}", route: deleteToken, id: "deleteToken", tag: tagPeople,
			says: "Revokes a token. Requests with it are refused from then on.", example: sample{path: "/workspaces/acme/tokens/reader"}},

		{method: "PUT", path: "/workspaces/{workspace}/objects/{object}/enabled", route: enableObject, id: "enableObject", tag: tagSettings,
			says: "Turns on a standard object that is off at first: deals, users or workspaces."},
		{method: "DELETE", path: "/workspaces/{workspace}/objects/{object}", route: deleteObject, id: "deleteObject", tag: tagSettings,
			says: "Deletes a custom object with its records and its lists.", refuses: conflict,
			before: &sample{method: "POST", path: "/v2/objects", header: "Authorization: Bearer secret",
				body: `{"data": {"api_slug": "projects", "singular_noun": "Project", "plural_noun": "Projects"}}`},
			example: sample{path: "/workspaces/acme/objects/projects"}},
		{method: "POST", path: "/workspaces/{workspace}/threads/{thread}/resolve", route: resolveThread, id: "resolveThread", tag: tagSettings,
			says: "Resolves a thread of comments.", body: threadBody{}, optional: true, answer: Thread{}, example: sample{body: `{"member": "ada"}`}},
		{method: "POST", path: "/workspaces/{workspace}/threads/{thread}/reopen", route: reopenThread, id: "reopenThread", tag: tagSettings,
			says: "Opens a resolved thread again.", body: threadBody{}, optional: true, answer: Thread{}},
		{method: "POST", path: "/workspaces/{workspace}/emails", route: addEmail, id: "addEmail", tag: tagSettings,
			says: "Adds an e-mail, as Attio does when it reads a mailbox.", body: emailBody{}, answer: emailAnswer{},
			example: sample{body: `{"from": "Grace Hopper <grace@example.com>", "to": ["ada@example.com"], "subject": "Hello"}`}},
		{method: "DELETE", path: "/workspaces/{workspace}/emails/{email}", route: deleteEmail, id: "deleteEmail", tag: tagSettings,
			says: "Deletes an e-mail, by its key in the scenario or its id."},
		{method: "PUT", path: "/workspaces/{workspace}/protected-recipients/{recipient}", route: protectRecipient, id: "protectRecipient", tag: tagSettings,
			says: "Hides the e-mails of an address, or of a whole domain, from clients."},
		{method: "DELETE", path: "/workspaces/{workspace}/protected-recipients/{recipient}", route: unprotectRecipient, id: "unprotectRecipient", tag: tagSettings,
			says: "Shows the e-mails of an address or a domain again."},
		{method: "DELETE", path: "/workspaces/{workspace}/unsubscribed/{address}", route: resubscribe, id: "resubscribe", tag: tagSettings,
			says: "Takes an address off the list of those that sequences must not send to.",
			before: &sample{method: "POST", path: "/v2/sequences/unsubscribed_emails", header: "Authorization: Bearer secret",
				body: `{"data": {"email_addresses": ["grace@example.com"]}}`}},
	}
}

func requestTable() []documented {
	return []documented{
		{method: "GET", path: "/requests", route: listRequests, id: "listRequests", tag: tagRequests,
			says: "The requests that clients made and what they changed, oldest first.",
			more: "The latest 10,000, or 8 MiB of them (--max-journal-bytes), with up to 64 KB of each body, and headers without secrets. Records in answers take little, because the journal shares them with the workspace. If an attribute has more than 100 values, a change shows only the part that differs.",
			query: slices.Concat([]parameter{
				{"operation", "Only requests for this operation (records.create) or for all operations of a resource (records.*). Repeatable.", "records.create"},
				{"status", "Only requests that were answered with this status. Repeatable.", "200"},
				{"workspace", "Only requests to this workspace.", "acme"},
				{"token", "Only requests with this token, by its name (full) or with its workspace (acme/full).", "acme/full"},
				{"method", "Only requests with this HTTP method.", "POST"},
				{"path", "Only requests whose path matches this pattern, in which * stands for one segment: /v2/objects/*/records.", "/v2/objects/*/records"},
				{"since", "Only requests that arrived at this time or later.", "2026-01-15T09:00:00Z"},
				{"after", "Only requests after the one with this number.", "17"},
				{"shadow", "Only requests that had this outcome at the other server of --shadow: same, different, incomparable, failed, skipped or waiting.", "different"},
			}, partParameters, awaitParameters), answer: requestsAnswer{}, refuses: timeIsUp,
			before: &sample{method: "POST", path: "/v2/objects/people/records", header: "Authorization: Bearer secret",
				body: `{"data": {"values": {"name": "Byron, Ada"}}}`},
			example: sample{path: "/requests?operation=records.create&await=1&timeout=10s"}},
		{method: "POST", path: "/requests/verify", route: verifyRequests, id: "verifyRequests", tag: tagRequests,
			says: "Checks that clients have made requests, in whatever order and among others.",
			more: "200 if all expectations hold. 409 if one does not, with the request that came nearest and how it differs.",
			body: verifyBody{}, answer: verifyAnswer{}, refuses: map[int]any{http.StatusConflict: unverified{}},
			example: sample{body: `{"expectations": [{"operation": "records.create", "workspace": "acme", "status": 200, "body": {"data": {"values": {"name": "Byron, Ada"}}}, "times": 1}, {"operation": "records.delete", "times": 0}]}`}},
		{method: "GET", path: "/requests/{request}/test", route: getTest, id: "getTest", tag: tagRequests,
			says:  "A test that sends the request again and compares the status, the answer and the changes.",
			more:  "The test begins with the state before the request as a scenario, reduced to what the outcome depends on.",
			query: []parameter{{"lang", "The language: go, ts, python or curl. Defaults to go.", "python"}}, answer: text{},
			refuses: unwritable, example: sample{path: "/requests/$REQUEST/test?lang=python"}},
		{method: "DELETE", path: "/requests", route: clearRequests, id: "clearRequests", tag: tagRequests, says: "Clears the requests."},
		{method: "GET", path: "/usage", route: getUsage, id: "getUsage", tag: tagRequests,
			says: "Which operations clients called, which errors they got, and which scopes their tokens used.", answer: Usage{}},
		{method: "DELETE", path: "/usage", route: clearUsage, id: "clearUsage", tag: tagRequests, says: "Clears the usage."},

		{method: "GET", path: "/shadow", route: getShadow, id: "getShadow", tag: tagRequests,
			says: "How the fake's answers differ from those of the other server of --shadow, in the order of the requests.",
			more: "Of each request with a token of the client's own. The latest 10,000, or 8 MiB of them, with up to 50 differences each.",
			query: slices.Concat([]parameter{
				{"outcome", "Only requests with this outcome: same, different, incomparable, failed, skipped or waiting. Repeatable; different by default.", "failed"},
				{"severity", "Only requests with a difference of this severity or a worse one: notable or breaking.", "breaking"},
				{"settled", "Answers only once no request waits for the other server, after at most this time, up to 1m. If the time is up before, the answer is a 409.", "30s"},
			}, partParameters), answer: shadowAnswer{}, refuses: timeIsUp},
		{method: "DELETE", path: "/shadow", route: clearShadow, id: "clearShadow", tag: tagRequests,
			says: "Forgets what the other server answered. Resets do not, so that a run of many tests can be looked at as a whole."},

		{method: "POST", path: "/faults", route: addFault, id: "addFault", tag: tagFaults, says: "Adds a fault, which makes requests go wrong.",
			body: fault.Rule{}, answer: fault.Status{}, refuses: conflict,
			example: sample{body: `{"id": "busy", "fault": "rate-limited", "operation": "records.query", "times": 2}`}},
		{method: "GET", path: "/faults", route: listFaults, id: "listFaults", tag: tagFaults, says: "The faults, and how many requests each has seen and hit.", answer: faultsAnswer{}},
		{method: "DELETE", path: "/faults/{fault:.+}", route: removeFault, id: "removeFault", tag: tagFaults, says: "Removes a fault."},
		{method: "DELETE", path: "/faults", route: clearFaults, id: "clearFaults", tag: tagFaults, says: "Removes all faults."},
	}
}

func webhookTable() []documented {
	return []documented{
		{method: "GET", path: "/deliveries", route: listDeliveries, id: "listDeliveries", tag: tagWebhooks,
			says: "The latest 20,000 webhook deliveries and their attempts, oldest first.",
			more: "With await the answer waits for deliveries that have ended: delivered, failed or dropped. With await and state it waits for deliveries in that state.",
			query: slices.Concat([]parameter{
				{"workspace", "Only deliveries of this workspace.", "acme"},
				{"webhook", "Only deliveries to the webhook with this id.", "5e6f7a8b-1234-4c5d-8e9f-0a1b2c3d4e5f"},
				{"state", "Only deliveries in this state: pending, retrying, delivered, failed or dropped.", "delivered"},
				{"event_type", "Only deliveries with an event of this type, such as record.created.", "record.created"},
			}, partParameters, awaitParameters), answer: deliveriesAnswer{}, refuses: timeIsUp,
			example: sample{path: "/deliveries?await=1&timeout=10s"}},
		{method: "POST", path: "/deliveries/flush", route: flushDeliveries, id: "flushDeliveries", tag: tagWebhooks,
			says: "Attempts every waiting delivery once, whatever the clock says; answers when all are done.", refuses: map[int]any{http.StatusServiceUnavailable: Error{}}},
		{method: "POST", path: "/deliveries/{delivery}/redeliver", route: redeliver, id: "redeliver", tag: tagWebhooks,
			says: "Sends a delivery again with the same Idempotency-Key.", answer: Delivery{}},
		{method: "GET", path: "/webhooks/chaos", route: getChaos, id: "getChaos", tag: tagWebhooks, says: "How deliveries are disturbed.", answer: chaosState{}},
		{method: "PUT", path: "/webhooks/chaos", route: setChaos, id: "setChaos", tag: tagWebhooks,
			says: "Makes deliveries arrive more than once, out of order, late, with several events, or again after a lost answer: all of which Attio reserves the right to do.",
			body: chaosBody{}, answer: chaosState{}, example: sample{body: `{"duplicate": 0}`}},
		{method: "POST", path: "/webhooks/{webhook}/test", route: testWebhook, id: "testWebhook", tag: tagWebhooks, says: "Sends a test event to a webhook, ignoring its filters.",
			query: []parameter{{"workspace", "The workspace, needed if several have a webhook with this id.", "acme"}}, body: testBody{}, optional: true, answer: Delivery{}},
		{method: "PUT", path: "/webhooks/{webhook}/status", route: setWebhookStatus, id: "setWebhookStatus", tag: tagWebhooks,
			says:  "Brings back a webhook that Attio gave up on, or gives one up.",
			query: []parameter{{"workspace", "The workspace, needed if several have a webhook with this id.", "acme"}}, body: statusBody{}, example: sample{body: `{"status": "active"}`}},
		{method: "GET", path: "/inboxes", route: listInboxes, id: "listInboxes", tag: tagWebhooks,
			says: "The inboxes: receivers without a server, to which webhooks with the target inbox://name send.", answer: inboxesAnswer{}},
		{method: "GET", path: "/inboxes/{inbox}", route: readInbox, id: "readInbox", tag: tagWebhooks, says: "What an inbox was sent, oldest first.",
			more: "All inboxes together keep the latest 10,000 messages, or 32 MiB of them. A reset and a restored snapshot empty them.",
			query: slices.Concat([]parameter{
				{"workspace", "Only messages of this workspace.", "acme"},
				{"after", "Only messages after the one with this number.", "17"},
			}, partParameters, awaitParameters), answer: messagesAnswer{}, refuses: timeIsUp, example: sample{path: "/inboxes/mine?await=1"}},
		{method: "DELETE", path: "/inboxes/{inbox}", route: clearInbox, id: "clearInbox", tag: tagWebhooks, says: "Empties an inbox.",
			query: []parameter{{"workspace", "Only of the messages of this workspace.", "acme"}}},
	}
}

func snapshotTable() []documented {
	return []documented{
		{method: "PUT", path: "/snapshots/{snapshot}", route: saveSnapshot, id: "saveSnapshot", tag: tagSnapshots, says: "Saves the whole state under a name.", answer: Snapshot{}, refuses: conflict},
		{method: "GET", path: "/snapshots", route: listSnapshots, id: "listSnapshots", tag: tagSnapshots, says: "The named snapshots.", answer: snapshotsAnswer{}},
		{method: "GET", path: "/snapshots/{snapshot}/diff", route: diffSnapshots, id: "diffSnapshot", tag: tagSnapshots, says: "What has changed since a snapshot, attribute by attribute.",
			query: []parameter{{"to", "Compare with this snapshot instead of the current state.", "after"}}, answer: diffAnswer{},
			before: &sample{method: "POST", path: "/v2/objects/people/records", header: "Authorization: Bearer secret", body: `{"data": {"values": {"name": "Babbage, Charles"}}}`}},
		{method: "POST", path: "/snapshots/{snapshot}/restore", route: restoreSnapshot, id: "restoreSnapshot", tag: tagSnapshots, says: "Restores a snapshot."},
		{method: "DELETE", path: "/snapshots/{snapshot}", route: deleteSnapshot, id: "deleteSnapshot", tag: tagSnapshots, says: "Deletes a snapshot."},
	}
}

func momentTable() []documented {
	side := parameter{"side", `"before" means the moment right before the request; the default is the one right after it.`, "before"}
	gone := map[int]any{http.StatusNotFound: Error{}, http.StatusGone: Error{}}
	return []documented{
		{method: "GET", path: "/at/{request}/diff", route: diffMoments, id: "diffMoment", tag: tagMoments,
			says: "What has changed since a request of the journal, attribute by attribute.",
			more: "The server keeps the states around the latest 4,000 requests that wrote, and at most 64 MiB of them; 410 says that a moment is older. A reset, a loaded scenario and DELETE /_fake/requests forget them all. Of a request that changed nothing, both sides are the moment when it was answered.",
			query: []parameter{side,
				{"to", "Compare with the moment right after this request instead of the current state.", "17"},
				{"to_side", `"before" compares with the moment right before that request.`, "before"},
			}, answer: diffAnswer{}, refuses: gone,
			before:  &sample{method: "POST", path: "/v2/objects/people/records", header: "Authorization: Bearer secret", body: `{"data": {"values": {"name": "Somerville, Mary"}}}`},
			example: sample{path: "/at/$REQUEST/diff?side=before"}},
		{method: "GET", path: "/at/{request}/export", route: exportMoment, id: "exportMoment", tag: tagMoments, says: "The state at a moment as a scenario, in YAML or JSON, without faults.",
			query: []parameter{side, inWorkspace, inFormat}, answer: &scenario.Exported{}, refuses: unwritable, example: sample{path: "/at/$REQUEST/export"}},
		{method: "POST", path: "/at/{request}/restore", route: restoreMoment, id: "restoreMoment", tag: tagMoments,
			says: "Puts everything back to a moment, with the clock as it ran then, as restoring a snapshot does.",
			body: momentBody{}, optional: true, refuses: gone, example: sample{path: "/at/$REQUEST/restore", body: `{"to": "before"}`}},
	}
}
