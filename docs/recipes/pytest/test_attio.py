import hashlib
import hmac

import pytest

from client import AttioError


@pytest.mark.parametrize("name", ["Navy", "Bletchley"])
def test_a_company_is_found_and_not_what_other_tests_have_created(workspace, name):
    before = workspace.attio.company_names()
    workspace.attio.create_company(name)
    assert workspace.attio.company_names() == sorted(before + [name])


def test_the_client_reports_what_attio_says_when_a_permission_is_missing(workspace, control):
    control("POST", "/faults", {"fault": "no-permission", "workspace": workspace.slug, "operation": "records.create"})
    with pytest.raises(AttioError, match="permission"):
        workspace.attio.create_company("Navy")


def test_the_client_waits_and_tries_again_while_attio_is_busy(workspace, control):
    create = {"operation": "records.create", "workspace": workspace.slug}
    control("POST", "/faults", {"fault": "rate-limited", "times": 1, **create})
    workspace.attio.create_company("Navy")
    control("POST", "/requests/verify", {"expectations": [
        {**create, "status": 429, "times": 1},
        {**create, "status": 200, "times": 1, "body": {"data": {"values": {"name": "Navy"}}}},
        {"operation": "records.delete", "workspace": workspace.slug, "times": 0},
    ]})


def test_a_webhook_tells_of_a_new_company(workspace, control):
    secret = workspace.attio.subscribe("inbox://" + workspace.slug, "record.created")
    workspace.attio.create_company("Navy")

    [message] = control("GET", f"/inboxes/{workspace.slug}?await=1")["messages"]
    assert message["body"]["events"][0]["event_type"] == "record.created"
    signature = hmac.new(secret.encode(), message["text"].encode(), hashlib.sha256).hexdigest()
    assert message["headers"]["Attio-Signature"] == signature
