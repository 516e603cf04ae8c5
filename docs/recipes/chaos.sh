fakeattio chaos --client-timeout 2s --only self.identify -- \
  sh -c 'curl -s --fail --max-time 2 -H "Authorization: Bearer $ATTIO_API_KEY" $ATTIO_BASE_URL/v2/self'
