import assert from "node:assert/strict"
import { test } from "node:test"

const url = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"
const key = process.env.ATTIO_API_KEY ?? "ecb18865c84d7735388619592d7af544def0118f1076e6291bb00f08367d6a23"

const control = async (method, path, body) =>
  (await fetch(`${url}/_fake${path}`, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json()

// Your client here. Retry-After is an HTTP date by the server's clock; the header Date has the server's time.
async function listMembers() {
  for (;;) {
    const response = await fetch(`${url}/v2/workspace_members`, { headers: { Authorization: `Bearer ${key}` } })
    if (response.status !== 429) return response.json()
    const wait = Date.parse(response.headers.get("retry-after")) - Date.parse(response.headers.get("date"))
    await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 100)))
  }
}

test("the client waits and tries again", async () => {
  const { now } = await control("GET", "/clock")
  const fault = await control("POST", "/faults", { fault: "rate-limited", workspace: "acme", operation: "workspace_members.list", times: 2 })

  const { data } = await listMembers()
  assert.equal(data.length, 3)

  const { requests } = await control("GET", `/requests?operation=workspace_members.list&workspace=acme&since=${now}`)
  assert.deepEqual(requests.map(({ status }) => status), [429, 429, 200])
  await fetch(`${url}/_fake/faults/${fault.id}`, { method: "DELETE" })
})
