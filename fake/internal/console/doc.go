// Package console is the page at /_fake/, for the person who debugs, demonstrates or explores. It reads and does
// everything through package control, as the control API does.
//
// To add a page:
//
//   - declare its data, type namePage, in a file of the page or of the pages that it belongs to, NAME.go
//   - write its HTML, func (p *namePage) put(w *markup.Writer, v *view), in NAME_page.go; parts that several pages use are in
//     parts.go, parts_form.go and parts_data.go, what is around all pages is in layout.go
//   - write its handler, func (c *Console) name(r *http.Request) (page, error), which returns the data as the content of a
//     page, with its title; a form's handler returns seeOther after success, else its page again with the mistake at the
//     field and the status 422
//   - add its row to the section that the file declares, and the section to sections in console.go
//
// To change what a page looks like, change its put: HTML with {} where the values stand, which package markup escapes for
// their places. Links are made with v.link, which keeps the workspace and the moment that were chosen. An element with
// the attributes of refreshed fetches itself again when something happened: requests, deliveries or state.
// Nothing may be inline: the Content-Security-Policy forbids scripts, styles and handlers in the document.
package console
