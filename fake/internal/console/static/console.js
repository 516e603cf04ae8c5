// What the pages do beyond links and forms: live updates, the keyboard, copying, and forms that submit themselves.
(() => {
  'use strict';

  const $ = (selector, within = document) => within.querySelector(selector);

  // Live updates. Elements with hx-trigger="requests from:body" reload themselves. A hidden page is not updated, because a
  // browser has only six connections to a server.
  const address = document.body.dataset.events;
  let source;
  const listen = () => {
    if (!address || document.hidden || source) return;
    source = new EventSource(address);
    const kinds = ['requests', 'deliveries', 'state'];
    const tell = (kind) => htmx.trigger(document.body, kind);
    for (const kind of kinds) source.addEventListener(kind, () => tell(kind));
    source.addEventListener('open', () => kinds.forEach(tell)); // what happened before
  };
  const stop = () => { source?.close(); source = undefined; };
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', listen);

  // The chosen row of the table, which stays chosen when the table is reloaded.
  let chosen;
  const rows = () => [...document.querySelectorAll('table[data-rows] tbody tr')];
  const mark = () => rows().forEach((row) => row.classList.toggle('chosen', row.dataset.key === chosen));
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.dataset.key === chosen);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    chosen = next.dataset.key;
    mark();
    next.scrollIntoView({block: 'nearest'});
    $('a[data-open]', next)?.focus({preventScroll: true});
  };
  const open = () => {
    const row = rows().find((one) => one.dataset.key === chosen);
    if (row) $('a[data-open]', row)?.click();
    return Boolean(row);
  };
  document.addEventListener('htmx:afterSettle', () => {
    if (chosen === undefined) return;
    const had = document.activeElement === document.body;
    mark();
    if (had) $('tr.chosen a[data-open]')?.focus({preventScroll: true});
  });

  const typing = (element) => element.matches('input, textarea, select, [contenteditable]');
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const dialog = $('dialog[open]');
    if (event.key === 'Escape') {
      if (dialog) return; // the browser closes it
      if (typing(event.target)) event.target.blur();
      else if ($('a[data-back]')) $('a[data-back]').click();
      else if (chosen !== undefined) { chosen = undefined; mark(); document.activeElement.blur(); }
      return;
    }
    if (dialog || typing(event.target)) return;
    switch (event.key) {
      case '/': {
        const field = $('[data-search]');
        if (!field) return;
        field.focus();
        field.select();
        break;
      }
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'Enter':
        if (event.target !== document.body && event.target.id !== 'main' || !open()) return;
        break;
      case '?': $('#help')?.showModal(); break;
      default: return;
    }
    event.preventDefault();
  });

  // A click on a row opens it; a click on something in it does what that does.
  document.addEventListener('click', async (event) => {
    const target = event.target;
    if (target.closest('[data-help]')) { $('#help').showModal(); return; }
    const copy = target.closest('[data-copy]');
    if (copy) {
      const from = $(copy.dataset.copy);
      try {
        await navigator.clipboard.writeText(from.value ?? from.textContent);
        say('Copied');
      } catch {
        getSelection().selectAllChildren(from); // without HTTPS there is no clipboard
        say('Selected; press Ctrl+C');
      }
      return;
    }
    const row = target.closest('table[data-rows] tbody tr');
    if (row && !target.closest('a, button, input, select, label, summary') && !String(getSelection())) $('a[data-open]', row)?.click();
  });

  let silence;
  const say = (text) => {
    $('#said').textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { $('#said').textContent = ''; }, 2500);
  };

  // Fields that submit their form when they change, and forms that ask first.
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  });
  document.addEventListener('submit', (event) => {
    const asks = (event.submitter?.dataset.confirm) || event.target.dataset.confirm;
    if (asks && !confirm(asks)) event.preventDefault();
  });
  // The number beside a slider.
  document.addEventListener('input', (event) => {
    if (event.target.matches('input[type=range][data-shows]')) $(event.target.dataset.shows).textContent = event.target.value;
  });
})();
