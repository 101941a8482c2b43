// Watches the server for requests while the page is seen: one call that waits for each account.

import { pending, Refused, Unreachable } from "./phone-server.js";

const WAIT = 25;
const AGAIN = 2000;
const LONGEST_PAUSE = 15000;
/** Browsers keep six connections to a server; more accounts than this are asked in turns. */
const MOST_WAITING = 4;

export class Watch {
  /**
   * found(account, requests, notices): what is open now, and what it is told.  state(word): "watching", "unreachable" or "offline".
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
    let wait = 0; // the first answer comes at once and tells how it stands
    let faults = 0;
    while (!signal.aborted) {
      const began = Date.now();
      try {
        const { requests, notices } = await pending(account, { wait, signal });
        faults = 0;
        this.state("watching");
        this.found(account, requests, notices);
        // A server that does not wait must not be asked without a pause.
        const hasWaited = Date.now() - began > AGAIN;
        const wasFirst = wait === 0 && !requests.length && !this.isCrowded;
        wait = requests.length || this.isCrowded ? 0 : WAIT;
        await rest(hasWaited || wasFirst ? 0 : AGAIN, signal);
      } catch (error) {
        if (!signal.aborted) {
          faults += 1;
          await rest(this.afterFault(account, error, faults), signal);
        }
      }
    }
  }

  get isCrowded() {
    return this.accounts.length > MOST_WAITING;
  }

  /** Milliseconds until the next try. */
  afterFault(account, error, faults) {
    if (error instanceof Refused) {
      this.unknown(account, error);
      return AGAIN;
    }
    if (!(error instanceof Unreachable)) {
      throw error;
    }
    this.state("unreachable");
    return Math.min(500 * 2 ** faults, LONGEST_PAUSE);
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
