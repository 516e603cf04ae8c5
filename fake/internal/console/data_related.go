package console

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markdown"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// relatedShown is how many things of a kind the page of a record shows; it is the most that Attio's listings of notes and
// comments have on a page.
const relatedShown = 50

// related is what belongs to a record or an entry beside its values.
type related struct {
	Notes    []noteShown
	Tasks    []taskShown
	Threads  []threadShown
	Files    []fileShown
	Meetings []meetingShown
	Emails   []emailShown

	HasNotes, HasThreads, HasEmails bool     // what can belong to it at all; tasks, files and meetings do where notes do
	Members                         []person // who can be an assignee, or the author of a comment
}

// related reads what belongs to a record or an entry.
func (l *lens) related(k collection, id attio.ID) (related, error) {
	var all related
	for _, member := range l.members() {
		all.Members = append(all.Members, person{string(member.ID), nameOf(member), l.author.Member == member.ID})
	}
	var err error
	switch kind := k.kind.(type) {
	case *world.List:
		all.HasThreads = true
		all.Threads, err = l.threads("list", k.Slug, "entry_id", string(id))
	case *world.Object:
		all.HasNotes, all.HasThreads = true, true
		all.HasEmails = kind.Standard == "people" || kind.Standard == "companies"
		err = all.ofRecord(l, k.Slug, string(id))
	}
	return all, err
}

func (all *related) ofRecord(l *lens, object, id string) (err error) {
	if all.Notes, err = l.notes("parent_object", object, "parent_record_id", id); err != nil {
		return err
	}
	if all.Tasks, err = l.tasks("linked_object", object, "linked_record_id", id); err != nil {
		return err
	}
	if all.Threads, err = l.threads("object", object, "record_id", id); err != nil {
		return err
	}
	if all.Files, err = l.files(object, id); err != nil {
		return err
	}
	if all.Meetings, err = l.meetings("linked_object", object, "linked_record_id", id); err != nil {
		return err
	}
	if all.HasEmails {
		all.Emails, err = l.emails(object, id)
	}
	return err
}

