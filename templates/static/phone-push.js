// Web Push: lets the server reach this browser while the page is closed, where the browser can and the person agrees.

const KEY = "/api/users/v1/me/push/web-push-key";

/** Whether this browser could be reached so at all. */
export const canBePushed = () =>
  ["PushManager", "Notification"].every((name) => name in globalThis) && "serviceWorker" in navigator && Notification.permission !== "denied";

/**
 * What the server addresses this browser by, as text, or null.
 *
 * worker: a promise of the service worker's registration, or of null.  ask: whether the person may be asked now.
 */
export async function subscription(worker, { ask }) {
  if (!canBePushed() || (Notification.permission === "default" && !ask)) {
    return null;
  }
  if ((await Notification.requestPermission()) !== "granted") {
    return null;
  }
  const registration = await worker;
  const applicationServerKey = registration && (await serverKey());
  return applicationServerKey ? subscribed(registration, { userVisibleOnly: true, applicationServerKey }) : null;
}

/** Takes away the notifications of a request that is answered. */
export async function clearNotifications(pushId) {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    if (shown.data?.pushId === pushId) {
      shown.close();
    }
  }
}

async function serverKey() {
  try {
    const response = await fetch(KEY, { credentials: "omit" });
    return response.ok ? (await response.json()).publicKey : null;
  } catch {
    return null;
  }
}

/** Without a push service (a private window, a company's network) the page works as well, while it is open. */
async function subscribed(registration, options) {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      return JSON.stringify(await registration.pushManager.subscribe(options));
    } catch (error) {
      if (error.name !== "InvalidStateError") {
        return null;
      }
      // The server has another key than the one that this browser subscribed with.
      await (await registration.pushManager.getSubscription())?.unsubscribe();
    }
  }
  return null;
}
