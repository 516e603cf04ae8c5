import json, os, unittest, urllib.request

URL = os.environ.get("ATTIO_BASE_URL", "http://127.0.0.1:8080")
KEY = os.environ.get("ATTIO_API_KEY", "ecb18865c84d7735388619592d7af544def0118f1076e6291bb00f08367d6a23")

class PeopleTest(unittest.TestCase):
    def test_a_misspelt_attribute_is_refused(self):
        request = urllib.request.Request(  # your client here
            URL + "/v2/objects/people/records",
            data=json.dumps({"data": {"values": {"nmae": "Hopper, Grace"}}}).encode(),
            headers={"Authorization": "Bearer " + KEY, "Content-Type": "application/json"})
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request)
        self.assertEqual(json.load(refusal.exception)["message"], 'Cannot find attribute with slug/ID "nmae".')

if __name__ == "__main__":
    unittest.main()
