"""Serving the desk on this machine."""

import socket
from pathlib import Path

import uvicorn

from pipelines.desk.app import application

HOST = "127.0.0.1"


def bound(port: int) -> socket.socket:
    """A socket on this machine's own address; 0 takes any free port.

    Raises:
        OSError: the port is taken.
    """
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()  # whoever is told the address may come before the server is at work
    except OSError:
        found.close()
        raise
    return found


def serve(published: Path, at: socket.socket) -> None:
    """Answer until the process is told to end."""
    config = uvicorn.Config(application(published), log_level="warning", server_header=False, ws="none", lifespan="off")
    uvicorn.Server(config).run([at])
