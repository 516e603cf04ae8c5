// A test in TypeScript that arranges, waits and verifies over the control API. control.d.ts is generated from the fake's
// OpenAPI document: npx openapi-typescript $ATTIO_BASE_URL/_fake/openapi.json -o control.d.ts
import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import createClient from "openapi-fetch"
import type { components, paths } from "./control.js"

const baseUrl = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"
const fake = createClient<paths>({ baseUrl })

const scenario = {
  version: 1,
  users: { ada: { email: "ada@example.com" } },
  workspaces: {
    acme: {
      members: { ada: "admin" },
      webhooks: { mine: { target_url: "inbox://mine", secret: "s3cret", subscriptions: ["record.created"] } },
    },
  },
}
const loaded = await fake.PUT("/_fake/scenario", { body: scenario, headers: { "Content-Type": "application/json" } })
assert.equal(loaded.response.status, 204)

const workspace = { workspace: "acme" }
const scopes: components["schemas"]["Scope"][] = ["record_permission:read-write", "object_configuration:read"]
const { data: token } = await fake.POST("/_fake/workspaces/{workspace}/tokens", { params: { path: workspace }, body: { name: "writer", scopes } })
assert.ok(token)

// What the code under test would do.
const created = await fetch(baseUrl + "/v2/objects/people/records", {
  method: "POST",
  headers: { Authorization: `Bearer ${token.token}`, "Content-Type": "application/json" },
  body: JSON.stringify({ data: { values: { name: "Hopper, Grace" } } }),
})
assert.equal(created.status, 200)

const { data: inbox } = await fake.GET("/_fake/inboxes/{inbox}", { params: { path: { inbox: "mine" }, query: { await: 1, timeout: "10s" } } })
const message = inbox?.messages[0]
assert.ok(message)
assert.equal(message.headers["Attio-Signature"], createHmac("sha256", "s3cret").update(message.text).digest("hex"))

const held = await fake.POST("/_fake/requests/verify", { body: { expectations: [{ operation: "records.create", token: "acme/writer", times: 1 }] } })
assert.equal(held.data?.verified, 1)
const failed = await fake.POST("/_fake/requests/verify", { body: { expectations: [{ operation: "records.delete" }] } })
assert.equal(failed.response.status, 409)
assert.match(failed.error?.error ?? "", /expected records.delete, at least once/)

const { data: member } = await fake.PATCH("/_fake/workspaces/{workspace}/members/{member}", {
  params: { path: { ...workspace, member: "ada" } }, body: { access_level: "suspended", first_name: "Ada" },
})
assert.equal(member?.access_level, "suspended")

// @ts-expect-error: the type knows the access levels
await fake.PATCH("/_fake/workspaces/{workspace}/members/{member}", { params: { path: { ...workspace, member: "ada" } }, body: { access_level: "owner" } })
console.log("the generated client and the control API agree")
