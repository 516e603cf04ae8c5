package fake_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// told is what a watch tells until it ends, a line each.
func told(watch *fake.RequestWatch) []string {
	var all []string
	for {
		r, dropped, ok := watch.Next()
		switch {
		case !ok:
			return all
		case dropped > 0:
			all = append(all, fmt.Sprintf("%d dropped", dropped))
		default:
			all = append(all, r.String())
		}
	}
}

func TestAWatchTellsOfEachRequestFromItsBeginningOn(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.WithoutSocket())
	send(t, srv, "GET", "/v2/objects", "")
	watch, other := srv.WatchRequests(), srv.WatchRequests()
	lines := make(chan []string)
	go func() { lines <- told(watch) }()
	send(t, srv, "GET", "/v2/self", "")
	srv.Workspace("acme").Create("people", fake.Values{"name": "Lovelace, Ada"}) // is no request
	send(t, srv, "GET", "/v2/people?limit=1", "")
	watch.Close()
	watch.Close()
	send(t, srv, "GET", "/v2/lists", "")
	srv.Close()
	if diff := cmp.Diff([]string{"#2 GET /v2/self: 200", "#3 GET /v2/people?limit=1: 404"}, <-lines); diff != "" {
		t.Errorf("the watch that was closed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"#2 GET /v2/self: 200", "#3 GET /v2/people?limit=1: 404", "#4 GET /v2/lists: 200"}, told(other)); diff != "" {
		t.Errorf("the watch that the server has closed (-want +got):\n%s", diff)
	}
	if late := told(srv.WatchRequests()); late != nil {
		t.Errorf("a watch of a closed server: %v", late)
	}
}

func TestAWatchThatNobodyReadsHoldsNoRequestUpAndCountsWhatItDrops(t *testing.T) {
	t.Parallel()
	const held, more = 256, 44
	srv := fake.New(t, fake.WithoutSocket())
	watch := srv.WatchRequests()
	defer watch.Close()
	for range held + more {
		send(t, srv, "GET", "/v2/self", "")
	}
	for i := range held {
		if r, dropped, ok := watch.Next(); r.Number != i+1 || dropped != 0 || !ok {
			t.Fatalf("request %d: got %v, %d dropped, %t", i+1, r, dropped, ok)
		}
	}
	send(t, srv, "GET", "/v2/self", "") // is dropped too, as the reader does not know of the gap yet
	send(t, srv, "GET", "/v2/self", "")
	if r, dropped, ok := watch.Next(); r.Number != 0 || dropped != more+2 || !ok {
		t.Errorf("the gap: got %v, %d dropped, %t; want %d", r, dropped, ok, more+2)
	}
	send(t, srv, "GET", "/v2/self", "")
	if r, dropped, ok := watch.Next(); r.Number != held+more+3 || dropped != 0 || !ok {
		t.Errorf("after the gap: got %v, %d dropped, %t", r, dropped, ok)
	}
}

func TestARequestTellsHowLongItTookInRealTime(t *testing.T) {
	t.Parallel()
	srv := fake.New(t, fake.FixedClock(time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)))
	begun := time.Now()
	response, err := http.Get(srv.URL + "/v2/self") // over the socket, so that the answer comes after the handler has ended
	took := time.Since(begun)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if got := srv.Requests()[0].Duration; got <= 0 || got > took {
		t.Errorf("the request took %v, and its client waited for %v", got, took)
	}
}
