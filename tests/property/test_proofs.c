/* Random proofs: right ones are not refused, wrong ones are not passed, slips are called by name.
 *
 * A theory is made around a hidden solution, an exponent for each quantity; its laws give every
 * quantity but the first in terms of earlier ones, so that the solution is the only one but for
 * the scale. Steps are combinations of laws and earlier steps, cited as they were combined, or
 * relations that hold in the solution, without citation. In a wrong proof one exponent of one step
 * is another: the step then fails in the hidden solution, in which all before it holds, so that it
 * must be the first one that is refused; and what does not rest on it must hold as before.
 *
 * PROPTO_SEED and PROPTO_COUNT (or the first argument) choose other proofs, or fewer.
 */
#include "answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "session.h"

enum { DEFAULT_COUNT = 1000, NAMES = 6, LAWS = 8, STEPS = 6, TEXT = 8192, OF_EACH_SLIP = 25 };

static uint64_t the_seed;
static long the_count;
static uint64_t random_state;

static int roll(int n) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random_state >> 33) % (uint64_t)n);
}

static int roll_between(int low, int high) {
    return low + roll(high - low + 1);
}

/* Other than 0. */
static int roll_small(int most) {
    int n = roll_between(1, most);
    return roll(2) ? n : -n;
}

/* --- fractions of small numbers --- */

typedef struct {
    long n, d; /* lowest terms, d > 0 */
} frac;

static frac frac_of(long n, long d) {
    long a = labs(n), b = labs(d);
    while (b) {
        long rest = a % b;
        a = b, b = rest;
    }
    if (d < 0) a = -a;
    return (frac){n / a, d / a};
}

static frac add(frac x, frac y) {
    return frac_of(x.n * y.d + y.n * x.d, x.d * y.d);
}

static frac times(frac x, frac y) {
    return frac_of(x.n * y.n, x.d * y.d);
}

static frac over(frac x, frac y) {
    return frac_of(x.n * y.d, x.d * y.n);
}

static frac whole(long n) {
    return (frac){n, 1};
}

static bool same(frac x, frac y) {
    return x.n == y.n && x.d == y.d;
}

static bool is_short(frac x) {
    return labs(x.n) <= 60 && x.d <= 60;
}

/* --- text --- */

typedef struct {
    char s[TEXT];
    size_t n;
} page;

__attribute__((format(printf, 2, 3))) static void put(page *p, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(p->s + p->n, TEXT - p->n, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= TEXT - p->n) abort();
    p->n += (size_t)n;
}

static const char *const name_of[NAMES] = {"a", "b", "c", "d", "f", "g"};

static void put_power(page *p, const char *name, frac e) {
    if (same(e, whole(1)))
        put(p, " %s", name);
    else if (e.d == 1)
        put(p, " %s^%ld", name, e.n);
    else
        put(p, " %s^(%ld/%ld)", name, e.n, e.d);
}

/* --- laws, as exponents that cancel --- */

/* Π name^e ∝ 1, written with the factors marked on the left and the others, inverted, on the
 * right. */
typedef struct {
    frac e[NAMES];
    bool left[NAMES];
} law;

static void put_side(page *p, const law *l, bool left) {
    int n = 0;
    for (int i = 0; i < NAMES; i++) {
        if (!l->e[i].n || l->left[i] != left) continue;
        put_power(p, name_of[i], left ? l->e[i] : times(whole(-1), l->e[i]));
        n++;
    }
    if (n == 0) put(p, " 1");
}

static void put_law(page *p, const law *l) {
    put_side(p, l, true);
    put(p, " ∝");
    put_side(p, l, false);
}

static int factors(const law *l) {
    int n = 0;
    for (int i = 0; i < NAMES; i++) n += l->e[i].n != 0;
    return n;
}

/* Some factor on the left, some on the right. */
static void arrange(law *l) {
    int n = factors(l), at = roll(n), seen = 0;
    for (int i = 0; i < NAMES; i++) {
        if (!l->e[i].n) continue;
        l->left[i] = seen == at || (seen != (at + 1) % n && !roll(4));
        seen++;
    }
}

