// Small arithmetic that several views need. Pure functions.

/** @param {number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * The sum of the products of two lists, number by number.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
export function dot(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/**
 * The cosine between two lists of numbers: 1 if one is a positive multiple of the other.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
export function cosine(a, b) {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths > 0 ? dot(a, b) / lengths : 0;
}

/**
 * Where the largest number stands, the first of equals; null is no number.
 * @param {ArrayLike<number | null>} numbers
 */
export function largestAt(numbers) {
  let at = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    if (number !== null && (at < 0 || number > largest)) [at, largest] = [i, number];
  }
  return at;
}

/**
 * The number from `low` to `high` that is nearest to `number`.
 * @param {number} number
 * @param {number} low
 * @param {number} high
 */
export function clamp(number, low, high) {
  return Math.max(low, Math.min(high, number));
}
