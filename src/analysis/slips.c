#include "analysis/slips.h"

#include "analysis/misread.h"

enum { MOST_WORK = 50000, MOST_DEPTH = 6, MOST_RULES = 2000 };

/* A law solved for a name: name ∝ rhs. `misread` says how, where it is done wrongly; then `right`
 * is what it should be. */
typedef struct {
    int law, name;
    form rhs, right;
    slip misread;
    const misreading *as; /* the law itself was misread */
    bool one_side;        /* a root was taken of the name's side only */
} rule;

/* One side of the claim, to be turned into the other. */
typedef struct {
    form from, to;
    bool turned; /* from the right side to the left */
} task;

typedef struct {
    arena *a;
    budget *b;
    const usable_law *laws;
    int nlaws;
    VEC(rule) rules;
    bool *used; /* laws on the way */
    const task *t;
    int depth; /* of this round: substitutions */
    int work;
    int last;             /* the law that was used last */
    named_slip way, best; /* on the way, once the slip is made; and found */
} search;

/* --- the order of slips --- */

static int rank(slip s) {
    static const slip order[] = {SLIP_RECIPROCAL, SLIP_INVERTED, SLIP_FACTOR, SLIP_MULTIPLIED,
                                 SLIP_ADDED,      SLIP_SIGN,     SLIP_LOST};
    int n = (int)(sizeof order / sizeof *order);
    for (int i = 0; i < n; i++)
        if (order[i] == s) return i;
    return n;
}

static bool is_unit(coef c) {
    return coef_is_one(c) || coef_eq(c, coef_int(-1));
}

/* A line more, which takes work by its length. */
static bool may_go_on(search *s, form f) {
    s->work += 1 + f.n / 4;
    return s->work <= MOST_WORK && budget_spend(s->b, 1);
}

/* --- laws, solved rightly and wrongly --- */

static form without(arena *a, form f, int name) {
    return form_addmul(a, f, coef_neg(a, form_coef(f, name)), form_sym(a, name));
}

static void add_rule(search *s, rule r) {
    vec_push(s->a, &s->rules, r);
}

static void add_wrong(search *s, rule r, slip misread, form wrong) {
    r.misread = misread;
    r.rhs = wrong;
    add_rule(s, r);
}

/* name^c times rest is 1. */
static rule solved(search *s, int law, int name, form rest, coef c) {
    rule r = {.law = law, .name = name};
    r.rhs = r.right = form_scale(s->a, coef_div(s->a, coef_int(-1), c), rest);
    return r;
}

/* y^q ∝ x^p, neither of them 1 or -1 */
static bool has_two_powers(form zero) {
    return zero.n == 2 && !is_unit(zero.t[0].c) && !is_unit(zero.t[1].c);
}

/* name^c ∝ x^p read as name ∝ x^(c/p), where it is ∝ x^(p/c) */
static void add_inverted(search *s, rule r, form rest, coef c) {
    coef p = coef_neg(s->a, rest.t[0].c), made = coef_div(s->a, c, p);
    form one = form_sym(s->a, rest.t[0].sym);
    add_wrong(s, r, SLIP_INVERTED, form_scale(s->a, made, one));
    add_wrong(s, r, SLIP_INVERTED, form_scale(s->a, coef_neg(s->a, made), one));
}

/* With c the exponent that the name has in the law: name ∝ (what is left)^-c for ^(-1/c). */
static void add_misreadings(search *s, rule r, form rest, coef c) {
    form wrong = form_scale(s->a, coef_neg(s->a, c), rest);
    if (is_unit(c) || rest.n == 0) return;
    add_wrong(s, r, SLIP_RECIPROCAL, wrong);
    add_wrong(s, r, SLIP_INVERTED, form_scale(s->a, coef_int(-1), wrong));
    if (rest.n == 1 && !is_unit(rest.t[0].c)) add_inverted(s, r, rest, c);
}

/* name^c ∝ the rest, read as name ∝ the rest. Of a letter c its sign is not known: then it is taken
 * to be as it is written. */