static bool is_short_law(const law *l) {
    for (int i = 0; i < NAMES; i++)
        if (!is_short(l->e[i])) return false;
    return factors(l) >= 2;
}

static void combine(law *to, frac c, const law *l) {
    for (int i = 0; i < NAMES; i++) to->e[i] = add(to->e[i], times(c, l->e[i]));
}

static law no_law(void) {
    law l = {.left = {false}};
    for (int i = 0; i < NAMES; i++) l.e[i] = whole(0);
    return l;
}

/* --- a proof --- */

typedef struct {
    law says;
    bool cites;
    bool by_law[LAWS], by_step[STEPS];
    int sign_of; /* a name that grows or shrinks, rather than a law; or -1 */
} argument;

typedef struct {
    frac x[NAMES]; /* the hidden solution */
    law laws[LAWS];
    int nlaws;
    argument steps[STEPS];
    int nsteps;
} exercise;

/* The law that gives name i from one or two earlier ones. */
static law giving(const exercise *p, int i) {
    law l = no_law();
    int j = roll(i), k = roll(i);
    l.e[i] = whole(-1);
    if (j != k) l.e[j] = whole(roll_small(3));
    frac rest = add(p->x[i], times(times(whole(-1), l.e[j]), p->x[j]));
    l.e[k] = add(l.e[k], over(rest, p->x[k]));
    return l;
}

static law some_giving(const exercise *p, int i) {
    for (;;) {
        law l = giving(p, i);
        if (is_short_law(&l)) return l;
    }
}

static void make_laws(exercise *p) {
    for (int i = 0; i < NAMES; i++) p->x[i] = frac_of(roll_small(6), roll_between(1, 3));
    p->x[0] = whole(1);
    for (int i = 1; i < NAMES; i++) p->laws[p->nlaws++] = some_giving(p, i);
    if (roll(2)) p->laws[p->nlaws++] = some_giving(p, roll_between(1, NAMES - 1));
    for (int i = 0; i < p->nlaws; i++) arrange(&p->laws[i]);
}

/* A combination of one to three laws and earlier steps. */
static bool derive(exercise *p, argument *s) {
    s->says = no_law();
    for (int k = roll_between(1, 3); k > 0; k--) {
        int i = roll(p->nlaws + p->nsteps);
        bool *by = i < p->nlaws ? &s->by_law[i] : &s->by_step[i - p->nlaws];
        const law *l = i < p->nlaws ? &p->laws[i] : &p->steps[i - p->nlaws].says;
        if (*by || (i >= p->nlaws && p->steps[i - p->nlaws].sign_of >= 0)) continue;
        *by = true;
        combine(&s->says, frac_of(roll_small(3), roll_between(1, 3)), l);
    }
    s->cites = true;
    return is_short_law(&s->says);
}

/* What holds in the solution, between two names. */
static bool observe(const exercise *p, argument *s) {
    int i = roll(NAMES), j = roll(NAMES);
    s->says = no_law();
    s->cites = false;
    s->says.e[i] = whole(1);
    if (i != j) s->says.e[j] = times(whole(-1), over(p->x[i], p->x[j]));
    return i != j && is_short_law(&s->says);
}

static void make_step(exercise *p) {
    argument s;
    do { s = (argument){.sign_of = -1}; } while (roll(4) ? !derive(p, &s) : !observe(p, &s));
    if (roll(8) == 0) s = (argument){.sign_of = roll(NAMES)};
    if (s.sign_of < 0) arrange(&s.says);
    p->steps[p->nsteps++] = s;
}

static void make_exercise(exercise *p, uint64_t seed) {
    random_state = seed * 2654435761u + 1;
    *p = (exercise){.nlaws = 0};
    make_laws(p);
    for (int i = roll_between(2, STEPS); i > 0; i--) make_step(p);
}

static void put_citations(page *t, const exercise *p, const argument *s) {
    const char *comma = " by";
    for (int i = 0; i < p->nlaws; i++)
        if (s->by_law[i]) put(t, "%s A%d", comma, i + 1), comma = ",";
    for (int i = 0; i < p->nsteps; i++)
        if (s->by_step[i]) put(t, "%s %d", comma, i + 1), comma = ",";
}

