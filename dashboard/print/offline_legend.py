"""The legend of the offline map: what it shows, for which selection, and what its colours mean."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from dashboard.map.palette import LIGHT
from dashboard.print.offline_script import mark_svg
from dashboard.views.filters import selection_words
from dashboard.views.made_up import made_up_words

if TYPE_CHECKING:
    from dashboard.map.palette import Edge, Fill
    from dashboard.print.offline_records import Records
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.map import MapView
    from geodata.project import Project
    from geodata.selection import Selection

STYLE = """
body { margin: 0; font: 14px/1.45 "Noto Sans", system-ui, sans-serif; color: #27313c; }
.legend { position: fixed; z-index: 1000; top: 12px; left: 12px; width: 290px; max-height: calc(100vh - 60px);
  overflow: auto; box-sizing: border-box; padding: 14px 16px; border-radius: 8px; background: #fff;
  box-shadow: 0 2px 12px rgb(10 20 30 / 0.28); }
.legend h1 { margin: 0 0 4px; font-size: 17px; } .legend h2 { margin: 12px 0 4px; font-size: 13px; }
.legend p { margin: 4px 0; } .legend small { color: #55616e; }
.legend summary { cursor: pointer; font-weight: 600; }
.legend ul { margin: 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: 8px; margin: 2px 0; }
.legend .key { flex: none; width: 22px; height: 14px; box-sizing: border-box; }
.legend .made-up { padding: 4px 8px; border-radius: 4px; background: #fdf0d5; }
.badge { display: grid; place-items: center; box-sizing: border-box; border: 2px solid #fff;
  border-radius: 50%; background: #27364a; color: #fff; font: 600 12px/1 "Noto Sans", system-ui, sans-serif; }
.badge:focus-visible { outline: 3px solid #c2185b; }
.leaflet-popup-content p { margin: 2px 0; overflow-wrap: anywhere; }
.leaflet-popup-content p:first-child { font-weight: 600; }
@media (max-width: 600px) { .legend { width: auto; right: 60px; max-height: 45vh; padding: 10px 12px; } }
"""
AGREEMENTS = ("felt_and_recorded", "felt_only", "recorded_only", "neither", "too_few")


def legend(
    texts: Catalogue,
    project: Project,
    selection: Selection,
    *,
    view: MapView,
    records: Records | None,
    rounds: bool = False,
) -> str:
    """Return the legend as HTML, every word escaped.

    Parameters
    ----------
    records
        The single records in the file, None for an audience that sees none.
    rounds
        Whether usual rounds are drawn.
    """
    day = texts.form.day(datetime.now(project.zone).date())
    lines = [f"<h1>{escape(project.municipality.name)}</h1>"]
    if made_up := made_up_words(texts, project.municipality):
        lines.append(f'<p class="made-up">{escape(made_up)}</p>')
    lines += [
        f"<p>{escape(view.sentence)}</p>",
        f"<p><small>{escape(selection_words(texts, selection))}</small></p>",
        f"<details open><summary>{escape(texts('map.offline.meaning'))}</summary>",
    ]
    if view.legend:
        steps = [(_cell(step.level), step.label) for step in view.legend]
        lines += _keys(texts("map.legend_heading"), steps)
        lines.append(f"<p><small>{escape(view.legend_cell)}</small></p>")
    if view.legend_chances:
        looks = [(_outline(LIGHT.chance[code]), words) for code, words in view.legend_chances]
        lines += _keys(texts("map.legend_chances"), looks)
    if view.legend_kinds:
        lines += _keys(texts("map.legend_kinds"), [("", words) for words in view.legend_kinds])
    fills = [(_swatch(LIGHT.agreement[code]), texts(f"agreement.{code}")) for code in AGREEMENTS]
    lines += _keys(texts("map.legend_places"), fills)
    if rounds:
        dashed = f'<span class="key" style="height:0;border-top:4px dashed {LIGHT.way}"></span>'
        lines += [f"<ul><li>{dashed}<span>{escape(texts('detail.round'))}</span></li></ul>"]
    if records is not None:
        marks = [(mark_svg(stream), texts(f"stream.{stream}.choice")) for stream in LIGHT.streams]
        lines += _keys(texts("map.offline.records"), marks)
        said = texts("map.offline.records_shown", n=len(records.rows), of=records.of)
        lines.append(f"<p><small>{escape(said)}</small></p>")
    lines.append("</details>")
    sources = " · ".join([*project.attribution, texts("map.offline.saved", day=day)])
    lines.append(f"<p><small>{escape(sources)}</small></p>")
    return f'<section class="legend">{"".join(lines)}</section>'


def _keys(heading: str, rows: list[tuple[str, str]]) -> list[str]:
    items = "".join(f"<li>{key}<span>{escape(label)}</span></li>" for key, label in rows)
    return [f"<h2>{escape(heading)}</h2><ul>{items}</ul>"]


def _cell(level: int) -> str:
    return f'<span class="key" style="background:{LIGHT.level_on_land(level)}"></span>'


def _outline(edge: Edge) -> str:
    return f'<span class="key" style="border:{edge.width}px {edge.css} {edge.colour}"></span>'


def _swatch(fill: Fill) -> str:
    line = f"{fill.colour} 0 1px,transparent 1px 5px"
    images = {
        "hatch": f"repeating-linear-gradient(-45deg,{line})",
        "crosshatch": f"repeating-linear-gradient(-45deg,{line}),repeating-linear-gradient(45deg,{line})",
        "dots": f"radial-gradient({fill.colour} 1.4px,transparent 1.6px)",
        "none": "none",
    }
    style = f"border:1.5px solid {LIGHT.place};background-image:{images[fill.pattern]};background-size:auto"
    if fill.pattern == "dots":
        style += ";background-size:6px 6px"
    return f'<span class="key" style="{style}"></span>'
