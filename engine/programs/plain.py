"""What the programs of the standard library share: activation, loss, training, results."""

from engine.programs.parts import Kind, blocks

_FUNCTIONS = {
    "identity": "",
    "tanh": '''
def f(z):
    """The activation."""
    return tanh(z)
''',
    "sigmoid": '''
def f(z):
    """The activation, the sigmoid."""
    if z >= 0.0:
        return 1.0 / (1.0 + exp(-z))
    grown = exp(z)  # exp(-z) would overflow
    return grown / (1.0 + grown)
''',
    "relu": '''
def f(z):
    """The activation, relu."""
    return 0.0 if z <= 0.0 else z
''',
}

_DERIVATIVES = {
    "tanh": "1.0 - a * a",
    "sigmoid": "a * (1.0 - a)",
    "relu": "0.0 if a <= 0.0 else 1.0",
}

LOSS = '''
def loss(output, target):
    """L = (e - target)^2 / 2."""
    error = output - target  #: loss
    return 0.5 * error * error  #: loss
'''

RELATIVE_ERROR = '''
def relative_error(a, b):
    """|a - b| / max(|a|, |b|)."""
    largest = max(abs(a), abs(b))
    if largest == 0.0:
        return 0.0
    return abs(a - b) / largest
'''

SHOW_CHECK = '''
def show_check(gradients, differences):
    """Print both, and how far apart."""
    pairs = zip(gradients, differences)
    for i, (a, b) in enumerate(pairs, 1):
        error = relative_error(a, b)
        print(
            f"w{i}: gradient {a},"
            f" central difference {b},"
            f" relative error {error}"
        )
'''

_PREDICT = '''
def predict(weights, x):
    """Return the sign of the output."""
    output = forward(weights, x)[-1]
    if isnan(output):
        return output
    return 1 if output > 0 else -1
'''

TRAIN = '''
def train(weights):
    """Return the last epoch's losses."""
    losses = []
    for _ in range(epochs):
        losses = [
            learn(weights, x, target)[0]
            for x, target in samples
        ]
    return losses
'''

_DIFFERENCE = '''
def loss_at(weights, x, target):
    """Return the loss with these weights."""
    output = forward(weights, x)[-1]
    return loss(output, target)


def difference(weights, i, x, target):
    """Return the central difference."""
    above = list(weights)
    above[i] += epsilon
    below = list(weights)
    below[i] -= epsilon
    rise = loss_at(above, x, target)
    rise -= loss_at(below, x, target)
    return rise / (2 * epsilon)
'''

_CHECK = '''
def check(x, target):
    """Check the gradients by differences."""
    weights = list(initial_weights)
    differences = [
        difference(weights, i, x, target)
        for i in range(len(weights))
    ]
    _, gradients = learn(weights, x, target)
    show_check(gradients, differences)
'''

_RESULTS = """
weights = {start}
losses = train(weights)

print("weights:", *{numbers})
print("last losses:", *losses)
for x, _ in samples:
    print("output:", {output})
for x, _ in samples:
    print(x, ",", predict(weights, x))
print("gradient check, initial weights")
for x, target in samples:
    print(f"x = {{x}}, target = {{target}}")
    check(x, target)
"""


def results(start: str, numbers: str, output: str) -> str:
    """Return what trains and prints: from the `start`, with weights and output as numbers."""
    return _RESULTS.format(start=start, numbers=numbers, output=output)


def imports(kind: Kind) -> str:
    """Return what a program takes from the standard library."""
    needed = {"tanh": "isnan, tanh", "sigmoid": "exp, isnan"}
    return f"from math import {needed.get(kind.activation, 'isnan')}"


def functions(kind: Kind) -> str:
    """Return f, and f′ where the algorithm uses it, as functions of a program."""
    derivative = f'''
def f_prime(a):
    """Return f'(z), where a = f(z)."""
    return {_DERIVATIVES.get(kind.activation)}
'''
    return blocks(_FUNCTIONS[kind.activation], derivative if kind.slopes else "")


def tail() -> str:
    """Return what follows after `forward`, `loss` and `learn`: training, results, check."""
    printed = results("list(initial_weights)", "weights", "forward(weights, x)[-1]")
    return blocks(TRAIN, _PREDICT, _DIFFERENCE, RELATIVE_ERROR, SHOW_CHECK, _CHECK, printed)
