#include "render/coq_proof.h"

const char coq_prelude[] =
    "Lemma equal (a b : R) : ~ (a <> b) -> a = b.\n"
    "Proof. intro H. destruct (Req_dec a b) as [E|E]; [exact E | destruct (H E)]. Qed.\n"
    "Lemma scale_eq (m a b : R) : a = b -> m * (a - b) = 0.\n"
    "Proof. intro E. rewrite E. ring. Qed.\n"
    "Lemma scale_le (m a b : R) : 0 < m -> a <= b -> m * (a - b) <= 0.\n"
    "Proof. intros P H. pose proof (Rmult_le_compat_l m a b (Rlt_le _ _ P) H). lra. Qed.\n"
    "Lemma scale_lt (m a b : R) : 0 < m -> a < b -> m * (a - b) < 0.\n"
    "Proof. intros P H. pose proof (Rmult_lt_compat_l m a b P H). lra. Qed.\n"
    "Lemma vanish (x f r : R) : f = 0 -> x * (f * r) = 0.\n"
    "Proof. intro E. rewrite E. ring. Qed.\n"
    "Lemma square (f : R) : f <> 0 -> 0 < f * f.\n"
    "Proof. intro N. destruct (Rdichotomy _ _ N); nra. Qed.\n"
    "Lemma opposite (f : R) : f < 0 -> 0 < - f.\n"
    "Proof. lra. Qed.\n"
    "(* A sign of a polynomial in the parameters, from what is known of them. *)\n"
    "Ltac sign := first [ assumption | lra | nra |\n"
    "  match goal with |- _ <> 0 => let H := fresh in intro H; first [ lra | nra ] end ].\n"
    "(* The sign of a product, from those of its factors. *)\n"
    "Ltac product := match goal with\n"
    "  | H : ?G |- ?G => exact H\n"
    "  | |- 0 < ?f * ?f => apply square; product\n"
    "  | |- 0 < _ * _ => apply Rmult_lt_0_compat; product\n"
    "  | |- 0 < - _ => apply opposite; product\n"
    "  | |- 0 <= ?f * ?f => apply Rle_0_sqr\n"
    "  | |- 0 <= _ * _ => apply Rmult_le_pos; product\n"
    "  | |- _ * _ <> 0 => apply Rmult_integral_contrapositive_currified; product\n"
    "  | |- _ <> 0 => let H := fresh in intro H; lra\n"
    "  | |- _ => lra end.\n"
    "(* What a goal denies, from `no`, the denial of the goal. *)\n"
    "Ltac pick D := first [ exact D | left; pick D | right; pick D ].\n"
    "Ltac denied no :=\n"
    "  apply NNPP; let M := fresh in intro M; apply no; clear no;\n"
    "  repeat match goal with |- _ /\\ _ => split end; try exact I;\n"
    "  first [ apply equal | apply Rnot_lt_le | apply Rnot_le_lt | idtac ];\n"
    "  let D := fresh in intro D; apply M; pick D.\n";

/* What was chosen on the way from the root of the proof. */
typedef struct way way;
struct way {
    const way *up;
    int formula, node; /* the kid of an ANY that was chosen; formula -1: a sign */
    const formula *holds;
};

typedef VEC(const char *) names;

typedef struct {
    coq *c;
    const sequent *s;
    const char *const *name;
    names known; /* hypotheses about parameters alone */
    const way *path;
    int depth;
    int products; /* whose signs were shown */
} script;

static void indent(script *w) {
    coq_say(w->c, "\n  ");
    for (int i = 0; i < w->depth; i++) coq_say(w->c, "  ");
}

/* --- hypotheses --- */

static int signs_chosen(const way *path) {
    int n = 0;
    for (; path; path = path->up) n += path->formula < 0;
    return n;
}

static const char *name_of(const script *w, int i) {
    int n = sequent_size(w->s);
    return i < n ? w->name[i] : formatted(w->c->a, "S%d", i - n + 1);
}

static const formula *formula_of(const script *w, int i) {
    int n = sequent_size(w->s), skip = signs_chosen(w->path) - 1 - (i - n);
    if (i < n) return sequent_formula(w->s, i);
    for (const way *x = w->path; x; x = x->up)
        if (x->formula < 0 && skip-- == 0) return x->holds;
    return NULL;
}

static const formula *chosen(const script *w) {
    VEC(const formula *) all = {0};
    for (const way *x = w->path; x; x = x->up) vec_push(w->c->a, &all, x->holds);
    return formula_all(w->c->a, all.v, (int)all.n);
}

