"""How fast a training is: against plain Python, against C, and how much its history costs.

    python benchmarks/training.py

The article's framework is written anew here as plainly as one would; the C program makes the
same updates in the same order and keeps nothing, or the weights as often as Chainstep does. It is
built on the spot by gcc, if there is one. Every figure is the best of several, all in this one
run, one after the other, so that a busy machine slows all of them.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine import Experiment, Sample, train
from engine.compiled import loop_for, plain
from engine.training import stride_of

_TRIES = 4

_C = """
#include <stdlib.h>
#include <stdio.h>
#include <time.h>
static double now(void) {
    struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec;
}
static void train(int n, long updates, double *w, double *a, double *g, const double *xs,
                  const double *ts, int samples, double rate, double *kept, long stride) {
    for (long u = 0, s = 0; u < updates; u++) {
        if (kept && u % stride == 0)
            for (int i = 0; i < n; i++) kept[u / stride * n + i] = w[i];
        a[0] = xs[s];
        for (int i = 0; i < n; i++) a[i + 1] = w[i] * a[i];
        double up = a[n] - ts[s];
        for (int i = n - 1; i >= 0; i--) { g[i] = up * a[i]; up = up * w[i]; }
        for (int i = 0; i < n; i++) w[i] -= rate * g[i];
        if (++s == samples) s = 0;
    }
}
int main(int count, char **given) {
    int n = atoi(given[1]);
    long updates = atol(given[2]), stride = atol(given[3]);
    double *w = malloc(8 * n), *a = malloc(8 * n + 8), *g = malloc(8 * n);
    double xs[2] = {1, -1}, ts[2] = {1, -1}, *kept = 0;
    for (int i = 0; i < n; i++) w[i] = 0.9 + 0.2 * i / n;
    if (stride) kept = malloc(8 * n * (updates / stride + 1));
    double began = now();
    train(n, updates, w, a, g, xs, ts, 2, 0.001, kept, stride);
    printf("%.9f %.17g\\n", now() - began, w[0]);
}
"""


class _Layer:
    def __init__(self, weight: float) -> None:
        self.weight, self.input, self.gradient = weight, 0.0, 0.0

    def forward(self, x: float) -> float:
        self.input = x
        return self.weight * x

    def backward(self, public: float) -> float:
        self.gradient = public * self.input
        return public * self.weight

    def update(self, rate: float) -> None:
        self.weight -= rate * self.gradient


class _Network:
    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.layers = [_Layer(w) for w in experiment.weights]

    def train_one_sample(self, x: float, target: float) -> float:
        for layer in self.layers:
            x = layer.forward(x)
        public = x - target
        for layer in reversed(self.layers):
            public = layer.backward(public)
        for layer in self.layers:
            layer.update(self.experiment.learning_rate)
        return 0.5 * (x - target) ** 2

    def train(self) -> None:
        samples = [(s.x, s.target) for s in self.experiment.samples]
        for _ in range(self.experiment.epochs):
            for x, target in samples:
                self.train_one_sample(x, target)


def _experiment(layers: int, updates: int) -> Experiment:
    weights = tuple(0.9 + 0.2 * i / layers for i in range(layers))
    return Experiment(weights, (Sample(1, 1), Sample(-1, -1)), 0.001, updates // 2)


def _rate(updates: int, act: Callable[[], object]) -> float:
    """Return the updates a second, the best of some tries."""
    taken = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return updates / min(taken)


def _uncompiled(experiment: Experiment) -> None:
    from engine import training  # noqa: PLC0415

    training.loop_for = lambda _: plain(experiment.activation, experiment.algorithm)
    try:
        train(experiment)
    finally:
        training.loop_for = loop_for


def _c(folder: Path, layers: int, updates: int, stride: int) -> float:
    words = [str(folder / "chain"), str(layers), str(updates), str(stride)]
    taken = []
    for _ in range(_TRIES):
        told = subprocess.run(words, capture_output=True, check=True, text=True)  # noqa: S603
        taken.append(float(told.stdout.split()[0]))
    return updates / min(taken)


def _measure(layers: int, folder: Path | None) -> None:
    many, few = 60_000_000 // layers, 600_000 // layers
    large, small = _experiment(layers, many), _experiment(layers, few)
    loop_for(large)
    ours = _rate(many, lambda: train(large))
    framework = _rate(few, _Network(small).train)
    definition = _rate(few, lambda: _uncompiled(small))
    print(f"n = {layers}, {many} updates, weights kept before every {stride_of(large)}th")
    print(f"  trained, with history    {ours / 1e6:8.2f} M updates/s")
    print(f"  the framework in Python  {framework / 1e6:8.3f} M/s  ×{ours / framework:.0f}")
    print(f"  the definition as it is  {definition / 1e6:8.3f} M/s  ×{definition / framework:.2f}")
    if folder is not None:
        kept = _c(folder, layers, many, stride_of(large))
        bare = _c(folder, layers, many, 0)
        print(f"  C, keeping as much       {kept / 1e6:8.2f} M/s  we have {ours / kept:.2f} of it")
        print(f"  C, keeping nothing       {bare / 1e6:8.2f} M/s  we take {bare / ours:.2f}×")


def main() -> None:
    """Measure and print."""
    gcc = shutil.which("gcc")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if gcc:
            (folder / "chain.c").write_text(_C)
            flags = ["-O3", "-march=native", "-ffp-contract=off"]
            build = [gcc, *flags, str(folder / "chain.c"), "-o", str(folder / "chain")]
            subprocess.run(build, check=True)  # noqa: S603
        for layers in (3, 32):
            _measure(layers, folder if gcc else None)


if __name__ == "__main__":
    main()