static void add_one_side(search *s, rule r, form zero) {
    coef c = form_coef(zero, r.name);
    form rest = without(s->a, zero, r.name);
    if (is_unit(c) || rest.n == 0) return;
    if (coef_sgn(c) == 2 && !s->laws[r.law].side) return;
    bool right = coef_sgn(c) == 2 ? coef_is_zero(form_coef(s->laws[r.law].side->value, r.name))
                                  : coef_sgn(c) < 0;
    r.one_side = true;
    add_wrong(s, r, SLIP_FACTOR, form_scale(s->a, coef_int(right ? 1 : -1), rest));
}

/* The law as one would write it, with some exponent 1, if it has one; of two names the other one
 * than the one it is solved for. */
static form as_written(arena *a, form zero, int name) {
    if (has_two_powers(zero)) return zero;
    for (int i = 0; i < zero.n; i++)
        if (zero.n != 2 && is_unit(zero.t[i].c)) return zero;
    for (int i = 0; i < zero.n; i++)
        if (zero.t[i].sym != name)
            return form_scale(a, coef_div(a, coef_int(1), zero.t[i].c), zero);
    return zero;
}

static void solve_for(search *s, int law, int name) {
    form zero = as_written(s->a, s->laws[law].zero, name), rest = without(s->a, zero, name);
    coef c = form_coef(zero, name);
    rule r = solved(s, law, name, rest, c);
    add_rule(s, r);
    add_misreadings(s, r, rest, c);
    add_one_side(s, r, s->laws[law].zero);
}

/* The law with one side misread, which makes it `zero`, solved for each name. */
static void solve_misread(search *s, int law, form zero, const misreading *m) {
    form right = s->laws[law].zero;
    for (int k = 0; k < zero.n && (int)s->rules.n < MOST_RULES; k++) {
        int name = zero.t[k].sym;
        coef c = form_coef(right, name);
        if (coef_is_zero(c)) continue;
        rule r = solved(s, law, name, without(s->a, right, name), c);
        rule wrong = solved(s, law, name, without(s->a, zero, name), zero.t[k].c);
        r.as = m;
        add_wrong(s, r, m->slip, wrong.rhs);
    }
}

static void misread_law(search *s, int law) {
    const usable_law *l = &s->laws[law];
    for (int i = 0; l->side && i < 2; i++) {
        misreadings ways = misread(s->a, &l->side[i]);
        for (size_t k = 0; k < ways.list.n; k++) {
            const misreading *m = &ways.list.v[k];
            if (!budget_spend(s->b, 1)) return;
            solve_misread(s, law, form_addmul(s->a, l->zero, coef_int(i ? -1 : 1), m->off), m);
        }
    }
}

static void add_rules(search *s) {
    for (int i = 0; i < s->nlaws; i++)
        for (int k = 0; k < s->laws[i].zero.n; k++) solve_for(s, i, s->laws[i].zero.t[k].sym);
    for (int i = 0; i < s->nlaws && (int)s->rules.n < MOST_RULES; i++) misread_law(s, i);
}

/* --- the one faulty operation --- */

/* A line of the derivation: what the writer has, and what would be right. */
typedef struct {
    form wrong, right;
} line;

static void go_on(search *s, line l, int depth);

/* A substitution: name^power in `from` is replaced. */
typedef struct {
    const rule *r;
    form base; /* the other factors */
    coef power;
    line l;
} substitution;

static form replaced(arena *a, const rule *r, form f, form rhs) {
    return form_addmul(a, without(a, f, r->name), form_coef(f, r->name), rhs);
}

static bool already_better(const search *s, slip kind) {
    return s->best.slip != SLIP_NONE && rank(s->best.slip) <= rank(kind);
}

/* Goes on from `wrong`, made where `right` should be. */
static void slipped(search *s, const substitution *x, slip kind, misstep how, form wrong,
                    int depth) {
    form right = replaced(s->a, x->r, x->l.right, x->r->right);
    if (form_eq(wrong, right) || already_better(s, kind) || !may_go_on(s, wrong)) return;
    s->way = (named_slip){.slip = kind, .at = s->laws[x->r->law].at, .how = how};
    go_on(s, (line){wrong, right}, depth);
    s->way.slip = SLIP_NONE;
}

