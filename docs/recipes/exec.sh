# A command with a fake of its own; see docs/reach.md.

fakeattio exec --scenario acme --strict 'workspace_members.*' -- \
  sh -c 'curl -s --fail -H "Authorization: Bearer $ATTIO_API_KEY" $ATTIO_BASE_URL/v2/workspace_members'
