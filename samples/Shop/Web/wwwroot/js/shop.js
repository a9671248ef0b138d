// Makes pages that work without it nicer: colours without a reload, live parts, one order for two clicks.
import { live } from './live.js';

const root = document.documentElement;

// The choice shows at once and is kept by the server.
document.querySelector('.theme')?.addEventListener('submit', event => {
  event.preventDefault();
  const form = new FormData(event.target, event.submitter);
  root.dataset.theme = form.get('theme');
  const other = root.dataset.theme === 'dark' ? '.dark-on' : '.light-on';
  document.querySelector(`.theme ${other}`).focus();
  fetch(event.target.action, { method: 'POST', body: form, redirect: 'manual' }).catch(() => {});
});

// A second click while the first is on its way does nothing; a page that comes back from the browser's cache can send again.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    form.querySelector('button').setAttribute('aria-disabled', 'true');
  });
}
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelector('button').removeAttribute('aria-disabled');
  }
});

// An outage page tries again when the server said so.
const retry = document.querySelector('[data-retry]');
if (retry) setTimeout(() => location.replace(retry.dataset.again), retry.dataset.retry * 1000);

for (const part of document.querySelectorAll('[data-live]')) live(part);
