#!/usr/bin/env bash
# Every request of the control API, in an order in which they can be sent. "make docs" writes this file, and a test runs it.
set -euo pipefail
curl() { command curl --silent --show-error --fail "$@"; }

# Server
curl "$ATTIO_BASE_URL/_fake/health"
curl "$ATTIO_BASE_URL/_fake/openapi.json"
curl "$ATTIO_BASE_URL/_fake/operations"
curl "$ATTIO_BASE_URL/_fake/apps"

# Scenario
curl -X PUT "$ATTIO_BASE_URL/_fake/scenario" -H 'Content-Type: application/yaml' --data-binary 'version: 1
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
'
curl "$ATTIO_BASE_URL/_fake/scenario.schema.json"
curl "$ATTIO_BASE_URL/_fake/export"
curl -X POST "$ATTIO_BASE_URL/_fake/reset"

# Clock
curl "$ATTIO_BASE_URL/_fake/clock"
curl -X POST "$ATTIO_BASE_URL/_fake/clock" -H 'Content-Type: application/json' --data-binary '{"set": "2026-01-15T09:00:00Z", "advance": "1h30m", "freeze": true}'

# Workspaces
curl "$ATTIO_BASE_URL/_fake/workspaces"
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/clone" -H 'Content-Type: application/json' --data-binary '{"slug": "other"}'
curl -X PATCH "$ATTIO_BASE_URL/_fake/workspaces/acme" -H 'Content-Type: application/json' --data-binary '{"name": "Acme Ltd"}'
curl -X PUT "$ATTIO_BASE_URL/_fake/workspaces/acme/limits" -H 'Content-Type: application/json' --data-binary '{"limits": null}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/other"

# Members and tokens
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/members" -H 'Content-Type: application/json' --data-binary '{"email_address": "grace@example.com", "first_name": "Grace", "last_name": "Hopper", "access_level": "member"}'
curl -X PATCH "$ATTIO_BASE_URL/_fake/workspaces/acme/members/grace" -H 'Content-Type: application/json' --data-binary '{"access_level": "suspended"}'
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/tokens" -H 'Content-Type: application/json' --data-binary '{"name": "reader", "scopes": ["record_permission:read", "object_configuration:read"]}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/tokens/reader"

# What only the app can do
curl -X PUT "$ATTIO_BASE_URL/_fake/workspaces/acme/objects/deals/enabled"
curl -X POST "$ATTIO_BASE_URL/v2/objects" -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' --data-binary '{"data": {"api_slug": "projects", "singular_noun": "Project", "plural_noun": "Projects"}}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/objects/projects"
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/threads/hello/resolve" -H 'Content-Type: application/json' --data-binary '{"member": "ada"}'
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/threads/hello/reopen"
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/emails" -H 'Content-Type: application/json' --data-binary '{"from": "Grace Hopper <grace@example.com>", "to": ["ada@example.com"], "subject": "Hello"}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/emails/first"
curl -X PUT "$ATTIO_BASE_URL/_fake/workspaces/acme/protected-recipients/example.com"
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/protected-recipients/example.com"
curl -X POST "$ATTIO_BASE_URL/v2/sequences/unsubscribed_emails" -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' --data-binary '{"data": {"email_addresses": ["grace@example.com"]}}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/unsubscribed/grace@example.com"

# Invites and teams
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/invites" -H 'Content-Type: application/json' --data-binary '{"email_address": "alan@example.com", "first_name": "Alan", "last_name": "Turing"}'
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/teams" -H 'Content-Type: application/json' --data-binary '{"name": "Sales", "members": ["ada", "alan"]}'
curl -X PATCH "$ATTIO_BASE_URL/_fake/workspaces/acme/teams/Sales" -H 'Content-Type: application/json' --data-binary '{"members": ["alan"]}'
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/invites/alan/accept"
curl -X POST "$ATTIO_BASE_URL/_fake/workspaces/acme/invites" -H 'Content-Type: application/json' --data-binary '{"email_address": "eve@example.com"}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/invites/eve"
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/teams/Sales"
curl -X PUT "$ATTIO_BASE_URL/_fake/workspaces/acme/verified-domains/example.com"
curl -X DELETE "$ATTIO_BASE_URL/_fake/workspaces/acme/verified-domains/example.com"

# Requests
curl -X POST "$ATTIO_BASE_URL/v2/objects/people/records" -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"name": "Byron, Ada"}}}'
curl "$ATTIO_BASE_URL/_fake/requests?operation=records.create&await=1&timeout=10s"
curl -X POST "$ATTIO_BASE_URL/_fake/requests/verify" -H 'Content-Type: application/json' --data-binary '{"expectations": [{"operation": "records.create", "workspace": "acme", "status": 200, "body": {"data": {"values": {"name": "Byron, Ada"}}}, "times": 1}, {"operation": "records.delete", "times": 0}]}'
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl "$ATTIO_BASE_URL/_fake/requests/$REQUEST/test?lang=python"
curl -X DELETE "$ATTIO_BASE_URL/_fake/requests"
curl "$ATTIO_BASE_URL/_fake/usage"
curl -X DELETE "$ATTIO_BASE_URL/_fake/usage"
curl "$ATTIO_BASE_URL/_fake/shadow"
curl -X DELETE "$ATTIO_BASE_URL/_fake/shadow"

