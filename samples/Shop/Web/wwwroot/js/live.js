// Keeps a part of the page as the server renders it: fragments come as server-sent events and are merged into what is there, so
// that focus, selection and what was typed survive.

/** Follows the address in data-live. The browser reconnects by itself; a proxy's refusal is tried again here. */
export function live(part) {
  let source;
  const open = () => {
    source = new EventSource(part.dataset.live);
    source.addEventListener('fragment', event => {
      part.classList.remove('stale');
      merge(part, event.data);
    });
    source.addEventListener('end', () => source.close());
    source.addEventListener('error', () => {
      part.classList.add('stale');
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 1000);
    });
  };
  open();
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', event => { if (event.persisted) open(); });
}

function merge(part, html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  children(part, template.content);
}

// Elements with an id are found again wherever they went; others are compared place by place.
function children(now, next) {
  const kept = new Map([...now.children].filter(child => child.id).map(child => [child.id, child]));
  let at = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const same = wanted.id ? kept.get(wanted.id) : at && !at.id && alike(at, wanted) ? at : null;
    if (!same) {
      now.insertBefore(wanted, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else if (same.contains(document.activeElement)) at = putBehind(same, at);
    else now.insertBefore(same, at);
    update(same, wanted);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

// An element that moves loses the focus, so what stands before it gives way instead.
function putBehind(kept, first) {
  const behind = kept.nextSibling;
  while (first !== kept) {
    const passed = first;
    first = first.nextSibling;
    kept.parentNode.insertBefore(passed, behind);
  }
  return kept.nextSibling;
}

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

function update(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  // What the visitor is about to choose is his.
  if (now === document.activeElement && now.matches('input, select')) return;
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name)) now.removeAttribute(name);
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  children(now, next);
}