/* Notes the names of what is said of parameters alone, once it is taken apart. */
static void learn(script *w, const char *name, const formula *f, int node) {
    arena *a = w->c->a;
    form l;
    const char *own = coq_node(a, name, node), *below = formatted(a, "%s'd", own);
    bool nonzero = formula_is_nonzero(a, f, &l);
    if (f->kind == FORMULA_ATOM && !coq_stays_whole(a, f)) vec_push(a, &w->known, below);
    if (f->kind == FORMULA_ATOM ? f->lhs.n == 0 : nonzero && l.n == 0) vec_push(a, &w->known, own);
    if (f->kind != FORMULA_ALL) return;
    for (int i = 0, at = node + 1; i < f->n; at += f->kid[i++]->nodes)
        learn(w, name, f->kid[i], at);
}

static int kid_node(const formula *f, int node, int kid) {
    int at = node + 1;
    for (int i = 0; i < kid; i++) at += f->kid[i]->nodes;
    return at;
}

static void clear_but(script *w, const names *keep) {
    coq_say(w->c, keep->n ? "clear -" : "clear");
    for (size_t i = 0; i < keep->n; i++) coq_sayf(w->c, " %s", keep->v[i]);
    coq_say(w->c, "; ");
}

/* --- signs of polynomials in the parameters --- */

static int signs_here(script *w, coef c) {
    return signs_where(w->c->a, w->s, chosen(w), c);
}

static void put_polynomial(script *w, coef c) {
    coq_form(w->c, form_const(c));
}

/* A factor that is no number, and how its sign is shown. */
typedef struct {
    coef p;
    int exponent, signs;
} signed_factor;

typedef struct {
    rat content;
    VEC(signed_factor) f;
} signed_product;

/* Is it known to be at most 0? Then its opposite is written. */
static bool is_turned(const signed_factor *f) {
    return f->signs && !(f->signs & SIGN_POS);
}

static signed_product factored(script *w, coef c) {
    factors all = coef_factors(w->c->a, c);
    signed_product out = {.content = all.content};
    for (int i = 0; i < all.n; i++) {
        signed_factor f = {all.f[i].p, all.f[i].exponent, signs_here(w, all.f[i].p)};
        vec_push(w->c->a, &out.f, f);
        if (is_turned(&f) && f.exponent % 2) out.content = rat_neg(w->c->a, out.content);
    }
    return out;
}

/* What is before and after a polynomial with these signs; NULL: nothing is known. */
static const char *sign_before(int signs) {
    static const char *const before[] = {"0 < ", "", "", "", "0 < ", "", "0 <= ", NULL};
    return before[signs];
}

static const char *sign_after(int signs) {
    static const char *const after[] = {"", " < 0", " = 0", " <= 0", "", " <> 0", "", ""};
    return after[signs];
}

static void put_number(script *w, rat r) {
    coq_sayf(w->c, rat_is_int(r) && rat_sgn(r) >= 0 ? "%s" : "(%s)", rat_text(w->c->a, r));
}

/* A factor of unknown sign stands in squares, ((p) * (p)), as far as that goes. */
static void put_power(script *w, const signed_factor *f) {
    bool turned = is_turned(f), paired = f->signs & SIGN_NEG && f->signs & SIGN_POS;
    for (int k = 0; k < f->exponent; k++) {
        bool opens = paired && k % 2 == 0 && k + 1 < f->exponent, closes = paired && k % 2;
        coq_sayf(w->c, " * %s", opens ? "(" : "");
        coq_say(w->c, turned ? "(- (" : "(");
        put_polynomial(w, f->p);
        coq_sayf(w->c, "%s%s", turned ? "))" : ")", closes ? ")" : "");
    }
}

static void put_factored(script *w, const signed_product *q) {
    put_number(w, q->content);
    for (size_t i = 0; i < q->f.n; i++) put_power(w, &q->f.v[i]);
}

static void put_factor_signs(script *w, const signed_product *q);

/* name : 0 < c, or another relation to 0; by its factors, or at once. */
static void assert_sign(script *w, const char *name, const signed_product *q, const char *before,
                        const char *after) {
    put_factor_signs(w, q);
    indent(w);
    coq_sayf(w->c, "assert (%s : %s", name, before);
    put_factored(w, q);
    coq_sayf(w->c, "%s) by first [ product | ", after);
    clear_but(w, &w->known);
    coq_say(w->c, "sign ].");
}

