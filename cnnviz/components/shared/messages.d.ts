// The messages from Python to the views, and what the views send back. Their Python side is
// messages.py; a test holds the names in both equal.
//
// `Base64` is an array's bytes: little-endian float32 numbers, or the 3 x 256 bytes of a colour
// scale. Pictures are in the order row, column, channel.

export type Base64 = string;

/** A cell of a picture. */
export interface Cell {
  row: number;
  column: number;
}

export interface Size {
  height: number;
  width: number;
}

/** How a picture lies in an array of numbers: `(row, column, channel)` is at
 * `start + (row * width + column) * channels + channel`. */
export interface Layout extends Size {
  start: number;
  channels: number;
}

/** Where a layer's windows lie on its input, each as [height, width]. */
export interface Windows {
  kernel: number[];
  stride: number[];
  dilation: number[];
  before: number[];
  after: number[];
}

// ---- The network view ------------------------------------------------------------------

export interface NetworkLayer extends Layout {
  name: string;
  shape: string;
  parameters: number | null;
  vector: boolean;
  windows: Windows | null;
  /** Whether it keeps each channel apart. */
  pools: boolean;
  /** Whether it keeps one number of each window as it is. */
  picks: boolean;
}

/** A number of a layer as Python names it: a cell of a map, or a unit of a vector. */
export interface Unit {
  layer: string;
  row?: number;
  column?: number;
  channel?: number;
  unit?: number;
}

/** `moves` counts how often Python itself pinned or released a number. */
export interface Pinned {
  unit: Unit | null;
  moves: number;
}

/** A network and the digit that it looks at. */
export interface NetworkMessage {
  layers: NetworkLayer[];
  colours: Base64;
  /** Where the network's weights are, and the test digits that are offered. */
  network: string;
  samples: string;
  /** Another digit has another name. */
  subject: string;
  /** The digit as drawn and framed, once if they are the same; none if it is what the board has. */
  digits: Base64[] | null;
  framed: boolean;
  /** The side of the board, in its pixels. */
  board: number;
  /** In the drawing that the words are about. */
  strokes: number;
  /** The last edit of pixels that Python knows of; see `Told`. */
  turn: number;
  html: Record<string, string>;
  pinned: Pinned;
}

// ---- The board -------------------------------------------------------------------------

/** What the canvas of `streamlit-drawable-canvas` takes, and where its script is. */
export interface BoardMessage {
  script: string;
  /** How many strokes Python knows of on this board. */
  known: number;
  strokeWidth: number;
  strokeColor: string;
  fillColor: string;
  backgroundColor: string;
  backgroundImageURL: null;
  backgroundImageFit: string;
  realtimeUpdateStreamlit: boolean;
  canvasWidth: number;
  canvasHeight: number;
  maxDisplayHeight: null;
  drawingMode: string;
  initialDrawing: Drawing;
  displayRadius: number;
  returnImageData: boolean;
  disabled: boolean;
  fontSize: number;
  label: string;
}

type Floats = import("../engine/tensor.js").Floats;

/** The canvas's JSON, as far as it is read here. */
type Drawing = { objects: import("../engine/drawing.js").PathObject[]; wiped?: boolean };

// ---- The pixels of the digit -----------------------------------------------------------

export interface PixelsMessage {
  /** Pixels of the digit, each way. */
  side: number;
}

// ---- What components tell each other ---------------------------------------------------

/** By name; see `told.js`. */
export type Told = {
  /** What lies on the board, to begin with or since a hand has moved, which may still be down. */
  drawing: Drawing & { start: boolean; down?: boolean };
  /** What a hand has just changed of a lab. */
  change: Change;
  /** Has the board tell. */
  "drawing wanted": Record<string, never>;
  /** The digit with pixels that a hand has set, which may still be down: 0 to 255, row by row.
   * A later edit has a higher `turn`; with it Python says which edit it knows of. */
  digit: { levels: Uint8Array; down: boolean; turn: number };
  /** Has the network look at the digit before that. */
  "digit before wanted": { turn: number };
  /** What the network looks at, whether its pixels were edited, and its answer in words. */
  look: { digit: Floats; edited: boolean; answer: string };
  /** Has the network view tell. */
  "look wanted": Record<string, never>;
};

// ---- The sliding window ----------------------------------------------------------------

/** Some maps with their numbers. */
export interface Maps extends Layout {
  numbers: Base64;
}

export interface InputMaps extends Maps {
  names: string[];
}

export interface OutputMap extends Maps {
  name: string;
  /** The sums before the activation; false where there is none. */
  before: Base64 | false;
  activation: boolean;
}

export interface Kernel {
  channels: number;
  numbers: Base64;
}

/** Both colour scales. */
export interface Scales {
  sequential: Base64;
  diverging: Base64;
}

/** How many windows read each row and each column. */
export interface Reading {
  rows: number[];
  columns: number[];
}

/** What a window is set to, whether or not the picture allows it. */
export interface Wanted {
  height: number;
  width: number;
  stride: number;
  padding: "valid" | "same";
  dilation: number;
  bias: number;
  relu: boolean;
  /** The name of the kernel of each channel; one that `Follows.kernels` has not is the grid's. */
  channel0?: string;
  channel1?: string;
  channel2?: string;
}

