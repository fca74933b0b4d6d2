// What the browser does by itself: filters to the address and back, the theme, the map's door.
// Dash finds these functions by name; see dashboard/app.py and dashboard/pages/map.py.
(() => {
  const quiet = () => window.dash_clientside.no_update;
  const MAP_SCRIPT = "/assets/map/problembild-map.js";
  const NARROW = "(max-width: 760px)";
  let mapScript = null;

  function parameters(search) {
    return new URLSearchParams(search || "");
  }

  // Commas stay commas, so that a person can read the address.
  function written(params) {
    const text = params.toString().replaceAll("%2C", ",");
    return text ? `?${text}` : "";
  }

  function set(params, key, value) {
    if (value) params.set(key, value);
    else params.delete(key);
  }

  // The names of the form's fields are the keys of the address; see dashboard/components/filters.py.
  const LISTS = ["strom", "vad"];
  const SINGLE = ["dagar", "tid"];
  // How the map finds and what it shows: asked for on the map's page alone, and kept on the others.
  const ON_MAP = ["metod", "lager"];

  function readForm(form, changed, params) {
    const fields = [...form.elements];
    for (const key of LISTS) {
      const offered = fields.filter((field) => field.name === key);
      const chosen = offered.filter((field) => field.checked).map((field) => field.value);
      // every stream is what comes without asking
      set(params, key, key === "strom" && chosen.length === offered.length ? "" : chosen.join(","));
    }
    for (const key of SINGLE) set(params, key, fields.find((field) => field.name === key && field.checked)?.value);
    for (const key of ON_MAP) {
      const offered = fields.filter((field) => field.name === key);
      if (offered.length > 0) set(params, key, offered.find((field) => field.type !== "radio" || field.checked)?.value);
    }
    if (changed === "period") {
      const [first, last] = form.elements.period.value.split(",");
      set(params, "fran", first);
      set(params, "till", last);
    } else if (changed === "fran" || changed === "till") {
      const [first, last] = [form.elements.fran.value, form.elements.till.value];
      if (Boolean(first) !== Boolean(last) || last < first) return false;
      set(params, "fran", first);
      set(params, "till", last);
    }
    // what was found belongs to the filters it was found under
    params.delete("omrade");
    return true;
  }

  function showChosen(search) {
    const form = document.querySelector("form.filter-sheet");
    if (form === null) return;
    const params = parameters(search);
    const days = ["fran", "till"].map((key) => params.get(key) || "");
    for (const field of form.elements) {
      const value = params.get(field.name) || "";
      if (LISTS.includes(field.name)) {
        field.checked = value ? value.split(",").includes(field.value) : field.name === "strom";
      } else if (field.type === "radio") field.checked = field.value === value;
      else if (field.name === "metod") field.value = value;
      else if (field.name === "period") field.value = days.some(Boolean) ? days.join(",") : "";
      else if (field.type === "date") field.value = value;
    }
  }

  // The weights of the streams: the order of the sliders is that of the address.
  const sliders = (form) => [...form.querySelectorAll("input[type=range]")];

  function weigh(event) {
    const form = event.target.closest("form.weights");
    if (form === null) return;
    // an order by nothing is no order: the last one that is moved keeps a little
    if (sliders(form).every((slider) => Number(slider.value) === 0)) event.target.value = event.target.step;
    event.target.parentElement.querySelector("output").textContent = Number(event.target.value).toLocaleString(
      document.documentElement.lang,
      { minimumFractionDigits: 1 },
    );
    if (event.type !== "change") return;
    const weights = sliders(form).map((slider) => String(Number(slider.value)));
    const params = parameters(window.location.search);
    const said = weights.join(",");
    set(params, "vikt", said === form.dataset.usualWeights ? "" : said);
    go(window.location.pathname, written(params));
  }

  function usualWeights(event) {
    if (!event.target.closest("[data-usual]")) return;
    const params = parameters(window.location.search);
    params.delete("vikt");
    go(window.location.pathname, written(params));
  }

  function change(event) {
    const form = event.target.closest("form.filter-sheet");
    if (form === null) return;
    const params = parameters(window.location.search);
    if (readForm(form, event.target.name, params)) go(window.location.pathname, written(params));
  }

  function clear(event) {
    if (!event.target.closest("[data-clear]")) return;
    const params = parameters(window.location.search);
    [...LISTS, ...SINGLE, ...ON_MAP, "fran", "till", "omrade"].forEach((key) => params.delete(key));
    go(window.location.pathname, written(params));
  }

  function theme(clicks, known) {
    const root = document.documentElement;
    if (clicks) {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        window.localStorage.setItem("problembild-theme", root.dataset.theme);
      } catch {
        // not kept until next time, and nothing worse
      }
    }
    const now = root.dataset.theme;
    return [now === known ? quiet() : now, String(now === "dark")];
  }

  function sayTitle(shown) {
    if (!shown) return;
    document.title = shown.title;
    document.documentElement.lang = shown.language;
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    openPages(false);
  }

  // The pages behind one button on a phone: it says whether they are open, Escape closes and gives the focus back.
  function openPages(open) {
    document.getElementById("pages-button")?.setAttribute("aria-expanded", String(open));
  }

  function pagesAreOpen() {
    return document.getElementById("pages-button")?.getAttribute("aria-expanded") === "true";
  }

  function pagesClicked(event) {
    if (event.target.closest("#pages-button")) openPages(!pagesAreOpen());
    else if (!event.target.closest("#pages-menu") || event.target.closest("a")) openPages(false);
    for (const menu of document.querySelectorAll("#header details.menu[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
  }

  function pagesKey(event) {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("#header details.menu[open]");
    if (menu !== null) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    } else if (pagesAreOpen()) {
      openPages(false);
      document.getElementById("pages-button").focus();
    }
  }

  // Who steers by keys and goes on past the last way has left the menu.
  function pagesLeft(event) {
    if (pagesAreOpen() && event.relatedTarget && !event.relatedTarget.closest("#pages-menu, #pages-button")) {
      openPages(false);
    }
  }

  // Markup made on the server, where every text in it was escaped: see dashboard/components/markup.py.
  function put(markup, id) {
    const place = document.getElementById(id.into);
    if (place !== null && place.putNow !== markup) {
      place.putNow = markup;
      const held = place.contains(document.activeElement) ? document.activeElement.name : "";
      place.innerHTML = markup ?? "";
      if (held) place.querySelector(`[name="${held}"]`)?.focus(); // who steers by keys goes on where they were
      // a form that is filled in without a mouse is ready for the first key
      place.querySelector("form[data-focus]")?.querySelector("input:not([readonly], [type=hidden])")?.focus();
      showChosen(window.location.search);
    }
    return String(!markup);
  }

  // A link in such markup changes the address without loading the page anew.
  function follow(event) {
    const link = event.target.closest(".fragment a[href^='/']");
    // What is downloaded, or says where it opens, is no page of this application.
    if (!link || link.hasAttribute("download") || link.target || event.defaultPrevented) return;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.pathname, link.search);
  }

  function go(pathname, search) {
    const elsewhere = pathname !== window.location.pathname;
    window.dash_clientside.set_props("address", { pathname, search });
    if (elsewhere) window.scrollTo(0, 0);
  }

  document.addEventListener("click", follow);
  document.addEventListener("click", pagesClicked);
  document.addEventListener("keydown", pagesKey);
  document.addEventListener("focusout", pagesLeft);
  document.addEventListener("click", clear);
  document.addEventListener("click", usualWeights);
  document.addEventListener("change", change);
  document.addEventListener("change", weigh);
  document.addEventListener("input", weigh);
  document.addEventListener("submit", (event) => {
    // only signing out is sent as a form: see dashboard/components/person.py
    if (!event.target.hasAttribute("action")) event.preventDefault();
  });

  function loadMap() {
    if (window.problembild) return Promise.resolve(); // another page has brought it
    mapScript ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = MAP_SCRIPT;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return mapScript;
  }

  async function paint(payload) {
    if (payload) {
      await loadMap();
      await window.problembild.paint("map", payload);
    }
  }

  // Beside the map a place opens in the panel; on a phone it is a page of its own.
  function openClicked(click) {
    if (!click) return;
    const params = parameters(window.location.search);
    params.delete("omrade");
    params.delete("plats");
    if (click.kind === "place" && window.matchMedia(NARROW).matches) {
      go(`/platser/${click.id}`, written(params));
      return;
    }
    params.set(click.kind === "place" ? "plats" : "omrade", click.id);
    go(window.location.pathname, written(params));
  }

  function copyLink(clicks) {
    const button = document.getElementById("copy-link");
    if (!clicks || !button) return quiet();
    return navigator.clipboard.writeText(window.location.href).then(() => button.dataset.copied);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    problembild: {
      show_chosen: showChosen,
      theme,
      paint,
      put,
      say_title: sayTitle,
      forget_failure: () => [],
      open_clicked: openClicked,
      copy_link: copyLink,
    },
  });
})();
