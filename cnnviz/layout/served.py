"""What the server answers besides what Streamlit does: pages' HTML, networks' weights, samples."""

import hashlib
import posixpath
from collections.abc import Callable
from functools import lru_cache

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cnnviz import mnist
from cnnviz.components.engine.weights import network_bytes
from cnnviz.layout.pages import PAGES, Page
from cnnviz.layout.preload import page_html
from cnnviz.networks import SPECS
from cnnviz.runs import store
from cnnviz.session import in_use

SHIPPED = "shipped"
SAMPLES = "samples"
# What another content has another address for.
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes() -> list[Route]:
    """Return the routes for `streamlit.App`."""
    base = st.get_option("server.baseUrlPath").strip("/")
    answers: dict[str, Callable[[Request], Response]] = {
        **{page.address: _page(page) for page in PAGES},
        "weights/{network}/{run}": weights,
        SAMPLES: samples,
    }
    return [Route(posixpath.join("/", base, path), answer) for path, answer in answers.items()]


def _page(page: Page) -> Callable[[Request], Response]:
    html = page_html(page)
    return lambda _: HTMLResponse(html, headers={"Cache-Control": "no-cache"})


def weights_address(network: str) -> str:
    """Return where the weights of the network in use are, below the app's address."""
    run = in_use.run_name(network) or SHIPPED
    data = _weights(network, run)
    version = hashlib.sha256(data).hexdigest()[:12] if data else ""
    return f"weights/{network}/{run}?{version}"


def weights(request: Request) -> Response:
    """Answer with a network as the browser's engine reads it."""
    data = _weights(request.path_params["network"], request.path_params["run"])
    if data is None:
        return Response(status_code=404)
    return Response(data, media_type="application/octet-stream", headers=FOR_EVER)


@lru_cache(maxsize=12)
def _weights(network: str, run: str) -> bytes | None:
    """Return the network of a run, None if there is none; "shipped" is the shipped one."""
    if network not in SPECS:
        return None
    found = store.shipped(network) if run == SHIPPED else store.find(run)
    if found is None or found.network_name != network:
        return None
    return network_bytes(found.network())


def samples(request: Request) -> Response:  # noqa: ARG001
    """Answer with the pixels, 0 to 255, of the ten test digits that are offered."""
    data = mnist.samples().tobytes()
    return Response(data, media_type="application/octet-stream", headers=FOR_EVER)
