// On every page: a form is sent once, a reload never sends it again, a page from the back-forward cache is fresh.

if (location.pathname.startsWith("/login/")) {
  history.replaceState(null, "", location.href);
}

addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Not `disabled`: the pressed button's own value must still be sent.
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
    }
  });
}

for (const element of document.querySelectorAll("[data-scripted]")) {
  element.hidden = false;
}
