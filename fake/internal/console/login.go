package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
)

// cookieName is the name of the cookie that shows that its browser once had the control token. It opens the pages, not
// the control API, which takes a Bearer token only.
const cookieName = "fakeattio_control"

// cookieOf returns the cookie's value for a token: a keyed hash, so that the cookie does not give the token away.
func cookieOf(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("fakeattio console"))
	return hex.EncodeToString(mac.Sum(nil))
}

// protected lets a request through if it has the cookie or the token, or if the server has no token.
func (c *Console) protected(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.admitted(r) {
			next(w, r)
			return
		}
		to := prefix + "login"
		if r.Method == http.MethodGet && r.URL.Path != prefix+"events" {
			to += "?next=" + url.QueryEscape(r.URL.RequestURI())
		}
		switch {
		case r.Header.Get("HX-Request") != "":
			w.Header().Set("HX-Redirect", prefix+"login")
			w.WriteHeader(http.StatusUnauthorized)
		case r.Method != http.MethodGet || r.URL.Path == prefix+"events":
			http.Error(w, "the console needs the control token; log in at "+to, http.StatusUnauthorized)
		default:
			http.Redirect(w, r, to, http.StatusSeeOther)
		}
	})
}

func (c *Console) admitted(r *http.Request) bool {
	if c.control.Allowed(r) {
		return true
	}
	cookie, err := r.Cookie(cookieName)
	return err == nil && hmac.Equal([]byte(cookie.Value), []byte(cookieOf(c.control.Token())))
}

// loginPage is the data of the login page.
type loginPage struct{ Next, Mistake string }

// login shows the form that asks for the token.
func (c *Console) login(w http.ResponseWriter, r *http.Request) {
	c.askToken(w, http.StatusOK, loginPage{Next: ownPath(r.URL.Query().Get("next"))})
}

// logIn checks the token and goes on to the page that was asked for.
func (c *Console) logIn(w http.ResponseWriter, r *http.Request) {
	next := ownPath(r.PostFormValue("next"))
	token := strings.TrimSpace(r.PostFormValue("token"))
	if !c.control.IsToken(token) {
		c.askToken(w, http.StatusUnauthorized, loginPage{next, "This is not the control token. It is what the server was started with: --control-token, or FAKEATTIO_CONTROL_TOKEN."})
		return
	}
	http.SetCookie(w, newCookie(r, cookieOf(token), 0))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// logOut removes the cookie.
func (c *Console) logOut(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, newCookie(r, "", -1))
	http.Redirect(w, r, prefix+"login", http.StatusSeeOther)
}

func newCookie(r *http.Request, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: cookieName, Value: value, MaxAge: maxAge, Path: "/_fake", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil,
	}
}

func (c *Console) askToken(w http.ResponseWriter, status int, data loginPage) {
	render(w, status, data, &view{Title: "Log in", Static: staticFolder.Get()})
}

// ownPath returns a path if it is one of the console, else the first page. Anything else could lead to another site.
func ownPath(path string) string {
	if strings.HasPrefix(path, prefix) || strings.HasPrefix(path, home+"?") {
		return path
	}
	return home
}
