import { createCart } from './cart.js';
import { icons } from './icons.js';
import { answers } from './answers.js';

const pageSize = 24;
const state = { search: '', category: '', page: 1 };
const byId = id => document.getElementById(id);
export const euros = amount => `€ ${amount.toFixed(2)}`;

/** Makes an element; text goes in as text, so nothing from the catalog is ever read as HTML. */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Asks the catalog and notes which replica answered. */
async function askCatalog(path) {
  const response = await fetch(`/api/catalog${path}`).catch(error => { answers.fail(); throw error; });
  answers.note(response);
  if (!response.ok) {
    throw new Error(`The catalog answered ${response.status}.`);
  }
  return response.json();
}

async function showProducts() {
  const query = new URLSearchParams({ page: state.page, pageSize });
  if (state.search) query.set('search', state.search);
  if (state.category) query.set('category', state.category);
  try {
    const page = await askCatalog(`/products?${query}`);
    byId('products').replaceChildren(...page.items.map(card));
    byId('summary').textContent = summarise(page);
    showPages(page);
  } catch (error) {
    byId('summary').textContent = `${error.message} Try again in a moment.`;
  }
}

function summarise({ items, total, page }) {
  if (total === 0) return 'Nothing found. Fewer letters find more.';
  const first = (page - 1) * pageSize + 1;
  return `${first} to ${first + items.length - 1} of ${total}`;
}

function card(product) {
  const { icon, hue } = icons[product.category] ?? icons.other;
  const art = element('div', { className: 'art', innerHTML: icon });
  art.style.setProperty('--hue', hue);
  const add = element('button', { className: 'add', textContent: 'Add', ariaLabel: `Add ${product.name}` });
  add.addEventListener('click', () => cart.add(product));
  return element('article', { className: 'product' }, art,
    element('div', { className: 'text' },
      element('h3', { textContent: product.name }), element('p', { textContent: product.description })),
    element('footer', {}, element('span', { className: 'price', textContent: euros(product.price) }), add));
}

function showPages({ page, total }) {
  const last = Math.max(1, Math.ceil(total / pageSize));
  const button = (text, target) => {
    const made = element('button', { textContent: text, disabled: target < 1 || target > last });
    made.addEventListener('click', () => { state.page = target; showProducts(); scrollTo({ top: 0 }); });
    return made;
  };
  byId('pages').replaceChildren(...(last === 1 ? [] : [button('Back', page - 1), `${page} of ${last}`, button('On', page + 1)]));
}

async function showCategories() {
  const categories = await askCatalog('/categories');
  const button = (name, text) => {
    const made = element('button', { textContent: text, ariaPressed: String(state.category === name) });
    made.addEventListener('click', () => {
      Object.assign(state, { category: name, page: 1 });
      for (const other of byId('categories').children) other.ariaPressed = String(other === made);
      showProducts();
    });
    return made;
  };
  byId('categories').replaceChildren(button('', 'Everything'), ...categories.map(({ name }) => button(name, name)));
}

let typing;
byId('search').addEventListener('input', event => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    Object.assign(state, { search: event.target.value.trim(), page: 1 });
    showProducts();
  }, 200);
});
document.querySelector('.search').addEventListener('submit', event => event.preventDefault());

// Traffic on demand: the same request over and over, so that one sees who answers it.
let beats = [];
byId('traffic').addEventListener('change', event => {
  beats.forEach(clearInterval);
  beats = event.target.checked
    ? [setInterval(() => askCatalog('/products?pageSize=1').catch(() => {}), 100), setInterval(() => answers.look(), 1000)]
    : [];
});

const cart = createCart();
cart.showOrders();
showCategories().catch(() => {});
showProducts();
