"""The code under test: put your own client in its place. All it needs is a base URL and a token that can be set."""

import email.utils
import json
import time
import urllib.error
import urllib.request


class AttioError(Exception):
    pass


class Attio:
    def __init__(self, base_url, token):
        self.base_url, self.token = base_url, token

    def create_company(self, name):
        self._send("POST", "/v2/objects/companies/records", {"data": {"values": {"name": name}}})

    def company_names(self):
        query = {"sorts": [{"attribute": "name", "direction": "asc"}]}
        companies = self._send("POST", "/v2/objects/companies/records/query", query)["data"]
        return [company["values"]["name"][0]["value"] for company in companies if company["values"]["name"]]

    def subscribe(self, target_url, event_type):
        """Returns the secret that signs the events."""
        subscriptions = [{"event_type": event_type, "filter": None}]
        webhook = {"data": {"target_url": target_url, "subscriptions": subscriptions}}
        return self._send("POST", "/v2/webhooks", webhook)["data"]["secret"]

    def _send(self, method, path, body):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        while True:
            request = urllib.request.Request(self.base_url + path, json.dumps(body).encode(), headers, method=method)
            try:
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as refusal:
                if refusal.code != 429:
                    raise AttioError(json.load(refusal)["message"]) from None
                # Retry-After is a date by the server's clock, which the header Date has.
                until, now = (email.utils.parsedate_to_datetime(refusal.headers[name]) for name in ("Retry-After", "Date"))
                time.sleep(max((until - now).total_seconds(), 0.1))
