"""What every term, symbol and legend word means, in one sentence each. No Qt."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from engine.words import mark


class Meaning(StrEnum):
    """A word of the field, or of the article, that is explained."""

    INPUT = "input"
    WEIGHT = "weight"
    INITIAL_WEIGHT = "initial weight"
    OLD_WEIGHT = "weight before the update"
    NEW_WEIGHT = "new weight"
    BIAS = "bias"
    INITIAL_BIAS = "initial bias"
    OLD_BIAS = "bias before the update"
    NEW_BIAS = "new bias"
    WEIGHTED_INPUT = "weighted input"
    OUTPUT = "output"
    TARGET = "target"
    LOSS = "loss"
    UPSTREAM = "upstream gradient"
    PASSED = "factor passed on"
    DERIVATIVE = "activation's derivative"
    GRADIENT = "gradient"
    CLAIMED_GRADIENT = "gradient of the algorithm"
    BIAS_GRADIENT = "gradient of a bias"
    CLAIMED_BIAS_GRADIENT = "gradient of a bias of the algorithm"
    LEARNING_RATE = "learning rate"
    FORWARD = "forward pass"
    UPDATE = "update"
    LAYER = "layer"
    SEED = "seed"
    EPOCH = "epoch"
    SAMPLE = "sample"
    STEP = "step"
    ACTIVATION = "activation"
    ALGORITHM = "algorithm"
    CENTRAL_DIFFERENCE = "central difference"
    EPSILON = "epsilon"
    ABSOLUTE_ERROR = "absolute error"
    RELATIVE_ERROR = "relative error"
    CURVATURE = "curvature"
    EDGE = "edge of stability"
    IDENTITY = "weight times gradient"
    INVARIANT = "invariant"
    SADDLE = "saddle point"
    MINIMA = "minima"
    PATH = "path"
    STILL_TO_COME = "still to come"
    START = "start"
    NOW = "now"
    CONVERGED = "converged"
    DIVERGED = "diverged"
    KEPT = "kept"
    WEIGHT_CURVE = "curve of a weight"
    BIAS_CURVE = "curve of a bias"
    SAMPLE_LOSS = "loss of a sample"
    MEAN_LOSS = "mean loss"
    SAMPLE_OUTPUT = "output for a sample"
    TARGET_LINE = "line of a target"
    KEPT_LINE = "line of the kept run"
    COUNT = "number of an update"
    NOT_CONVERGED = "not converged"
    AT_SADDLE = "at the saddle point"
    UNSETTLED = "not settled"
    COLOUR_BAR = "colour bar"
    OUTCOME = "outcome"
    GRADIENTS = "gradients"
    PACE = "pace"


MEANINGS: Mapping[Meaning, str] = MappingProxyType(
    {
        Meaning.INPUT: mark("the number that a sample gives to the first layer"),
        Meaning.WEIGHT: mark(
            "the number by which a layer multiplies its input; training changes it"
        ),
        Meaning.INITIAL_WEIGHT: mark("the weight of a layer before the first update"),
        Meaning.OLD_WEIGHT: mark("the weight before this update"),
        Meaning.NEW_WEIGHT: mark("the weight after the update: w − α · gradient"),
        Meaning.BIAS: mark(
            "the number that a layer adds to its weighted input; training changes it"
        ),
        Meaning.INITIAL_BIAS: mark("the bias of a layer before the first update"),
        Meaning.OLD_BIAS: mark("the bias before this update"),
        Meaning.NEW_BIAS: mark("the bias after the update: b − α · gradient"),
        Meaning.WEIGHTED_INPUT: mark(
            "the layer's input times its weight, before the activation is applied"
        ),
        Meaning.OUTPUT: mark("what a layer computes and gives to the next one"),
        Meaning.TARGET: mark("what the output should become for this sample"),
        Meaning.LOSS: mark(
            "half the squared distance of the output from the target; training lowers it"
        ),
        Meaning.UPSTREAM: mark(
            "upstream gradient (the article's public derivative: the factor that all earlier"
            " layers share); how much the loss changes when this layer's output changes"
        ),
        Meaning.PASSED: mark(
            "the factor that this algorithm passes from layer to layer instead of the upstream"
            " gradient (public derivative)"
        ),
        Meaning.DERIVATIVE: mark(
            "how much a layer's output changes when its weighted input changes"
        ),
        Meaning.GRADIENT: mark(
            "how much the loss changes when this weight changes: its derivative by the weight"
        ),
        Meaning.CLAIMED_GRADIENT: mark(
            "what this algorithm uses as the gradient of the weight; it may be wrong"
        ),
        Meaning.BIAS_GRADIENT: mark(
            "how much the loss changes when this bias changes: the upstream gradient (public"
            " derivative) times the activation’s derivative"
        ),
        Meaning.CLAIMED_BIAS_GRADIENT: mark(
            "what this algorithm uses as the gradient of the bias; it may be wrong"
        ),
        Meaning.LEARNING_RATE: mark(
            "the number by which a gradient is multiplied to get the size of the update"
        ),
        Meaning.FORWARD: mark("from the input to the output: each layer computes its output"),
        Meaning.UPDATE: mark("each weight is changed a little, against its gradient"),
        Meaning.LAYER: mark("one neuron with one input, one weight and one output"),
        Meaning.SEED: mark("the same seed always draws the same random initial weights"),
        Meaning.EPOCH: mark("one pass through all samples, with an update after each"),
        Meaning.SAMPLE: mark("one pair of training data: an input x and its target ê"),
        Meaning.STEP: mark("one operation of the training, with one result"),
        Meaning.ACTIVATION: mark("the function that each layer applies to its weighted input"),
        Meaning.ALGORITHM: mark(
            "how the gradients are computed: backpropagation, or a variant with a mistake in it"
        ),
        Meaning.CENTRAL_DIFFERENCE: mark(
            "the gradient measured without the chain rule, from the loss a little above and below"
            " the weight"
        ),
        Meaning.EPSILON: mark("how far the weight is moved up and down for the central difference"),
        Meaning.ABSOLUTE_ERROR: mark("the distance between gradient and central difference"),
        Meaning.RELATIVE_ERROR: mark(
            "the distance between gradient and central difference, divided by the larger of the two"
        ),
        Meaning.CURVATURE: mark("how fast the slope of the loss changes along an update"),
        Meaning.EDGE: mark(
            "a curvature of 2/α; above it, each update overshoots further than the one before"
        ),
        Meaning.IDENTITY: mark(
            "in a linear chain, weight times gradient is the same number for every layer"
        ),
        Meaning.INVARIANT: mark("the difference of the squares of two neighbouring weights"),
        Meaning.SADDLE: mark(
            "a flat place that is no minimum: the loss falls in one direction and rises in another"
        ),
        Meaning.MINIMA: mark("where the loss is lowest"),
        Meaning.PATH: mark("the weights after each update so far"),
        Meaning.STILL_TO_COME: mark("the weights after each later update"),
        Meaning.START: mark("the weights before the first update, where the path begins"),
        Meaning.NOW: mark("the weights at the present step"),
        Meaning.CONVERGED: mark("the mean loss of an epoch fell below 10⁻³"),
        Meaning.DIVERGED: mark("a number grew until it was infinite"),
        Meaning.KEPT: mark("the run that was kept, to compare others with it"),
        Meaning.WEIGHT_CURVE: mark("the weight of each layer after every update"),
        Meaning.BIAS_CURVE: mark("the bias of each layer after every update"),
        Meaning.SAMPLE_LOSS: mark("the loss of one sample"),
        Meaning.MEAN_LOSS: mark("the mean loss of an epoch; below 10⁻³ the run has converged"),
        Meaning.SAMPLE_OUTPUT: mark("the output of the chain for the sample with this input"),
        Meaning.TARGET_LINE: mark("the target of the sample of the same colour"),
        Meaning.KEPT_LINE: mark("the same curve of the run that was kept"),
        Meaning.COUNT: mark("updates are counted through the whole run, one for each sample"),
        Meaning.NOT_CONVERGED: mark("the mean loss of the last epoch is 10⁻³ or more"),
        Meaning.AT_SADDLE: mark("the training ended near w = 0, where every gradient is almost 0"),
        Meaning.UNSETTLED: mark("no number became infinite, but the loss still rises and falls"),
        Meaning.COLOUR_BAR: mark(
            "which colour is which mean loss; the triangle is at the loss of the present step"
        ),
        Meaning.OUTCOME: mark("how the run ends; the panel Diagnosis shows why"),
        Meaning.GRADIENTS: mark(
            "the gradients of this update beside their central differences; the panel Check shows"
            " each of them"
        ),
        Meaning.PACE: mark("how many steps or epochs of the training are shown in a second"),
    }
)
