// Receptive fields in numbers, along one axis: the pictures are square.
//
// `layers` are the input and then every layer of the stack: each has its `size`, and all but
// the input a `window` { kernel, stride, before } that reads the layer before.

// What the units `cells` of layer `at` read of the layer before: the `cells` that are there, and
// from where to where the windows reach, which may be over the edge, into the padding.
function sources(layers, at, cells) {
  const { kernel, stride, before } = layers[at].window;
  const found = new Set();
  for (const cell of cells) {
    for (let i = 0; i < kernel; i++) found.add(cell * stride - before + i);
  }
  const all = [...found].sort((a, b) => a - b);
  return {
    cells: all.filter((cell) => cell >= 0 && cell < layers[at - 1].size),
    first: all[0],
    last: all[all.length - 1],
  };
}

// The cells of every layer from the input to `depth` that unit `index` of layer `depth` depends on.
export function trace(layers, depth, index) {
  const found = [];
  found[depth] = { cells: [index], first: index, last: index };
  for (let at = depth; at > 0; at--) found[at - 1] = sources(layers, at, found[at].cells);
  return found;
}

// One unit of each layer, the last layer's in its middle, each in the middle of the next one's window.
export function nested(layers) {
  const units = [];
  let middle = Math.floor((layers[layers.length - 1].size - 1) / 2);
  for (let at = layers.length - 1; at > 0; at--) {
    units[at] = middle;
    const { cells } = sources(layers, at, [middle]);
    middle = cells[Math.floor((cells.length - 1) / 2)];
  }
  return units;
}

// Neighbours taken together: [{ first, last }, ...].
export function runs(cells) {
  const found = [];
  for (const cell of cells) {
    const run = found[found.length - 1];
    if (run && cell === run.last + 1) run.last = cell;
    else found.push({ first: cell, last: cell });
  }
  return found;
}

// What a unit sees of the input, in words; `field` is the size of its layer's receptive field.
export function inWords(rows, columns, field) {
  const [height, width] = [rows, columns].map(({ cells }) => cells.length);
  const sees = `sees input ${range("row", rows.cells)}, ${range("column", columns.cells)}: ${times(height, width)} pixels.`;
  const rest = [];
  if (reaches(rows) > height || reaches(columns) > width) rest.push("It skips the pixels between.");
  if (reaches(rows) < field || reaches(columns) < field) {
    rest.push(`The rest of its ${times(field, field)} field falls on padding.`);
  }
  return [sees, ...rest].join(" ");
}

// A size that no line is broken in.
export function times(height, width) {
  return `${height}\u00a0×\u00a0${width}`;
}

function range(word, cells) {
  const last = cells[cells.length - 1];
  return cells[0] === last ? `${word} ${last}` : `${word}s ${cells[0]} to ${last}`;
}

function reaches({ cells }) {
  return cells[cells.length - 1] - cells[0] + 1;
}
