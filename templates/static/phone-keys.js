// Keys and signatures: ECDSA on P-256.  The private key cannot be read out, not even by this page.

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
const encoder = new TextEncoder();

/** Whether this browser can keep keys here (only on https or this machine's own addresses). */
export const canKeepKeys = () => Boolean(globalThis.isSecureContext && crypto.subtle && globalThis.indexedDB);

/** A new key: `privateKey` for the store, `publicKey` as base64 of its SubjectPublicKeyInfo. */
export async function newKey() {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: base64(new Uint8Array(spki)) };
}

/** Signs `text`: base64 of r and s, 32 bytes each (RFC 7518 §3.4). */
export async function signText(privateKey, text) {
  return base64(await signature(privateKey, text));
}

/** A compact JWS (RFC 7515) over `claims`, that this device signed. */
export async function signToken(account, claims, seconds = 300) {
  const header = { alg: "ES256", typ: "JWT", deviceId: account.deviceId };
  const body = { ...claims, exp: Math.floor(Date.now() / 1000) + seconds };
  const signed = [header, body].map((part) => base64url(encoder.encode(JSON.stringify(part)))).join(".");
  return `${signed}.${base64url(await signature(account.privateKey, signed))}`;
}

/** Something nobody else has: 32 random bytes. */
export const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function signature(privateKey, text) {
  return new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, encoder.encode(text)));
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

function base64url(bytes) {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
