// On the page of a pass it is dark at night, unless somebody chose otherwise: a bright screen blinds in a car.
(() => {
  let chosen = null;
  try {
    chosen = window.localStorage.getItem("problembild-theme");
  } catch {
    // storage may be closed by policy; then the clock decides
  }
  const hour = new Date().getHours();
  if (chosen !== "dark" && chosen !== "light" && (hour >= 17 || hour < 8)) document.documentElement.dataset.theme = "dark";
})();
