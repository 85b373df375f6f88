"""The timeline: the steps of the sample, and a slider over the whole run."""
