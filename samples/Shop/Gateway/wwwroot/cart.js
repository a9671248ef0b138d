import { element, euros } from './shop.js';

// The cart lives in the page; an order lives in the ordering service.
const byId = id => document.getElementById(id);

export function createCart() {
  const lines = new Map();

  // One key for each cart: sending it again, after a failure for instance, cannot order twice.
  let key = crypto.randomUUID();

  function add(product) {
    const line = lines.get(product.id) ?? { product, quantity: 0 };
    line.quantity = Math.min(99, line.quantity + 1);
    lines.set(product.id, line);
    changed();
  }

  function changed() {
    key = crypto.randomUUID();
    draw();
  }

  function draw() {
    const all = [...lines.values()];
    byId('cart-count').textContent = all.reduce((sum, line) => sum + line.quantity, 0);
    byId('cart-total').textContent = euros(all.reduce((sum, line) => sum + line.quantity * line.product.price, 0));
    byId('order').disabled = all.length === 0;
    byId('cart-lines').replaceChildren(...(all.length ? all.map(row) : [element('li', { className: 'empty', textContent: 'Nothing yet.' })]));
  }

  function row(line) {
    const remove = element('button', { textContent: '✕', ariaLabel: `Remove ${line.product.name}` });
    remove.addEventListener('click', () => { lines.delete(line.product.id); changed(); });
    return element('li', {},
      element('span', { textContent: `${line.quantity} ×` }),
      element('span', { className: 'name', textContent: line.product.name, title: line.product.name }),
      element('span', { textContent: euros(line.quantity * line.product.price) }), remove);
  }

  async function order() {
    byId('order').disabled = true;
    const body = { lines: [...lines.values()].map(({ product, quantity }) => ({ productId: product.id, quantity })) };
    try {
      const response = await fetch('/api/ordering/orders', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(body),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.detail ?? answer.title ?? `Ordering answered ${response.status}.`);
      lines.clear();
      changed();
      say(`Thank you. Order ${answer.number} is on its way.`);
      showOrders();
    } catch (error) {
      say(`${error.message} Your cart is kept; try again.`, 'bad');
      draw();
    }
  }

  function say(text, kind = '') {
    byId('order-result').textContent = text;
    byId('order-result').className = `result ${kind}`;
  }

  async function showOrders() {
    try {
      const response = await fetch('/api/ordering/orders?pageSize=5');
      const { items, total } = await response.json();
      byId('orders').replaceChildren(...(total ? items.map(item) : [element('li', { className: 'empty', textContent: 'No orders yet.' })]));
    } catch {
      byId('orders').replaceChildren(element('li', { className: 'empty', textContent: 'Ordering does not answer.' }));
    }
  }

  function item(order) {
    const time = new Date(order.placedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    return element('li', {}, element('span', { textContent: `No. ${order.number}` }),
      element('time', { textContent: time }), element('span', { textContent: euros(order.total) }));
  }

  byId('order').addEventListener('click', order);
  draw();
  return { add, showOrders };
}
