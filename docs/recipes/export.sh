fakeattio export --workspace acme --output acme.yaml "$ATTIO_BASE_URL"
fakeattio check acme.yaml
