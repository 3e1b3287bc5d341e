// Windows in numbers: which cells of a layer a cell of the next one is computed from.
//
// Pure functions of what Python's `arithmetic` sent: a layer's `windows` are its kernel size,
// stride, dilation and the padding before the first pixel, each as [height, width]. A box is
// { top, left, bottom, right } in cells, the last ones included; it may stick out over the edge
// of a padded layer.

// The cell of a height x width picture that lies at (x, y) of a box on the screen.
export function cellAt({ x, y }, box, { height, width }) {
  const cell = (position, length, cells) =>
    Math.max(0, Math.min(cells - 1, Math.floor((position / length) * cells)));
  return {
    row: cell(y - box.top, box.height, height),
    column: cell(x - box.left, box.width, width),
  };
}

export function boxOfCell({ row, column }) {
  return { top: row, left: column, bottom: row, right: column };
}

export function boxOfAll({ height, width }) {
  return { top: 0, left: 0, bottom: height - 1, right: width - 1 };
}

// What the cells of `box` were computed from.
export function source(box, { kernel, stride, dilation, before }) {
  const first = (cell, axis) => cell * stride[axis] - before[axis];
  const last = (cell, axis) => first(cell, axis) + (kernel[axis] - 1) * dilation[axis];
  return {
    top: first(box.top, 0),
    left: first(box.left, 1),
    bottom: last(box.bottom, 0),
    right: last(box.right, 1),
  };
}

// The part of a box that lies on the picture.
export function clip(box, { height, width }) {
  return {
    top: Math.max(0, box.top),
    left: Math.max(0, box.left),
    bottom: Math.min(height - 1, box.bottom),
    right: Math.min(width - 1, box.right),
  };
}

// The cells that the window of one output cell reads, row by row; `inside` is false for padding.
export function windowCells({ row, column }, { kernel, stride, dilation, before }, picture) {
  const cells = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const at = {
        row: row * stride[0] - before[0] + i * dilation[0],
        column: column * stride[1] - before[1] + j * dilation[1],
      };
      const inside =
        at.row >= 0 && at.row < picture.height && at.column >= 0 && at.column < picture.width;
      cells.push({ ...at, inside });
    }
  }
  return cells;
}

// The output cell whose window is centred nearest to an input cell.
export function outputAt({ row, column }, { kernel, stride, dilation, before }, output) {
  const nearest = (cell, axis, cells) => {
    const middle = ((kernel[axis] - 1) * dilation[axis]) / 2;
    const index = Math.round((cell + before[axis] - middle) / stride[axis]);
    return Math.max(0, Math.min(cells - 1, index));
  };
  return { row: nearest(row, 0, output.height), column: nearest(column, 1, output.width) };
}
