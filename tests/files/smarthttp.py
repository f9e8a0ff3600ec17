"""A git server on loopback that asks for a password: git's own, behind HTTP."""

import base64
import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.loopback import Loopback

USER = "x-access-token"


class GitServer(Loopback):
    """Serves the bare repositories below a folder to whoever has the token."""

    def __init__(self, root: Path, token: str) -> None:
        self.refused = 0
        http = _Server(("127.0.0.1", 0), _Handler)
        secret = base64.b64encode(f"{USER}:{token}".encode()).decode()
        http.root, http.word, http.git = root, f"basic {secret}", self
        super().__init__(http)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    root: Path
    word: str
    git: GitServer


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _serve(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") != self.server.word:
            self.server.git.refused += 1
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.end_headers()
            return
        url = urlsplit(self.path)
        done = subprocess.run(
            ["git", "http-backend"],
            input=data,
            capture_output=True,
            check=True,
            env={
                "PATH": os.defpath,
                "GIT_PROJECT_ROOT": str(self.server.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REMOTE_USER": USER,
                "REQUEST_METHOD": self.command,
                "PATH_INFO": url.path,
                "QUERY_STRING": url.query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            },
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        pairs = [line.partition(": ")[::2] for line in lines]
        status = dict(pairs).get("Status", "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in pairs:
            if name != "Status":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _serve  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""
