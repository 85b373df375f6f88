/* The trainings of a map, N layers each, LANES of them side by side, on several threads. */

#include <math.h>
#include <pthread.h>
#include <string.h>

#define N 3
#define LANES 64
#define CONVERGED 1e-3
#define MOST_THREADS 256

/* `weights`: N rows of `blocks`·LANES; what becomes of each: `means`, the mean loss of the last
   epoch, `converged`, the first epoch whose mean loss is below CONVERGED, or 0, and `spoiled`, NaN
   where a loss was infinite or NaN, else 0. */
typedef struct {
    long blocks, epochs, samples;
    double *weights, *means, *converged, *spoiled;
    const double *xs, *targets;
    double rate;
    long next;
    pthread_mutex_t lock;
} Map;

static void train(const Map *map, long block)
{
    double w[N][LANES], total[LANES], converged[LANES] = {0}, spoiled[LANES] = {0};
    const long at = block * LANES, row = map->blocks * LANES;
    const double rate = map->rate;
    for (int i = 0; i < N; i++)
        memcpy(w[i], map->weights + i * row + at, sizeof w[i]);
    for (long epoch = 1; epoch <= map->epochs; epoch++) {
        memset(total, 0, sizeof total);
        for (long s = 0; s < map->samples; s++) {
            const double x = map->xs[s], target = map->targets[s];
            for (int l = 0; l < LANES; l++) {
                double a[N + 1], g[N];
                a[0] = x;
                for (int i = 0; i < N; i++)
                    a[i + 1] = w[i][l] * a[i];
                double upstream = a[N] - target, loss = 0.5 * upstream * upstream;
                for (int i = N - 1; i >= 0; i--) {
                    g[i] = upstream * a[i];
                    upstream = upstream * w[i][l];
                }
                for (int i = 0; i < N; i++)
                    w[i][l] -= rate * g[i];
                total[l] += loss;
                spoiled[l] += loss - loss;
            }
        }
        for (int l = 0; l < LANES; l++)
            if (converged[l] == 0.0 && total[l] / map->samples < CONVERGED)
                converged[l] = epoch;
    }
    for (int i = 0; i < N; i++)
        memcpy(map->weights + i * row + at, w[i], sizeof w[i]);
    for (int l = 0; l < LANES; l++)
        map->means[at + l] = total[l] / map->samples;
    memcpy(map->converged + at, converged, sizeof converged);
    memcpy(map->spoiled + at, spoiled, sizeof spoiled);
}

static void *work(void *given)
{
    Map *map = given;
    for (;;) {
        pthread_mutex_lock(&map->lock);
        long block = map->next++;
        pthread_mutex_unlock(&map->lock);
        if (block >= map->blocks)
            return 0;
        train(map, block);
    }
}

void train_map(long blocks, long epochs, long samples, double *weights, double *means,
               double *converged, double *spoiled, const double *xs, const double *targets,
               double rate, long threads)
{
    Map map = {blocks, epochs, samples, weights, means, converged, spoiled, xs, targets, rate, 0,
               PTHREAD_MUTEX_INITIALIZER};
    pthread_t others[MOST_THREADS];
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    for (long t = 1; t < threads; t++)
        pthread_create(&others[t], 0, work, &map);
    work(&map);
    for (long t = 1; t < threads; t++)
        pthread_join(others[t], 0);
}
