// Numbers to pixels: decode what Python sent, colour it, draw it one pixel a number.

const NONE = { top: 0, left: 0, bottom: 0, right: 0 };

export function decodeBytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  // Browsers of before 2025; a plain loop, as it runs over all numbers after each stroke.
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

export function decodeFloats(base64) {
  return new Float32Array(decodeBytes(base64).buffer);
}

// The 256 colours of a scale as pixels that ImageData takes in one go (alpha in the high byte).
export function palette(bytes) {
  const colours = new Uint32Array(bytes.length / 3);
  for (let i = 0; i < colours.length; i++) {
    colours[i] = 0xff000000 | (bytes[3 * i + 2] << 16) | (bytes[3 * i + 1] << 8) | bytes[3 * i];
  }
  return colours;
}

// The number at (row, column) of one channel of a layer.
export function valueAt(values, layer, channel, row, column) {
  return values[layer.start + (row * layer.width + column) * layer.channels + channel];
}

// Which of the 256 colours a number gets: 0 the first and `largest` the last; signed, 0 is in the
// middle and -largest the first.
export function level(value, largest, signed = false) {
  if (!(largest > 0)) return signed ? 128 : 0;
  const share = signed ? (value / largest + 1) / 2 : value / largest;
  return Math.max(0, Math.min(255, Math.round(255 * share)));
}

// Draw one channel, one pixel a number; with `margin` { top, left, bottom, right }, that many
// cells around it stay transparent.
export function drawMap(canvas, values, layer, channel, largest, colours, signed, margin = NONE) {
  const width = layer.width + margin.left + margin.right;
  const height = layer.height + margin.top + margin.bottom;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(layer.width, layer.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let place = 0; place < pixels.length; place++) {
    const value = values[layer.start + place * layer.channels + channel];
    pixels[place] = colours[level(value, largest, signed)];
  }
  context.putImageData(image, margin.left, margin.top);
}

// A colour as CSS writes it, and the ink that can be read on it.
export function cssColour(colour) {
  return `rgb(${colour & 255} ${(colour >> 8) & 255} ${(colour >> 16) & 255})`;
}

export function inkOn(colour) {
  const light = 0.3 * (colour & 255) + 0.59 * ((colour >> 8) & 255) + 0.11 * ((colour >> 16) & 255);
  return light > 140 ? "#15131a" : "#fff";
}

export function drawScale(canvas, colours) {
  canvas.width = colours.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  const image = context.createImageData(colours.length, 1);
  new Uint32Array(image.data.buffer).set(colours);
  context.putImageData(image, 0, 0);
}
