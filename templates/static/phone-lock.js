// The device's own lock (fingerprint, face, PIN) before an approval, where the browser offers one.
//
// It guards this page against whoever picks up an open device.  The server learns nothing of it.

const VERIFIED = 0x04; // WebAuthn §6.1, flags: UV

/** Whether this device has a lock that a page may ask for. */
export const canLock = async () =>
  Boolean(await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false));

/** Makes a lock for an account; resolves to what `isOpened` needs, or null if the person gave up. */
export async function newLock(username) {
  const made = await asked(() => navigator.credentials.create({
    publicKey: {
      rp: { name: document.title },
      user: { id: random(), name: username, displayName: username },
      challenge: random(),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
      timeout: 60000,
    },
  }));
  return made ? made.rawId : null;
}

/** Whether the person has just opened that lock. */
export async function isOpened(lock) {
  const shown = await asked(() => navigator.credentials.get({
    publicKey: {
      challenge: random(),
      allowCredentials: [{ type: "public-key", id: lock, transports: ["internal"] }],
      userVerification: "required",
      timeout: 60000,
    },
  }));
  return Boolean(shown) && (new Uint8Array(shown.response.authenticatorData)[32] & VERIFIED) !== 0;
}

async function asked(ask) {
  try {
    return await ask();
  } catch {
    return null;
  }
}

const random = () => crypto.getRandomValues(new Uint8Array(32));
