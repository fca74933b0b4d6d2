"""What each stream weighs in the order of places: as the project says, or as the address moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.address_filters import STREAM_WORDS
from dashboard.views.address_values import HEAVIEST, WEIGHT_STEP, format_weights
from geodata.privacy import RULES

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address


@dataclass(frozen=True, slots=True)
class Slider:
    """The weight of one stream.

    Attributes
    ----------
    word, label
        What the address calls the stream, and what a person does.
    value, shown
        The weight as a control holds it and as a person reads it.
    idle
        Whether the selection leaves the stream out, so that it weighs nothing whatever is set.
    """

    word: str
    label: str
    value: str
    shown: str
    idle: bool


@dataclass(frozen=True, slots=True)
class WeightsView:
    """The weights that can be moved.

    Attributes
    ----------
    usual
        The project's own weights as the address would write them: they need not be said there.
    moved
        Whether others stand in the address.
    """

    sliders: tuple[Slider, ...]
    usual: str
    moved: bool
    top: str
    step: str


def weights_view(texts: Catalogue, address: Address, *, usual: dict[str, float]) -> WeightsView | None:
    """Say what can be moved; nothing for an audience without free filters.

    Moving a weight is as good as choosing streams: what is withheld in one of them would follow from the
    order under another.

    Parameters
    ----------
    usual
        The project's weights, by stream.
    """
    if not RULES[address.audience].free_filters:
        return None
    own = tuple(float(usual.get(str(stream), 0.0)) for stream in STREAM_WORDS.values())
    held = address.weights or own
    return WeightsView(
        sliders=tuple(
            Slider(
                word=word,
                label=texts(f"stream.{stream}.choice"),
                value=f"{value:g}",
                shown=texts.form.number(value, decimals=1),
                idle=stream not in address.selection.streams,
            )
            for (word, stream), value in zip(STREAM_WORDS.items(), held, strict=True)
        ),
        usual=format_weights(own),
        moved=address.weights is not None,
        top=f"{HEAVIEST:g}",
        step=f"{WEIGHT_STEP:g}",
    )