// list decodes a listing of Attio's API.
func (l *lens) list(path string, into any, pairs ...string) error {
	query := url.Values{"limit": {strconv.Itoa(relatedShown)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	return l.read(path+"?"+query.Encode(), into)
}

// linked is a record that something is linked to, in each of the ways that Attio writes it.
type linked struct {
	ObjectSlug   string   `json:"object_slug"`
	RecordID     attio.ID `json:"record_id"`
	TargetObject string   `json:"target_object_id"`
	TargetRecord attio.ID `json:"target_record_id"`
}

func (l *lens) linkedCells(all []linked) []cell {
	cells := make([]cell, len(all))
	for i, one := range all {
		if one.TargetRecord != "" {
			cells[i] = l.recordLink(one.TargetObject, one.TargetRecord)
		} else {
			cells[i] = l.recordLink(one.ObjectSlug, one.RecordID)
		}
	}
	return cells
}

// noteShown is a note as a page shows it.
type noteShown struct {
	Title, Author string
	CreatedAt     time.Time
	Content       markup.Text
	Record        cell
	Delete        string // the link to the page that deletes it
}

func (l *lens) notes(pairs ...string) ([]noteShown, error) {
	var found []struct {
		ID struct {
			Note attio.ID `json:"note_id"`
		} `json:"id"`
		Object    string    `json:"parent_object"`
		Record    attio.ID  `json:"parent_record_id"`
		Title     string    `json:"title"`
		Markdown  string    `json:"content_markdown"`
		CreatedBy actor     `json:"created_by_actor"`
		CreatedAt time.Time `json:"created_at"`
	}
	if err := l.list("notes", &found, pairs...); err != nil {
		return nil, err
	}
	notes := make([]noteShown, len(found))
	for i, n := range found {
		notes[i] = noteShown{
			Title: n.Title, Author: l.actorName(n.CreatedBy.Type, n.CreatedBy.ID), CreatedAt: n.CreatedAt,
			Content: markup.Text(markdown.HTML(n.Markdown)), // which escapes
			Record:  l.recordLink(n.Object, n.Record), Delete: l.link("notes/" + string(n.ID.Note) + "/delete"),
		}
	}
	return notes, nil
}

// taskShown is a task as a page shows it.
type taskShown struct {
	ID        attio.ID
	Content   string
	Completed bool
	Deadline  *time.Time
	Assignees []string
	Records   []cell
	CreatedAt time.Time
	Toggle    string // the path of the form that completes it or opens it again
	Delete    string
}

func (l *lens) tasks(pairs ...string) ([]taskShown, error) {
	var found []struct {
		ID struct {
			Task attio.ID `json:"task_id"`
		} `json:"id"`
		Content   string     `json:"content_plaintext"`
		Completed bool       `json:"is_completed"`
		Deadline  *time.Time `json:"deadline_at"`
		Linked    []linked   `json:"linked_records"`
		Assignees []struct {
			Type attio.ActorType `json:"referenced_actor_type"`
			ID   attio.ID        `json:"referenced_actor_id"`
		} `json:"assignees"`
		CreatedAt time.Time `json:"created_at"`
	}
	if err := l.list("tasks", &found, pairs...); err != nil {
		return nil, err
	}
	tasks := make([]taskShown, len(found))
	for i, t := range found {
		path := "tasks/" + string(t.ID.Task)
		tasks[i] = taskShown{
			ID: t.ID.Task, Content: t.Content, Completed: t.Completed, Deadline: t.Deadline, Records: l.linkedCells(t.Linked),
			CreatedAt: t.CreatedAt, Toggle: l.link(path), Delete: l.link(path + "/delete"),
		}
		for _, a := range t.Assignees {
			tasks[i].Assignees = append(tasks[i].Assignees, l.actorName(a.Type, a.ID))
		}
	}
	return tasks, nil
}

// threadShown is a thread of comments as a page shows it.
type threadShown struct {
	ID       attio.ID
	More     bool // there are more comments
	Resolved bool
	Comments []commentShown
}

type commentShown struct {
	Author, Content string
	CreatedAt       time.Time
	Delete          string
}

func (l *lens) threads(pairs ...string) ([]threadShown, error) {
	var found []struct {
		ID struct {
			Thread attio.ID `json:"thread_id"`
		} `json:"id"`
		More     bool `json:"has_more_comments"`
		Comments []struct {
			ID struct {
				Comment attio.ID `json:"comment_id"`
			} `json:"id"`
			Content    string     `json:"content_plaintext"`
			Author     actor      `json:"author"`
			CreatedAt  time.Time  `json:"created_at"`
			ResolvedAt *time.Time `json:"resolved_at"`
		} `json:"comments"`
	}
	if err := l.list("threads", &found, pairs...); err != nil {
		return nil, err
	}
	threads := make([]threadShown, len(found))
	for i, t := range found {
		threads[i] = threadShown{ID: t.ID.Thread, More: t.More}
		for _, c := range t.Comments {
			threads[i].Resolved = threads[i].Resolved || c.ResolvedAt != nil
			threads[i].Comments = append(threads[i].Comments, commentShown{
				Author: l.actorName(c.Author.Type, c.Author.ID), Content: c.Content, CreatedAt: c.CreatedAt,
				Delete: l.link("comments/" + string(c.ID.Comment) + "/delete"),
			})
		}
	}
	return threads, nil
}

// fileShown is a file, a folder or a link to a file elsewhere.
type fileShown struct {
	Name, Type, Provider string
	Size                 string
	CreatedAt            time.Time
	Download             string // "" for what Attio does not keep
	Delete               string
}

func (l *lens) files(object, id string) ([]fileShown, error) {
	var found []struct {
		ID struct {
			File attio.ID `json:"file_id"`
		} `json:"id"`
		Name      string    `json:"name"`
		External  string    `json:"external_provider_file_id"`
		Type      string    `json:"file_type"`
		Provider  string    `json:"storage_provider"`
		Size      int       `json:"content_size"`
		CreatedAt time.Time `json:"created_at"`
	}
	if err := l.list("files", &found, "object", object, "record_id", id); err != nil {
		return nil, err
	}
	files := make([]fileShown, len(found))
	for i, f := range found {
		path := "files/" + string(f.ID.File)
		files[i] = fileShown{Name: f.Name + f.External, Type: f.Type, Provider: f.Provider, CreatedAt: f.CreatedAt, Delete: l.link(path + "/delete")}
		if f.Type == string(world.TypeFile) {
			files[i].Size, files[i].Download = size(f.Size), l.link(path+"/download")
		}
	}
	return files, nil
}

// size writes a number of bytes for people.
func size(bytes int) string {
	switch {
	case bytes < 1<<10:
		return strconv.Itoa(bytes) + " B"
	case bytes < 1<<20:
		return strconv.FormatFloat(float64(bytes)/(1<<10), 'f', 1, 64) + " KiB"
	}
	return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MiB"
}

// download sends a file to be saved.
func (c *Console) download(r *http.Request) (page, error) {
	l, err := c.lens(r)
	if err != nil {
		return page{}, err
	}
	if err := l.ask(http.MethodGet, "files/"+escaped(r.PathValue("id"))+"/download", nil, nil); err != nil {
		return page{}, err
	}
	id, _ := attio.ParseID(r.PathValue("id")) // Attio has found it
	kept, ok := l.state.File(id)
	if !ok || kept.Content == nil {
		return page{}, notFound("the file is gone")
	}
	return page{file: &file{name: kept.Name, contentType: "application/octet-stream", content: kept.Content.Data}}, nil
}

// meetingShown is a meeting as a page shows it.
type meetingShown struct {
	Title, Description string
	Link               string
	Start, End         string
	Participants       []string
	Records            []cell
}

// meeting is a meeting in an answer of Attio's API.
type meeting struct {
	ID struct {
		Meeting attio.ID `json:"meeting_id"`
	} `json:"id"`
	Title        string      `json:"title"`
	Description  string      `json:"description"`
	Start        meetingTime `json:"start"`
	End          meetingTime `json:"end"`
	Linked       []linked    `json:"linked_records"`
	Participants []struct {
		Organizer bool    `json:"is_organizer"`
		Status    string  `json:"status"`
		Email     *string `json:"email_address"`
		Name      *string `json:"name"`
	} `json:"participants"`
}

// meetingTime is a day or a moment in a time zone.
type meetingTime struct {
	Date     string  `json:"date"`
	Datetime string  `json:"datetime"`
	Timezone *string `json:"timezone"`
}

func (t meetingTime) String() string {
	at, err := time.Parse(time.RFC3339Nano, t.Datetime)
	if err != nil {
		return t.Date + t.Datetime
	}
	return strings.TrimSpace(at.Format("2006-01-02 15:04 ") + deref(t.Timezone))
}

func (l *lens) meetings(pairs ...string) ([]meetingShown, error) {
	var found []meeting
	if err := l.list("meetings", &found, pairs...); err != nil {
		return nil, err
	}
	meetings := make([]meetingShown, len(found))
	for i := range found {
		meetings[i] = l.meeting(&found[i])
	}
	return meetings, nil
}

func (l *lens) meeting(m *meeting) meetingShown {
	shown := meetingShown{
		Title: m.Title, Description: m.Description, Link: l.link("meetings/" + string(m.ID.Meeting)),
		Start: m.Start.String(), End: m.End.String(), Records: l.linkedCells(m.Linked),
	}
	for _, p := range m.Participants {
		name := strings.TrimSpace(deref(p.Name) + " " + deref(p.Email))
		if p.Organizer {
			name += ", organizer"
		}
		shown.Participants = append(shown.Participants, name+" ("+p.Status+")")
	}
	return shown
}

// emailShown is an e-mail as a page shows it: Attio's API does not have the text.
type emailShown struct {
	Subject, Direction string
	SentAt             time.Time
	Participants       []string
}

func (l *lens) emails(object, id string) ([]emailShown, error) {
	var found []struct {
		SentAt       time.Time `json:"sent_at"`
		Direction    string    `json:"direction"`
		Subject      *string   `json:"subject_line"`
		Participants []struct {
			Role  string  `json:"role"`
			Email string  `json:"email_address"`
			Name  *string `json:"name"`
		} `json:"participants"`
	}
	if err := l.list("emails", &found, "linked_object", object, "linked_record_ids", id); err != nil {
		return nil, err
	}
	emails := make([]emailShown, len(found))
	for i, e := range found {
		emails[i] = emailShown{Subject: deref(e.Subject), Direction: e.Direction, SentAt: e.SentAt}
		for _, p := range e.Participants {
			emails[i].Participants = append(emails[i].Participants, p.Role+": "+strings.TrimSpace(deref(p.Name)+" "+p.Email))
		}
	}
	return emails, nil
}
