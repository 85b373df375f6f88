"""PyTorch: the same training with the derivatives that autograd takes."""

from collections.abc import Callable

from engine.experiment import Experiment
from engine.problem import mark
from engine.programs.parts import blocks, head, kind_of
from engine.programs.plain import LOSS, RELATIVE_ERROR, SHOW_CHECK, TRAIN, results
from engine.programs.program import Program, marked

_RIGHT = mark("PyTorch finds the gradients by itself.")
_MISTAKEN = mark(
    "PyTorch finds the gradients by itself. In Chainstep this experiment makes a mistake"
    " ({algorithm}); PyTorch does not: these are the right gradients."
)


def note(algorithm: str, say: Callable[[str], str] = str) -> str:
    """Return what the first lines of the program say; `say` translates it."""
    if algorithm == "backprop":
        return say(_RIGHT)
    return say(_MISTAKEN).format(algorithm=algorithm)


_TENSOR = '''
def leaf(values):
    """Return weights that are learned."""
    return torch.tensor(
        values,
        dtype=torch.float64,
        requires_grad=True,
    )
'''

_LEARN = '''
def learn(weights, x, target):
    """Update the weights with one sample."""
    output = forward(weights, x)
    loss_now = loss(output, target)

    weights.grad = None
    loss_now.backward()  #: seed gradient pass_on

    with torch.no_grad():
        step = learning_rate * weights.grad  #: update
        weights -= step  #: update
    gradients = weights.grad.tolist()
    return loss_now.item(), gradients
'''

_CHECK = '''
@torch.no_grad()
def difference(i, x, target):
    """Return the central difference."""
    above = leaf(initial_weights)
    below = leaf(initial_weights)
    above[i] += epsilon
    below[i] -= epsilon
    rise = loss(forward(above, x), target)
    rise -= loss(forward(below, x), target)
    return rise.item() / (2 * epsilon)


def check(x, target):
    """Check the gradients by differences."""
    differences = [
        difference(i, x, target)
        for i in range(len(initial_weights))
    ]
    weights = leaf(initial_weights)
    _, gradients = learn(weights, x, target)
    show_check(gradients, differences)
'''

_PREDICT = '''
def output_of(weights, x):
    """Return the output as a number."""
    return forward(weights, x).item()


def predict(weights, x):
    """Return the sign of the output."""
    output = output_of(weights, x)
    if isnan(output):
        return output
    return 1 if output > 0 else -1

'''


def pytorch(experiment: Experiment) -> Program:
    """Return the program for PyTorch; its gradients are right whatever the algorithm."""
    kind = kind_of(experiment)
    top = head(experiment, note(kind.algorithm), "from math import isnan\n\nimport torch")
    name = {"identity": ""}.get(kind.activation, f"torch.{kind.activation}")
    forward = f'''
def forward(weights, x):
    """Return the output of the chain."""
    output = x
    for w in weights:
        output = {name + "(w * output)" if name else "w * output"}  #: forward
    return output
'''
    core = blocks(forward, LOSS, _LEARN)
    printed = results("leaf(initial_weights)", "weights.tolist()", "output_of(weights, x)")
    tail = blocks(TRAIN, _CHECK, RELATIVE_ERROR, SHOW_CHECK, _PREDICT, printed)
    return marked("pytorch", blocks(top, _TENSOR), core, tail)
