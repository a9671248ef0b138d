// Who answered: a strip of the last answers and a count a replica.
const shown = 60;
const colours = ['#1f8a70', '#d9822b', '#3f6fb5', '#a3479b', '#7a8b2f', '#b8433a'];
const replicas = new Map();
const strip = [];
let failures = 0;
const byId = id => document.getElementById(id);

// What the gateway's endpoint table holds, asked once a second while there is traffic.
let known = null;

export const answers = {
  async look() {
    const response = await fetch('/api/services/catalog').catch(() => null);
    if (response?.ok) {
      known = new Set((await response.json()).map(replica => replica.name));
      draw();
    }
  },


  note(response) {
    const name = response.headers.get('Served-By');
    if (name) count(name);
    if (response.status >= 500) this.fail();
  },

  fail() {
    failures++;
    const text = byId('failed');
    text.textContent = failures === 1 ? 'one request failed' : `${failures} requests failed`;
    text.className = 'bad';
  },
};

function count(name) {
  if (!replicas.has(name)) replicas.set(name, { colour: colours[replicas.size % colours.length], count: 0 });
  const replica = replicas.get(name);
  replica.count++;
  replica.last = Date.now();
  strip.push(replica.colour);
  if (strip.length > shown) strip.shift();
  draw();
}

function draw() {
  byId('answers').replaceChildren(...Array.from({ length: shown }, (_, at) => {
    const bar = document.createElement('i');
    bar.style.background = strip[at] ?? '';
    return bar;
  }));
  byId('replicas').replaceChildren(...[...replicas].map(([name, replica]) => {
    const item = document.createElement('li');
    const dot = Object.assign(document.createElement('span'), { className: 'dot' });
    dot.style.background = replica.colour;
    const gone = known !== null && !known.has(name);
    item.className = gone ? 'gone' : '';
    item.append(dot,
      Object.assign(document.createElement('span'), { className: 'name', textContent: gone ? `${name} is gone` : name }),
      Object.assign(document.createElement('span'), { textContent: replica.count }));
    return item;
  }));
}
