"""How a report looks, on paper and on a screen: black on white on paper, and no meaning in colour alone."""

from __future__ import annotations

SHARED = """
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: "Noto Sans", "DejaVu Sans", system-ui, sans-serif; color: #111; background: #fff;
  overflow-wrap: anywhere; }
h1, h2, h3 { font-weight: 600; line-height: 1.25; }
h1 { font-size: 1.9em; }
h2 { font-size: 1.3em; margin-top: 1.3em; padding-top: 0.5em; border-top: 0.08em solid #111; }
h3 { font-size: 1.05em; margin-top: 0.9em; }
p { margin-top: 0.35em; }
ul { margin: 0.3em 0 0 1.2em; }
li { margin-top: 0.15em; }
figure { margin-top: 0.7em; }
img { display: block; max-width: 100%; height: auto; border: 0.06em solid #555; }
figcaption, .quiet, td small, th small { color: #444; font-size: 0.88em; }
figcaption { margin-top: 0.25em; }
td small, th small { display: block; margin-top: 0.15em; font-weight: 400; }
.sentence { font-size: 1.25em; line-height: 1.35; margin-top: 0.4em; }
.answer { font-size: 1.12em; font-weight: 600; }
.heading { font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin-top: 0.6em; font-size: 0.94em; }
.range { white-space: nowrap; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25em; }
th, td { text-align: left; vertical-align: top; padding: 0.3em 0.8em 0.3em 0; overflow-wrap: break-word; }
.long-word { overflow-wrap: anywhere; min-width: 12ch; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 0.1em solid #111; }
tbody th, tbody td { border-bottom: 0.05em solid #888; }
tbody th { font-weight: 600; }
.state::before { display: inline-block; width: 1.15em; font-weight: 600; }
.state.kept::before, .state.on_course::before { content: "\\2713"; }
.state.late::before, .state.missed::before, .state.impossible::before { content: "\\2717"; }
.state.partly::before { content: "\\25D0"; }
.state.overdue::before { content: "!"; }
"""

PAPER = """
@page { size: A4; margin: 15mm 17mm 16mm;
  @bottom-left { content: string(foot); font: 7.5pt "Noto Sans", "DejaVu Sans", sans-serif; color: #333;
    width: 82%; text-align: left; }
  @bottom-right { content: var(--page) counter(page) " / " counter(pages);
    font: 7.5pt "Noto Sans", "DejaVu Sans", sans-serif; color: #333; } }
html { font-size: var(--size); line-height: 1.4; }
main { string-set: foot attr(data-foot); }
h1, h2, h3, caption, .answer, .heading, h2 + .quiet, h3 + .quiet { break-after: avoid; }
p { orphans: 3; widows: 3; }
tr, figure, .whole { break-inside: avoid; }
tbody tr:first-child { break-after: avoid; }
tbody tr:last-child { break-before: avoid; }
thead { display: table-header-group; }
.appendix { break-before: page; }
.tight h2 { margin-top: 0.8em; padding-top: 0.35em; }
"""

SCREEN = """
:root { color-scheme: light dark; }
html { font-size: 17px; line-height: 1.5; -webkit-text-size-adjust: 100%; }
body { max-width: 820px; margin: 0 auto; padding: 16px 16px 64px; }
img { width: 100%; }
.foot { margin-top: 32px; font-size: 14px; color: #444; }
.rows { overflow-x: auto; }
.rows:focus-visible { outline: 3px solid #1f4e8c; outline-offset: 2px; }
@media (max-width: 600px) { .rows table { min-width: 520px; } h1 { font-size: 1.6em; } }
@media print { body { max-width: none; padding: 0; } tr, figure, .whole { break-inside: avoid; }
  .rows { overflow-x: visible; } h1, h2, h3, caption { break-after: avoid; } }
@media screen and (prefers-color-scheme: dark) {
  html { color: #e8eaed; background: #14181d; }
  h2 { border-top-color: #e8eaed; }
  figcaption, .quiet, td small, th small, .foot { color: #b4bbc4; }
  thead th { border-bottom-color: #e8eaed; }
  tbody th, tbody td { border-bottom-color: #66707c; }
  .rows:focus-visible { outline-color: #8ab4f8; }
  img { filter: brightness(0.85); }
}
"""
