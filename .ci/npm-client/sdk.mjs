// attio-ts-sdk, a third-party client whose answers are checked by schemas made from Attio's OpenAPI document, creates a company in a
// running fake and finds it again. FAKEATTIO_URL is the address of the fake.
import assert from "node:assert/strict"
import { createAttioClient, getV2Self, postV2ObjectsByObjectRecords, postV2ObjectsByObjectRecordsQuery } from "attio-ts-sdk"

const url = process.env.FAKEATTIO_URL
assert(url, "FAKEATTIO_URL is not set")

const { workspaces } = await (await fetch(`${url}/_fake/workspaces`)).json()
for (const { slug, tokens } of workspaces) {
  const client = createAttioClient({ apiKey: tokens.find(({ name }) => name === "full").token, baseUrl: url, throwOnError: true })
  const { data: self } = await getV2Self({ client })
  assert.equal(self.workspace_slug, slug)

  const path = { object: "companies" }
  const values = { name: [{ value: "Navy of the SDK" }] }
  const { data: created } = await postV2ObjectsByObjectRecords({ client, path, body: { data: { values } } })
  const { data: found } = await postV2ObjectsByObjectRecordsQuery({ client, path, body: { filter: { name: "Navy of the SDK" } } })
  assert.deepEqual(found.data.map(({ id }) => id), [created.data.id])
}
console.log(`attio-ts-sdk: a company in each of ${workspaces.length} workspaces`)
