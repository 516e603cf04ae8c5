import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import { test } from "node:test"

const url = process.env.ATTIO_BASE_URL ?? "http://127.0.0.1:8080"
const key = process.env.ATTIO_API_KEY ?? "ecb18865c84d7735388619592d7af544def0118f1076e6291bb00f08367d6a23"

const attio = async (path, data) => {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }
  return (await fetch(url + path, { method: "POST", headers, body: JSON.stringify({ data }) })).json()
}

test("the receiver gets an event about a new company", async () => {
  const received = []
  const receiver = createServer(async (request, response) => { // your receiver here
    let body = ""
    for await (const chunk of request) body += chunk
    received.push({ body, signature: request.headers["attio-signature"] })
    response.end()
  }).listen(0, "127.0.0.1")
  await once(receiver, "listening")

  const { data: webhook } = await attio("/v2/webhooks", {
    target_url: `http://127.0.0.1:${receiver.address().port}/hook`,
    subscriptions: [{ event_type: "record.created", filter: null }],
  })
  await attio("/v2/objects/companies/records", { values: { name: "Navy" } })
  await fetch(`${url}/_fake/deliveries/flush`, { method: "POST" }) // answers when everything has been sent

  assert.equal(JSON.parse(received[0].body).events[0].event_type, "record.created")
  assert.equal(received[0].signature, createHmac("sha256", webhook.secret).update(received[0].body).digest("hex"))
  receiver.close()
})
