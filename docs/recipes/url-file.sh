# A script starts the fake in the background and finds it by a file; see docs/serve.md.

folder=$(mktemp -d)
fakeattio serve --listen 127.0.0.1:0 --url-file "$folder/url" --quiet >"$folder/log" &
until [ -s "$folder/url" ]; do kill -0 $! && sleep 0.1; done
curl -s --fail "$(cat "$folder/url")/_fake/health"
kill $! && wait $!
