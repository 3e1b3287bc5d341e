// Numbers on a canvas, one pixel a number.

import { level } from "./colours.js";

/** @import { Layout } from "./messages.js" */
/** @import { Scale } from "./colours.js" */

/**
 * Cells around a picture.
 * @typedef {{ top: number, left: number, bottom: number, right: number }} Margin
 */

/**
 * Each canvas's context: to ask for it makes the browser bring its styles up to date, which costs
 * more than the drawing where sixty canvases and their captions change by turns.
 * @type {WeakMap<HTMLCanvasElement, CanvasRenderingContext2D | null>}
 */
const contexts = new WeakMap();

/** @type {Margin} */
export const NO_MARGIN = { top: 0, left: 0, bottom: 0, right: 0 };

/**
 * Draw one channel of a picture; the cells of the margin stay transparent.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {Layout} layout
 * @param {number} channel
 * @param {Scale} scale
 * @param {Margin} [margin]
 */
export function drawMap(canvas, values, layout, channel, scale, margin = NO_MARGIN) {
  const { largest, signed, colours } = scale;
  resize(canvas, {
    width: layout.width + margin.left + margin.right,
    height: layout.height + margin.top + margin.bottom,
  });
  const image = new ImageData(layout.width, layout.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let place = 0; place < pixels.length; place++) {
    const value = values[layout.start + place * layout.channels + channel];
    pixels[place] = colours[level(value, largest, signed)];
  }
  contextOf(canvas)?.putImageData(image, margin.left, margin.top);
}

/**
 * Draw the colours of a scale side by side.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint32Array} colours
 */
export function drawScale(canvas, colours) {
  resize(canvas, { width: colours.length, height: 1 });
  const image = new ImageData(colours.length, 1);
  new Uint32Array(image.data.buffer).set(colours);
  contextOf(canvas)?.putImageData(image, 0, 0);
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  let context = contexts.get(canvas);
  if (context === undefined) {
    context = canvas.getContext("2d");
    contexts.set(canvas, context);
  }
  return context;
}

/**
 * Give a canvas a size; one that it has already would only clear it.
 * @param {HTMLCanvasElement} canvas
 * @param {{ width: number, height: number }} size
 */
function resize(canvas, { width, height }) {
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
}