static void put_step(page *t, const exercise *p, int i) {
    const argument *s = &p->steps[i];
    put(t, "  %d:", i + 1);
    if (s->sign_of >= 0)
        put(t, " %s %s", name_of[s->sign_of], p->x[s->sign_of].n > 0 ? "grows" : "shrinks");
    else
        put_law(t, &s->says);
    if (s->cites) put_citations(t, p, s);
    put(t, "\n");
}

static void put_exercise(page *t, const exercise *p) {
    for (int i = 0; i < NAMES; i++) put(t, "quantity %s\n", name_of[i]);
    for (int i = 0; i < p->nlaws; i++) {
        put(t, "A%d:", i + 1);
        put_law(t, &p->laws[i]);
        put(t, "\n");
    }
    put(t, "%s grows\nproof {\n", name_of[0]);
    for (int i = 0; i < p->nsteps; i++) put_step(t, p, i);
    put(t, "}\n");
}

/* --- what the library says --- */

/* The judged proof; NULL, and a message, where the text was not read. *whole owns it. */
static cJSON *prove(const char *text, int *code, cJSON **all) {
    propto *p = the_session();
    propto_request r = {.command = PROPTO_PROVE, .format = PROPTO_JSON};
    propto_add_text(p, "random", text, strlen(text));
    *code = propto_run(p, &r);
    *all = cJSON_Parse(propto_output(p));
    cJSON *proof = cJSON_GetArrayItem(cJSON_GetObjectItem(*all, "proofs"), 0);
    if (!proof) print_error("exit code %d: %s\n%s\n", *code, propto_output(p), text);
    return proof;
}

static const cJSON *step_of(const cJSON *proof, int i) {
    return cJSON_GetArrayItem(cJSON_GetObjectItem(proof, "steps"), i);
}

static bool holds(const cJSON *proof, int i) {
    const cJSON *step = step_of(proof, i);
    return answer_has(step, "verdict", "proved") &&
           !cJSON_IsTrue(cJSON_GetObjectItem(step, "carried"));
}

/* --- right proofs --- */

static bool is_passed(const exercise *p) {
    page t = {.n = 0};
    int code;
    cJSON *all;
    put_exercise(&t, p);
    const cJSON *proof = prove(t.s, &code, &all);
    bool ok = proof && code == 0 && cJSON_IsTrue(cJSON_GetObjectItem(proof, "ok"));
    for (int i = 0; ok && i < p->nsteps; i++) ok = holds(proof, i);
    if (!ok) print_error("refused:\n%s%s\n", t.s, answer_shown(proof));
    cJSON_Delete(all);
    return ok;
}

static void no_right_proof_is_refused(void **state) {
    static exercise p;
    (void)state;
    for (long i = 0; i < the_count; i++) {
        make_exercise(&p, the_seed + (uint64_t)i);
        assert_true(is_passed(&p));
    }
}

/* --- proofs with one exponent changed --- */

/* The step whose exponent it is; -1 where there is none. */
static int change_one(exercise *p) {
    int at = roll(p->nsteps), name = roll(NAMES);
    for (int i = 0; i < p->nsteps && p->steps[at].sign_of >= 0; i++) at = (at + 1) % p->nsteps;
    if (p->steps[at].sign_of >= 0) return -1;
    frac *e = p->steps[at].says.e;
    while (!e[name].n) name = (name + 1) % NAMES;
    e[name] = add(e[name], frac_of(roll_small(3), roll_between(1, 2)));
    return at;
}

/* What is not based on the changed step must hold as it did. */
static bool others_hold(const exercise *p, const cJSON *proof, int changed) {
    bool based[STEPS] = {false};
    based[changed] = true;
    for (int i = 0; i < p->nsteps; i++) {
        for (int k = 0; k < i; k++) based[i] |= p->steps[i].by_step[k] && based[k];
        if (!based[i] && !holds(proof, i)) return false;
        if (based[i] && i == changed && holds(proof, i)) return false;
    }
    return true;
}

