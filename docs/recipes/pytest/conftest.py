import json
import os
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from client import Attio

URL = os.environ.get("ATTIO_BASE_URL")


def pytest_configure():
    if not URL:
        pytest.exit("There is no ATTIO_BASE_URL: run the tests with `fakeattio exec -- python3 -m pytest`.", returncode=2)


def call_control(method, path, body=None):
    """Calls the fake's own API; what it refuses fails the test."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + "/_fake" + path, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "{}")
    except urllib.error.HTTPError as refusal:
        pytest.fail(f"{method} /_fake{path}: {json.load(refusal)['error']}")


@pytest.fixture
def control():
    return call_control


@pytest.fixture
def workspace():
    """A clone of acme for this test alone, which is removed when the test ends, with its faults and webhooks."""
    clone = call_control("POST", "/workspaces/acme/clone")
    token = next(token["token"] for token in clone["tokens"] if token["name"] == "full")
    yield SimpleNamespace(slug=clone["slug"], attio=Attio(URL, token))
    call_control("DELETE", "/workspaces/" + clone["slug"])
