// An app that is written with oauth4webapi, a client of someone else's, gets a token of a user with PKCE, introspects it and reads a
// denial and an error. FAKEATTIO_URL says where the fake is, which has the apps of oauth.yaml.
import assert from "node:assert/strict"
import * as oauth from "oauth4webapi"

const url = process.env.FAKEATTIO_URL
assert(url, "FAKEATTIO_URL is not set")

const server = {
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/oauth/token`,
  introspection_endpoint: `${url}/oauth/introspect`,
}
const overHTTP = { [oauth.allowInsecureRequests]: true }
const { apps } = await (await fetch(`${url}/_fake/apps`)).json()

// authorize asks in the name of an app for a code, and returns where the browser is sent back to.
const authorize = async (app, parameters) => {
  const request = new URL(server.authorization_endpoint)
  request.search = new URLSearchParams({
    response_type: "code", client_id: app.client_id, redirect_uri: app.redirect_uris[0], ...parameters,
  })
  const answer = await fetch(request, { redirect: "manual" })
  assert.equal(answer.status, 302, await answer.text())
  return new URL(answer.headers.get("location"))
}

for (const authenticate of [oauth.ClientSecretPost, oauth.ClientSecretBasic]) {
  const app = apps.find(({ key }) => key === "desk")
  const client = { client_id: app.client_id }
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const challenge = await oauth.calculatePKCECodeChallenge(verifier)
  const back = await authorize(app, { state, code_challenge: challenge, code_challenge_method: "S256" })
  const secret = authenticate(app.client_secret)

  const exchange = () =>
    oauth.authorizationCodeGrantRequest(
      server, client, secret, oauth.validateAuthResponse(server, client, back, state), app.redirect_uris[0], verifier, overHTTP,
    )
  const token = await oauth.processAuthorizationCodeResponse(server, client, await exchange())
  assert.deepEqual(Object.keys(token).sort(), ["access_token", "token_type"])

  const said = await oauth.processIntrospectionResponse(
    server, client, await oauth.introspectionRequest(server, client, secret, token.access_token, overHTTP),
  )
  assert.equal(said.active, true)
  assert.equal(said.token_level, "user")
  assert.equal(said.client_id, app.client_id)

  await assert.rejects(
    async () => oauth.processAuthorizationCodeResponse(server, client, await exchange()),
    (error) => error instanceof oauth.ResponseBodyError && error.error === "invalid_grant" && error.status === 400,
  )
}

const shy = apps.find(({ key }) => key === "shy")
const denied = await authorize(shy, { state: "xyz" })
assert.throws(
  () => oauth.validateAuthResponse(server, { client_id: shy.client_id }, denied, "xyz"),
  (error) => error instanceof oauth.AuthorizationResponseError && error.error === "access_denied",
)