static bool is_caught(const exercise *p, int changed) {
    page t = {.n = 0};
    int code;
    cJSON *all;
    char label[16];
    put_exercise(&t, p);
    snprintf(label, sizeof label, "%d", changed + 1);
    const cJSON *proof = prove(t.s, &code, &all);
    bool ok = proof && code == 1 && answer_has(proof, "first_wrong", label) &&
              !cJSON_IsTrue(cJSON_GetObjectItem(proof, "ok")) && others_hold(p, proof, changed);
    if (!ok) print_error("step %s is changed:\n%s%s\n", label, t.s, answer_shown(proof));
    cJSON_Delete(all);
    return ok;
}

static void no_wrong_proof_is_passed(void **state) {
    static exercise p;
    long changed = 0;
    (void)state;
    for (long i = 0; i < the_count; i++) {
        make_exercise(&p, the_seed + (uint64_t)i);
        int at = change_one(&p);
        if (at < 0) continue;
        changed++;
        assert_true(is_caught(&p, at));
    }
    assert_true(changed > the_count / 2);
}

/* --- slips --- */

/* A wrong claim of laws with the exponents p, q, r, s, in the way of one slip. */
typedef struct {
    const char *slip;
    /* Writes the text; false where the exponents make it no slip, or another one too. */
    bool (*write)(page *t, const frac e[4]);
} faulty;

/* y ∝ v^p, v ∝ u^q: is the exponent that comes out of y ∝ u^e explained by another slip as well? */
static bool is_chain_slip(frac p, frac q, frac e) {
    frac pq = times(p, q), minus = whole(-1);
    frac other[] = {pq,
                    times(minus, pq),
                    over(p, q),
                    times(minus, over(p, q)),
                    over(q, p),
                    times(minus, over(q, p)),
                    over(whole(1), pq),
                    times(minus, over(whole(1), pq)),
                    p,
                    q};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (same(other[i], e)) return true;
    return false;
}

static void put_given(page *t, const char *left, const char *name, frac e) {
    put(t, "%s ∝", left);
    put_power(t, name, e);
    put(t, "\n");
}

static bool is_one(frac x) {
    return labs(x.n) == 1 && x.d == 1;
}

static void begin_claim(page *t, const char *of) {
    put(t, "u grows\nproof { 1: %s ∝", of);
}

static void end_claim(page *t, const char *by) {
    put(t, " by %s }\n", by);
}

static bool write_added(page *t, const frac e[4]) {
    frac sum = add(e[0], e[1]);
    if (is_one(e[0]) || is_one(e[1]) || is_chain_slip(e[0], e[1], sum)) return false;
    put_given(t, "A: y", "v", e[0]);
    put_given(t, "B: v", "u", e[1]);
    begin_claim(t, "y");
    put_power(t, "u", sum);
    end_claim(t, "A, B");
    return true;
}

static bool write_multiplied(page *t, const frac e[4]) {
    frac p = e[0], q = e[1], product = times(p, q), sum = add(p, q), minus = whole(-1);
    frac difference = add(p, times(minus, q)), turned = over(whole(1), sum);
    frac by_root = add(p, over(whole(1), q)), by_inverse = add(p, times(minus, over(whole(1), q)));
    frac other[] = {sum,
                    p,
                    q,
                    difference,
                    times(minus, difference),
                    times(minus, sum),
                    turned,
                    times(minus, turned),
                    by_root,
                    by_inverse};
    if (is_one(p) || is_one(q) || !sum.n) return false;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (same(other[i], product)) return false;
    put(t, "A: y ∝");
    put_power(t, "u", p);
    put(t, " v\n");
    put_given(t, "B: v", "u", q);
    begin_claim(t, "y");
    put_power(t, "u", product);
    end_claim(t, "A, B");
    return true;
}

