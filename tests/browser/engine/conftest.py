"""The engine's modules on a blank page, and arrays on their way there and back."""

import base64

import numpy as np
import pytest

MODULES = (
    "answer",
    "arithmetic",
    "drawing",
    "feature_maps",
    "framing",
    "from_strokes",
    "layers",
    "network",
    "ops",
    "pencil",
    "tensor",
    "weights",
)
# A tensor goes through JSON as its shape and its bytes.
CODEC = """() => {
  window.given = ({ shape, bytes, double }) => {
    const { buffer } = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
    return { shape, data: double ? new Float64Array(buffer) : new Float32Array(buffer) };
  };
  window.taken = ({ shape, data }) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let text = "";
    for (let i = 0; i < bytes.length; i += 10000) {
      text += String.fromCharCode(...bytes.subarray(i, i + 10000));
    }
    return { shape, bytes: btoa(text), double: data instanceof Float64Array };
  };
  window.errorOf = (action) => {
    try { action(); } catch (error) { return `${error.name}: ${error.message}`; }
    return "no error";
  };
}"""


class Engine:
    """A page that has what the engine exports, and what takes tensors in and out of it."""

    def __init__(self, page):
        self.page = page
        page.evaluate(CODEC)

    def tensor(self, array):
        """An array, as the argument of a script that says ``given(...)``."""
        array = np.asarray(array)
        array = array.astype("<f8" if array.dtype == np.float64 else "<f4")
        text = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
        return {"shape": list(array.shape), "bytes": text, "double": array.dtype == np.float64}

    def array(self, result):
        """The array that a script returned as ``taken(...)``."""
        dtype = "<f8" if result["double"] else "<f4"
        return np.frombuffer(base64.b64decode(result["bytes"]), dtype).reshape(result["shape"])

    def arrays(self, script, argument):
        """The arrays that a script returns for an argument; all in one message there and back."""
        results = self.page.evaluate(f"(all) => ({script})(all).map(taken)", argument)
        return [self.array(result) for result in results]

    def error(self, script):
        """The error that a script throws, its name first."""
        return self.page.evaluate(f"() => errorOf({script})")


@pytest.fixture(scope="module")
def engine(with_modules):
    return Engine(with_modules(*(f"engine/{name}" for name in MODULES)))
