// Before anything is drawn: the theme chosen last time, else the system's, so that the page never flashes.
(() => {
  let chosen = null;
  try {
    chosen = window.localStorage.getItem("problembild-theme");
  } catch {
    // storage may be closed by policy; then the system decides
  }
  const system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = chosen === "dark" || chosen === "light" ? chosen : system;
})();