static bool write_sign(page *t, const frac e[4]) {
    frac pq = times(e[0], e[1]), said = times(whole(-1), pq);
    if (is_one(pq) || same(over(e[0], e[1]), said) || same(over(e[1], e[0]), said) ||
        same(add(e[0], e[1]), said) || same(over(whole(-1), pq), said))
        return false;
    put_given(t, "A: y", "v", e[0]);
    put_given(t, "B: v", "u", e[1]);
    begin_claim(t, "y");
    put_power(t, "u", said);
    end_claim(t, "A, B");
    return true;
}

static bool write_root(page *t, frac p, frac said) {
    if (is_one(p)) return false;
    put_given(t, "A: y", "x", p);
    put_given(t, "B: x", "u", whole(1));
    begin_claim(t, "x");
    put_power(t, "y", said);
    end_claim(t, "A");
    return true;
}

static bool write_reciprocal(page *t, const frac e[4]) {
    return write_root(t, e[0], e[0]);
}

static bool write_inverted(page *t, const frac e[4]) {
    return write_root(t, e[0], times(whole(-1), e[0]));
}

static bool write_factor(page *t, const frac e[4]) {
    if (is_one(e[0])) return false;
    put_given(t, "A: y", "v", e[0]);
    put(t, "B: v ∝");
    put_power(t, "u", e[1]);
    put_power(t, "x", e[2]);
    put(t, "\n");
    begin_claim(t, "y");
    put_power(t, "u", times(e[0], e[1]));
    put_power(t, "x", e[2]);
    end_claim(t, "A, B");
    return true;
}

static bool write_lost(page *t, const frac e[4]) {
    frac u = add(e[0], times(e[1], e[2]));
    if (!u.n) return false;
    put(t, "A: y ∝");
    put_power(t, "u", e[0]);
    put_power(t, "v", e[1]);
    put(t, "\nB: v ∝");
    put_power(t, "u", e[2]);
    put_power(t, "x", e[3]);
    put(t, "\n");
    begin_claim(t, "y");
    put_power(t, "u", u);
    end_claim(t, "A, B");
    return true;
}

static bool write_citation(page *t, const frac e[4]) {
    put_given(t, "A: y", "v", e[0]);
    put_given(t, "B: v", "u", e[1]);
    put_given(t, "C: v", "x", e[2]);
    begin_claim(t, "y");
    put_power(t, "u", times(e[0], e[1]));
    end_claim(t, "A, C");
    return true;
}

static const faulty slips[] = {
    {"multiplied", write_multiplied},
    {"added", write_added},
    {"sign", write_sign},
    {"reciprocal", write_reciprocal},
    {"inverted", write_inverted},
    {"factor", write_factor},
    {"lost", write_lost},
    {"citation", write_citation},
};

static bool is_named(const faulty *f, const char *text) {
    int code;
    cJSON *all;
    const cJSON *proof = prove(text, &code, &all);
    bool ok = proof && code == 1 && answer_has(step_of(proof, 0), "slip", f->slip);
    if (!ok) print_error("%s is the slip:\n%s%s\n", f->slip, text, answer_shown(proof));
    cJSON_Delete(all);
    return ok;
}

static void every_slip_is_called_by_its_name(void **state) {
    int wrong = 0;
    (void)state;
    random_state = the_seed;
    for (size_t k = 0; k < sizeof slips / sizeof *slips; k++)
        for (int made = 0; made < OF_EACH_SLIP;) {
            page t = {.n = 0};
            frac e[4];
            for (int i = 0; i < 4; i++)
                e[i] = frac_of(roll_small(6), roll(3) ? 1 : roll_between(2, 4));
            if (!slips[k].write(&t, e)) continue;
            made++;
            wrong += !is_named(&slips[k], t.s);
        }
    assert_int_equal(wrong, 0);
}

/* --- the campaign --- */

static uint64_t number(const char *text, uint64_t otherwise) {
    return text ? strtoull(text, NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_right_proof_is_refused),
        cmocka_unit_test(no_wrong_proof_is_passed),
        cmocka_unit_test(every_slip_is_called_by_its_name),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_seed = number(getenv("PROPTO_SEED"), 1);
    the_count = (long)number(count, DEFAULT_COUNT);
    return cmocka_run_group_tests_name("proofs by people", tests, NULL, NULL);
}