/* `was` as the law turns it: name^power into `wrong`. */
static misstep in_law(const search *s, const substitution *x, form wrong, int name) {
    return (misstep){.was = form_scale(s->a, x->power, form_sym(s->a, x->r->name)),
                     .right = form_scale(s->a, x->power, x->r->right),
                     .wrong = wrong,
                     .name = name};
}

/* What the law's text was taken for. */
static misstep in_reading(const misreading *m) {
    return (misstep){
        .right = m->of->value, .wrong = m->wrong, .name = -1, .of = m->of, .divided = m->divided};
}

/* The same for a name that stood there already: where its powers were merged. */
static misstep in_merging(const search *s, const substitution *x, form wrong, int name) {
    coef p = form_coef(x->base, name), q = coef_mul(s->a, x->power, form_coef(x->r->rhs, name));
    form one = form_sym(s->a, name);
    return (misstep){.right = form_scale(s->a, coef_add(s->a, p, q), one),
                     .wrong = form_scale(s->a, form_coef(wrong, name), one),
                     .name = name,
                     .x = p,
                     .y = q};
}

static bool merges(const substitution *x, int name) {
    return name >= 0 && !coef_is_zero(form_coef(x->base, name));
}

/* The factors of the law, put in as `made` rather than rightly. */
static void put_in(search *s, const substitution *x, slip kind, form made, int name, int depth) {
    form wrong = form_add(s->a, x->base, made);
    bool merging = merges(x, name) && (kind == SLIP_SIGN || kind == SLIP_LOST);
    misstep how = merging ? in_merging(s, x, wrong, name) : in_law(s, x, made, name);
    slipped(s, x, kind, how, wrong, depth);
}

static form with_power(arena *a, form f, int name, coef c) {
    return form_addmul(a, without(a, f, name), c, form_sym(a, name));
}

static void not_to_every_factor(search *s, const substitution *x, int depth) {
    form rhs = x->r->rhs, raised = form_scale(s->a, x->power, rhs);
    if (rhs.n < 2 || coef_is_one(x->power)) return;
    for (int i = 0; i < rhs.n; i++) {
        int name = rhs.t[i].sym;
        put_in(s, x, SLIP_FACTOR, with_power(s->a, raised, name, rhs.t[i].c), name, depth);
    }
    for (int i = 0; rhs.n > 2 && i < rhs.n; i++) {
        int name = rhs.t[i].sym;
        put_in(s, x, SLIP_FACTOR, with_power(s->a, rhs, name, form_coef(raised, name)), -1, depth);
    }
}

/* x^a x^b, where the first stood there and the law brings the second. */
static void merged_wrongly(search *s, const substitution *x, int depth) {
    form brought = form_scale(s->a, x->power, x->r->rhs);
    for (int i = 0; i < brought.n; i++) {
        int name = brought.t[i].sym;
        coef p = form_coef(x->base, name), q = brought.t[i].c;
        if (!merges(x, name) || coef_is_one(p) || coef_is_one(q)) continue;
        form wrong = with_power(s->a, form_add(s->a, x->base, brought), name, coef_mul(s->a, p, q));
        slipped(s, x, SLIP_MULTIPLIED, in_merging(s, x, wrong, name), wrong, depth);
    }
}

static void power_added(search *s, const substitution *x, int depth) {
    form rhs = x->r->rhs, all = form_scale(s->a, x->power, rhs);
    if (coef_is_one(x->power)) return;
    for (int i = 0; i < rhs.n; i++) {
        int name = rhs.t[i].sym;
        coef sum = coef_add(s->a, rhs.t[i].c, x->power);
        misstep how =
            in_law(s, x, with_power(s->a, form_scale(s->a, x->power, rhs), name, sum), name);
        how.x = rhs.t[i].c;
        how.y = x->power;
        if (coef_is_one(how.x) || (coef_is_zero(sum) && rhs.n > 1)) continue;
        slipped(s, x, SLIP_ADDED, how, form_add(s->a, x->base, how.wrong), depth);
        all = with_power(s->a, all, name, sum);
        how.wrong = all;
        if (i > 0) slipped(s, x, SLIP_ADDED, how, form_add(s->a, x->base, all), depth);
    }
}