/** What of the page a stage follows by itself, until Python answers. */
export interface Follows {
  /** Which change is answered, of each panel and grid that is followed, by its key. */
  turns: Record<string, number>;
  /** For each part of `wanted` the control that sets it, and what `kernel`, `picture` and
   * `example` are set by. */
  names: Record<string, string>;
  wanted: Wanted;
  /** The largest kernel, rows and columns alike: a smaller one is its middle. Null for a pool. */
  whole: Base64 | null;
  /** Kernels by name, 3 x 3. */
  kernels: Record<string, Base64>;
  /** The output cell that was chosen; else the strongest is open. */
  chosen: Cell | null;
  /** Whether each change brings a question that hides the output. */
  hides: boolean;
}

export interface SlidingMessage {
  kind: "convolution" | "max" | "average";
  windows: Windows;
  input: InputMaps;
  kernel: Kernel | null;
  bias: number | null;
  output: OutputMap;
  at: Cell;
  colours: Scales;
  subtitle: string;
  stepping: "terms" | "windows";
  autoplay: boolean;
  scroll: boolean;
  every: boolean | null;
  /** When the count changes, the view plays the terms or the windows from `at`. */
  plays: [number, "terms" | "windows"];
  asking: boolean;
  html: Record<string, string>;
  reading: Reading | null;
  follows: Follows | null;
}

// ---- Tiles -----------------------------------------------------------------------------

export interface Insets extends Layout {
  numbers: Base64;
  largest: number;
}

export interface TilesMessage extends Layout {
  title: string;
  note: string;
  hint: string;
  pane: boolean;
  numbers: Base64;
  /** Channels in the order in which they are shown, and what is said of each. */
  order: number[];
  labels: string[];
  names: string[];
  largest: number[];
  /** The end of the scale that all share, or null. */
  end: number | null;
  signed: boolean;
  dead: number[];
  chosen: number;
  cell: Cell | null;
  inset: Insets | false;
  colours: Base64;
  layout: string;
  token: string;
}

// ---- The receptive field ---------------------------------------------------------------

/** A layer's windows along one axis: the pictures are square. */
export interface AxisWindow {
  kernel: number;
  stride: number;
  before: number;
}

/** The input has a name and a size only. */
export interface FieldLayer {
  name: string;
  size: number;
  /** Pixels of the input that a unit sees, and the step from one unit's to the next one's. */
  field?: number;
  step?: number;
  window?: AxisWindow;
}

export interface FieldMessage {
  layers: FieldLayer[];
  /** Rows, and likewise columns, of the input that no unit of the last layer reads. */
  never: number[];
  digit: Base64;
  colours: Base64;
}

// ---- The shift lab ---------------------------------------------------------------------

/** How far the digit was moved, in pixels. */
export interface Shift {
  down: number;
  right: number;
}

/** Probabilities and accuracy at every shift. */
export interface ShiftNetwork {
  name: string;
  probabilities: Base64;
  accuracy: Base64;
}

/** The maps of the digit in a frame in which it can move. */
export interface ShiftMaps extends Size {
  channels: number;
  /** Rows, and columns, of the maps without the frame. */
  size: number;
  names: string[];
  largest: number;
  numbers: Base64;
}

export interface ShiftUnits {
  count: number;
  largest: number;
  numbers: Base64;
}

export interface ShiftLab {
  reach: number;
  side: number;
  digit: Base64;
  label: number | null;
  guess: number;
  networks: ShiftNetwork[];
  maps: ShiftMaps;
  units: ShiftUnits;
  /** Test digits that the accuracy is of. */
  count: number;
  colours: Base64;
}

export interface ShiftMessage {
  start: Shift;
  address: Record<string, string | null>;
  lab: ShiftLab | null;
}

// ---- Settings, grids, questions --------------------------------------------------------

export interface Control {
  kind: "slider" | "choice" | "many" | "menu" | "toggle" | "number";
  name: string;
  label: string;
  value: number | string | string[] | boolean;
  least?: number;
  most?: number;
  options?: string[];
}

export interface SettingsMessage {
  /** Its key. */
  panel: string;
  controls: Control[];
  address: Record<string, string | null>;
  /** Which change is answered. */
  turn: number;
}

/** Row and column, or null for the whole grid, and a sentence. */
export type Problem = [number | null, number | null, string];

export interface GridMessage {
  /** Its key. */
  grid: string;
  /** Which change is answered. */
  turn: number;
  texts: string[][];
  problems: Problem[];
  label: string;
  longest: number; // characters of a cell
}

/** What a hand has just set: the control or grid `name` in what has the key `from`. It goes from
 * one component to another, and counts up in each. */
export type Change = { from: string; turn: number; name: string; value: unknown };

export interface QuestionMessage {
  question: string;
  choices: string[];
  chosen: string | null;
  /** Once one is chosen: the right one, and what there is to say, as HTML. */
  right: string | null;
  verdict: string;
}

// ---- Pictures and HTML -----------------------------------------------------------------

export interface ConfusionMessage {
  counts: number[][];
  /** [digit, answer] */
  chosen: [number, number] | null;
}

export interface Picture {
  id: number;
  url: string;
  title: string;
  lines: string[];
}

export interface PictureGroup {
  title: string;
  pictures: Picture[];
}

export interface PicturesMessage {
  groups: PictureGroup[];
  chosen: number | null;
}

/** HTML for each place on the page by its name, and in how many seconds to ask for what is new. */
export interface LiveMessage {
  html: Record<string, string>;
  again: number | null;
}

/** HTML for the component's own place. */
export interface FilledMessage {
  html: string;
}
