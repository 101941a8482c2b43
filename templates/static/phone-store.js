// What this browser keeps: accounts with their keys, and what was answered lately.  Nothing of it leaves the browser.

const NAME = "doorstep-phone";
const MOST_ACTIVITY = 20;

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("accounts", { keyPath: "deviceId" });
      request.result.createObjectStore("activity", { keyPath: "id", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs `work` on one store and resolves, when all of it is on disk, to what its request found. */
async function within(store, mode, work) {
  const transaction = (await database()).transaction(store, mode);
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** All accounts, the oldest first. */
export async function accounts() {
  const found = await within("accounts", "readonly", (store) => store.getAll());
  return found.sort((one, other) => one.addedAt - other.addedAt);
}

/** Adds or changes an account. */
export const keepAccount = (account) => within("accounts", "readwrite", (store) => store.put(account));

/** Changes an account if it is still there; another window may have removed it. */
export const changeAccount = (deviceId, changes) =>
  within("accounts", "readwrite", (store) => {
    const found = store.get(deviceId);
    found.onsuccess = () => found.result && store.put({ ...found.result, ...changes });
  });

/** Forgets an account and its key. */
export const forgetAccount = (deviceId) => within("accounts", "readwrite", (store) => store.delete(deviceId));

/** What was answered lately, the newest first. */
export async function activity() {
  return (await within("activity", "readonly", (store) => store.getAll())).reverse().slice(0, MOST_ACTIVITY);
}

/** Notes an answer and drops the oldest ones. */
export const note = (entry) =>
  within("activity", "readwrite", (store) => {
    store.add(entry);
    const keys = store.getAllKeys();
    keys.onsuccess = () => keys.result.slice(0, -MOST_ACTIVITY).forEach((key) => store.delete(key));
  });