/* What stood there with the name's power c instead of its own, when the law brought more of it. */
static void stood_wrongly(search *s, const substitution *x, slip kind, int name, coef c,
                          int depth) {
    form brought = form_scale(s->a, x->power, x->r->rhs);
    form wrong = form_add(s->a, with_power(s->a, x->base, name, c), brought);
    if (merges(x, name)) slipped(s, x, kind, in_merging(s, x, wrong, name), wrong, depth);
}

static void sign_lost(search *s, const substitution *x, int depth) {
    form brought = form_scale(s->a, x->power, x->r->rhs);
    for (int i = 0; i < brought.n; i++) {
        int name = brought.t[i].sym;
        form made = with_power(s->a, brought, name, coef_neg(s->a, brought.t[i].c));
        put_in(s, x, SLIP_SIGN, made, name, depth);
        stood_wrongly(s, x, SLIP_SIGN, name, coef_neg(s->a, form_coef(x->base, name)), depth);
    }
    if (brought.n > 1) put_in(s, x, SLIP_SIGN, form_scale(s->a, coef_int(-1), brought), -1, depth);
}

static void factor_lost(search *s, const substitution *x, int depth) {
    form brought = form_scale(s->a, x->power, x->r->rhs);
    if (brought.n + x->base.n < 2) return;
    for (int i = 0; i < brought.n; i++) {
        int name = brought.t[i].sym;
        put_in(s, x, SLIP_LOST, without(s->a, brought, name), name, depth);
        stood_wrongly(s, x, SLIP_LOST, name, coef_int(0), depth);
    }
}

/* The law was solved wrongly, or misread. */
static void law_misread(search *s, const substitution *x, int depth) {
    form made = form_scale(s->a, x->power, x->r->rhs);
    misstep how = x->r->as ? in_reading(x->r->as) : in_law(s, x, made, -1);
    how.one_side = x->r->one_side;
    slipped(s, x, x->r->misread, how, form_add(s->a, x->base, made), depth);
}

static void with_slip(search *s, const substitution *x, int depth) {
    if (x->r->misread != SLIP_NONE) {
        law_misread(s, x, depth);
        return;
    }
    not_to_every_factor(s, x, depth);
    merged_wrongly(s, x, depth);
    power_added(s, x, depth);
    sign_lost(s, x, depth);
    factor_lost(s, x, depth);
}

/* --- the last line, where nothing went wrong on the way --- */

static void at_the_end(search *s, form f, slip kind, int name) {
    if (already_better(s, kind) || form_eq(f, s->t->to)) return;
    int at = s->last >= 0 && s->depth == 1 ? s->laws[s->last].at : -1;
    s->best = (named_slip){.slip = kind, .at = at, .zero = form_sub(s->a, s->t->from, f)};
    s->best.how = (misstep){.was = s->t->from, .right = f, .wrong = s->t->to, .name = name};
}

/* y^a ∝ x^b was reached, x^a ∝ y^b or x^a ∝ y^-b is claimed. */
static void turned_wrongly(search *s, form f) {
    const task *t = s->t;
    if (t->from.n != 1 || f.n != 1 || t->to.n != 1 || f.t[0].sym != t->to.t[0].sym) return;
    coef right = coef_div(s->a, f.t[0].c, t->from.t[0].c);
    coef made = coef_div(s->a, t->to.t[0].c, t->from.t[0].c), one = coef_mul(s->a, right, made);
    if (is_unit(right) || !is_unit(one)) return;
    bool inverted = s->depth == 1 && has_two_powers(s->laws[s->last].zero);
    at_the_end(s, f, coef_is_one(one) && !inverted ? SLIP_RECIPROCAL : SLIP_INVERTED, -1);
}

static void compare_with_claim(search *s, form f) {
    turned_wrongly(s, f);
    for (int i = 0; i < f.n; i++) {
        int name = f.t[i].sym;
        if (form_eq(with_power(s->a, f, name, coef_neg(s->a, f.t[i].c)), s->t->to))
            at_the_end(s, f, SLIP_SIGN, name);
        if (f.n > 1 && form_eq(without(s->a, f, name), s->t->to)) at_the_end(s, f, SLIP_LOST, name);
    }
    if (f.n > 1 && form_eq(form_scale(s->a, coef_int(-1), f), s->t->to))
        at_the_end(s, f, SLIP_SIGN, -1);
}

