// Short questions, each a promise of its answer: undefined if the person thought better of it.

import { html, render } from 'lit';

/** Asks for a text of some lines. */
export function askText({ title, label, text, action = 'Save' }) {
  return ask((done) => html`
    <h2>${title}</h2>
    <label class="field">${label}<textarea rows="4" maxlength="4000" .value=${text}
      @keydown=${(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && done(event.target.value)}></textarea></label>
    <div class="row">
      <button class="main" @click=${(event) => done(event.target.closest('dialog').querySelector('textarea').value)}>${action}</button>
      <button @click=${() => done(undefined)}>Cancel</button>
    </div>`);
}

/** Asks for a text of one line, such as a name. */
export function askLine({ title, label, text, action = 'Save' }) {
  const answer = (event, done) => {
    event.preventDefault();
    done(event.target.elements.answer.value.trim() || undefined);
  };
  return ask((done) => html`
    <h2>${title}</h2>
    <form @submit=${(event) => answer(event, done)}>
      <label class="field">${label}<input name="answer" required maxlength="200" autocomplete="off" .value=${text}></label>
      <div class="row">
        <button class="main">${action}</button>
        <button type="button" @click=${() => done(undefined)}>Cancel</button>
      </div>
    </form>`);
}

/** Asks if something that can't be undone is meant. */
export function askWhether({ title, text, action }) {
  return ask((done) => html`
    <h2>${title}</h2>
    <p>${text}</p>
    <div class="row">
      <button class="danger" @click=${() => done(true)}>${action}</button>
      <button autofocus @click=${() => done(undefined)}>Cancel</button>
    </div>`);
}

/** Shows what one can only read. */
export function tell(content) {
  return ask((done) => html`${content}<div class="row"><button @click=${() => done(undefined)}>Close</button></div>`, true);
}

/** What is long is `read` from its beginning: the dialog itself has the focus, so that keys scroll it. */
function ask(content, read = false) {
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer;
    const done = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    render(content(done), dialog);
    const title = dialog.querySelector('h2');
    title.id = 'question-title';
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.showModal(); // which gives the focus to its first button, however far below that is
    if (!read) return;
    dialog.tabIndex = -1;
    dialog.focus();
    dialog.scrollTop = 0;
  });
}
