// What waiting pages share: being told of a change whatever becomes of the connection, and counting down.

const SHORTEST = 1000; // milliseconds until the first new try
const LONGEST = 30000;
const POLL = 5000; // between two looks where the browser cannot listen
const ASLEEP = 90000; // a timer that comes so late has slept
const ANSWERED = 8000; // a server that is there answers sooner
const SILENCE = 100000; // twice the time between two beats, and a little

/**
 * Calls `changed(word)` once, when the login's status differs from the word the page was made with.
 * `lost(whether)` is told when the connection breaks and comes back, `unreached()` that no device may have been reached.
 * Gives `look`, which asks now.
 */
export function whenChanged(main, changed, { lost = () => {}, unreached = () => {} } = {}) {
  const canListen = "EventSource" in window;
  let source = null;
  let timer = 0;
  let failures = 0;
  let told = false;

  const tell = (word) => {
    // Without a network going on would end on the browser's own page; `online` asks again.
    if (!told && navigator.onLine && word !== main.dataset.word) {
      told = true;
      hush();
      changed(word);
    }
  };
  const hush = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const look = async () => {
    const asked = fetch(main.dataset.status, { cache: "no-store", signal: AbortSignal.timeout(ANSWERED) });
    const response = await asked.catch(() => null);
    if (response?.ok) {
      tell((await response.json().catch(() => ({ outcome: main.dataset.word }))).outcome);
    } else if (response && response.status < 500 && response.status !== 429) {
      tell("gone");
    }
    return Boolean(response);
  };
  const fine = () => {
    failures = 0;
    lost(false);
  };
  const later = (pause, next) => {
    if (!told) {
      timer = setTimeout(next, pause);
    }
  };
  const again = async () => {
    hush();
    if (await look()) {
      fine();
    }
    if (!told) {
      listen();
    }
  };
  const listen = () => {
    hush();
    if (!canListen) {
      later(POLL, again);
      return;
    }
    source = new EventSource(main.dataset.events);
    // A connection that is dead on the way tells nobody: what says nothing for so long is opened anew.
    later(ANSWERED, again);
    source.addEventListener("open", fine);
    for (const sign of ["open", "beat"]) {
      source.addEventListener(sign, () => {
        clearTimeout(timer);
        later(SILENCE, again);
      });
    }
    source.addEventListener("changed", (event) => tell(event.data));
    source.addEventListener("reach", unreached);
    source.addEventListener("error", () => {
      // The browser's own new tries have no end to their haste, and none at all after a refusal.
      hush();
      failures += 1;
      lost(failures > 1);
      later(Math.min(LONGEST, SHORTEST * 2 ** failures) * (0.5 + Math.random() / 2), again);
    });
  };

  let awake = Date.now();
  setInterval(() => {
    const slept = Date.now() - awake > ASLEEP;
    awake = Date.now();
    if (slept && !told) {
      again();
    }
  }, POLL);
  addEventListener("online", () => told || again());
  addEventListener("visibilitychange", () => document.hidden || told || look());
  addEventListener("pagehide", hush);
  listen();
  return look;
}

/** Shows the seconds left in `element` and calls `done` at zero.  Sleep of the computer counts. */
export function countDown(element, seconds, done) {
  const ends = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) {
      clearInterval(timer);
      done();
    }
  };
  const timer = setInterval(tick, 1000);
  return timer;
}
