/* Ticks of a list: all of a page at once, a range with shift, and how many there are. Escape gives up the change of a cell. */
"use strict";

(() => {
  const every = document.querySelector("[data-picks-all]");
  const told = document.querySelector("[data-picked]");
  const picks = [...document.querySelectorAll("input[form=many][name=row]")];
  let last = null;

  function show() {
    const n = picks.filter((pick) => pick.checked).length;
    if (told) told.textContent = n ? `(${n})` : "";
    if (every) { every.checked = n > 0 && n === picks.length; every.indeterminate = n > 0 && n < picks.length; }
  }

  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => { for (const pick of picks) pick.checked = every.checked; show(); });
  }
  for (const pick of picks) {
    pick.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [picks.indexOf(last), picks.indexOf(pick)].sort((a, b) => a - b);
        for (const one of picks.slice(from, to + 1)) one.checked = pick.checked;
      }
      last = pick;
      show();
    });
    pick.addEventListener("change", show);
  }
  show();

  document.addEventListener("keydown", (event) => {
    const form = event.key === "Escape" && event.target.closest && event.target.closest("form.cell");
    if (form) form.querySelector("[data-cancel]").click();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const input = event.target.querySelector && event.target.querySelector("form.cell input:not([type=hidden]), form.cell select");
    if (input) { input.focus(); if (input.select && input.type === "text") input.select(); }
  });
})();
