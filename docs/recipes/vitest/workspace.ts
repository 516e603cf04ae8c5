import { test as base } from "vitest"
import { Attio } from "./client.ts"

const url = process.env.ATTIO_BASE_URL
if (!url) throw new Error("There is no ATTIO_BASE_URL: run the tests with `npm test`, or with `fakeattio exec -- npx vitest run`.")

export interface Workspace {
  slug: string
  attio: Attio
}

// A test that takes `workspace` gets a clone of acme to itself, which is removed when the test ends, with its faults and webhooks.
export const test = base.extend<{ workspace: Workspace }>({
  workspace: async ({}, use) => {
    const { slug, tokens } = await control("POST", "/workspaces/acme/clone")
    const { token } = tokens.find(({ name }: { name: string }) => name === "full")
    await use({ slug, attio: new Attio(url, token) })
    await control("DELETE", `/workspaces/${slug}`)
  },
})

// control calls the fake's own API; what it refuses fails the test.
export async function control(method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(`${url}/_fake${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} /_fake${path}: ${JSON.parse(text).error}`)
  return text && JSON.parse(text)
}
