"""How a patrol sheet looks: on paper, and on a telephone in the dark."""

from __future__ import annotations

SHARED = """
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: "Noto Sans", system-ui, sans-serif; color: #111; background: #fff; }
h1, h2, h3 { font-weight: 600; }
.map { display: block; }
.number { display: inline-block; background: #000; color: #fff; text-align: center; font-weight: 600; }
.key { display: inline-block; vertical-align: middle; margin-right: 1.5mm; }
.key.stretch { width: 7mm; height: 1.8mm; background: #10306b; border-radius: 1mm; }
.key.place { width: 7mm; height: 0; border-top: 0.4mm dashed #333; }
.key.safe { width: 4mm; line-height: 3.4mm; border: 0.4mm solid #000; border-radius: 0.6mm;
  text-align: center; font-weight: 600; font-size: 8pt; background: #fff; color: #000; }
"""

PAPER = """
@page { size: A4; margin: 11mm 14mm 12mm;
  @bottom-left { content: string(foot); font: 7.5pt "Noto Sans", sans-serif; color: #333; width: 75%;
  text-align: left; }
  @bottom-right { content: var(--page) counter(page) " / " counter(pages);
  font: 7.5pt "Noto Sans", sans-serif; color: #333; } }
html { line-height: 1.32; }
.sheet + .sheet { break-before: page; }
.foot { string-set: foot content(); position: absolute; left: -200mm; font-size: 1pt; }
header { border-bottom: 0.6mm solid #111; padding-bottom: 1.5mm; margin-bottom: 2.5mm; }
header h1 { font-size: 16pt; line-height: 1.15; }
header p { font-size: 10.5pt; }
header .secrecy { font-weight: 600; }
.overview { margin-bottom: 2.5mm; }
.map { border: 0.25mm solid #111; }
.stop { break-inside: avoid; border-top: 0.25mm solid #777; padding-top: 1.5mm; margin-top: 1.5mm; }
.stop:first-of-type { border-top: 0; margin-top: 0; padding-top: 0; }
.stop h2 { font-size: 1.35em; line-height: 1.25; }
.number { border-radius: 3mm; width: 6mm; line-height: 6mm; height: 6mm; margin-right: 1.5mm;
  font-size: 10pt; }
.lead { margin-bottom: 1mm; }
.lead b { font-weight: 600; }
.beside { display: flex; gap: 4mm; }
.beside > .map { flex: none; }
.beside > div { flex: 1; }
.two .parts { columns: 2; column-gap: 6mm; }
.part { break-inside: avoid; margin-bottom: 1.2mm; }
p.part { margin-bottom: 0.4mm; }
.part b { font-weight: 600; }
.part h3 { font-size: 1em; line-height: 1.3; }
.part p { margin: 0; }
.write { margin-top: 1.5mm; border: 0.25mm solid #111; padding: 1.2mm 2.5mm 1.4mm; }
.write p { display: flex; gap: 4mm; align-items: flex-end; padding-top: 1mm; }
.write span { white-space: nowrap; }
.write i { display: inline-block; border-bottom: 0.25mm solid #111; height: 4.4mm;
  margin-left: 1.2mm; width: 16mm; }
.write.tight { border: 0; padding: 0.4mm 0 0; margin-top: 0; }
.write.tight p { padding-top: 0; }
.write i.long { width: 40mm; }
.write i.whole { width: 70mm; }
.write b { display: inline-block; width: 3.4mm; height: 3.4mm; border: 0.3mm solid #111;
  margin: 0 1.2mm 0 0; }
.legend { font-size: 8pt; margin-top: 1mm; display: flex; gap: 6mm; }
"""

SCREEN = """
:root { color-scheme: light dark; --sheet: #fff; --line: #8a949d; --quiet: #53606c; --ink: #111; }
html { font-size: 17px; line-height: 1.45; color: var(--ink); background: var(--sheet);
  -webkit-text-size-adjust: 100%; }
body { max-width: 760px; margin: 0 auto; padding: 12px 16px 48px; }
header { border-bottom: 3px solid var(--ink); padding-bottom: 8px; margin-bottom: 16px; }
h1 { font-size: 24px; line-height: 1.2; }
.secrecy { font-weight: 600; }
.map { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }
.sheet + .sheet { margin-top: 48px; }
.stop { padding: 16px 0; border-top: 1px solid var(--line); }
.stop h2 { font-size: 22px; line-height: 1.25; margin-bottom: 4px; overflow-wrap: anywhere; }
.number { min-width: 32px; line-height: 32px; border-radius: 16px; margin-right: 8px;
  font-size: 18px; background: var(--ink); color: var(--sheet); }
.lead { margin-bottom: 12px; font-size: 19px; }
.beside { display: grid; gap: 12px; }
.part { margin-top: 10px; }
.part h3 { font-size: 17px; }
.legend { font-size: 14px; color: var(--quiet); display: flex; flex-wrap: wrap; gap: 4px 16px;
  margin-top: 4px; }
.write { display: none; }
.way { margin-top: 12px; display: inline-flex; align-items: center; min-height: 48px; padding: 8px 16px;
  border: 1px solid var(--ink); border-radius: 6px; color: inherit; font-weight: 600;
  text-decoration: none; }
.foot { margin-top: 24px; font-size: 14px; color: var(--quiet); }
@media (prefers-color-scheme: dark) {
  :root { --sheet: #0e1318; --ink: #f0f3f6; --line: #4a5663; --quiet: #b3bdc8; }
  .m-land { fill: #1a2026; } .m-wood { fill: #17251d; } .m-park { fill: #1c2f22; }
  .m-residential { fill: #1f262d; } .m-industrial { fill: #23242c; } .m-water { fill: #16324a; }
  .m-square { fill: #2b2a26; } .m-building { fill: #39434d; } .m-river { stroke: #16324a; }
  .m-railway { stroke: #6b7680; } .m-edge { stroke: #10151a; } .m-road { stroke: #6c7884;
  } .m-path { stroke: #55606b; }
  .m-label { fill: #f0f3f6; } .m-halo { fill: #10151a; stroke: #10151a; } .m-point { fill: #f0f3f6; }
  .m-casing { stroke: #000; } .m-stretch { stroke: #ffd23f; } .key.stretch { background: #ffd23f;
  } .key.place { border-color: #f0f3f6; }
  .m-mark { stroke: #f0f3f6; } .m-mark-text { fill: #f0f3f6; } .m-ring { fill: #10151a;
  stroke: #f0f3f6; }
  .m-disc { fill: #f0f3f6; stroke: #10151a; } .m-number { fill: #10151a; }
  .m-plate { fill: #10151a; } .m-plate-safe { fill: #10151a; stroke: #f0f3f6; }
}
"""
