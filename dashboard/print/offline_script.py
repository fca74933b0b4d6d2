"""What the offline map does by itself: patterns, cards, road widths, single records when it is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branca.element import MacroElement
from jinja2 import Template

from dashboard.map.palette import LIGHT

if TYPE_CHECKING:
    import folium


_SHAPES = {
    "circle": '<circle r="5.6"/>',
    "square": '<rect x="-5" y="-5" width="10" height="10"/>',
    "triangle": '<path d="M0-6.5L6.2 4.6H-6.2Z"/>',
}


class Behaviour(MacroElement):
    """A script in the page; every word goes through ``textContent``, so no name can become markup.

    It finds its words and records in the constant ``problembild``.

    Parameters
    ----------
    roads
        Each road layer's name in the page and its width at zoom 13.
    cells
        Each level's name in the page and how far it covers the ground from afar.
    areas, places
        Names of the layers in the page.
    """

    _template = Template(
        """
{% macro script(this, kwargs) %}
(function () {
  const map = {{ this.page }}, { words, areas, places, records } = problembild;
  const marks = {{ this.marks|tojson }};
  L.control.zoom({position: "topright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out}).addTo(map);
  L.control.scale({imperial: false}).addTo(map);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", words.title);

  function card() {
    const element = document.createElement("div");
    for (const text of arguments) {
      const line = document.createElement("p");
      line.textContent = text;
      element.append(line);
    }
    return element;
  }

  const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
  defs.innerHTML = {{ this.patterns|tojson }};
  document.querySelector(".leaflet-overlay-pane svg").prepend(defs);

  // Near the ground cells cover less, so that streets are seen through them.
  const cells = [{% for name, opacity in this.cells %}[{{ name }}, {{ opacity }}],{% endfor %}];
  const roads = [{% for name, width in this.roads %}[{{ name }}, {{ width }}],{% endfor %}];
  function follow() {
    const growth = Math.pow(1.55, map.getZoom() - 13);
    for (const [layer, width] of roads) layer.setStyle({weight: Math.max(0.3, width * growth)});
    const share = 1 - 0.4 * Math.min(1, Math.max(0, (map.getZoom() - 13) / 3));
    for (const [layer, opacity] of cells) layer.setStyle({fillOpacity: opacity * share});
  }
  map.on("zoomend", follow);
  follow();

  {% if this.areas %}
  {{ this.areas }}.eachLayer((layer) => layer.bindPopup(card(areas[layer.feature.id].said)));
  {% endif %}
  {% if this.places %}
  {{ this.places }}.eachLayer((layer) => {
    const place = places[layer.feature.id];
    const title = (place.rank === null ? "" : place.rank + ". ") + place.name;
    layer.bindPopup(card(title, place.said));
    const badge = document.createElement("span");
    badge.textContent = place.rank === null ? "" : place.rank;
    const icon = L.divIcon({className: "badge", html: badge, iconSize: [24, 24]});
    L.marker([place.lat, place.lon], {icon, title, alt: title, zIndexOffset: 1000 - (place.rank || 999)})
      .bindPopup(card(title, place.said)).addTo(map);
  });
  {% endif %}

  const near = L.layerGroup().addTo(map), icons = {};
  for (const [stream, html] of Object.entries(marks)) {
    icons[stream] = L.divIcon({className: "mark", html, iconSize: [16, 16]});
  }
  function show() {
    near.clearLayers();
    if (map.getZoom() < {{ this.near_zoom }}) return;
    const view = map.getBounds();
    for (const [lon, lat, stream, what, when] of records) {
      if (!view.contains([lat, lon])) continue;
      L.marker([lat, lon], {icon: icons[stream], title: what, alt: what, keyboard: false})
        .bindPopup(card(words["stream." + stream], what, when)).addTo(near);
    }
  }
  map.on("moveend", show);
  show();
})();
{% endmacro %}
        """
    )

    def __init__(
        self,
        page: folium.Map,
        *,
        roads: list[tuple[str, float]],
        cells: list[tuple[str, float]],
        areas: str | None,
        places: str | None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca does not say its types
        self._name = "Behaviour"
        self.page = page.get_name()
        self.roads, self.cells, self.areas, self.places = roads, cells, areas, places
        self.marks = {stream: mark_svg(stream) for stream in LIGHT.streams}
        self.patterns = "".join(
            _pattern(agreement, fill.pattern, fill.colour)
            for agreement, fill in LIGHT.agreement.items()
            if fill.pattern != "none"
        )
        self.near_zoom = 15


def mark_svg(stream: str) -> str:
    """Return the mark of a stream as SVG."""
    mark = LIGHT.streams[stream]
    return (
        f'<svg viewBox="-8 -8 16 16" width="16" height="16" fill="{mark.colour}" stroke="#fff"'
        f' stroke-width="1.4" aria-hidden="true">{_SHAPES[mark.shape]}</svg>'
    )


def _pattern(agreement: str, pattern: str, colour: str) -> str:
    size = 12
    if pattern == "dots":
        drawn = f'<circle cx="6" cy="6" r="1.35" fill="{colour}"/>'
    else:
        lines = "M-1 13L13-1M-1 1L1-1M11 13L13 11"
        if pattern == "crosshatch":
            lines += "M-1-1L13 13M-1 11L1 13M11-1L13 1"
        drawn = f'<path d="{lines}" stroke="{colour}"/>'
    strength = 0.36 if pattern == "crosshatch" else 0.55
    wash = f'<rect width="{size}" height="{size}" fill="{colour}" opacity="0.08"/>'
    return (
        f'<pattern id="pattern-{agreement}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'{wash}<g opacity="{strength}">{drawn}</g></pattern>'
    )
