/* Keys for those who decide all day. "/" goes to the search or the line, "g" and a letter to a page of the navigation (its data-key),
   "?" opens the list of keys, Escape closes what is open. Single keys can be switched off in that list, for people who speak to their computer. */
"use strict";

(() => {
  const list = document.getElementById("keys");
  const box = document.querySelector("[data-keys-on]");
  const more = document.querySelector(".nav .more");
  let goes = 0; // until when a letter after "g" counts

  const on = () => remembered("bailiwick.keys") !== "off";

  // A browser may forbid storage; then keys are on.
  function remembered(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function open() {
    if (list && !list.open) list.showModal();
  }

  function press(event) {
    if (event.key === "Escape" && more && more.open) {
      more.open = false;
      more.querySelector("summary").focus();
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || !on() || document.querySelector("dialog[open]")) return;

    if (goes > event.timeStamp) {
      goes = 0;
      const entry = document.querySelector(`.nav a[data-key="${CSS.escape(event.key)}"]`);
      if (entry) { event.preventDefault(); entry.click(); }
    } else if (event.key === "g") {
      goes = event.timeStamp + 1500;
    } else if (event.key === "/") {
      const place = document.querySelector("main input[type=search]") || document.getElementById("line") || document.querySelector("input[type=search]");
      if (place) { event.preventDefault(); place.focus(); place.select(); }
    } else if (event.key === "?") {
      event.preventDefault();
      open();
    }
  }

  document.addEventListener("keydown", press);

  // A click beside the open "More" closes it.
  document.addEventListener("click", (event) => {
    if (more && more.open && !more.contains(event.target)) more.open = false;
  });

  for (const button of document.querySelectorAll("[data-opens=keys]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }

  if (box) {
    box.checked = on();
    box.addEventListener("change", () => {
      try { localStorage.setItem("bailiwick.keys", box.checked ? "on" : "off"); } catch { /* stays as it is */ }
    });
  }
})();