/* Its parameters, without its number; *weak: it may be zero. False where its sign is not known. */
static bool signed_monomial(script *w, const field *k, const monomial *m, signed_product *out,
                            bool *weak) {
    arena *a = w->c->a;
    coef c = coef_int(1);
    for (int i = 0; i < field_size(k); i++)
        for (unsigned long j = 0; j < m->power[i]; j++) c = coef_mul(a, c, coef_parameter(a, k, i));
    *out = factored(w, c);
    out->content = RAT_ONE;
    *weak = false;
    for (size_t i = 0; i < out->f.n; i++) {
        const signed_factor *f = &out->f.v[i];
        if (f->signs & SIGN_NEG && f->signs & SIGN_POS && f->exponent % 2) return false;
        if (f->signs & SIGN_ZERO) *weak = true;
    }
    return true;
}

static unsigned long monomial_degree(const field *k, const monomial *m) {
    unsigned long n = 0;
    for (int i = 0; m->power && i < field_size(k); i++) n += m->power[i];
    return n;
}

/* Products of three and more are beyond `nra`: each is positive where its letters are. */
static void put_monomial_signs(script *w, coef p) {
    polynomial x = coef_polynomial(w->c->a, p);
    for (int i = 0; i < x.n; i++) {
        signed_product q;
        bool weak;
        const field *k = coef_field(p);
        if (x.n < 2 || monomial_degree(k, &x.m[i]) < 3) continue;
        if (!signed_monomial(w, k, &x.m[i], &q, &weak)) continue;
        const char *name = formatted(w->c->a, "D%d", ++w->products);
        assert_sign(w, name, &q, weak ? "0 <= " : "0 < ", "");
        vec_push(w->c->a, &w->known, name);
    }
}

/* assert (0 < p) by (sign), for each factor. */
static void put_factor_signs(script *w, const signed_product *q) {
    for (size_t i = 0; i < q->f.n; i++) {
        const signed_factor *f = &q->f.v[i];
        size_t known = w->known.n;
        if (!sign_before(f->signs)) continue;
        put_monomial_signs(w, f->p);
        indent(w);
        coq_sayf(w->c, "assert (%s", sign_before(f->signs));
        put_polynomial(w, f->p);
        coq_sayf(w->c, "%s) by (", sign_after(f->signs));
        clear_but(w, &w->known);
        coq_say(w->c, "sign).");
        w->known.n = known;
    }
}

/* --- sums --- */

/* One summand: the atom, cleared of fractions, and its multiplier. */
typedef struct {
    const char *name;
    form f;
    rel r;
    coef times;
} row;

typedef struct {
    row *rows;
    int n;
    form total; /* Σ times·f: terms that vanish, and a constant */
    rel r;
    bool plain;
} sum;

static sum read_sum(script *w, const proof *pf) {
    arena *a = w->c->a;
    sum x = {.rows = NEW_ARRAY(a, row, pf->n), .n = pf->n, .r = REL_EQ, .plain = true};
    rat number;
    for (int i = 0; i < pf->n; i++) {
        const summand *m = &pf->sum[i];
        const formula *atom = formula_node(formula_of(w, m->formula), m->node);
        coef scale, den;
        row *y = &x.rows[i];
        atom_cleared(a, atom->lhs, atom->rel, &y->f, &scale, &den);
        y->name = coq_node(a, name_of(w, m->formula), m->node);
        y->r = atom->rel;
        y->times = coef_div(a, m->lambda, scale);
        if (atom->rel > x.r) x.r = atom->rel;
        x.plain = x.plain && form_is_plain(y->f) && coef_rat(y->times, &number);
    }
    return x;
}

static void put_plain_sum(script *w, const sum *x) {
    names used = {0};
    for (int i = 0; i < x->n; i++) vec_push(w->c->a, &used, x->rows[i].name);
    indent(w);
    clear_but(w, &used);
    coq_say(w->c, "lra.");
}

/* What the multipliers are multiplied by to be polynomials, and positive for inequalities. */
static coef common_multiple(script *w, const sum *x) {
    arena *a = w->c->a;
    VEC(term) t = {0};
    for (int i = 0; i < x->n; i++) vec_push(a, &t, ((term){i, x->rows[i].times}));
    coef all = form_denominator(a, form_of(a, t.v, (int)t.n, coef_int(0)));
    if (x->r == REL_EQ) return all;
    int signs = signs_here(w, all);
    if (signs == SIGN_POS) return all;
    return signs == SIGN_NEG ? coef_neg(a, all) : coef_mul(a, all, all);
}

