"""The real server round an application, on a port of its own, for what a test client never sends."""

from contextlib import contextmanager, suppress
from threading import Thread

import waitress


@contextmanager
def listening(application, *, threads=4):
    """Serve for as long as it is needed; gives host and port."""
    started = waitress.create_server(application, host="127.0.0.1", port=0, threads=threads, ident=None)

    def run():
        with suppress(OSError, ValueError):  # its socket is closed under its hands when the tests are over
            started.run()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield "127.0.0.1", started.effective_port
    finally:
        started.close()
        thread.join(10)