static void arrive(search *s, line l) {
    if (s->way.slip == SLIP_NONE) {
        if (s->depth > 0) compare_with_claim(s, l.wrong);
    } else if (form_eq(l.wrong, s->t->to) && !already_better(s, s->way.slip)) {
        s->best = s->way;
        s->best.zero = form_sub(s->a, s->t->from, l.right);
    }
}

/* --- the search --- */

static void apply(search *s, const rule *r, line l, int depth) {
    substitution x = {r, without(s->a, l.wrong, r->name), form_coef(l.wrong, r->name), l};
    int before = s->last;
    s->last = r->law;
    s->used[r->law] = true;
    if (s->way.slip == SLIP_NONE) with_slip(s, &x, depth);
    if (r->misread == SLIP_NONE) {
        line next = {replaced(s->a, r, l.wrong, r->rhs), replaced(s->a, r, l.right, r->rhs)};
        go_on(s, next, depth);
    }
    s->used[r->law] = false;
    s->last = before;
}

static void go_on(search *s, line l, int depth) {
    if (depth == 0) {
        arrive(s, l);
        return;
    }
    for (size_t i = 0; i < s->rules.n; i++) {
        const rule *r = &s->rules.v[i];
        if (s->used[r->law] || coef_is_zero(form_coef(l.wrong, r->name))) continue;
        if (r->misread != SLIP_NONE && s->way.slip != SLIP_NONE) continue;
        if (r->one_side && s->t->turned) continue;
        if (!may_go_on(s, l.wrong)) return;
        apply(s, r, l, depth - 1);
    }
}

static void from_task(search *s, const task *t) {
    s->t = t;
    s->last = -1;
    s->way = (named_slip){.slip = SLIP_NONE};
    go_on(s, (line){t->from, t->from}, s->depth);
}

/* Both ways, and, where one side is a power of a single name, from that name itself. */
static int tasks_of(arena *a, form left, form right, task *t) {
    const form side[] = {left, right};
    int n = 0;
    for (int i = 0; i < 2; i++) {
        form from = side[i], to = side[1 - i];
        if (from.n == 0) continue;
        t[n++] = (task){from, to, i == 1};
        if (from.n != 1 || coef_is_one(from.t[0].c)) continue;
        coef c = coef_div(a, coef_int(1), from.t[0].c);
        t[n++] = (task){form_scale(a, c, from), form_scale(a, c, to), i == 1};
    }
    return n;
}

/* All ways with so many substitutions; those from the left side come first. */
static bool found_at(search *s, const task *t, int n, int depth) {
    s->depth = depth;
    for (int i = 0; i < n; i++) {
        from_task(s, &t[i]);
        bool last = i + 1 == n || t[i + 1].turned != t[i].turned;
        if (last && s->best.slip != SLIP_NONE) return true;
    }
    return false;
}

/* One side of the claim, misread, is the other. */
static void misread_claim(search *s, const proportion *claim) {
    const form side[] = {claim->left, claim->right};
    for (int i = 0; claim->side && i < 2; i++) {
        misreadings ways = misread(s->a, &claim->side[i]);
        for (size_t k = 0; k < ways.list.n; k++) {
            const misreading *m = &ways.list.v[k];
            if (!form_eq(form_add(s->a, side[i], m->off), side[1 - i])) continue;
            if (already_better(s, m->slip)) continue;
            s->best = (named_slip){.slip = m->slip, .at = -1, .how = in_reading(m)};
        }
    }
}

named_slip name_slip(arena *a, budget *b, const usable_law *laws, int n, bool all,
                     const proportion *claim) {
    search s = {.a = a, .b = b, .laws = laws, .nlaws = n, .used = NEW_ARRAY(a, bool, n)};
    task tasks[4];
    int ntasks = tasks_of(a, claim->left, claim->right, tasks);
    int most = n < MOST_DEPTH ? n : MOST_DEPTH;
    misread_claim(&s, claim);
    if (s.best.slip != SLIP_NONE) return s.best;
    add_rules(&s);
    for (int i = 1; i <= most; i++)
        if (found_at(&s, tasks, ntasks, all ? most + 1 - i : i)) break;
    return s.best;
}