static void clear_multipliers(script *w, sum *x) {
    arena *a = w->c->a;
    coef all = common_multiple(w, x);
    x->total = form_zero();
    for (int i = 0; i < x->n; i++) {
        x->rows[i].times = coef_mul(a, all, x->rows[i].times);
        x->total = form_addmul(a, x->total, x->rows[i].times, x->rows[i].f);
    }
}

/* M1 : times * (left - right) r 0 */
static const char *put_scaled(script *w, const row *y, int i) {
    static const char *const lemma[] = {
        [REL_EQ] = "scale_eq", [REL_LE] = "scale_le", [REL_LT] = "scale_lt"};
    arena *a = w->c->a;
    const char *sign = formatted(a, "P%d", i + 1), *scaled = formatted(a, "M%d", i + 1);
    signed_product q = factored(w, y->times);
    if (y->r != REL_EQ) assert_sign(w, sign, &q, "0 < ", "");
    indent(w);
    coq_sayf(w->c, "pose proof (%s (", lemma[y->r]);
    put_factored(w, &q);
    if (y->r == REL_EQ)
        coq_sayf(w->c, ") _ _ %s)", y->name);
    else
        coq_sayf(w->c, ") _ _ %s %s)", sign, y->name);
    coq_sayf(w->c, " as %s.", scaled);
    return scaled;
}

/* The factor of c that is zero, and what is left of c; c itself where none is known. */
static coef zero_factor(script *w, coef c, coef *rest) {
    factors all = coef_factors(w->c->a, c);
    for (int i = 0; i < all.n; i++)
        if (signs_here(w, all.f[i].p) == SIGN_ZERO) {
            *rest = coef_div(w->c->a, c, all.f[i].p);
            return all.f[i].p;
        }
    *rest = coef_int(1);
    return c;
}

/* Z1 : x * (zero * rest) = 0, for a term that vanishes by what is said of the parameters. */
static const char *put_vanishing(script *w, const term *t, int i) {
    const char *name = formatted(w->c->a, "Z%d", i + 1);
    coef rest, zero = zero_factor(w, t->c, &rest);
    str sym = w->c->symbol[t->sym];
    indent(w);
    coq_sayf(w->c, "assert (%s : ", name);
    put_polynomial(w, zero);
    coq_say(w->c, " = 0) by (");
    clear_but(w, &w->known);
    coq_say(w->c, "sign).");
    indent(w);
    coq_sayf(w->c, "apply (vanish %s _ (", str_z(w->c->a, sym));
    put_polynomial(w, rest);
    coq_sayf(w->c, ")) in %s.", name);
    return name;
}

/* K : the constant that is left cannot be in this relation to 0. */
static const char *put_constant(script *w, const sum *x) {
    rat number;
    if (coef_rat(x->total.k, &number)) return NULL;
    signed_product q = factored(w, x->total.k);
    static const char *const before[] = {[REL_EQ] = "", [REL_LE] = "0 < ", [REL_LT] = "0 <= "};
    assert_sign(w, "K", &q, before[x->r], x->r == REL_EQ ? " <> 0" : "");
    return "K";
}

static void put_sum(script *w, const proof *pf) {
    sum x = read_sum(w, pf);
    names used = {0};
    if (x.plain) {
        put_plain_sum(w, &x);
        return;
    }
    clear_multipliers(w, &x);
    for (int i = 0; i < x.n; i++) vec_push(w->c->a, &used, put_scaled(w, &x.rows[i], i));
    for (int i = 0; i < x.total.n; i++)
        vec_push(w->c->a, &used, put_vanishing(w, &x.total.t[i], i));
    const char *constant = put_constant(w, &x);
    if (constant) vec_push(w->c->a, &used, constant);
    indent(w);
    if (constant && x.r == REL_EQ) coq_say(w->c, "apply K; ");
    clear_but(w, &used);
    coq_say(w->c, "lra.");
}

/* --- cases --- */

static void put_proof(script *w, const proof *pf);

static void put_branch(script *w, const proof *pf, way here, const char *name) {
    here.up = w->path;
    size_t known = w->known.n;
    indent(w);
    coq_say(w->c, "{");
    w->depth++;
    w->path = &here;
    learn(w, name, here.holds, here.node);
    put_proof(w, pf);
    w->path = here.up;
    w->depth--;
    w->known.n = known;
    coq_say(w->c, " }");
}

