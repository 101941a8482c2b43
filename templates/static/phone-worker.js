// Service worker of the web authenticator: without a network the page still opens, and says so; while it is closed a
// notification tells of a request.  Nothing is answered here: a notification only leads to the page.

const CACHE = "doorstep-phone-1";
const PAGE = "/phone";
const ICON = "/static/latest/phone-icon-192.png";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(PAGE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("push", (event) => {
  event.waitUntil(notify(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});

/** A browser wants something shown for each message, so what cannot be read is shown as well, without its words. */
function notify(data) {
  let message;
  try {
    message = data.json();
  } catch {
    message = {};
  }
  const { title = "Approve sign-ins", body = "", tag } = message;
  const isRequest = message.data?.notificationScenario === "AUTHENTICATION";
  return self.registration.showNotification(String(title), {
    body: String(body),
    icon: ICON,
    data: { pushId: message.data?.pushId },
    requireInteraction: isRequest,
    ...(tag ? { tag: String(tag), renotify: true } : {}),
  });
}

async function openPage() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const found = pages.find((page) => new URL(page.url).pathname === PAGE);
  return found ? found.focus() : self.clients.openWindow(PAGE);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === location.origin && (url.pathname === PAGE || url.pathname.startsWith("/static/"));
  if (request.method === "GET" && isOurs) {
    event.respondWith(fromNetworkOrCache(request, url));
  }
});

/** The network first, so that nobody runs yesterday's page; what came last where there is none. */
async function fromNetworkOrCache(request, url) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.put(url.pathname, response.clone());
      await dropOtherVersions(cache, url.pathname);
    }
    return response;
  } catch (error) {
    const kept = await cache.match(url.pathname);
    if (kept) {
      return kept;
    }
    throw error;
  }
}

async function dropOtherVersions(cache, path) {
  const [, , version] = path.split("/");
  if (!path.startsWith("/static/")) {
    return;
  }
  for (const { url } of await cache.keys()) {
    const other = new URL(url).pathname;
    if (other.startsWith("/static/") && other.split("/")[2] !== version) {
      await cache.delete(url);
    }
  }
}
