// Changing a place: clicks on the map are corners of an area, kept as text that can be typed and pasted as well.
// The markup is made in dashboard/components/place_edit.py, the answers are taken in pages/place_edit.py.
(() => {
  const area = () => document.getElementById("drawn-area");
  const NUMBER = "-?\\d+(?:\\.\\d+)?";
  const SIMPLE = new RegExp(`^\\s*(?:POLYGON|POINT|LINESTRING)\\s*\\(+([^()]*)\\)+\\s*$`, "i");

  /** The corners of the text where it is a simple outline in degrees; null where it is something pasted. */
  function corners() {
    const text = area().value.trim();
    if (text === "") return [];
    const inside = SIMPLE.exec(text);
    if (inside === null) return null;
    const found = inside[1].split(",").map((pair) => pair.trim().split(/\s+/));
    if (!found.every((pair) => pair.length === 2 && pair.every((one) => new RegExp(`^${NUMBER}$`).test(one)))) return null;
    const points = found.map((pair) => pair.map(Number));
    const [first, last] = [points[0], points.at(-1)];
    if (points.length > 3 && first[0] === last[0] && first[1] === last[1]) points.pop();
    return points.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90) ? null : points;
  }

  function write(points) {
    const pairs = points.map((point) => point.join(" "));
    if (points.length > 2) area().value = `POLYGON ((${[...pairs, pairs[0]].join(", ")}))`;
    else if (points.length === 2) area().value = `LINESTRING (${pairs.join(", ")})`;
    else area().value = points.length ? `POINT (${pairs[0]})` : "";
    show();
  }

  function show() {
    const points = corners();
    const told = document.getElementById("drawn-area-said");
    told.textContent = points?.length ? told.dataset.corners.replace("{n}", String(points.length)) : "";
    window.problembild?.pin?.(null);
    window.problembild?.trace?.(points ?? []);
  }

  /** What came of it stands above the forms, which on a telephone is out of sight. */
  function bringAnswer() {
    const body = document.getElementById("place-edit-body");
    const watch = new MutationObserver(() => {
      watch.disconnect();
      body.querySelector(".said, .fault")?.scrollIntoView({ block: "center" });
    });
    watch.observe(body, { childList: true });
  }

  function send(element, more) {
    const sure = element.dataset.sure;
    if (sure && !window.confirm(sure)) return;
    const own = element.closest("[data-place]");
    bringAnswer();
    window.dash_clientside.set_props("place-edit", {
      data: {
        edit: element.dataset.edit,
        place: own.dataset.place,
        revision: own.dataset.revision,
        stop: element.dataset.stop,
        area: area()?.value ?? "",
        corner: (corners()?.at(-1) ?? []).join(" "),
        ...more,
        at: Date.now(),
      },
    });
  }

  document.addEventListener("picked", (event) => {
    if (area() === null) return;
    const { lon, lat } = event.detail;
    write([...(corners() ?? []), [lon, lat]]);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "drawn-area") show();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.corner) write(button.dataset.corner === "undo" ? (corners() ?? []).slice(0, -1) : []);
    else if (button?.dataset.edit) send(button, {});
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-edit]")) return;
    event.preventDefault();
    send(event.target, Object.fromEntries(new FormData(event.target)));
  });
})();