static void put_cases(script *w, const formula *f, const char *name, int node) {
    form l;
    const char *own = coq_node(w->c->a, name, node);
    bool nonzero = formula_is_nonzero(w->c->a, f, &l);
    coq_sayf(w->c, nonzero ? "destruct (Rdichotomy _ _ %s) as [" : "destruct %s as [", own);
    for (int i = 0; i < f->n; i++) {
        if (i) coq_say(w->c, "|");
        if (i > 0 && i < f->n - 1) coq_say(w->c, "[");
        coq_pattern(w->c, name, f->kid[i], kid_node(f, node, i));
    }
    for (int i = 1; i < f->n; i++) coq_say(w->c, "]");
    coq_say(w->c, ".");
}

static void put_split(script *w, const proof *pf) {
    const formula *f = formula_node(formula_of(w, pf->formula), pf->node);
    const char *name = name_of(w, pf->formula);
    indent(w);
    if (f->n == 0) {
        coq_sayf(w->c, "destruct %s.", coq_node(w->c->a, name, pf->node));
    } else if (f->n == 1) {
        coq_sayf(w->c, "rename %s into ", coq_node(w->c->a, name, pf->node));
        coq_sayf(w->c, "%s. ", coq_node(w->c->a, name, pf->node + 1));
        coq_take_apart(w->c, name, f->kid[0], pf->node + 1);
    } else {
        put_cases(w, f, name, pf->node);
    }
    for (int i = 0; i < pf->n; i++)
        put_branch(w, pf->branch[i], (way){NULL, pf->formula, kid_node(f, pf->node, i), f->kid[i]},
                   name);
}

static void put_signs(script *w, const proof *pf) {
    static const int signs[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    const char *name = formatted(w->c->a, "S%d", signs_chosen(w->path) + 1);
    indent(w);
    coq_say(w->c, "destruct (Rtotal_order (");
    put_polynomial(w, pf->sign_of);
    coq_sayf(w->c, ") 0) as [%s|", name);
    coq_sayf(w->c, "[%s|", name);
    coq_sayf(w->c, "%s]].", name);
    for (int i = 0; i < 3; i++)
        put_branch(w, pf->branch[i],
                   (way){NULL, -1, 0, condition_formula(w->c->a, pf->sign_of, signs[i])}, name);
}

/* The lemma, and what it would be otherwise: refuted at once, in a place of its own. */
static void put_lemma(script *w, const formula *f, const proof *pf) {
    static const char *const decided[] = {
        [REL_EQ] = "Req_dec", [REL_LE] = "Rle_or_lt", [REL_LT] = "Rlt_or_le"};
    const char *name = formatted(w->c->a, "S%d", signs_chosen(w->path) + 1);
    indent(w);
    coq_sayf(w->c, "destruct (%s (", decided[f->rel]);
    coq_form(w->c, f->lhs);
    coq_sayf(w->c, ") 0) as [%s|", name);
    coq_sayf(w->c, "%s]. 2:", name);
    put_branch(w, pf, (way){NULL, -1, 0, formula_not(w->c->a, f)}, name);
}

/* The names of the lemmas stay for all that comes after them. */
static void put_lemmas(script *w, const proof *pf) {
    const way *before = w->path;
    way *here = NEW_ARRAY(w->c->a, way, pf->n);
    for (int i = 0; i < pf->n - 1; i++) {
        put_lemma(w, pf->lemma[i], pf->branch[i]);
        here[i] = (way){w->path, -1, 0, pf->lemma[i]};
        w->path = &here[i];
    }
    put_proof(w, pf->branch[pf->n - 1]);
    w->path = before;
}

static void put_proof(script *w, const proof *pf) {
    switch (pf->kind) {
    case PROOF_SUM:
        put_sum(w, pf);
        return;
    case PROOF_SPLIT:
        put_split(w, pf);
        return;
    case PROOF_SIGNS:
        put_signs(w, pf);
        return;
    case PROOF_LEMMAS:
        put_lemmas(w, pf);
        return;
    }
}

void coq_refute(coq *c, const sequent *s, const proof *pf, const char *const *name) {
    script w = {.c = c, .s = s, .name = name};
    for (int i = 0; i < sequent_size(s); i++) {
        const formula *f = sequent_formula(s, i);
        if (!f || !name[i]) continue;
        if (!coq_stays_whole(c->a, f)) indent(&w);
        coq_take_apart(c, name[i], f, 0);
        learn(&w, name[i], f, 0);
    }
    put_proof(&w, pf);
}
