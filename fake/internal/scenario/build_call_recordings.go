package scenario

import (
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// addCallRecordings makes the call recordings, for which all meetings are there, by the rules of the API.
func (b *builder) addCallRecordings() {
	for i := range b.workspace.CallRecordings.items {
		b.addCallRecording(&b.workspace.CallRecordings.items[i])
	}
	b.write(b.created, b.author)
}

func (b *builder) addCallRecording(r *item[callRecording]) {
	if r.value.wrong || r.value.node == nil {
		return // which is reported
	}
	key := string(r.value.Meeting)
	if _, ok := b.workspace.Meetings.get(key); !ok {
		b.problems.AddUnknown(r.value.at("meeting"), "meeting", key, b.workspace.Meetings.keys())
		return
	}
	meeting := b.meetingID(key)
	if _, ok := b.tx.Meeting(meeting); !ok {
		return // which is reported
	}
	created := at(r.value.CreatedAt, b.created)
	draft := world.CallRecording{
		Meeting: meeting, VideoURL: r.value.VideoURL, Captured: r.value.Captured,
		ReadyAt: at(r.value.ReadyAt, created), Failed: r.value.Failed,
	}
	if r.value.Transcript != nil {
		draft.Transcript = make([]world.Segment, 0, len(*r.value.Transcript))
		for _, s := range *r.value.Transcript {
			draft.Transcript = append(draft.Transcript, world.Segment{
				Speech: s.Speech, Start: float64(s.StartTime), End: float64(s.EndTime), Speaker: s.Speaker,
			})
		}
	}
	b.write(created, b.authorOf(r.value.CreatedBy))
	id := b.id("call_recordings/" + r.key)
	b.named(id, r.key, r.at)
	if _, err := b.tx.CreateCallRecording(id, draft); err != nil {
		b.refuse(r.value.at("video_url"), err, "")
	}
}
