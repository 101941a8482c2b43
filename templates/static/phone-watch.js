// Watches the server for requests while the page is seen: one call that waits for each account.

import { pending, Refused, Unreachable } from "./phone-server.js";

const WAIT = 25;
const AGAIN = 2000;
const LONGEST_PAUSE = 15000;
/** Browsers keep six connections to a server; more accounts than this are asked in turns. */
const MOST_WAITING = 4;

export class Watch {
  /**
   * found(account, requests): what is open now.  state(word): "watching", "unreachable" or "offline".
   * unknown(account): the server does not know this device.
   */
  constructor({ found, state, unknown }) {
    this.found = found;
    this.state = state;
    this.unknown = unknown;
    this.accounts = [];
    this.stop = null;
    for (const event of ["visibilitychange", "online", "offline", "pageshow"]) {
      (event === "visibilitychange" ? document : window).addEventListener(event, () => this.restart());
    }
  }

  /** Watch these accounts from now on. */
  watch(accounts) {
    this.accounts = accounts;
    this.restart();
  }

  /** Begin anew, or rest while nobody looks or there is no network. */
  restart() {
    this.stop?.abort();
    this.stop = new AbortController();
    if (!navigator.onLine) {
      this.state("offline");
      return;
    }
    if (document.visibilityState === "visible") {
      for (const account of this.accounts) {
        this.follow(account, this.stop.signal);
      }
    }
  }

  async follow(account, signal) {
    let pause = 0;
    while (!signal.aborted) {
      try {
        const wait = pause || this.accounts.length > MOST_WAITING ? 0 : WAIT;
        const requests = await pending(account, { wait, signal });
        this.state("watching");
        this.found(account, requests);
        pause = requests.length || !wait ? AGAIN : 0;
        if (!requests.length && this.accounts.length <= MOST_WAITING) {
          pause = 0;
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        pause = this.afterFault(account, error, pause);
      }
      await rest(pause, signal);
    }
  }

  afterFault(account, error, pause) {
    if (error instanceof Refused) {
      this.unknown(account, error);
      return AGAIN;
    }
    if (error instanceof Unreachable) {
      this.state("unreachable");
      return Math.min(Math.max(pause, 500) * 2, LONGEST_PAUSE);
    }
    throw error;
  }
}

function rest(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
