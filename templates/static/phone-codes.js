// What a sign-in code says.  It comes from outside: everything in it is checked before it is used.

const LONGEST = 4096;
const NEEDED = ["deviceId", "username", "host", "challenge"];

/** Why a code cannot be taken: `message` is the id of the text to show. */
export class CodeRefused extends Error {
  constructor(message, values = {}) {
    super(message);
    this.values = values;
  }
}

/** The code in `text`: raw JSON, its base64url, or a link that carries either after its `#`.  Throws CodeRefused. */
export function readCode(text) {
  const trimmed = text.trim();
  if (!trimmed) {
    throw new CodeRefused("code.empty");
  }
  const code = parsed(trimmed);
  if (!code || NEEDED.some((name) => typeof code[name] !== "string" || !code[name] || code[name].length > 512)) {
    throw new CodeRefused("code.malformed");
  }
  if (!isOrigin(code.host)) {
    throw new CodeRefused("code.malformed");
  }
  if (code.host !== location.origin) {
    throw new CodeRefused("code.elsewhere", { host: shortHost(code.host) });
  }
  const { deviceId, username, host, challenge } = code;
  return { deviceId, username, host, challenge };
}

/** The text of the code that the address of this page brought along, or null. */
export function codeInAddress() {
  const fragment = location.hash.slice(1);
  return fragment ? fragmentText(fragment) : null;
}

/** Host and port, without the scheme. */
export function shortHost(host) {
  try {
    return new URL(host).host;
  } catch {
    return "";
  }
}

function parsed(text) {
  if (text.length > LONGEST) {
    return null;
  }
  const json = text.startsWith("{") ? text : text.includes("#") ? fragmentText(text.split("#")[1]) : fromBase64(text);
  try {
    const code = JSON.parse(json);
    return code && typeof code === "object" ? code : null;
  } catch {
    return null;
  }
}

function fragmentText(fragment) {
  if (!fragment.startsWith("enroll=")) {
    return fromBase64(fragment);
  }
  try {
    return decodeURIComponent(fragment.slice("enroll=".length));
  } catch {
    return "";
  }
}

function fromBase64(text) {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}

function isOrigin(host) {
  try {
    return new URL(host).origin === host;
  } catch {
    return false;
  }
}
