// Numbers with a shape. They lie in the order row, column, channel, as NumPy's do.

/** @typedef {Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>} Floats */

/**
 * An image and maps have the shape [height, width, channels], a kernel [height, width, channels
 * in, channels out], a vector [units].
 * @typedef {{ shape: number[], data: Floats }} Tensor
 */

/**
 * How many numbers a tensor of that shape has.
 * @param {number[]} shape
 */
export function numbersIn(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * @param {number[]} shape
 * @param {Floats} data Not copied.
 * @returns {Tensor}
 */
export function tensor(shape, data) {
  if (data.length !== numbersIn(shape)) {
    throw new RangeError(
      `data must hold ${numbersIn(shape)} numbers for the shape ${inWords(shape)}. ` +
        `Received: data.length=${data.length}`,
    );
  }
  return { shape, data };
}

/**
 * A tensor of zeros, in the precision of `like`.
 * @param {number[]} shape
 * @param {Floats} like
 * @returns {Tensor}
 */
export function zeros(shape, like) {
  const count = numbersIn(shape);
  const data = like instanceof Float64Array ? new Float64Array(count) : new Float32Array(count);
  return { shape, data };
}

/**
 * Throw unless the tensor has so many axes.
 * @param {Tensor} one
 * @param {string} name
 * @param {number} axes
 */
export function checkAxes({ shape }, name, axes) {
  if (shape.length === axes) return;
  throw new RangeError(`${name} must have ${axes} axes. Received: ${name}.shape=${inWords(shape)}`);
}

/**
 * A shape as Python writes it.
 * @param {number[]} shape
 */
export function inWords(shape) {
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}
