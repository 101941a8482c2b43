// On every page: a form is sent once, a reload never sends it again, a page from the back-forward cache is fresh.

if (location.pathname.startsWith("/login/")) {
  history.replaceState(null, "", location.href);
}

addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});

const PATIENCE = 8000; // milliseconds after which a form that got no answer may be sent again

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => {
      delete form.dataset.sent;
      form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
    }, PATIENCE);
    // Not `disabled`: the pressed button's own value must still be sent.
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
    }
  });
}

for (const element of document.querySelectorAll("[data-scripted]")) {
  element.hidden = false;
}
