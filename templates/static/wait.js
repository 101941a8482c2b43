// The page that waits for a phone: goes on by itself as soon as there is an answer.

import "./again.js";
import { countDown, whenChanged } from "./waiting.js";

const main = document.querySelector("main");
const form = main.querySelector("form[data-proceed]");
const status = main.querySelector("[data-words]");
const words = JSON.parse(status.dataset.words);
let waiting = status.querySelector("[data-scripted]")?.textContent;

const changed = (word) => {
  status.textContent = words[word] ?? "";
  const isRefused = word === "denied" || word === "revoked";
  if (word === "expired" || word === "gone" || word === "idle" || (isRefused && !("scriptedStep" in main.dataset))) {
    location.replace(location.href);
  } else {
    form.requestSubmit();
  }
};
const look = whenChanged(main, changed, {
  lost: (is) => {
    const text = is ? words.lost : waiting;
    if (waiting && status.textContent !== text) {
      status.textContent = text;
    }
  },
  unreached: () => {
    status.textContent = waiting = words.not_reached;
  },
});

const bar = main.querySelector("progress");
if (bar) {
  const ends = Date.now() + Number(bar.dataset.left) * 1000;
  const timer = setInterval(() => {
    bar.value = Math.max(0, (ends - Date.now()) / 1000);
    if (bar.value === 0) {
      clearInterval(timer);
    }
  }, 1000);
  countDown(main.querySelector("[data-time-left]"), Number(bar.dataset.left), () => setTimeout(look, 1000));
}
