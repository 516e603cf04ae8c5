import json, os, unittest, urllib.request

URL = os.environ.get("ATTIO_BASE_URL", "http://127.0.0.1:8080")

def call(method, path, body=None, key=None):
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = "Bearer " + key
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers, method=method)) as answer:
        return json.loads(answer.read() or "{}")

class CompaniesTest(unittest.TestCase):
    def setUp(self):  # each test gets its own workspace
        workspace = call("POST", "/_fake/workspaces/acme/clone")
        self.addCleanup(call, "DELETE", "/_fake/workspaces/" + workspace["slug"])
        self.key = next(token["token"] for token in workspace["tokens"] if token["name"] == "full")

    def test_a_second_upsert_changes_the_first_company(self):
        path = "/v2/objects/companies/records?matching_attribute=domains"
        for name in ["Navy", "US Navy"]:  # your client here
            company = call("PUT", path, {"data": {"values": {"name": name, "domains": ["navy.example.com"]}}}, self.key)
        found = call("POST", "/v2/objects/companies/records/query", {"filter": {"domains": "navy.example.com"}}, self.key)
        self.assertEqual([company["data"]["id"]], [record["id"] for record in found["data"]])
        self.assertEqual("US Navy", found["data"][0]["values"]["name"][0]["value"])

if __name__ == "__main__":
    unittest.main()
