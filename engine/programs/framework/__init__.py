"""The framework: `Layer` and `Network`, as in the article's second part."""

from engine.experiment import Experiment
from engine.programs import plain
from engine.programs.framework.layer import layer
from engine.programs.framework.network import network, rest_of_network
from engine.programs.parts import Shape, blocks, head
from engine.programs.program import Program, marked

_RESULTS = """
{network}
losses = network.train()

network.display()
print("last losses:", *losses)
for x, _ in samples:
    print("output:", network.forward(x))
for x, _ in samples:
    print(x, ",", network.predict(x))
print("gradient check, initial {words}")
for x, target in samples:
    print(f"x = {{x}}, target = {{target}}")
    {fresh}
"""


def framework(experiment: Experiment) -> Program:
    """Return the program of classes."""
    shape = Shape(experiment.structure)
    top = head(experiment, experiment.structure.by.note, plain.imports(shape))
    core = blocks(plain.LOSS, layer(shape), network(shape))
    tail = blocks(
        rest_of_network(shape),
        plain.RELATIVE_ERROR,
        plain.show_check(shape.parameters),
        _results(shape),
    )
    return marked("framework", blocks(top, plain.functions(shape)), core, tail, gap=1)


def _results(shape: Shape) -> str:
    starts = [f"initial_{one.field}" for one in shape.parameters]
    many = len(starts) > 1
    call = "Network(\n{indent}    " + ",\n{indent}    ".join(starts) + ",\n{indent})"
    if not many:
        call = f"Network({starts[0]})"
    return _RESULTS.format(
        network="network = " + call.format(indent=""),
        fresh=call.format(indent="    ") + ".check(x, target)",
        words="parameters" if many else "weights",
    )
