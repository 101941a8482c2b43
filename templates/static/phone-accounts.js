// What is done with an account that is here: rename this browser, put a lock before approvals, remove it.

import { isOpened, newLock } from "./phone-lock.js";
import { Refused, remove, update } from "./phone-server.js";
import * as store from "./phone-store.js";
import { alert, find, status } from "./phone-view.js";
import { say } from "./phone-words.js";

/**
 * Wires the list.  named(id): the account of that device id; changed(): something was changed; forgotten(id): an account
 * is gone.
 */
export function setUpAccounts({ named, changed, forgotten }) {
  const list = find('[data-list="accounts"]');
  list.addEventListener("click", async ({ target }) => {
    const [removed, locked] = [named(target.dataset?.remove), named(target.dataset?.lock)];
    if (removed && (await isRemoved(removed, target))) {
      forgotten(removed.deviceId);
      await changed();
      status("account.removed", { username: removed.username });
    }
    if (locked) {
      await turnLock(locked);
      await changed();
    }
  });
  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const account = named(event.target.dataset.rename);
    if (account && (await isRenamed(account, new FormData(event.target).get("name").trim()))) {
      await changed();
      status("account.renamed");
    }
  });
}

async function isRenamed(account, name) {
  alert(null);
  try {
    await update(account, { name });
  } catch (error) {
    alert(error instanceof Refused ? "account.rename.refused" : "network.failed");
    return false;
  }
  await store.changeAccount(account.deviceId, { name });
  return true;
}

/** Whoever takes the lock away has to open it first. */
async function turnLock(account) {
  alert(null);
  const lock = account.lock ? null : await newLock(account.username);
  if (account.lock ? await isOpened(account.lock) : lock) {
    await store.changeAccount(account.deviceId, { lock });
    status(lock ? "lock.added" : "lock.removed");
  } else {
    alert("lock.closed");
  }
}

/** The first press asks, the second removes. */
async function isRemoved(account, button) {
  if (!button.dataset.sure) {
    button.dataset.sure = "yes";
    button.textContent = say("account.remove.sure");
    button.removeAttribute("aria-label");
    return false;
  }
  try {
    await remove(account);
  } catch (error) {
    if (!(error instanceof Refused)) {
      alert("network.failed");
      return false;
    }
    // The server does not know it: then it need only be forgotten here.
  }
  await store.forgetAccount(account.deviceId);
  return true;
}
