import { createHmac } from "node:crypto"
import { describe } from "vitest"
import { control, test } from "./workspace.ts"

describe.concurrent("the client", () => {
  for (const name of ["Navy", "Bletchley"]) {
    test(`finds ${name}, and not what other tests have created`, async ({ workspace: { attio }, expect }) => {
      const before = await attio.companyNames()
      await attio.createCompany(name)
      expect(await attio.companyNames()).toEqual([...before, name].sort())
    })
  }

  test("reports what Attio says when a permission is missing", async ({ workspace: { slug, attio }, expect }) => {
    await control("POST", "/faults", { fault: "no-permission", workspace: slug, operation: "records.create" })
    await expect(attio.createCompany("Navy")).rejects.toThrow(/permission/i)
  })

  test("waits and tries again while Attio is busy", async ({ workspace: { slug, attio } }) => {
    await control("POST", "/faults", { fault: "rate-limited", workspace: slug, operation: "records.create", times: 1 })
    await attio.createCompany("Navy")
    await control("POST", "/requests/verify", {
      expectations: [
        { operation: "records.create", workspace: slug, status: 429, times: 1 },
        { operation: "records.create", workspace: slug, status: 200, body: { data: { values: { name: "Navy" } } }, times: 1 },
        { operation: "records.delete", workspace: slug, times: 0 },
      ],
    })
  })

  test("hears of a new company by a webhook", async ({ workspace: { slug, attio }, expect }) => {
    const secret = await attio.subscribe(`inbox://${slug}`, "record.created")
    await attio.createCompany("Navy")

    const { messages } = await control("GET", `/inboxes/${slug}?await=1`)
    const [{ headers, body, text }] = messages
    expect(body.events[0].event_type).toBe("record.created")
    expect(headers["Attio-Signature"]).toBe(createHmac("sha256", secret).update(text).digest("hex"))
  })
})
