// Numbers as text.

const MINUS = "\u2212"; // as long as a plus
const THIN_SPACE = "\u202f";

/** @param {number} number */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** @param {number} number */
export function rounded(number) {
  return number.toFixed(2);
}

/** @param {number} probability */
export function percent(probability) {
  return `${(100 * probability).toFixed(1)}%`;
}

/**
 * With a minus if it is negative; what rounds to zero has none.
 * @param {number} number
 * @param {number} digits
 */
export function short(number, digits) {
  return withSign(number, digits, "");
}

/**
 * With its sign; what rounds to zero has none.
 * @param {number} number
 * @param {number} [digits]
 */
export function signed(number, digits = 3) {
  return withSign(number, digits, "+");
}

/**
 * @param {number} number
 * @param {number} digits
 * @param {string} plus
 */
function withSign(number, digits, plus) {
  const text = Math.abs(number).toFixed(digits);
  if (Number(text) === 0) return text;
  return (number < 0 ? MINUS : plus) + text;
}

/**
 * Decimals for numbers that stand in one picture: none if all are whole.
 * @param {(number | null)[]} numbers
 */
export function decimals(numbers) {
  return numbers.every((number) => number === null || Number.isInteger(number)) ? 0 : 2;
}

/**
 * A size that no line is broken in.
 * @param {number} height
 * @param {number} width
 */
export function times(height, width) {
  return `${height}\u00a0×\u00a0${width}`;
}
