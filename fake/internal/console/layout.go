package console

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/markup"
)

// putPage writes a whole page.
func (v *view) putPage(w *markup.Writer, content content) {
	w.Put(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content='{"allowEval": false, "includeIndicatorStyles": false, "selfRequestsOnly": true, "historyCacheSize": 0}'>
<title>{} · fakeattio</title>
<link rel="icon" href="{}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{}/console.css">
<script src="{}/htmx.min.js" defer></script>
<script src="{}/console.js" defer></script>
</head>
`, v.Title, v.Static, v.Static, v.Static, v.Static)
	if v.Nav == nil {
		w.Put(`<body class="bare">
<main id="main">
`)
		content.put(w, v)
		w.Put(`
</main>
</body>
</html>
`)
		return
	}
	w.Put(`<body data-events="/_fake/console/events">
<a class="skip" href="#main">Skip to the content</a>
`)
	v.putHeader(w)
	w.Put(`
<nav class="side" aria-label="Pages">
  <ul>`)
	for _, item := range v.Nav {
		w.Put(`
    <li><a href="{}"{}>{}</a></li>`, v.link(item.Path), markup.When(item.Current, ` aria-current="page"`), item.Title)
	}
	w.Put(`
  </ul>
</nav>
<main id="main" tabindex="-1">`)
	if v.At > 0 {
		w.Put(`
<div class="banner warn" role="status"><span>The data is shown as it was right after <a href="/_fake/console/requests/{}">request {}</a>. It can only be read.</span> <a class="button small" href="{}">Back to now</a></div>`,
			v.At, v.At, v.BackToNow)
	}
	w.Put("\n")
	content.put(w, v)
	w.Put(`
</main>
<dialog id="help" aria-labelledby="help-title">
  <h2 id="help-title">Keyboard</h2>
  <dl class="facts">
    <dt><kbd>/</kbd></dt><dd>search</dd>
    <dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous row</dd>
    <dt><kbd>Enter</kbd></dt><dd>open the row</dd>
    <dt><kbd>Esc</kbd></dt><dd>leave the field, or go back</dd>
    <dt><kbd>?</kbd></dt><dd>this help</dd>
  </dl>
  <form method="dialog"><button class="primary">Close</button></form>
</dialog>
<div id="said" class="said" role="status" aria-live="polite"></div>
</body>
</html>
`)
}

// putHeader writes what is above every page: the workspace, the moment and the clock.
func (v *view) putHeader(w *markup.Writer) {
	w.Put(`<header class="top">
  <a class="brand" href="{}"><img src="{}/icon.svg" alt="" width="22" height="22"> fakeattio</a>
  <form class="inline" method="get" action="{}">
    <label for="workspace">Workspace</label>
    <select id="workspace" name="workspace" data-submit>
      <option value="">All</option>`, v.link(home), v.Static, v.SwitchTo)
	for _, slug := range v.Workspaces {
		w.Put(`
      <option{}>{}</option>`, markup.When(slug == v.Workspace, " selected"), slug)
	}
	w.Put(`
    </select>`)
	putKept(w, "at", number(v.At))
	w.Put(`
    <noscript><button>Go</button></noscript>
  </form>
  <form class="inline" id="moment" method="get" action="{}"{}>`, v.Action, markup.When(v.Latest == 0, " hidden"))
	for _, line := range v.Kept {
		w.Put(`<input type="hidden" name="{}" value="{}">`, line.Name, line.Value)
	}
	w.Put(`
    <label for="at">As of request</label>
    <input id="at" name="at" type="range" min="{}" max="{}" value="{}" data-submit data-shows="#at-number">
    <output id="at-number" for="at">{}</output>
    <noscript><button>Show</button></noscript>
  </form>
  <span class="spacer"></span>
  <span id="live" hidden hx-get="{}" hx-trigger="requests from:body, state from:body" hx-select="#clock" hx-target="#clock" hx-swap="outerHTML" hx-select-oob="#moment"></span>
  <span class="clock" id="clock">
    <span class="quiet">Clock</span> <time datetime="{}">{}</time>{}
  </span>`, v.Oldest, v.Latest, cmp.Or(v.At, v.Latest), cmp.Or(number(v.At), "now"), v.Frame, iso(v.Now), timeText(v.Now),
		markup.When(v.Frozen, ` <span class="badge info">frozen</span>`))
	if v.CanLogOut {
		w.Put(`
  <form method="post" action="/_fake/console/logout"><button class="small">Log out</button></form>`)
	}
	w.Put(`
  <button type="button" class="small" data-help aria-label="Keyboard shortcuts">?</button>
</header>`)
}

// putKept writes what a form keeps of the address of its page, unless it is empty.
func putKept(w *markup.Writer, name, value string) {
	if value != "" {
		w.Put(`<input type="hidden" name="{}" value="{}">`, name, value)
	}
}

// number writes a number for people, and 0 as nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func iso(t time.Time) string { return attio.Time{Time: t}.String() }

func milliseconds(d float64) string { return fmt.Sprintf("%.1f ms", d) }

func listed(texts []string) string { return strings.Join(texts, ", ") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// errorPage says why there is no other page.
type errorPage string

func (p errorPage) put(w *markup.Writer, v *view) {
	w.Put(`<h1>{}</h1>
<div class="banner bad" role="alert">{}</div>
<p><a href="/_fake/">To the requests</a></p>`, v.Title, string(p))
}
