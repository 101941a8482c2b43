// A prompt that goes on by itself: to an address elsewhere, or by asking again after a while.

const away = document.querySelector("a[data-forward]");
if (away) {
  location.assign(away.href);
}

const waiting = document.querySelector("form[data-again]");
if (waiting) {
  setTimeout(() => waiting.requestSubmit(), Number(waiting.dataset.again) * 1000);
}