# Faults
curl -X POST "$ATTIO_BASE_URL/_fake/faults" -H 'Content-Type: application/json' --data-binary '{"id": "busy", "fault": "rate-limited", "operation": "records.query", "times": 2}'
curl "$ATTIO_BASE_URL/_fake/faults"
curl -X DELETE "$ATTIO_BASE_URL/_fake/faults/busy"
curl -X DELETE "$ATTIO_BASE_URL/_fake/faults"

# Webhooks
curl "$ATTIO_BASE_URL/_fake/deliveries?await=1&timeout=10s"
curl -X POST "$ATTIO_BASE_URL/_fake/deliveries/flush"
DELIVERY=$(curl "$ATTIO_BASE_URL/_fake/deliveries?limit=1" | sed 's/^{"deliveries":\[{"id":"\([^"]*\)".*/\1/')
curl -X POST "$ATTIO_BASE_URL/_fake/deliveries/$DELIVERY/redeliver"
curl "$ATTIO_BASE_URL/_fake/webhooks/chaos"
curl -X PUT "$ATTIO_BASE_URL/_fake/webhooks/chaos" -H 'Content-Type: application/json' --data-binary '{"duplicate": 0}'
curl -X POST "$ATTIO_BASE_URL/_fake/webhooks/741c7688-8c04-504b-9648-ee210f2851d9/test"
curl -X PUT "$ATTIO_BASE_URL/_fake/webhooks/741c7688-8c04-504b-9648-ee210f2851d9/status" -H 'Content-Type: application/json' --data-binary '{"status": "active"}'
curl "$ATTIO_BASE_URL/_fake/inboxes"
curl "$ATTIO_BASE_URL/_fake/inboxes/mine?await=1"
curl -X DELETE "$ATTIO_BASE_URL/_fake/inboxes/mine"

# Snapshots
curl -X PUT "$ATTIO_BASE_URL/_fake/snapshots/before"
curl "$ATTIO_BASE_URL/_fake/snapshots"
curl -X POST "$ATTIO_BASE_URL/v2/objects/people/records" -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"name": "Babbage, Charles"}}}'
curl "$ATTIO_BASE_URL/_fake/snapshots/before/diff"
curl -X POST "$ATTIO_BASE_URL/_fake/snapshots/before/restore"
curl -X DELETE "$ATTIO_BASE_URL/_fake/snapshots/before"

# Moments
curl -X POST "$ATTIO_BASE_URL/v2/objects/people/records" -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"name": "Somerville, Mary"}}}'
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl "$ATTIO_BASE_URL/_fake/at/$REQUEST/diff?side=before"
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl "$ATTIO_BASE_URL/_fake/at/$REQUEST/export"
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl -X POST "$ATTIO_BASE_URL/_fake/at/$REQUEST/restore" -H 'Content-Type: application/json' --data-binary '{"to": "before"}'

# In somebody's name
curl "$ATTIO_BASE_URL/_fake/as/acme/ada/v2/self"
curl -X POST "$ATTIO_BASE_URL/_fake/as/acme/ada/v2/objects/people/records" -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"name": "Turing, Alan"}}}'
curl -X PUT "$ATTIO_BASE_URL/_fake/as/acme/ada/v2/objects/people/records/626af605-e54e-5da2-bb9e-d7fbe45694fd" -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"job_title": "Captain"}}}'
curl -X PATCH "$ATTIO_BASE_URL/_fake/as/acme/ada/v2/objects/people/records/626af605-e54e-5da2-bb9e-d7fbe45694fd" -H 'Content-Type: application/json' --data-binary '{"data": {"values": {"job_title": "Admiral"}}}'
curl -X DELETE "$ATTIO_BASE_URL/_fake/as/acme/ada/v2/objects/people/records/626af605-e54e-5da2-bb9e-d7fbe45694fd"
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl "$ATTIO_BASE_URL/_fake/at/$REQUEST/as/acme/ada/v2/objects/people/records/626af605-e54e-5da2-bb9e-d7fbe45694fd"
REQUEST=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | sed 's/^{"requests":\[{"number":\([0-9]*\).*/\1/')
curl -X POST "$ATTIO_BASE_URL/_fake/at/$REQUEST/as/acme/ada/v2/objects/people/records/query?side=before" -H 'Content-Type: application/json' --data-binary '{}'
