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

  // One control may stand for two keys ("fran,till"), and two controls for one key (groups and single problems).
  function readControls(params, ids, values, options, changed) {
    const key = changed.key;
    if (key.includes(",")) {
      const parts = (values[ids.findIndex((id) => id.key === key)] || "").split(",");
      key.split(",").forEach((one, at) => set(params, one, parts[at]));
      return;
    }
    const mine = ids.map((id, at) => (id.key === key ? at : -1)).filter((at) => at >= 0);
    const lists = mine.map((at) => values[at]).filter(Array.isArray);
    if (lists.length === 0) {
      set(params, key, values[mine[0]]);
      return;
    }
    const chosen = [...new Set(lists.flat())];
    const all = mine.reduce((count, at) => count + options[at].length, 0);
    set(params, key, key === "strom" && chosen.length === all ? "" : chosen.join(","));
  }

  function writeControls(params, ids, values, options) {
    return ids.map((id, at) => {
      if (id.key.includes(",")) {
        const parts = id.key.split(",").map((one) => params.get(one) || "");
        return parts.some(Boolean) ? parts.join(",") : "";
      }
      const text = params.get(id.key) || "";
      if (!Array.isArray(values[at])) return text;
      const known = options[at].map((option) => option.value);
      if (!text && id.key === "strom") return known;
      const chosen = text.split(",");
      return known.filter((value) => chosen.includes(value));
    });
  }

  function isDay(text) {
    const day = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
  }

  function readDays(params, days) {
    const [first, last] = days;
    if (!first && !last) {
      params.delete("fran");
      params.delete("till");
      return true;
    }
    if (!isDay(first || "") || !isDay(last || "") || last < first) return false;
    params.set("fran", first);
    params.set("till", last);
    return true;
  }

  // What was found belongs to the filters it was found under.
  function forgetFound(params) {
    params.delete("omrade");
  }

  function filter(values, days, cleared, search, ids, options) {
    const triggered = window.dash_clientside.callback_context.triggered_id;
    const params = parameters(search);
    if (triggered && triggered.type === "filter") {
      readControls(params, ids, values, options, triggered);
      forgetFound(params);
    } else if (triggered && triggered.type === "day") {
      if (!readDays(params, days)) return [quiet(), values.map(quiet), days.map(quiet)];
      forgetFound(params);
    } else if (triggered && triggered.type === "clear" && cleared.some(Boolean)) {
      ["fran", "till", "strom", "vad", "dagar", "tid", "omrade"].forEach((key) => params.delete(key));
    }
    const next = written(params);
    const current = [params.get("fran") || "", params.get("till") || ""];
    return [
      next === written(parameters(search)) ? quiet() : next,
      writeControls(params, ids, values, options),
      days.map((_, at) => current[at]),
    ];
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
  }

  // Markup made on the server, where every text in it was escaped: see dashboard/components/markup.py.
  function put(markup, id) {
    const place = document.getElementById(id.into);
    if (place !== null && place.putNow !== markup) {
      place.putNow = markup;
      place.innerHTML = markup ?? "";
    }
    return String(!markup);
  }

  // A link in such markup changes the address without loading the page anew.
  function follow(event) {
    const link = event.target.closest(".fragment a[href^='/']");
    if (!link || link.hasAttribute("download") || event.defaultPrevented) return;
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

  function loadMap() {
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
      filter,
      theme,
      paint,
      put,
      say_title: sayTitle,
      open_clicked: openClicked,
      copy_link: copyLink,
    },
  });
})();
