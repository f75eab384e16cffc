"""Runs the service: accepts requests at once and warms the encoder behind them."""

import errno
import socket
import time
from collections.abc import Callable
from threading import Thread

import structlog
import uvicorn

from assistant.access.sign_in.origins import is_loopback
from assistant.app import build_app
from assistant.bootstrap import build_services
from assistant.errors import AssistantError, ConfigurationError
from assistant.settings import Settings
from assistant.telemetry import configure_logging

log = structlog.get_logger(__name__)


def serve_forever(chosen: Settings) -> None:
    """Serve until stopped.

    Raises ConfigurationError when another program has the port, or when a login without a token could be reached from
    another machine.
    """
    configure_logging(chosen.log_level)
    if (chosen.default_principal or chosen.trust_principal_header) and not is_loopback(chosen.host):
        raise ConfigurationError("development_login_exposed", host=chosen.host)
    listener = _listen(chosen.host, chosen.port)
    services = build_services(chosen)
    config = uvicorn.Config(build_app(services), log_level=chosen.log_level, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    Thread(target=_warm, args=(server, services.warm), daemon=True).start()
    print(f"Trợ lý Giáo dục: http://{chosen.host}:{chosen.port}", flush=True)
    try:
        server.run(sockets=[listener])
    finally:
        services.close()


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        code = "port_in_use" if error.errno == errno.EADDRINUSE else "address_unusable"
        raise ConfigurationError(code, host=host, port=port, detail=str(error)) from error
    return listener


def _warm(server: uvicorn.Server, warm: Callable[[], None]) -> None:
    """Once requests are accepted: loading beside the start would slow both."""
    while not server.started:
        time.sleep(0.02)
    try:
        warm()
    except AssistantError as error:
        log.warning("warm_failed", code=error.code)
