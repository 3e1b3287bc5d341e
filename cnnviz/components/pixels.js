// Numbers to pixels: decode what Python sent, colour it, draw it one pixel a number.

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

// Draw one channel: 0 gets the first colour, `largest` the last.
export function drawMap(canvas, values, layer, channel, largest, colours) {
  const { width, height } = layer;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const step = largest > 0 ? 255 / largest : 0;
  for (let place = 0; place < pixels.length; place++) {
    const value = values[layer.start + place * layer.channels + channel];
    pixels[place] = colours[Math.min(255, Math.round(value * step))];
  }
  context.putImageData(image, 0, 0);
}

export function drawScale(canvas, colours) {
  canvas.width = colours.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  const image = context.createImageData(colours.length, 1);
  new Uint32Array(image.data.buffer).set(colours);
  context.putImageData(image, 0, 0);
}
