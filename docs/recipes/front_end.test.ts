import assert from "node:assert/strict"
import { test } from "node:test"

const url = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"

// The request that a browser sends for a page of this origin.
const reset = (origin) =>
  fetch(`${url}/_fake/reset?keep=requests`, { method: "POST", headers: { Origin: origin, "Sec-Fetch-Site": "cross-site" } })

test("the pages of the front end's tests may use the control API, others may not", async () => {
  const own = await reset("http://localhost:3000")
  assert.equal(own.headers.get("access-control-allow-origin"), "http://localhost:3000")
  assert.ok(own.ok)
  assert.equal((await reset("http://elsewhere.example")).status, 403)
})
