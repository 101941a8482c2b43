// A relying party on openid-client: logs in against the issuer given as the first argument and prints what it learnt.
// Arguments: issuer, client id, client secret (empty for a public client), redirect address.
import * as client from 'openid-client'

const [issuer, clientId, clientSecret, redirectUri] = process.argv.slice(2)

async function login(authentication) {
  const options = { execute: [client.allowInsecureRequests] }
  const configuration = await client.discovery(new URL(issuer), clientId, undefined, authentication, options)
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const expectedNonce = client.randomNonce()
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    max_age: '60',
  })
  const answer = await fetch(address, { redirect: 'manual' })
  const callback = new URL(answer.headers.get('location'))
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 60, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(configuration, callback, checks)
  const claims = tokens.claims()
  const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  let again = 'redeemed twice'
  try {
    await client.authorizationCodeGrant(configuration, callback, checks)
  } catch (error) {
    again = error.error
  }
  return { claims, userinfo, again }
}

const ways = clientSecret
  ? [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)]
  : [client.None()]
const logins = []
for (const way of ways) logins.push(await login(way))
console.log(JSON.stringify(logins))
