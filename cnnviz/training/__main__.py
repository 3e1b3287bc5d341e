"""Train a network on MNIST with Keras and write its weights, model and record."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from cnnviz.networks import SPECS
from cnnviz.runs.jobs import NOT_INSTALLED, training_available
from cnnviz.runs.recipe import OPTIMIZERS, Recipe

CANNOT_BEGIN = 2  # as for a wrong option
INTERRUPTED = 130  # what a shell reports for a process stopped by Ctrl-C


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the files, say what was measured; return the process's exit code."""
    options = _parse(argv)
    if not training_available():
        _say(options, NOT_INSTALLED)
        return CANNOT_BEGIN
    # Ctrl-C and a plain kill stop it alike, even where the shell that started it ignores Ctrl-C.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    # Before TensorFlow is imported: fewer notes about this machine in the terminal.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        return _train(options)
    except FloatingPointError as error:
        _report(options, str(error))
        return 1
    except OSError as error:
        _report(options, f"The files could not be written: {error.strerror or error}.")
        return 1
    except KeyboardInterrupt:
        print(f"\nStopped. Earlier files in {options.out} are as they were.", file=sys.stderr)
        return INTERRUPTED


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m cnnviz.training", description=__doc__)
    parser.add_argument("--network", choices=SPECS, default="convnet")
    parser.add_argument("--epochs", type=_at_least_one, default=5, help="default: 5")
    parser.add_argument("--seed", type=_seed, default=0, help="default: 0")
    parser.add_argument("--optimizer", choices=OPTIMIZERS, default="rmsprop")
    parser.add_argument("--learning-rate", type=float, default=0.001, help="default: 0.001")
    parser.add_argument(
        "--batch-size", type=_at_least_one, help="default: 64, of the network called dense 128"
    )
    parser.add_argument(
        "--share", type=_at_least_one, default=100, help="per cent of the digits, default: 100"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument(
        "--json", action="store_true", help="print JSON lines instead of a progress bar"
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="keep the weights on their way, too, in OUT/checkpoints and OUT/live.npz",
    )
    options = parser.parse_args(argv)
    try:
        options.recipe = Recipe(
            **{field.name: getattr(options, field.name) for field in fields(Recipe)}
        )
    except ValueError as error:
        parser.error(str(error))
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        parser.error(f"--out {options.out} cannot be used as a folder: {error.strerror}")
    return options


def _at_least_one(text: str) -> int:
    """Return `text` as an integer of 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, got {text!r}")
    return int(text)


def _seed(text: str) -> int:
    """Return `text` as an integer that NumPy and TensorFlow take as a seed."""
    if not text.isdecimal() or int(text) >= 2**32:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to 2^32 - 1, got {text!r}")
    return int(text)


def _train(options: argparse.Namespace) -> int:
    """Train as the options say and return 0."""
    # Imported late: --help and a wrong option should not wait for TensorFlow.
    from cnnviz.training.checkpoints import Checkpoints, LiveWeights
    from cnnviz.training.files import save
    from cnnviz.training.progress import JsonLines
    from cnnviz.training.run import train

    spec = SPECS[options.network]
    progress = JsonLines()
    callbacks = [progress] if options.json else []
    if options.watch:
        callbacks.append(Checkpoints(spec, options.out / "checkpoints"))
        callbacks.append(LiveWeights(spec, options.out / "live.npz"))
    run = train(options.recipe, callbacks, verbose=0 if options.json else 1)
    # From here it is a matter of moments: the files are not left half new, half old.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    files = save(run, options.out)
    if options.json:
        progress.write("done", **run.record)
    else:
        record = run.record
        print(
            f"{record['network']}, seed {record['seed']}: {record['test_accuracy']:.2%} of "
            f"{record['recipe']['test_digits']} test digits right after {record['seconds']} s"
        )
        print("\n".join(f"wrote {file}" for file in files))
    return 0


def _report(options: argparse.Namespace, problem: str) -> None:
    """Say what went wrong during the training, and on the terminal what became of the files."""
    kept = "" if options.json else f" Earlier files in {options.out} are as they were."
    _say(options, problem + kept)


def _say(options: argparse.Namespace, problem: str) -> None:
    """Say what went wrong: in JSON if asked for, else on the terminal."""
    if options.json:
        print(json.dumps({"event": "problem", "problem": problem}), flush=True)
    else:
        print(f"\n{problem}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
