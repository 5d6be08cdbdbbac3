#include "families.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers --- */

int below(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

typedef struct {
    long num, den; /* den > 0, in lowest terms */
} ratio;

static ratio reduced(long num, long den) {
    long a = labs(num), b = labs(den);
    while (b) {
        long c = a % b;
        a = b;
        b = c;
    }
    if (a == 0) return (ratio){0, 1};
    return den < 0 ? (ratio){-num / a, -den / a} : (ratio){num / a, den / a};
}

static ratio difference(ratio x, ratio y) {
    return reduced(x.num * y.den - y.num * x.den, x.den * y.den);
}

static ratio product(ratio x, ratio y) {
    return reduced(x.num * y.num, x.den * y.den);
}

static ratio quotient(ratio x, ratio y) {
    return reduced(x.num * y.den, x.den * y.num);
}

/* --- a theory in the making --- */

enum { LINE_SIZE = 256 };
typedef char statement[LINE_SIZE];

struct theory {
    uint64_t seed;
    bool positive; /* hidden exponents from now on */
    int core;      /* statements in conflict */
    int quantities, lines, most, parameters;
    ratio *hidden;
    statement *line;
};

/* A new quantity, with an exponent of its own that is not 0. */
static int fresh(theory *t) {
    long num = 1 + below(&t->seed, 6), den = 1 + below(&t->seed, 4);
    bool negative = !t->positive && below(&t->seed, 2);
    if (t->quantities == t->most) fail("too many quantities", "families");
    t->hidden[t->quantities] = reduced(negative ? -num : num, den);
    return t->quantities++;
}

static void fresh_all(theory *t, int n) {
    while (t->quantities < n) fresh(t);
}

__attribute__((format(printf, 2, 3))) static void add(theory *t, const char *format, ...) {
    char *line = t->line[t->lines - 1];
    size_t used = strlen(line);
    va_list more;
    va_start(more, format);
    int n = vsnprintf(line + used, LINE_SIZE - used, format, more);
    va_end(more);
    if (n < 0 || (size_t)n >= LINE_SIZE - used) fail("statement too long", line);
}

/* Begins a statement, labelled R or, in a planted conflict, K. */
static void begin(theory *t, char label) {
    if (t->lines == t->most) fail("too many statements", "families");
    t->line[t->lines++][0] = 0;
    add(t, "%c%d: ", label, t->lines);
}

static void add_power(theory *t, int q, ratio e) {
    if (e.num) add(t, " q_%d^(%ld/%ld)", q, e.num, e.den);
}

/* q ∝ a product of powers of the others, true of the hidden exponents: all powers but the last
 * are random. */
static void relate(theory *t, char label, int q, const int *other, int n) {
    ratio rest = t->hidden[q];
    begin(t, label);
    add(t, "q_%d ~ 1", q);
    for (int i = 0; i + 1 < n; i++) {
        ratio e = {below(&t->seed, 2) ? 1 : -1, 1 + below(&t->seed, 2)};
        add_power(t, other[i], e);
        rest = difference(rest, product(e, t->hidden[other[i]]));
    }
    add_power(t, other[n - 1], quotient(rest, t->hidden[other[n - 1]]));
}

/* So many different ones of the first n quantities, other than q; fewer where there are fewer. */
static int choose(theory *t, int n, int q, int wanted, int other[3]) {
    int count = 0, there = q < n ? n - 1 : n;
    while (count < wanted && count < there) {
        int x = below(&t->seed, n);
        bool is_new = x != q;
        for (int i = 0; i < count; i++) is_new &= other[i] != x;
        if (is_new) other[count++] = x;
    }
    return count;
}

static void shuffle(theory *t) {
    statement held;
    for (int i = t->lines - 1; i > 0; i--) {
        int k = below(&t->seed, i + 1);
        memcpy(held, t->line[i], LINE_SIZE);
        memmove(t->line[i], t->line[k], LINE_SIZE);
        memcpy(t->line[k], held, LINE_SIZE);
    }
}

static void grows(theory *t) {
    begin(t, 'R');
    add(t, "q_0 grows");
}

/* --- the families that agree --- */

static void chain(theory *t, int n) {
    for (int i = 1; i <= n; i++) relate(t, 'R', fresh(t), (int[]){i - 1}, 1);
    grows(t);
}

static void dag(theory *t, int n) {
    for (int i = 1; i <= n; i++) {
        int q = fresh(t), other[3], count = choose(t, q, q, 1 + below(&t->seed, 3), other);
        relate(t, 'R', q, other, count);
    }
    grows(t);
}

/* The first five speak of q_0, so that no part of the others is closed in itself: as many relations
 * as quantities, all true of the hidden exponents, would leave those undetermined. */
static void sparse(theory *t, int n) {
    fresh_all(t, n + 1);
    for (int i = 1; i <= n; i++) {
        int other[3], count = choose(t, n + 1, i, 2 + below(&t->seed, 2), other);
        bool there = other[0] == 0 || other[1] == 0 || (count > 2 && other[2] == 0);
        if (i <= 5 && !there) other[0] = 0;
        relate(t, 'R', i, other, count);
    }
    grows(t);
}

/* q ∝ a sum of four powers of ones among the six before: one gives its hidden exponent, the
 * others no more. */
static void add_sum(theory *t, int q) {
    int window = q < 6 ? q : 6, leading = below(&t->seed, 4);
    begin(t, 'R');
    add(t, "q_%d ~ ", q);
    for (int i = 0; i < 4; i++) {
        int x = q - 1 - below(&t->seed, window);
        ratio less = {below(&t->seed, 4), 2};
        if (i == leading) less.num = 0;
        ratio e = quotient(difference(t->hidden[q], less), t->hidden[x]);
        add(t, "%sq_%d^(%ld/%ld)", i ? " + " : "", x, e.num, e.den);
    }
}

static void sums(theory *t, int n) {
    t->positive = true;
    for (int i = 1; i <= n; i++) add_sum(t, fresh(t));
    grows(t);
}

/* Each parameter brings a power that is not known, and one that takes it back. */
static void param(theory *t, int n) {
    for (int i = 1; i <= n; i++) {
        int x = fresh(t) - 1, y = fresh(t);
        ratio e = quotient(t->hidden[y], t->hidden[x]);
        begin(t, 'R');
        add(t, "q_%d ~ q_%d^b_%d", x + 1, x, i);
        begin(t, 'R');
        add(t, "q_%d ~ q_%d^(%ld/(%ld*b_%d))", y, x + 1, e.num, e.den, i);
    }
    t->parameters = n;
    grows(t);
}

/* --- the families with a conflict --- */

int core_size(const family *f, int n) {
    return f->core < n / 2 ? f->core : n / 2;
}

/* The quantities q_0 to q_(k-2): the first grows, a chain of powers leads to the last, and the last
 * is said to be a power of the first that it is not. */
static void conflict(theory *t, int k) {
    fresh_all(t, k - 1);
    begin(t, 'K');
    add(t, "q_0 grows");
    for (int i = 1; i < k - 1; i++) relate(t, 'K', i, (int[]){i - 1}, 1);
    ratio other = product(quotient(t->hidden[k - 2], t->hidden[0]), (ratio){3, 2});
    begin(t, 'K');
    add(t, "q_%d ~", k - 2);
    add_power(t, 0, other);
}

/* Others hang on its end: new quantities, each by one to three of them that were there before, and,
 * every third time, a relation that says again what the others have said. */
static void core(theory *t, int n) {
    conflict(t, t->core);
    for (int first = t->quantities - 1; t->lines < n;) {
        int among = t->quantities - first, other[3];
        bool again = among > 4 && t->lines % 3 == 0;
        int q = again ? first + 1 + below(&t->seed, among - 1) : fresh(t);
        int count = choose(t, among, q - first, 1 + below(&t->seed, 3), other);
        for (int i = 0; i < count; i++) other[i] += first;
        relate(t, 'R', q, other, count);
    }
    shuffle(t);
}

/* Random relations of as many and one other quantities, and of those in conflict: with them alone
 * the relations are independent, so that they say nothing of the conflict. */
static void noisy(theory *t, int n) {
    conflict(t, t->core);
    int first = t->quantities, relations = n - t->lines;
    t->positive = false;
    fresh_all(t, first + relations + 1);
    for (int i = 0; i < relations; i++) {
        int other[3];
        int count = choose(t, t->quantities, first + i, 2 + below(&t->seed, 2), other);
        relate(t, 'R', first + i, other, count);
    }
    shuffle(t);
}

const family families[FAMILIES] = {
    {.name = "chain",
     .what = "n relations, each quantity a power of the one before",
     .state = chain,
     .size = {10, 30, 100, 300, 1000, 3000, 10000},
     .whole = 10000},
    {.name = "dag",
     .what = "n relations, each quantity a product of powers of one to three earlier ones",
     .state = dag,
     .size = {10, 30, 100, 300, 1000, 3000, 10000},
     .whole = 10000},
    {.name = "sparse",
     .what = "n random relations of three or four of n + 1 quantities",
     .state = sparse,
     .size = {10, 30, 100, 300, 1000, 3000, 10000}},
    {.name = "core",
     .what = "50 statements in conflict (n / 2 where that is less) among n, the rest in agreement",
     .state = core,
     .size = {10, 30, 100, 300, 1000, 3000, 10000},
     .core = 50},
    {.name = "core200",
     .what = "200 statements in conflict among n, the rest in agreement",
     .state = core,
     .size = {1000, 3000, 10000},
     .core = 200},
    {.name = "noisy",
     .what = "50 statements in conflict (n / 2 where that is less) among n, the rest random",
     .state = noisy,
     .size = {10, 30, 100, 300, 1000, 3000, 10000},
     .core = 50},
    {.name = "sums",
     .what = "n sums of four terms, each the size of one new quantity",
     .state = sums,
     .size = {10, 30, 100, 300, 1000, 3000, 10000}},
    {.name = "param",
     .what = "n parameters, in the exponents of 2n relations",
     .state = param,
     .size = {1, 3, 10, 30, 100}},
    {.name = "many",
     .what = "n files of ten statements, every tenth contradictory, two at a time",
     .size = {10, 30, 100, 300, 1000},
     .files = true},
};

/* --- on paper --- */

static theory new_theory(uint64_t seed, int core, int n) {
    theory t = {.seed = seed, .most = 2 * n + 16, .core = core, .positive = true};
    t.hidden = malloc(sizeof *t.hidden * (size_t)t.most);
    t.line = malloc(sizeof *t.line * (size_t)t.most);
    if (!t.hidden || !t.line) fail("no memory", "families");
    fresh(&t);
    t.positive = core > 0;
    return t;
}

static void write_answer(const theory *t, int q, char answer[NAME_SIZE]) {
    ratio e = quotient(t->hidden[q], t->hidden[0]);
    snprintf(answer, NAME_SIZE, e.den == 1 ? "%ld" : "%ld/%ld", e.num, e.den);
}

/* The two questions: the last quantity and one half way, or, where it hangs on a parameter, the
 * first. */
static known ask(const theory *t, FILE *to) {
    known k = {.consistent = t->core == 0, .core = t->core};
    int asked[] = {t->quantities - 1, t->parameters ? 1 : t->quantities / 2};
    for (int i = 0; i < 2; i++) {
        fprintf(to, "q_%d ~ q_0^?\n", asked[i]);
        write_answer(t, asked[i], k.answer[i]);
    }
    if (t->parameters) snprintf(k.answer[1], NAME_SIZE, "b_1");
    return k;
}

/* Writes and frees it. */
static known write_out(const settings *o, theory *t, const char *name) {
    FILE *to = open_in(o, name, "w");
    for (int i = 0; i < t->quantities; i++) fprintf(to, "quantity q_%d\n", i);
    for (int i = 1; i <= t->parameters; i++) fprintf(to, "param b_%d > 0\n", i);
    for (int i = 0; i < t->lines; i++) fprintf(to, "%s\n", t->line[i]);
    known k = ask(t, to);
    close_in(o, to);
    free(t->hidden);
    free(t->line);
    return k;
}

known write_theory(const settings *o, const family *f, int n, const char *name) {
    theory t = new_theory((uint64_t)n, core_size(f, n), n);
    f->state(&t, n);
    return write_out(o, &t, name);
}

known write_file(const settings *o, int i, const char *name) {
    bool contradictory = i % 10 == 9;
    theory t = new_theory((uint64_t)i, contradictory ? 5 : 0, 10);
    if (contradictory)
        core(&t, 10);
    else
        dag(&t, 9);
    return write_out(o, &t, name);
}
