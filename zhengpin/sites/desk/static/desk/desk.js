/* Small comforts; every page works without them. */
"use strict";

// "/" goes to the search box, unless one is writing.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("find");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

// Escape and a click elsewhere close an open menu.
const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
  if (menu !== except) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.menu[open]");
  closeMenus();
  if (menu) menu.querySelector("summary").focus();
});

// A form is sent once; its button says what is happening (data-busy).
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  if (event.target.method !== "post" || event.target.hasAttribute("hx-post")) return;
  event.target.dataset.sent = "yes";
  if (button && button.dataset.busy) {
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A file can be dropped on its field.
document.querySelectorAll(".drop").forEach((place) => {
  const input = place.querySelector("input[type=file]");
  ["dragover", "dragleave", "drop"].forEach((kind) => place.addEventListener(kind, (event) => {
    event.preventDefault();
    place.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  }));
});

// A clause chosen in the source shows its card; on a phone the card is then brought into view.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "panel") return;
  const wanted = new URL(location.href).searchParams.get("clause");
  document.querySelectorAll(".doc .clause").forEach((piece) => {
    if (piece.dataset.address === wanted) piece.setAttribute("aria-current", "true");
    else piece.removeAttribute("aria-current");
  });
  bringIntoView(wanted);
  const card = document.getElementById("card");
  if (card) card.focus({ preventScroll: true });
});

// Side by side, the source goes to the chosen clause; on a phone the card comes first.
const bringIntoView = (wanted) => {
  const card = document.getElementById("card");
  const part = document.getElementById("choose") || document.querySelector("#correct[open]") || card;
  if (!part) return;
  if (matchMedia("(max-width: 800px)").matches) { part.scrollIntoView(); return; }
  const piece = document.getElementById(`c-${wanted}`);
  const place = piece && piece.getBoundingClientRect();
  if (place && (place.top < 0 || place.bottom > innerHeight)) piece.scrollIntoView({ block: "center", behavior: "instant" });
  const panel = document.getElementById("panel");
  panel.scrollTop = part === card ? 0 : part.offsetTop - panel.offsetTop;
};
if (document.getElementById("card") && !location.hash.startsWith("#c-")) {
  bringIntoView(new URL(location.href).searchParams.get("clause"));
}
