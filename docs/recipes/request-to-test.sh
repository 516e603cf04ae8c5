curl --fail "$ATTIO_BASE_URL/v2/objects" -H 'Authorization: Bearer ecb18865c84d7735388619592d7af544def0118f1076e6291bb00f08367d6a23'
number=$(curl "$ATTIO_BASE_URL/_fake/requests?last=1" | jq .requests[0].number)
fakeattio test "$number" --lang curl --output lists_objects.sh "$ATTIO_BASE_URL"
fakeattio exec -- bash lists_objects.sh
