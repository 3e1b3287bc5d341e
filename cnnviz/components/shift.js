// A digit moved by { down, right }, at most `reach` pixels each way: where that is in what Python
// sent, and what is left of the digit.

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 5; // pixels that a key moves the digit with Shift

// The shift nearest to the one wanted that is there.
export function within({ down, right }, reach) {
  const clamp = (distance) => Math.max(-reach, Math.min(reach, distance));
  return { down: clamp(down), right: clamp(right) };
}

// Where a key moves the digit, or null for another key.
export function keyed(shift, key, far, reach) {
  if (key === "Home") return { down: 0, right: 0 };
  if (!MOVES[key]) return null;
  const [down, right] = MOVES[key].map((step) => step * (far ? FAR : 1));
  return within({ down: shift.down + down, right: shift.right + right }, reach);
}

// The place of a shift in a list of all, from up and left to down and right, line by line.
export function placeOf({ down, right }, reach) {
  return (reach + down) * (2 * reach + 1) + reach + right;
}

// The shift that a cell of the picture of all stands for.
export function shiftOf({ row, column }, reach) {
  return { down: row - reach, right: column - reach };
}

// One channel of the maps of the moved digit: a part of those of the digit in its frame.
export function partOf(values, frame, size, channel, { down, right }, reach) {
  const part = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const place = (row + reach - down) * frame.width + column + reach - right;
      part[row * size + column] = values[place * frame.channels + channel];
    }
  }
  return part;
}

// The digit in a frame as wide as it can move, at its place there.
export function inFrame(digit, side, { down, right }, reach) {
  const width = side + 2 * reach;
  const frame = new Float32Array(width * width);
  digit.forEach((ink, i) => {
    const row = reach + down + Math.floor(i / side);
    frame[row * width + reach + right + (i % side)] = ink;
  });
  return frame;
}

// The share of the ink that is still in the picture; of no ink, none.
export function inkLeft(digit, side, { down, right }) {
  let all = 0;
  let left = 0;
  digit.forEach((ink, i) => {
    const row = Math.floor(i / side) + down;
    const column = (i % side) + right;
    all += ink;
    if (row >= 0 && row < side && column >= 0 && column < side) left += ink;
  });
  return all > 0 ? left / all : 0;
}

// The digit with the largest of ten probabilities, of equals the smaller one.
export function mostProbable(probabilities) {
  return probabilities.indexOf(Math.max(...probabilities));
}

// The cosine between two lists of numbers: 1 if one is a multiple of the other.
export function likeness(a, b) {
  const product = (x, y) => x.reduce((sum, number, i) => sum + number * y[i], 0);
  const lengths = Math.sqrt(product(a, a) * product(b, b));
  return lengths > 0 ? product(a, b) / lengths : 0;
}

export function shiftInWords({ down, right }) {
  const words = [
    down && `${Math.abs(down)} ${down < 0 ? "up" : "down"}`,
    right && `${Math.abs(right)} ${right < 0 ? "left" : "right"}`,
  ];
  return words.filter(Boolean).join(", ") || "not moved";
}
