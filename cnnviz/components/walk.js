// Where an arrow key leads: from cell to cell of a map, and over its edge into the next map.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// `at` is { index, row, column }: the place in a list of `count` maps laid out `across` to a line.
// Returns the new place, the same if there is nothing in that direction, or null for another key.
export function walk(at, key, wholeMap, { count, across, height, width }) {
  if (!STEPS[key]) return null;
  const [down, right] = STEPS[key];
  const row = at.row + down;
  const column = at.column + right;
  if (!wholeMap && row >= 0 && row < height && column >= 0 && column < width) {
    return { index: at.index, row, column };
  }
  const line = (at.index % across) + right;
  const index = at.index + right + down * across;
  if (line < 0 || line >= across || index < 0 || index >= count) return at;
  if (wholeMap) return { ...at, index };
  return { index, row: (row + height) % height, column: (column + width) % width };
}
