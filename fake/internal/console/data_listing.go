package console

import (
	"net/http"
	"strconv"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
)

// listingPage is the data of the pages with all notes, all tasks and all meetings of a workspace.
type listingPage struct {
	PageOf
	Notes          []noteShown
	Tasks          []taskShown
	Meetings       []meetingShown
	Previous, Next string
}

// The pages that list these things.
type (
	notesPage    struct{ listingPage }
	tasksPage    struct{ listingPage }
	meetingsPage struct{ listingPage }
)

func (l *lens) listing(r *http.Request, path string) (data listingPage, offset string) {
	number := inquiryOf(r.URL.Query()).page
	data.PageOf = l.pageOf(path)
	if number > 1 {
		data.Previous = l.link(path, "page", strconv.Itoa(number-1))
	}
	data.Next = l.link(path, "page", strconv.Itoa(number+1)) // taken back by the last page
	return data, strconv.Itoa((number - 1) * relatedShown)
}

// finish takes the link to the next page back if this one is not full.
func (p *listingPage) finish(found int) {
	if found < relatedShown {
		p.Next = ""
	}
}

// allNotes lists the notes of a workspace.
func (c *Console) allNotes(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	data, offset := l.listing(r, "notes")
	data.Notes, err = l.notes("offset", offset)
	data.finish(len(data.Notes))
	return page{content: &notesPage{data}, title: "Notes", workspace: l.slug, switchTo: dataPath}, err
}

// allTasks lists the tasks of a workspace.
func (c *Console) allTasks(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	data, offset := l.listing(r, "tasks")
	data.Tasks, err = l.tasks("offset", offset)
	data.finish(len(data.Tasks))
	return page{content: &tasksPage{data}, title: "Tasks", workspace: l.slug, switchTo: dataPath}, err
}

// allMeetings lists the meetings of a workspace.
func (c *Console) allMeetings(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	data := listingPage{PageOf: l.pageOf("meetings")}
	var found struct {
		Data       []meeting `json:"data"`
		Pagination struct {
			Next *string `json:"next_cursor"`
		} `json:"pagination"`
	}
	cursor := ""
	if sent := r.URL.Query().Get("cursor"); sent != "" {
		cursor = "&cursor=" + escaped(sent)
	}
	if err := l.ask(http.MethodGet, "meetings?limit="+strconv.Itoa(relatedShown)+cursor, nil, &found); err != nil {
		return page{}, err
	}
	for i := range found.Data {
		data.Meetings = append(data.Meetings, l.meeting(&found.Data[i]))
	}
	if found.Pagination.Next != nil {
		data.Next = l.link("meetings", "cursor", *found.Pagination.Next)
	}
	return page{content: &meetingsPage{data}, title: "Meetings", workspace: l.slug, switchTo: dataPath}, nil
}

// meetingPage is the data of the page of a meeting.
type meetingPage struct {
	PageOf
	Meeting    meetingShown
	Recordings []recordingShown
	All        string // the link to all meetings
	Delete     string
}

// recordingShown is a call recording.
type recordingShown struct {
	Status, Video string
	Segments      []segment
}

type segment struct {
	Speech  string  `json:"speech"`
	Start   float64 `json:"start_time"`
	Speaker struct {
		Name string `json:"name"`
	} `json:"speaker"`
}

// meeting shows a meeting with its call recordings and what was said.
func (c *Console) meeting(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	path := "meetings/" + escaped(r.PathValue("id"))
	var found meeting
	if err := l.read(path, &found); err != nil {
		return page{}, err
	}
	data := meetingPage{PageOf: l.pageOf(path), Meeting: l.meeting(&found), All: l.link("meetings")}
	if l.at == 0 {
		data.Delete = l.link(path + "/delete")
	}
	var recordings []struct {
		ID struct {
			Recording attio.ID `json:"call_recording_id"`
		} `json:"id"`
	}
	if err := l.read(path+"/call_recordings", &recordings); err != nil {
		return page{}, err
	}
	for _, one := range recordings {
		var whole struct {
			Status     string  `json:"status"`
			Video      *string `json:"video_url"`
			Transcript *struct {
				Segments []segment `json:"segments"`
			} `json:"transcript"`
		}
		if err := l.read(path+"/call_recordings/"+string(one.ID.Recording), &whole); err != nil {
			return page{}, err
		}
		shown := recordingShown{Status: whole.Status, Video: deref(whole.Video)}
		if whole.Transcript != nil {
			shown.Segments = whole.Transcript.Segments
		}
		data.Recordings = append(data.Recordings, shown)
	}
	return page{content: &data, title: found.Title, workspace: l.slug, switchTo: dataPath}, nil
}
