"""Python's standard library."""
import os
import urllib.request

request = urllib.request.Request("https://api.attio.com/v2/self", headers={"Authorization": "Bearer " + os.environ["ATTIO_API_KEY"]})
print(urllib.request.urlopen(request).read().decode())
