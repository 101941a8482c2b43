// What waiting pages share: being told of a change, and counting down.

const POLL = 5000;

/** Calls `changed(word)` once, when the login's status differs from the word the page was made with. */
export function whenChanged(main, changed) {
  const seen = main.dataset.word;
  let told = false;
  const tell = (word) => {
    if (!told && word !== seen) {
      told = true;
      changed(word);
    }
  };
  const poll = () => setTimeout(async () => {
    try {
      const response = await fetch(main.dataset.status, { cache: "no-store" });
      if (response.ok) {
        tell((await response.json()).outcome);
      } else if (response.status < 500 && response.status !== 429) {
        tell("gone");
      }
    } catch {
      // Offline: the next poll tells.
    }
    if (!told) {
      poll();
    }
  }, POLL);

  if (!("EventSource" in window)) {
    poll();
    return;
  }
  const source = new EventSource(main.dataset.events);
  source.addEventListener("changed", (event) => {
    source.close();
    tell(event.data);
  });
  source.addEventListener("error", () => {
    // A refused stream stays closed; a broken one is opened again by the browser.
    if (source.readyState === EventSource.CLOSED && !told) {
      poll();
    }
  });
  addEventListener("pagehide", () => source.close());
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
