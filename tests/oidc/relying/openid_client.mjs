// A relying party on openid-client: a small application that signs people in.  Prints "ready" when it listens.
// Arguments: issuer, port, and as JSON the client ids with how each proves itself and what it asks for:
// {"basic": {"auth": "client_secret_basic", "secret": "..."}, "key": {"auth": "private_key_jwt", "jwk": {...}}}
import { createServer } from 'node:http'
import * as client from 'openid-client'

const [issuer, port, registered] = process.argv.slice(2)
const clients = JSON.parse(registered)
const home = `http://localhost:${port}`
const visits = new Map()
const configurations = new Map()

async function proof({ auth, secret, jwk }) {
  if (auth === 'client_secret_basic') return client.ClientSecretBasic(secret)
  if (auth === 'client_secret_post') return client.ClientSecretPost(secret)
  if (auth === 'none') return client.None()
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  return client.PrivateKeyJwt({ key, kid: jwk.kid })
}

async function configurationOf(id) {
  if (!configurations.has(id)) {
    const options = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] }
    const way = await proof(clients[id])
    configurations.set(id, await client.discovery(new URL(issuer), id, undefined, way, options))
  }
  return configurations.get(id)
}

async function begin(id, visit, asked) {
  const { push, ...more } = asked
  const configuration = await configurationOf(id)
  visit.checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
    ...(more.max_age === undefined ? {} : { maxAge: Number(more.max_age) }),
  }
  const parameters = {
    redirect_uri: `${home}/${id}/callback`,
    scope: 'openid profile email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(visit.checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: visit.checks.expectedState,
    nonce: visit.checks.expectedNonce,
    ...more,
  }
  const build = push ? client.buildAuthorizationUrlWithPAR : client.buildAuthorizationUrl
  return { location: (await build(configuration, parameters)).href }
}

// --- what the application does, by the last part of the path ---------------------------------------------------------

const does = {
  enter: (id, visit, url) => begin(id, visit, Object.fromEntries(url.searchParams)),

  async callback(id, visit, url) {
    visit.tokens = await client.authorizationCodeGrant(await configurationOf(id), url, visit.checks)
    visit.claims = visit.tokens.claims()
    return { json: visit.claims }
  },

  async userinfo(id, visit) {
    return { json: await client.fetchUserInfo(await configurationOf(id), visit.tokens.access_token, visit.claims.sub) }
  },

  async refresh(id, visit) {
    const before = visit.tokens.refresh_token
    visit.tokens = { ...visit.tokens, ...await client.refreshTokenGrant(await configurationOf(id), before) }
    return { json: { before, after: visit.tokens.refresh_token } }
  },

  async introspect(id, visit) {
    return { json: await client.tokenIntrospection(await configurationOf(id), visit.tokens.access_token) }
  },

  async revoke(id, visit) {
    await client.tokenRevocation(await configurationOf(id), visit.tokens.refresh_token)
    return { json: { access_token: visit.tokens.access_token } }
  },

  // The library asks for the keys anew once those it has are a minute old: it starts again with such ones.
  async start_again_with_old_keys(id) {
    const { jwks } = client.getJwksCache(await configurationOf(id))
    configurations.delete(id)
    client.setJwksCache(await configurationOf(id), { jwks, uat: Math.floor(Date.now() / 1000) - 61 })
    return { json: {} }
  },

  async leave(id, visit) {
    const parameters = { id_token_hint: visit.tokens.id_token, post_logout_redirect_uri: `${home}/${id}/left` }
    return { location: client.buildEndSessionUrl(await configurationOf(id), parameters).href }
  },

  left: async () => ({ json: { left: true } }),
}

createServer(async (request, response) => {
  const url = new URL(request.url, home)
  const [, id, what] = url.pathname.split('/')
  const name = /\bvisit=(\w+)/.exec(request.headers.cookie)?.[1] ?? crypto.randomUUID().replaceAll('-', '')
  if (!visits.has(name)) visits.set(name, {})
  response.setHeader('Set-Cookie', `visit=${name}; Path=/`)
  try {
    const { location, json } = await does[what](id, visits.get(name), url)
    response.writeHead(location ? 303 : 200, location ? { location } : { 'content-type': 'application/json' })
    response.end(location ? '' : JSON.stringify(json))
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: error.error ?? error.code ?? String(error) }))
  }
}).listen(Number(port), 'localhost', () => console.log('ready'))
