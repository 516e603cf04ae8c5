// attio-mcp-server calls https://api.attio.com by axios, and nothing else can be set. Its search has to find the companies that the
// control API knows.
import assert from "node:assert/strict"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"

const client = new Client({ name: "fakeattio-ci", version: "1" })
await client.connect(new StdioClientTransport({
  command: process.execPath,
  args: ["node_modules/attio-mcp-server/dist/index.js"],
  env: process.env,
}))
const { content } = await client.callTool({ name: "search-companies", arguments: { query: "" } })
await client.close()

const answer = await fetch(`${process.env.FAKEATTIO_URL}/v2/objects/companies/records/query`, {
  method: "POST",
  headers: { authorization: `Bearer ${process.env.ATTIO_API_KEY}`, "content-type": "application/json" },
  body: "{}",
})
const names = (await answer.json()).data.map((company) => company.values.name[0].value)
assert.ok(names.length > 0)
const { requests } = await (await fetch(`${process.env.FAKEATTIO_URL}/_fake/requests`)).json()
assert.equal(requests[0].operation, "records.query")
for (const line of content[0].text.split("\n").slice(1)) {
  assert.ok(names.some((name) => line.startsWith(`${name}: attio://companies/`)), line)
}
console.log(content[0].text.split("\n")[0])
