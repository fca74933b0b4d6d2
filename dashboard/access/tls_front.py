"""TLS before the server: decrypts, and hands every byte on to it over this machine's own loopback.

Waitress speaks no TLS. This stands in the same process, and tells the server who is at the other end by the
port that it hands the bytes on from, so that nothing in a request can say otherwise.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import Forbidden

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LOOPBACK = "127.0.0.1"
CHUNK = 65_536
HANDSHAKE_S = 10.0
CLOSE_S = 5.0
IDLE_S = 120.0
"""After so long without a byte in either direction a connection is closed."""

MOST = 256
MOST_FROM_ONE = 64
"""Connections at a time, from everywhere and from one address; a town hall goes out through one."""


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_LOG = logging.getLogger(__name__)


class TlsFront:
    """Takes connections with TLS and hands them on.

    Parameters
    ----------
    listener
        The socket that browsers reach.
    context
        The certificate and its key.
    behind
        Port on loopback where the server listens.
    """

    def __init__(self, listener: socket.socket, context: ssl.SSLContext, *, behind: int) -> None:
        self._listener = listener
        self._context = context
        self._behind = behind
        self._from: dict[int, str] = {}
        self._ready = Event()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="tls", daemon=True)

    def start(self) -> None:
        """Begin to take connections."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """End, and drop what is open."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def before(self, application: Application) -> Application:
        """Let an application know who is at the other end, and refuse what did not come through TLS."""

        def told(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            address = self._from.get(int(environ.get("REMOTE_PORT") or 0))
            if address is None:
                return Forbidden()(environ, start)
            environ["REMOTE_ADDR"] = address
            return application(environ, start)

        return told

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(
                self._hand_on,
                sock=self._listener,
                ssl=self._context,
                ssl_handshake_timeout=HANDSHAKE_S,
                limit=CHUNK,
            )
        )
        self._ready.set()
        self._loop.run_forever()
        server.close()
        open_ones = asyncio.all_tasks(self._loop)
        for task in open_ones:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*open_ones, return_exceptions=True))
        self._loop.close()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = str(writer.get_extra_info("peername")[0])
        held = list(self._from.values())
        if len(held) >= MOST or held.count(address) >= MOST_FROM_ONE:
            writer.transport.abort()
            return
        inner = socket.socket()
        inner.setblocking(False)  # noqa: FBT003  as the standard library has it
        inner.bind((LOOPBACK, 0))
        port = inner.getsockname()[1]
        self._from[port] = address  # before the server can see the connection and ask
        ends: list[asyncio.StreamWriter] = [writer]
        try:
            await self._loop.sock_connect(inner, (LOOPBACK, self._behind))
            behind = await asyncio.open_connection(sock=inner, limit=CHUNK)
            ends.append(behind[1])
            await _both_ways((reader, writer), behind)
        except OSError:
            _LOG.debug("A connection from %s broke off.", address)
        except asyncio.CancelledError:
            _LOG.debug("A connection from %s ends with the server.", address)
            writer.transport.abort()
        finally:
            self._from.pop(port, None)
            for end in ends:
                end.close()
                with suppress(OSError, TimeoutError):
                    await asyncio.wait_for(end.wait_closed(), CLOSE_S)
            inner.close()


async def _both_ways(outer: Ends, inner: Ends) -> None:
    """Carry bytes until one end is done, and what was under way has come over."""
    pulse = _Pulse(asyncio.get_running_loop())
    there = asyncio.create_task(_carry(outer[0], inner[1], pulse))
    back = asyncio.create_task(_carry(inner[0], outer[1], pulse))
    try:
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        if not back.done():  # all is asked; the answer is on its way
            await back
    finally:
        for task in (there, back):
            task.cancel()
        await asyncio.gather(there, back, return_exceptions=True)


class _Pulse:
    """When a byte last went in either direction."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._last = loop.time()

    def beat(self) -> None:
        self._last = self._loop.time()

    def is_still(self) -> bool:
        return self._loop.time() - self._last >= IDLE_S


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pulse: _Pulse) -> None:
    while True:
        try:
            data = await asyncio.wait_for(reader.read(CHUNK), IDLE_S)
        except TimeoutError:
            if pulse.is_still():
                return
            continue
        if not data:
            break
        pulse.beat()
        writer.write(data)
        await writer.drain()
        pulse.beat()
    if writer.can_write_eof():
        writer.write_eof()
