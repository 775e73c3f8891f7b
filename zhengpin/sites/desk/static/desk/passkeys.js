/* Hands the buttons of passkeys to the library's script; without passkeys they stay hidden. */
"use strict";

(() => {
  const show = (id, shown) => {
    const part = document.getElementById(id);
    if (part) part.hidden = !shown;
  };
  if (!window.isSecureContext || !webauthnJSON.supported()) return;
  show("passkey-missing", false);
  document.querySelectorAll("[data-needs-passkeys]").forEach((form) => { form.hidden = false; });
  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const kind = button.dataset.passkey; // login, authenticate or add
    button.addEventListener("click", () => show("passkey-failed", false));
    allauth.webauthn.forms[`${kind}Form`]({
      ids: { [kind]: button.id, credential: "passkey-credential", data: "passkey-data", passwordless: "id_passwordless" },
    });
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("passkey-failed", true);
  });
})();
