// What this device says to the server: every call is signed by the account's key (the device API).

import { newKey, randomText, signText, signToken } from "./phone-keys.js";

const BASE = "/api/users/v1/me/push/devices";

/** The server refused: `status` and `code` as it said. */
export class Refused extends Error {
  constructor(status, code) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/** The server could not be asked. */
export class Unreachable extends Error {}

/** Registers this browser for a code; resolves to the new account.  pushToken: its subscription, or null. */
export async function register(code, { name, model }, pushToken) {
  try {
    return await registered(code, { name, model }, pushToken);
  } catch (error) {
    // A push service that the server does not use leaves the code as it was.
    if (!(error instanceof Refused) || !pushToken || !["PDH-15007", "PDH-15013"].includes(error.code)) {
      throw error;
    }
    return registered(code, { name, model }, null);
  }
}

async function registered(code, { name, model }, pushToken) {
  const { privateKey, publicKey } = await newKey();
  const deviceToken = pushToken ?? randomText();
  const signature = await signText(privateKey, `${code.challenge}.${deviceToken}`);
  await done(post(BASE, {
    deviceId: code.deviceId,
    name,
    model,
    deviceToken,
    publicKey,
    signature,
    provider: { name: pushToken ? "webpush" : "builtin", metadata: { numberInput: "typed" } },
  }));
  const { deviceId, username, host } = code;
  const state = { addedAt: Date.now(), usedAt: null, confirmed: false, lock: null };
  return { deviceId, username, host, privateKey, name, pushToken, ...state };
}

/**
 * The open requests of an account, the oldest first, and what it is told besides.
 *
 * wait: seconds the server may wait for one.
 */
export async function pending(account, { wait, signal }) {
  const token = await signToken(account, { purpose: "pull", notices: true });
  const headers = wait ? { Prefer: `wait=${wait}` } : {};
  const response = await post(`${device(account)}/pending`, { token }, { headers, signal });
  const found = await response.json();
  const messages = Array.isArray(found) ? found.filter((one) => typeof one?.notificationScenario === "string") : [];
  const isRequest = (one) => one.notificationScenario === "AUTHENTICATION" && typeof one.pushId === "string";
  return { requests: messages.filter(isRequest), notices: messages.filter((one) => !isRequest(one)) };
}

/** Sends the answer to a request.  number: what the person typed, for an approval that needs it. */
export async function answer(account, request, { word, number }) {
  const approved = word === "approved";
  const claims = {
    pushAuthId: request.pushId,
    challenge: request.challenge,
    response: approved ? "APPROVED" : "DENIED",
    ...(approved && number ? { numberChallenge: number } : {}),
    ...(word === "not_me" ? { notMe: true } : {}),
  };
  await done(post("/push-auth/authenticate", { authResponse: await signToken(account, claims) }));
}

/** Tells the server another name for this browser, another subscription, or both. */
export async function update(account, { name, pushToken }) {
  const claims = { purpose: "update", ...(name ? { name } : {}), ...(pushToken ? { deviceToken: pushToken } : {}) };
  await done(post(`${device(account)}/update`, { token: await signToken(account, claims) }));
}

/** Takes this browser off the account. */
export async function remove(account) {
  await done(post(`${device(account)}/remove`, { token: await signToken(account, { purpose: "remove" }) }));
}

/** Reads an answer to its end, so that its connection is free again. */
const done = async (answered) => void (await (await answered).text());

const device = (account) => `${BASE}/${encodeURIComponent(account.deviceId)}`;

async function post(path, body, { headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Unreachable(String(error));
  }
  if (response.ok) {
    return response;
  }
  if (response.status >= 500 || response.status === 429) {
    throw new Unreachable(String(response.status));
  }
  throw new Refused(response.status, await codeOf(response));
}

async function codeOf(response) {
  try {
    return String((await response.json()).code);
  } catch {
    return "";
  }
}
