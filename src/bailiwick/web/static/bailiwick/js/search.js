/* The one search box: what fits appears below it while somebody types (htmx fetches it). Control or Command K goes to the box, the arrows walk through
   what was found, Escape closes it, and leaving it closes it too. Who does not see it is told how much was found. */
"use strict";

(() => {
  const form = document.querySelector("form[data-seek]");
  if (!form) return;

  const input = form.querySelector("input");
  const found = form.querySelector(".found");
  const told = form.querySelector("[data-told]");
  const links = () => [...found.querySelectorAll("a")];

  function show(open) {
    found.hidden = !open || !input.value.trim() || !found.textContent.trim();
  }

  found.addEventListener("htmx:afterSwap", () => {
    show(form.contains(document.activeElement));
    const tell = found.querySelector("[data-tell]");
    told.textContent = tell ? tell.textContent : "";
  });
  input.addEventListener("focus", () => show(true));
  input.addEventListener("input", () => { if (!input.value.trim()) show(false); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show(false); });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape" && !found.hidden) {
      event.preventDefault();
      event.stopPropagation();
      input.focus();
      show(false);
    } else if (event.key === "ArrowDown" && !found.hidden && at + 1 < all.length) {
      event.preventDefault();
      all[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (all[at - 1] || input).focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
