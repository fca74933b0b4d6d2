"""What the browser does by itself: functions by name in ``assets/problembild*.js``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction

if TYPE_CHECKING:
    from dash import Dash


def in_browser(
    app: Dash, function: str, *wires: Any, at_start: bool = True, room: str = "problembild"
) -> None:
    """Let a function in the browser answer a callback.

    Parameters
    ----------
    function
        Its name there.
    wires
        Outputs, inputs and states.
    at_start
        Whether it runs as soon as its parts stand on the page.
    room
        Where its name is known: ``problembild`` or ``work``, a file in ``assets/`` each.
    """
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash has no types for it
        ClientsideFunction(room, function), *wires, prevent_initial_call=not at_start
    )
