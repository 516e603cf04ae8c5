// Lists the members of every workspace of a running fake with effect-attio, a third-party Attio client that decodes
// strictly, and compares them with the control API. FAKEATTIO_URL is the address of the fake.
import assert from "node:assert/strict"
import { FetchHttpClient } from "@effect/platform"
import { Cause, DateTime, Effect, Exit, Layer, Redacted } from "effect"
import { AttioClient } from "effect-attio"

class Attio extends AttioClient()("Attio") {}

const url = process.env.FAKEATTIO_URL
assert(url, "FAKEATTIO_URL is not set")

const run = (token, program) =>
  Effect.runPromiseExit(
    Effect.flatMap(Attio, program).pipe(
      Effect.provide(
        Attio.Default({ apiKey: Redacted.make(token), baseUrl: url, retryRateLimits: false }).pipe(
          Layer.provide(FetchHttpClient.layer),
        ),
      ),
    ),
  )

const succeed = async (token, program) => {
  const exit = await run(token, program)
  assert(Exit.isSuccess(exit), Exit.isFailure(exit) ? Cause.pretty(exit.cause) : undefined)
  return exit.value
}

const refuse = async (token, program, what) => {
  const exit = await run(token, program)
  assert(Exit.isFailure(exit), `the fake should refuse ${what}`)
  return Cause.squash(exit.cause)
}

const byId = (a, b) => (a.id < b.id ? -1 : 1)

// Converts a member that the client decoded to the form of the control API, for the comparison.
const identity = (member) => ({
  id: member.id.workspace_member_id,
  email_address: member.email_address,
  access_level: member.access_level,
})

const response = await fetch(`${url}/_fake/workspaces`)
assert.equal(response.status, 200)
const { workspaces } = await response.json()
assert(workspaces.length >= 2, "the scenario has two workspaces at the least, or isolation is not shown")

const seen = new Map()
for (const workspace of workspaces) {
  const token = workspace.tokens.find(({ scopes }) => scopes.some((scope) => scope.startsWith("user_management:")))?.token
  assert(token, `${workspace.slug} has a token that may read members`)

  const members = await succeed(token, (attio) => attio.workspaceMembers.list())
  assert.deepEqual(
    members.map(identity).sort(byId),
    workspace.members.map(({ id, email_address, access_level }) => ({ id, email_address, access_level })).sort(byId),
  )
  for (const member of members) {
    assert.equal(member.id.workspace_id, workspace.id)
    assert(DateTime.isDateTime(member.created_at))
    assert.deepEqual(await succeed(token, (attio) => attio.workspaceMembers.get(member.id.workspace_member_id)), member)
  }
  seen.set(workspace.slug, { token, ids: members.map(({ id }) => id.workspace_member_id) })
  console.log(`${workspace.slug}: ${members.map(({ email_address }) => email_address).join(", ")}`)
}

for (const [slug, { token, ids }] of seen) {
  for (const [other, { ids: foreign }] of seen) {
    if (slug === other) continue
    assert.deepEqual(ids.filter((id) => foreign.includes(id)), [], `${slug} lists members of ${other}`)
    for (const id of foreign) {
      // The client has its own error for this, but version 0.3.3 loses it and fails with the bare response instead.
      const error = await refuse(token, (attio) => attio.workspaceMembers.get(id), `a member of ${other} to ${slug}`)
      assert.equal(error.response?.status, 404, String(error))
    }
  }
}

const unknown = await refuse("0".repeat(64), (attio) => attio.workspaceMembers.list(), "an unknown token")
assert.equal(unknown._tag, "AttioUnauthorizedError", String(unknown))
console.log("each workspace sees its own members alone; an unknown token sees none")
