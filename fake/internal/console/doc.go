// Package console is the page at /_fake/, for the person who debugs, demonstrates or explores. It reads and does
// everything through package control, as the control API does.
//
// To add a page:
//
//   - write templates/NAME.html, which defines "content"; parts that several pages use are in templates/parts*.html
//   - write its handler, func (c *Console) name(r *http.Request) (page, error), which returns the name of the template,
//     the title and the data; a form's handler returns seeOther after success, else its page again with the mistake at
//     the field and the status 422
//   - add its row to the section that the file declares, and the section to sections in console.go
//
// A template sees its data as .Data and makes links with .Link, which keeps the workspace and the moment that were
// chosen. An element with hx-trigger="requests from:body" (or deliveries, or state) reloads itself when something happened.
// Nothing may be inline: the Content-Security-Policy forbids scripts, styles and handlers in the document.
package console
