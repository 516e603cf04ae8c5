# curl, by HTTP/2 and by HTTP/1.1.
set -eu
for version in --http2 --http1.1; do
  curl --silent --show-error --fail "$version" --header "Authorization: Bearer $ATTIO_API_KEY" https://api.attio.com/v2/self
done
