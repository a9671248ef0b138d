// Buttons of the panel without leaving it: what they did is said in words, and the live part shows it.
const said = document.getElementById('said');

function say(text, bad) {
  said.textContent = text;
  said.classList.toggle('bad', bad);
}

// On the document, because the forms come and go with the live part.
document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.matches('form[data-act]')) return;
  event.preventDefault();
  const words = event.submitter?.dataset.said ?? form.dataset.said;
  say(words, false);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form, event.submitter), redirect: 'manual' });
    if (answer.status === 409) say(await answer.text(), true);
    else if (answer.status >= 400) say('That did not work. Reload the page and try again.', true);
  } catch {
    say(`${words} No answer came back; this page reconnects by itself.`, false);
  }
});
