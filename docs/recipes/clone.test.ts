import assert from "node:assert/strict"
import { describe, it } from "node:test"

const url = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"

// Runs a test with its own clone of acme, which is removed when the test ends.
async function withWorkspace(test) {
  const workspace = await (await fetch(`${url}/_fake/workspaces/acme/clone`, { method: "POST" })).json()
  const key = workspace.tokens.find(({ name }) => name === "full").token
  const attio = async (method, path, body) => { // your client here
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, ...(await response.json()) }
  }
  try {
    await test({ slug: workspace.slug, attio })
  } finally {
    await fetch(`${url}/_fake/workspaces/${workspace.slug}`, { method: "DELETE" })
  }
}

describe("companies", { concurrency: true }, () => {
  for (const name of ["Navy", "Bletchley"]) {
    it(`finds ${name} alone`, () =>
      withWorkspace(async ({ attio }) => {
        await attio("POST", "/v2/objects/companies/records", { data: { values: { name } } })
        const { data } = await attio("POST", "/v2/objects/companies/records/query", { filter: { name: { $in: ["Navy", "Bletchley"] } } })
        assert.deepEqual(data.map(({ values }) => values.name[0].value), [name])
      }))
  }
})
