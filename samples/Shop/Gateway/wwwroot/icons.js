// One line drawing a category, and the hue of its shelf.
const draw = path => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;

export const icons = {
  Books: { hue: 28, icon: draw('M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zm0 0v14') },
  'Coffee & Tea': { hue: 18, icon: draw('M4 9h13v6a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zm13 1h1.500a2.500 2.500 0 0 1 0 5H17M8 3v3m5-3v3') },
  Games: { hue: 262, icon: draw('M5 5h14v14H5zM9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01') },
  Garden: { hue: 120, icon: draw('M12 21v-9m0 0c0-4-3-6-7-6 0 4 3 6 7 6zm0-2c0-4 3-6 7-6 0 4-3 6-7 6z') },
  Home: { hue: 200, icon: draw('M4 11l8-7 8 7v9h-5v-6H9v6H4z') },
  Kitchen: { hue: 5, icon: draw('M4 10h16v5a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM2 10h20M9 6c0-2 3-2 3-4') },
  Outdoor: { hue: 160, icon: draw('M3 20l7-13 4 7 2-3 5 9zM17 5h.01') },
  Stationery: { hue: 225, icon: draw('M4 20l1-5L16 4l4 4L9 19zM13 7l4 4') },
  Tools: { hue: 42, icon: draw('M14 6a4 4 0 0 1 5-3l-2.500 2.500 2 2L21 5a4 4 0 0 1-5.500 5L8 17.500A2 2 0 1 1 5 15l7.500-7.500A4 4 0 0 1 14 6z') },
  other: { hue: 80, icon: draw('M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8') },
};
