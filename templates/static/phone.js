// The web authenticator: puts its parts together and decides what is on the page.

import { setUpAdding } from "./phone-adding.js";
import { holdButtons, setUpAnswering } from "./phone-answering.js";
import { setUpAccounts } from "./phone-accounts.js";
import { canKeepKeys } from "./phone-keys.js";
import { canLock } from "./phone-lock.js";
import { clearNotifications, subscription } from "./phone-push.js";
import { Refused, update } from "./phone-server.js";
import * as store from "./phone-store.js";
import * as view from "./phone-view.js";
import { Watch } from "./phone-watch.js";

/** A device that the server does not know yet waits this long for the browser that showed the code. */
const CONFIRMING = 15 * 60 * 1000;
/** Milliseconds that an answer stays on the page before the next request takes its place. */
const READING = 1500;
const NOTICES = { TEST: "test", DEVICE_REGISTRATION: "device", LOGIN_DENIED: "refused_elsewhere" };
const NETWORK = { watching: "", unreachable: "network.unreachable", offline: "network.offline" };

let accounts = [];
/** Open requests by device id. */
const open = new Map();
/** Requests that were answered here: the server may still list one for a moment. */
const settled = new Set();
let onPage = null;
/** When the last answer was given; 0 once it has been read. */
let answeredAt = 0;
let network = "watching";
let lockable = false;

const watch = new Watch({ found, state, unknown });

async function begin() {
  if (!canKeepKeys()) {
    view.alert("unsupported");
    return;
  }
  // Without an account there is nothing else to do here: the form stays open.
  view.find("[data-add] summary").addEventListener("click", (event) => accounts.length === 0 && event.preventDefault());
  setUpAnswering({ current: () => onPage, done: settle });
  view.find("[data-action=done]").addEventListener("click", () => {
    answeredAt = 0;
    draw();
  });
  lockable = await canLock();
  setUpAccounts({ named: (id) => accounts.find(({ deviceId }) => deviceId === id), changed: reload, forgotten: (id) => open.delete(id) });
  await reload();
  // Without it the page works as well, only not without a network, and not while it is closed.
  const worker = Promise.resolve(navigator.serviceWorker?.register("/phone-worker.js", { scope: "/phone" })).catch(() => null);
  setUpAdding({ known: () => accounts.map((account) => account.deviceId), added, worker });
  await renewSubscriptions(worker);
}

/** A browser may change its subscription; the server is told when the page is opened the next time. */
async function renewSubscriptions(worker) {
  const pushed = accounts.filter((account) => account.pushToken && !account.gone);
  const pushToken = pushed.length ? await subscription(worker, { ask: false }) : null;
  for (const account of pushed.filter((one) => pushToken && one.pushToken !== pushToken)) {
    try {
      await update(account, { pushToken });
      await store.changeAccount(account.deviceId, { pushToken });
    } catch {
      // The next visit tells.
    }
  }
}

/** Reads the accounts again and watches them. */
async function reload() {
  accounts = await store.accounts();
  view.find("[data-add]").open ||= accounts.length === 0;
  watch.watch(accounts.filter((account) => !account.gone));
  await draw();
}

/** Shows the oldest open request, else what was answered, else the accounts. */
async function draw() {
  const entries = await store.activity();
  const waiting = [...open.values()].flat().sort((one, other) => askedAt(one) - askedAt(other));
  const isRead = Date.now() - answeredAt > READING;
  if (waiting.length && isRead) {
    drawRequest(waiting);
  } else if (answeredAt) {
    // A next request waits until the answer to the last one was seen.
    if (waiting.length) {
      setTimeout(draw, READING);
    }
  } else {
    onPage = null;
    view.home(accounts, entries, lockable);
    view.show("home");
  }
}

function drawRequest(waiting) {
  if (onPage?.request.pushId !== waiting[0].request.pushId) {
    if (onPage || answeredAt) {
      holdButtons();
    }
    onPage = waiting[0];
    answeredAt = 0;
    view.alert(null);
    view.status("");
    view.request(onPage.request, waiting.length);
  }
  view.show("request");
}

const askedAt = ({ request }) => Number(request.requestedAt) || 0;

async function found(account, requests, notices) {
  for (const notice of notices) {
    await told(account, notice);
  }
  const fresh = requests.filter((request) => !settled.has(request.pushId));
  open.set(account.deviceId, fresh.map((request) => ({ account, request })));
  if (!account.confirmed) {
    account.confirmed = true;
    await store.changeAccount(account.deviceId, { confirmed: true });
  }
  const isGone = onPage?.account.deviceId === account.deviceId && !fresh.some(({ pushId }) => pushId === onPage.request.pushId);
  if (isGone && !answeredAt && !settled.has(onPage.request.pushId)) {
    view.alert("request.over");
  }
  await draw();
}

/** What asks nothing goes into the history; a test is said at once, for somebody waits to see it. */
async function told({ username }, notice) {
  const word = NOTICES[notice.notificationScenario];
  if (word) {
    const { deviceName: device = "", applicationName: application = "" } = notice;
    await store.note({ word, at: Number(notice.sentAt) * 1000 || Date.now(), username, device, application });
    view.status(`notice.${word}`, { username, device, application });
  }
}

/** Says how the network is, once, when it changes. */
function state(word) {
  if (word !== network) {
    network = word;
    view.status(NETWORK[word]);
  }
}

/** The server does not know the device: it is not confirmed yet, or somebody took it off the account. */
async function unknown(account, error) {
  if (error.code !== "PDH-15009" || (!account.confirmed && Date.now() - account.addedAt < CONFIRMING)) {
    return;
  }
  await store.changeAccount(account.deviceId, { gone: true });
  open.delete(account.deviceId);
  await reload();
}

async function added(account) {
  await store.keepAccount(account);
  navigator.storage?.persist?.();
  view.find("[data-add]").open = false;
  await reload();
}

async function settle(account, request, word) {
  answeredAt = Date.now();
  onPage = null;
  settled.add(request.pushId);
  clearNotifications(request.pushId);
  open.set(account.deviceId, (open.get(account.deviceId) ?? []).filter((one) => one.request.pushId !== request.pushId));
  if (["approved", "denied", "not_me", "wrong_number"].includes(word)) {
    const at = Date.now();
    account.usedAt = at;
    await store.note({ word, at, username: account.username, application: request.applicationName ?? "" });
    await store.changeAccount(account.deviceId, { usedAt: at });
  }
}

begin();
