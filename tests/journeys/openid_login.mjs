// A relying party on openid-client: prints the address of the login, reads the callback's address, prints what it learnt.
// Arguments: issuer, client id, redirect address.
import { createInterface } from 'node:readline/promises'
import * as client from 'openid-client'

const [issuer, clientId, redirectUri] = process.argv.slice(2)
const options = { execute: [client.allowInsecureRequests] }
const configuration = await client.discovery(new URL(issuer), clientId, undefined, client.None(), options)
const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
console.log(client.buildAuthorizationUrl(configuration, {
  redirect_uri: redirectUri,
  scope: 'openid profile',
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
  max_age: '60',
}).href)
const lines = createInterface({ input: process.stdin })
const callback = new URL(await lines.question(''))
lines.close()
const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 60, idTokenExpected: true }
const tokens = await client.authorizationCodeGrant(configuration, callback, checks)
const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims().sub)
console.log(JSON.stringify({ claims: tokens.claims(), userinfo }))
