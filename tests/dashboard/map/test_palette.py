"""The colours can be read and told apart, by those who see few of them too."""

import re
from dataclasses import fields
from itertools import pairwise

import pytest

from dashboard.map.palette import DARK, LIGHT, palette
from geodata.evidence.agreement import Agreement
from geodata.schema import Stream

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def channels(colour: str) -> list[float]:
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", colour), colour
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@THEMES
def test_the_ramp_goes_one_way_in_lightness_and_in_even_steps(theme):
    steps = [lightness(colour) for colour in theme.levels]
    gaps = [after - before for before, after in pairwise(steps)]
    assert all(gap < 0 for gap in gaps) or all(gap > 0 for gap in gaps)
    sizes = [abs(gap) for gap in gaps]
    assert min(sizes) > 8
    assert max(sizes) < 2.5 * min(sizes)


@THEMES
def test_much_stands_out_most_from_the_land(theme):
    away = [abs(lightness(colour) - lightness(theme.ground.land)) for colour in theme.levels]
    assert away == sorted(away)
    assert list(theme.level_opacity) == sorted(theme.level_opacity)


@THEMES
def test_the_legend_shows_what_is_seen_on_the_land(theme):
    seen = [theme.level_on_land(level) for level in range(1, 6)]
    away = [abs(lightness(colour) - lightness(theme.ground.land)) for colour in seen]
    assert away == sorted(away)
    assert min(after - before for before, after in pairwise(away)) > 4
    assert seen[4] != theme.levels[4]


@THEMES
def test_words_on_the_map_can_be_read(theme):
    ground = theme.ground
    for under in (ground.land, ground.label_halo, ground.residential, ground.wood, ground.park):
        assert contrast(ground.label, under) >= 4.5
        assert contrast(theme.place, under) >= 4.5
    assert contrast(ground.label_water, ground.label_halo) >= 4.5
    assert contrast(ground.label_green, ground.label_halo) >= 4.5
    assert contrast(theme.place_text, theme.place) >= 4.5
    assert contrast(ground.label_halo, theme.selected) >= 4.5


@THEMES
def test_marks_and_outlines_stand_out_from_the_land(theme):
    for colour in [theme.selected, theme.area, *(mark.colour for mark in theme.streams.values())]:
        assert contrast(colour, theme.ground.land) >= 3


@THEMES
def test_no_meaning_hangs_on_hue_alone(theme):
    assert set(theme.streams) == {str(stream) for stream in Stream}
    assert len({mark.shape for mark in theme.streams.values()}) == len(Stream)
    assert set(theme.agreement) == {str(agreement) for agreement in Agreement}
    drawn = {(fill.pattern, fill.opacity) for fill in theme.agreement.values()}
    assert len(drawn) == len(Agreement)


def test_the_streams_have_the_colours_of_the_screens():
    colours = {stream: mark.colour for stream, mark in LIGHT.streams.items()}
    assert colours == {"survey": "#6A3D9A", "review": "#B15928", "incident": "#1F7A8C"}


def test_the_theme_is_chosen_and_travels_whole():
    assert palette(dark=True) is DARK
    assert palette(dark=False) is LIGHT
    sent = LIGHT.to_json()
    assert set(sent) == {field.name for field in fields(LIGHT)}
    assert sent["ground"]["land"] == LIGHT.ground.land
