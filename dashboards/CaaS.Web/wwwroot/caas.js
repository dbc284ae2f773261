// Keys, theme, and nothing else: the pages are rendered by the server.
// Loaded in the head, before anything is drawn, so that the theme does not flash.
window.caas = {
  toggleTheme() {
    const root = document.documentElement;
    const dark = getComputedStyle(root).colorScheme === 'dark'
      || (root.style.colorScheme === '' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.style.colorScheme = dark ? 'light' : 'dark';
    localStorage.setItem('caas-theme', root.style.colorScheme);
  },

  // True once the page's circuit is up: before that it is drawn but hears nothing.
  listening: false,

  async signOut() {
    await fetch('/api/v1/session', { method: 'DELETE' });
    location.assign('/sign-in');
  },

  // A plain #content would lead to the base address.
  skip() { document.getElementById('content')?.focus(); },

  // Sends single keys to a page. Inert while typing, with a modifier held, or while a dialog is open; a held key repeats moves only.
  listen(page) {
    const moves = ['j', 'k'];
    const handler = event => {
      const target = event.target;
      const typing = target.closest('input, textarea, select, [contenteditable]');
      const send = key => page.invokeMethodAsync('OnKey', key).catch(() => { /* The page was left, or its server is away. */ });
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape') { document.activeElement?.blur(); send('Escape'); return; }
      if (typing) return;
      if (event.repeat && !moves.includes(event.key)) return;
      if (event.key === 'Enter' && target.closest('a, button, summary')) return;
      if (event.key === '/') { const box = document.querySelector('[data-search]'); if (box) { event.preventDefault(); box.focus(); } return; }
      if (event.key.length === 1 || event.key === 'Enter') send(event.key);
    };
    document.addEventListener('keydown', handler);
    this.listening = true;
    return { dispose: () => document.removeEventListener('keydown', handler) };
  },

  scrollTo(id) { document.getElementById(id)?.scrollIntoView({ block: 'nearest' }); },
  open(id) { const dialog = document.getElementById(id); if (dialog && !dialog.open) dialog.showModal(); },
  close(id) { document.getElementById(id)?.close(); },
};
document.addEventListener('click', event => {
  const name = event.target.closest('[data-do]')?.dataset.do;
  if (name) { event.preventDefault(); window.caas[name](); }
});
{ const theme = localStorage.getItem('caas-theme'); if (theme) document.documentElement.style.colorScheme = theme; }
