"""A server on loopback that answers from a thread as long as a `with` lasts."""

import threading
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Self


class Loopback:
    """What every server of the tests has in common: an address, a begin and an end."""

    def __init__(self, http: ThreadingHTTPServer) -> None:
        self._http = http
        self.base = f"http://127.0.0.1:{http.server_port}"
        self._thread = threading.Thread(
            target=http.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
