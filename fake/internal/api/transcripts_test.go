package api_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fakeattio/fakeattio/fake"
)

// transcriptJSON is a page of the transcript of a call recording.
func transcriptJSON(recording, segments, raw, next string) string {
	meeting := fake.ID("acme/meetings/kickoff")
	return `{"data":{"id":{"workspace_id":"` + fake.ID("acme") + `","meeting_id":"` + meeting + `","call_recording_id":"` + recording + `"},` +
		`"transcript":` + segments + `,` + raw + `,"web_url":"https://app.attio.com/acme/calls/` + meeting + `/` + recording + `/transcript"},` +
		`"pagination":{"next_cursor":` + next + `}}`
}

func TestATranscriptIsThatOfItsRecording(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	get := func(key string) answer { return c.get(calls("kickoff", callID(key), "transcript")) }
	none := func(key string) string {
		return notFound(`Transcript for call recording with ID "` + callID(key) + `" was not found.`)
	}
	c.wants(get("done"), 200, transcriptJSON(callID("done"), saidJSON, saidText, "null"))
	c.wants(get("busy"), 404, none("busy"))
	c.wants(get("failed"), 404, none("failed"))
	c.wants(get("captured"), 404, none("captured"))
	c.server.Advance(10 * time.Second)
	c.wants(get("busy"), 200, transcriptJSON(callID("busy"), "[]", `"raw_transcript":""`, "null"))
}

func TestALongTranscriptComesInPages(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 199, 200, 201, 400, 401, 1000} {
		t.Run(fmt.Sprint(length), func(t *testing.T) {
			t.Parallel()
			c := newCallClient(t)
			said := make([]fake.Segment, length)
			for i := range said {
				said[i] = fake.Segment{Speech: fmt.Sprint(i), Start: float64(i), End: float64(i) + 0.5, Speaker: "Ada"}
			}
			made := c.server.Workspace("acme").AddCallRecording(fake.CallRecording{Meeting: "quiet", Transcript: said})
			c.server.Advance(time.Minute)
			var got []int
			var raw, speech string
			for query, pages := "", 0; pages == 0 || query != ""; pages++ {
				var page struct {
					Data struct {
						Transcript []struct {
							Speech string `json:"speech"`
						} `json:"transcript"`
						RawTranscript string `json:"raw_transcript"`
					} `json:"data"`
					Pagination struct {
						NextCursor string `json:"next_cursor"`
					} `json:"pagination"`
				}
				answer := c.get(calls("quiet", made.ID, "transcript") + query)
				if err := json.Unmarshal([]byte(answer.Body), &page); err != nil || answer.Status != 200 {
					t.Fatalf("%d %s", answer.Status, answer.Body)
				}
				got = append(got, len(page.Data.Transcript))
				for _, segment := range page.Data.Transcript {
					speech += " " + segment.Speech
				}
				if raw != "" && raw != page.Data.RawTranscript {
					t.Error("the text of a page is not that of the first")
				}
				raw, query = page.Data.RawTranscript, ""
				if page.Pagination.NextCursor != "" {
					query = "?cursor=" + page.Pagination.NextCursor
				}
			}
			var want []int
			for rest := length; rest > 0; rest -= 200 {
				want = append(want, min(rest, 200))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff("[00:00] Ada:"+speech, raw); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestACursorOfAnotherTranscriptIsRefused(t *testing.T) {
	t.Parallel()
	c := newCallClient(t)
	long := c.server.Workspace("acme").AddCallRecording(fake.CallRecording{Meeting: "kickoff", Transcript: make([]fake.Segment, 201)})
	c.server.Advance(time.Minute)
	next := idIn(t, c.get(calls("kickoff", long.ID, "transcript")).Body, "next_cursor")
	for _, cursor := range []string{"", "x", next} {
		c.wants(c.get(calls("kickoff", callID("done"), "transcript")+"?cursor="+cursor), 400,
			badQuery(`{"code":"invalid","path":["cursor"],"message":"Invalid cursor"}`))
	}
}
