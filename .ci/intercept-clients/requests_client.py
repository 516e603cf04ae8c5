"""requests, of Debian's python3-requests."""
import os
import requests

response = requests.get("https://api.attio.com/v2/self", headers={"Authorization": "Bearer " + os.environ["ATTIO_API_KEY"]})
response.raise_for_status()
print(response.text)
