"""Clocks that somebody typed at a place become the moments that they meant, at night too."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = """
import {{ build }} from "{root}/node_modules/esbuild/lib/main.js";
const made = await build({{
  entryPoints: ["{root}/dashboard/field/frontend/times.ts"], bundle: true, format: "esm", write: false,
}});
const {{ span, likely, field, odd }} = await import("data:text/javascript;base64," +
  Buffer.from(made.outputFiles[0].text).toString("base64"));
const stop = (one) => one && {{ starts: one[0], ends: one[1] }};
const said = (one) => typeof one === "string" ? one : [one.from.toISOString(), one.to.toISOString()];
const asked = JSON.parse(process.argv[2]);
console.log(JSON.stringify(asked.map(([from, to, now, slot]) => {{
  const at = new Date(now);
  if (slot?.[2] === "odd") return odd(span(from, to, at, stop(slot), "Europe/Stockholm"), stop(slot));
  if (from !== null) return said(span(from, to, at, stop(slot), "Europe/Stockholm"));
  const found = likely(at, stop(slot));
  return [field(found.from, "Europe/Stockholm"), field(found.to, "Europe/Stockholm")];
}})));
"""
MORNING = ["2026-11-28T07:15:00+01:00", "2026-11-28T07:30:00+01:00"]
MIDNIGHT = ["2026-11-28T23:45:00+01:00", "2026-11-29T00:15:00+01:00"]
NIGHT = "2026-11-29T01:30:00+01:00"
ASKED = [
    # clocks, when it is, at which stop → moments (UTC), or what is wrong
    (("07:15", "07:30", NIGHT, MORNING), ["2026-11-28T06:15:00.000Z", "2026-11-28T06:30:00.000Z"]),
    (("23:50", "00:20", NIGHT, MIDNIGHT), ["2026-11-28T22:50:00.000Z", "2026-11-28T23:20:00.000Z"]),
    (("00:10", "03:30", NIGHT, MIDNIGHT), "ahead"),
    (("08:00", "07:00", NIGHT, MORNING), "backwards"),
    (("07:20", "07:20", NIGHT, MORNING), ["2026-11-28T06:20:00.000Z", "2026-11-28T06:20:00.000Z"]),
    (("23:50", "00:20", NIGHT, None), ["2026-11-28T22:50:00.000Z", "2026-11-28T23:20:00.000Z"]),
    (("21:00", "21:30", NIGHT, None), ["2026-11-28T20:00:00.000Z", "2026-11-28T20:30:00.000Z"]),
    (("01:00", "03:00", NIGHT, None), "ahead"),
    (("09:00", "08:00", NIGHT, None), "backwards"),
    (("", "08:00", NIGHT, None), "backwards"),
    # the night in October when the clock is set back, and one in summer
    (
        ("23:30", "04:30", "2026-10-25T05:00:00+01:00", None),
        ["2026-10-24T21:30:00.000Z", "2026-10-25T03:30:00.000Z"],
    ),
    (
        ("21:00", "21:30", "2026-07-01T22:00:00+02:00", None),
        ["2026-07-01T19:00:00.000Z", "2026-07-01T19:30:00.000Z"],
    ),
    # what is filled in before anybody types
    ((None, None, "2026-11-28T07:10:00+01:00", MORNING), ["06:55", "07:10"]),
    ((None, None, "2026-11-28T07:50:00+01:00", MORNING), ["07:15", "07:50"]),
    ((None, None, "2026-11-28T12:00:00+01:00", MORNING), ["07:15", "07:30"]),
    ((None, None, NIGHT, None), ["01:15", "01:30"]),
    # what is asked about, without being refused
    (("07:20", "07:20", NIGHT, [*MORNING, "odd"]), "no_time_sure"),
    (("05:00", "05:20", NIGHT, [*MORNING, "odd"]), "far_sure"),
    (("07:20", "09:45", NIGHT, [*MORNING, "odd"]), "far_sure"),
    (("05:15", "09:30", NIGHT, [*MORNING, "odd"]), None),
]


@pytest.fixture(scope="module", params=["Europe/Stockholm", "America/New_York"])
def answers(tmp_path_factory, request):
    """In a telephone that is set to the municipality's zone, and in one that is not."""
    program = tmp_path_factory.mktemp("times") / "times.mjs"
    program.write_text(PROGRAM.format(root=ROOT), encoding="utf-8")
    run = subprocess.run(
        ["node", program, json.dumps([asked for asked, _ in ASKED])],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": request.param},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_clocks_are_the_moments_that_were_meant(answers, number):
    asked, meant = ASKED[number]
    assert answers[number] == meant, asked
