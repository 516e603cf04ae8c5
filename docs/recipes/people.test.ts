import assert from "node:assert/strict"
import { test } from "node:test"

const url = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"
const key = process.env.ATTIO_API_KEY ?? "ecb18865c84d7735388619592d7af544def0118f1076e6291bb00f08367d6a23"

test("the client creates a person", async () => {
  const response = await fetch(`${url}/v2/objects/people/records`, { // your client here
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ data: { values: { name: "Hopper, Grace" } } }),
  })
  const { data } = await response.json()
  assert.equal(data.values.name[0].full_name, "Grace Hopper")
})
