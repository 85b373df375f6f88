/* Trains a chain by backpropagation, with its weights, outputs and losses kept or not. */

/* `weights`, `gradients`: n; `outputs`: n + 1. `kept`, n weights before each update, `answers` and
   `losses`, one for each, are all given or all null. */
void train(long n, long updates, double *restrict weights, double *restrict outputs,
           double *restrict gradients, long samples,
           const double *xs, const double *targets, double rate, double *restrict kept,
           double *restrict answers, double *restrict losses)
{
    long sample = 0;
    for (long update = 0; update < updates; update++) {
        if (kept)
            for (long i = 0; i < n; i++)
                kept[update * n + i] = weights[i];
        outputs[0] = xs[sample];
        for (long i = 0; i < n; i++)
            outputs[i + 1] = weights[i] * outputs[i];
        double upstream = outputs[n] - targets[sample];
        if (kept) {
            answers[update] = outputs[n];
            losses[update] = 0.5 * upstream * upstream;
        }
        for (long i = n - 1; i >= 0; i--) {
            gradients[i] = upstream * outputs[i];
            upstream *= weights[i];
        }
        for (long i = 0; i < n; i++)
            weights[i] -= rate * gradients[i];
        if (++sample == samples)
            sample = 0;
    }
}
