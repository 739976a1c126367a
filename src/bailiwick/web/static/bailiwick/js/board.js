/* Cards of the board are dragged from step to step. What is dropped is sent by the card's own form, the one that keys and fingers use. */
"use strict";

(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let card = null;

  board.addEventListener("dragstart", (event) => {
    card = event.target.closest("[data-card]");
    if (!card) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector("a").href);
    card.toggleAttribute("data-dragged", true);
  });

  board.addEventListener("dragend", () => {
    if (card) card.toggleAttribute("data-dragged", false);
    for (const lane of board.querySelectorAll("[data-over]")) lane.toggleAttribute("data-over", false);
    card = null;
  });

  for (const lane of board.querySelectorAll("[data-step]")) {
    lane.addEventListener("dragover", (event) => {
      if (!card || lane.contains(card)) return;
      event.preventDefault();
      lane.toggleAttribute("data-over", true);
    });
    lane.addEventListener("dragleave", () => lane.toggleAttribute("data-over", false));
    lane.addEventListener("drop", (event) => {
      if (!card || lane.contains(card)) return;
      event.preventDefault();
      const form = card.querySelector("form");
      form.querySelector("[name=step]").value = lane.dataset.step;
      form.submit();
    });
  }
})();
