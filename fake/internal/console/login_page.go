package console

import "github.com/fakeattio/fakeattio/fake/internal/markup"

func (p loginPage) put(w *markup.Writer, _ *view) {
	w.Put(`<form class="card login" method="post" action="/_fake/console/login">
  <h1>fakeattio</h1>
  <p>This server has a control token. Enter it once to see its pages.</p>
  <input type="hidden" name="next" value="{}">
  <div class="field{}">
    <label for="token">Control token</label>
    <input id="token" name="token" type="password" autocomplete="current-password" required autofocus{}>`,
		p.Next, markup.When(p.Mistake != "", " invalid"), ariaInvalid("token", p.Mistake))
	putWrong(w, "token", p.Mistake)
	w.Put(`
  </div>
  <button class="primary">Log in</button>
</form>`)
}
