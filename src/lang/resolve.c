#include "lang/resolve.h"

#include "base/utf8.h"
#include "lang/parse.h"

resolver resolver_new(arena *a, scope *s, const lang_limits *limits, diags *sink) {
    resolver r = {.arena = a, .limits = limits, .sink = sink, .scope = s};
    r.warned = r.unknown = names_new(a);
    return r;
}

/* True the first time that there is a reason to warn of the name. */
static bool first_warning(resolver *r, str name) {
    if (names_find(&r->warned, name) >= 0) return false;
    names_put(&r->warned, name, 1);
    return true;
}

/* ---- names ---- */

static bool all_letters(str s) {
    for (size_t i = 0, len; i < s.n; i += len) {
        int32_t cp = utf8_next((str){s.s + i, s.n - i}, &len);
        if (!utf8_is_letter(cp) && !utf8_is_mark(cp)) return false;
    }
    return true;
}

/* Bytes of the letter at i with its marks. */
static size_t letter_size(str s, size_t i) {
    size_t len, n = 0;
    do {
        utf8_next((str){s.s + i + n, s.n - i - n}, &len);
        n += len;
    } while (i + n < s.n && utf8_is_mark(utf8_next((str){s.s + i + n, s.n - i - n}, &len)));
    return n;
}

static str base_of(const expr *name) {
    return (str){name->text.s, name->base};
}

/* How the letters of a run can be cut into known names: for each place, in how many ways it is
 * reached (2: or more) and by a piece of which length. The last piece takes the subscript. */
typedef struct {
    int ways[RUN_MAX + 1];
    size_t piece[RUN_MAX + 1];
    size_t furthest;
} cuts;

static int piece_symbol(const resolver *r, const expr *name, size_t from, size_t to) {
    if (to == name->base) to = name->text.n;
    return scope_find(r->scope, (str){name->text.s + from, to - from});
}

static void cut_from(const resolver *r, const expr *name, size_t i, cuts *c) {
    c->furthest = i;
    for (size_t j = i; j < name->base && j - i <= r->scope->longest;) {
        j += letter_size(base_of(name), j);
        if (piece_symbol(r, name, i, j) < 0) continue;
        c->ways[j] += c->ways[i];
        if (c->ways[j] > 2) c->ways[j] = 2;
        c->piece[j] = j - i;
    }
}

static void cut(const resolver *r, const expr *name, cuts *c) {
    *c = (cuts){.ways = {1}};
    for (size_t i = 0; i < name->base; i++)
        if (c->ways[i]) cut_from(r, name, i, c);
}

static expr *name_expr(resolver *r, const expr *run, size_t from, size_t to, int sym) {
    expr *e = NEW(r->arena, expr);
    *e = *run;
    bool last = to == run->base;
    e->text = (str){run->text.s + from, (last ? run->text.n : to) - from};
    e->base = to - from;
    e->applied = last && run->applied;
    e->sym = sym;
    scope_use(r->scope, sym);
    return e;
}

/* Turns the run into a product of the pieces that end at the places listed, last first. */
static expr *product_of(resolver *r, const expr *run, const size_t *end, int n) {
    expr *e = NEW(r->arena, expr);
    *e = (expr){.kind = EXPR_PRODUCT, .at = run->at, .n = n, .sym = -1};
    e->part = NEW_ARRAY(r->arena, operand, n);
    size_t from = 0;
    for (int i = 0; i < n; i++) {
        int sym = piece_symbol(r, run, from, end[i]);
        e->part[i].e = name_expr(r, run, from, end[i], sym);
        from = end[i];
    }
    return e;
}

static expr *readable_run(resolver *r, const expr *run, const cuts *c) {
    size_t end[RUN_MAX];
    int n = 0;
    for (size_t i = run->base; i > 0; i -= c->piece[i]) n++;
    int k = n;
    for (size_t i = run->base; i > 0; i -= c->piece[i]) end[--k] = i;
    return product_of(r, run, end, n);
}

/* One reading of the run: with the shortest pieces first, or with the longest. */
static void spell_reading(const resolver *r, const expr *run, bool longest, text *out) {
    cuts back[1];
    bool good[RUN_MAX + 1] = {0};
    size_t n = run->base;
    cut(r, run, back);
    good[n] = true;
    for (size_t i = n; i-- > 0;)
        for (size_t j = i + 1; j <= n && back->ways[i]; j++)
            if (good[j] && back->ways[j] && piece_symbol(r, run, i, j) >= 0) good[i] = true;
    for (size_t i = 0; i < n;) {
        size_t best = 0;
        for (size_t j = i + 1; j <= n; j++)
            if (good[j] && piece_symbol(r, run, i, j) >= 0 && (best == 0 || longest)) best = j;
        if (i) text_putc(out, ' ');
        text_add(out, (str){run->text.s + i, (best == n ? run->text.n : best) - i});
        i = best;
    }
}

static void ambiguous_run(resolver *r, const expr *run) {
    text shortest = text_new(r->arena), longest = text_new(r->arena);
    spell_reading(r, run, false, &shortest);
    spell_reading(r, run, true, &longest);
    diag *d = diag_add(r->sink, DIAG_E204, run->at, "%s can be read in two ways",
                       lex_quote(r->arena, run->text));
    d->help = formatted(r->arena, "write `%s` or `%s`", shortest.s, longest.s);
}

static const char *did_you_mean(resolver *r, str name) {
    str near = scope_nearest(r->scope, name);
    if (near.n == 0) return NULL;
    int sym = scope_find(r->scope, near);
    if (r->in_exponent && scope_symbol(r->scope, sym)->sort != SORT_PARAMETER) return NULL;
    return formatted(r->arena, "did you mean `%.*s`?", (int)near.n, near.s);
}

static void unreadable_run(resolver *r, const expr *run, size_t furthest) {
    str part = {run->text.s + furthest, run->text.n - furthest};
    diag *d = diag_add(r->sink, DIAG_E203, run->at,
                       "%s is not declared, and is no product of "
                       "declared names",
                       lex_quote(r->arena, run->text));
    d->note = formatted(r->arena, "%s could not be read", lex_quote(r->arena, part));
    d->help = did_you_mean(r, run->text);
}

static void undeclared_word(resolver *r, const expr *e) {
    str s = e->text;
    size_t n = 0;
    while (n < e->base && !(s.s[n] >= '0' && s.s[n] <= '9')) n++;
    diag *d =
        diag_add(r->sink, DIAG_E202, e->at, "the word %s is not declared", lex_quote(r->arena, s));
    str letters = {s.s, n}, number = {s.s + n, e->base - n};
    bool digits = e->base == s.n && all_letters(letters) &&
                  strspn(str_z(r->arena, number), "0123456789") == number.n;
    d->help = digits ? formatted(r->arena,
                                 "write `%.*s^%.*s` for a power, `%.*s_%.*s` for an index, or "
                                 "declare it: `quantity %.*s`",
                                 (int)n, s.s, (int)number.n, number.s, (int)n, s.s, (int)number.n,
                                 number.s, (int)s.n, s.s)
                     : formatted(r->arena, "declare it: `quantity %.*s`", (int)s.n, s.s);
}

/* N_pL where N_p is known: the place where a space is missing; 0 where that is not it. */
static size_t missing_space(const resolver *r, const expr *e) {
    for (size_t i = e->text.n; i-- > e->base + 2;)
        if (scope_find(r->scope, (str){e->text.s, i}) >= 0) return i;
    return 0;
}

static void unknown_name(resolver *r, const expr *e) {
    str s = e->text;
    diag *d =
        diag_add(r->sink, DIAG_E201, e->at, "the name %s is not declared", lex_quote(r->arena, s));
    size_t gap = missing_space(r, e);
    d->help = gap ? formatted(r->arena, "a subscript ends at a space: write `%.*s %.*s`", (int)gap,
                              s.s, (int)(s.n - gap), s.s + gap)
                  : did_you_mean(r, s);
    if (!d->help && r->closed) d->help = "only what the theory speaks of can stand here";
    if (!d->help)
        d->help = formatted(r->arena, "declare it: `%s %.*s`",
                            r->in_exponent ? "param" : "quantity", (int)s.n, s.s);
}

/* A known name, whole or cut into pieces; NULL where it is neither. */
static expr *known(resolver *r, expr *e, cuts *c) {
    e->sym = scope_find(r->scope, e->text);
    if (e->sym >= 0) {
        scope_use(r->scope, e->sym);
        return e;
    }
    if (r->scope->sketch && !r->closed) return NULL;
    if (!all_letters(base_of(e)) || e->base > RUN_MAX) return NULL;
    cut(r, e, c);
    return c->ways[e->base] == 1 ? readable_run(r, e, c) : NULL;
}

static void complain(resolver *r, const expr *e, const cuts *c) {
    str base = base_of(e);
    if (!all_letters(base))
        undeclared_word(r, e);
    else if (letter_size(base, 0) == base.n || base.n > RUN_MAX)
        unknown_name(r, e);
    else if (c->ways[e->base] > 1)
        ambiguous_run(r, e);
    else
        unreadable_run(r, e, c->furthest);
}

static int sketched(resolver *r, str name, span where) {
    int sym = scope_find(r->scope, name);
    if (sym >= 0) return sym;
    return scope_add(r->scope, (symbol){.name = name, .sort = SORT_QUANTITY, .at = where});
}

int run_letters(const expr *name, size_t *end) {
    int n = 0;
    str base = base_of(name);
    if (!all_letters(base) || base.n > RUN_MAX) return 0;
    for (size_t i = 0; i < base.n; n++) end[n] = i += letter_size(base, i);
    return n;
}

/* In a sketch a run of letters is their product. */
static expr *sketch_run(resolver *r, const expr *e) {
    size_t end[RUN_MAX];
    int n = run_letters(e, end);
    for (int i = 0; i < n; i++) {
        size_t from = i ? end[i - 1] : 0, to = i + 1 == n ? e->text.n : end[i];
        sketched(r, (str){e->text.s + from, to - from}, e->at);
    }
    if (n > 2 && !r->in_exponent && first_warning(r, e->text)) {
        diag *d = diag_add(r->sink, DIAG_W003, e->at, "%s is read as a product of %d quantities",
                           lex_quote(r->arena, e->text), n);
        d->help = "a sketch has names of one letter only: declare all names to use words";
    }
    return product_of(r, e, end, n);
}

static expr *sketch_name(resolver *r, expr *e) {
    str base = base_of(e);
    if (!all_letters(base) || base.n > RUN_MAX) {
        names_put(&r->unknown, e->text, 1);
        undeclared_word(r, e);
        return NULL;
    }
    if (letter_size(base, 0) < base.n) return sketch_run(r, e);
    e->sym = sketched(r, e->text, e->at);
    scope_use(r->scope, e->sym);
    return e;
}

/* The name bound, or the product that it stands for; NULL after an error. */
static expr *bound(resolver *r, expr *e) {
    cuts c;
    if (names_find(&r->unknown, e->text) >= 0) return NULL;
    c.ways[0] = 0;
    expr *found = known(r, e, &c);
    if (found) return found;
    if (r->scope->sketch && !r->closed) return sketch_name(r, e);
    names_put(&r->unknown, e->text, 1);
    if (!r->names_lost) complain(r, e, &c);
    return NULL;
}

/* ---- expressions of quantities ---- */

bool resolve_name(resolver *r, expr **slot) {
    expr *e = bound(r, *slot);
    if (e) *slot = e;
    return e != NULL;
}

static bool quantity(resolver *r, expr **slot);

static bool refuse(resolver *r, diag_code code, span where, const char *message, const char *help) {
    diag *d = diag_add(r->sink, code, where, "%s", message);
    d->help = help;
    return false;
}

static bool quantities(resolver *r, expr *e) {
    bool ok = true;
    for (int i = 0; i < e->n; i++) ok = quantity(r, &e->part[i].e) && ok;
    return ok;
}

/* A parameter is a number of any sign: no factor, and nothing that grows. */
static bool no_parameter(resolver *r, const expr *e) {
    for (int i = 0; i < e->n; i++)
        if (!no_parameter(r, e->part[i].e)) return false;
    if (e->kind != EXPR_NAME || scope_symbol(r->scope, e->sym)->sort != SORT_PARAMETER) return true;
    diag *d = diag_add(r->sink, DIAG_E309, e->at, "the parameter %s stands where a quantity must",
                       lex_quote(r->arena, e->text));
    d->help = "parameters stand in exponents, `N^α`, and in comparisons, `α < 1`, `α = ?`; "
              "constant factors are left out";
    return false;
}

static bool name_or_run(resolver *r, expr **slot) {
    return resolve_name(r, slot) && no_parameter(r, *slot);
}

/* L(N): a product, though it may look like a function. */
static void warn_applied(resolver *r, const expr *e) {
    for (int i = 0; i + 1 < e->n; i++) {
        const expr *f = e->part[i].e, *x = e->part[i + 1].e;
        if (f->kind != EXPR_NAME || !f->applied || x->kind != EXPR_NAME) continue;
        diag *d = diag_add(r->sink, DIAG_W004, f->at, "%s before a bracket is read as a factor",
                           lex_quote(r->arena, f->text));
        d->help = "write a space or `·` for a product; a quantity is not followed by what it "
                  "depends on";
    }
}

static bool product(resolver *r, expr *e) {
    warn_applied(r, e);
    return quantities(r, e);
}

static bool positive(resolver *r, const expr *e, rat value) {
    if (rat_sgn(value) > 0) return true;
    return refuse(r, DIAG_E305, e->at, "only positive numbers can stand among quantities",
                  rat_is_zero(value) ? "for a quantity that vanishes write `ℓ shrinks`"
                                     : "leave out the sign: only orders of magnitude count");
}

static bool closed_sum(resolver *r, expr *e) {
    rat value;
    if (!resolve_number(r, e, &value) || !positive(r, e, value)) return false;
    *e = (expr){.kind = EXPR_NUMBER, .at = e->at, .value = value, .sym = -1};
    return true;
}

static bool sum(resolver *r, expr *e) {
    if (expr_is_closed(e)) return closed_sum(r, e);
    bool minus = false;
    for (int i = 0; i < e->n; i++) minus |= e->part[i].flipped;
    bool ok = quantities(r, e);
    if (minus && e->n == 1)
        return refuse(r, DIAG_E305, e->at, "a quantity is positive: nothing has the order of -A",
                      "leave out the sign: only orders of magnitude count");
    if (minus)
        return refuse(r, DIAG_E301, e->at, "a difference has no exponent: its terms may cancel",
                      "give the difference a name of its own: the reducible loss, say, instead of "
                      "the loss minus its floor");
    return ok;
}

static bool hole_misplaced(resolver *r, const expr *e) {
    return refuse(r, DIAG_E108, e->at, "a hole cannot stand here",
                  "a hole is the exponent of a factor on the right side: `ℓ ∝ N^? D^?`");
}

void resolve_raise_last(expr **slot) {
    expr *power = *slot, *run = power->part[0].e;
    operand *last = &run->part[run->n - 1];
    power->part[0].e = last->e;
    last->e = power;
    *slot = run;
}

/* e^L, where e is no declared name: the exponential, not a quantity. */
static bool is_exponential(const resolver *r, const expr *e) {
    const expr *base = e->part[0].e, *exponent = e->part[1].e;
    return base->kind == EXPR_NAME && str_eq(base->text, STR("e")) && !expr_is_closed(exponent) &&
           exponent->kind != EXPR_HOLE && scope_find(r->scope, base->text) < 0;
}

static bool power_base(resolver *r, expr **slot) {
    expr *e = *slot;
    bool run = e->part[0].e->kind == EXPR_NAME && !e->part[0].e->bracketed;
    if (!quantity(r, &e->part[0].e)) return false;
    if (run && e->part[0].e->kind == EXPR_PRODUCT) resolve_raise_last(slot);
    return true;
}

static bool power(resolver *r, expr **slot) {
    expr *e = *slot;
    if (e->part[1].e->kind == EXPR_HOLE) return hole_misplaced(r, e->part[1].e);
    bool base = is_exponential(r, e) || power_base(r, slot);
    return resolve_exponent(r, e) && base;
}

static bool call(resolver *r, expr *e) {
    switch (e->call) {
    case CALL_LOG: {
        diag *d = diag_add(r->sink, DIAG_N001, e->at, "a logarithm has the exponent 0");
        d->note = "the checker works up to logarithmic factors";
        return quantities(r, e);
    }
    case CALL_EXP:
        if (expr_is_closed(e->part[0].e)) return true;
        return refuse(r, DIAG_E302, e->at, "an exponential is no power law",
                      "leave the statement out, or give the whole factor a name of its own");
    case CALL_SLOPE:
        return refuse(r, DIAG_E319, e->at, "a slope is an exponent, not a quantity",
                      "slopes stand in comparisons: `slope(ℓ, N) ≥ -1/2`");
    case CALL_MAX:
    case CALL_MIN:
        break;
    }
    return quantities(r, e);
}

static bool root(resolver *r, expr *e) {
    bool bare = e->part[0].e->kind == EXPR_NAME && !e->part[0].e->bracketed;
    if (!quantity(r, &e->part[0].e)) return false;
    if (!bare || e->part[0].e->kind == EXPR_NAME) return true;
    return refuse(r, DIAG_E105, e->at, "it is not clear where this root ends",
                  "put what stands under the root in brackets: `√(w L)`");
}

static bool quantity(resolver *r, expr **slot) {
    expr *e = *slot;
    switch (e->kind) {
    case EXPR_NUMBER:
        return positive(r, e, e->value);
    case EXPR_NAME:
        return name_or_run(r, slot);
    case EXPR_PRODUCT:
        return product(r, e);
    case EXPR_SUM:
        return sum(r, e);
    case EXPR_POWER:
        return power(r, slot);
    case EXPR_ROOT:
        return root(r, e);
    case EXPR_CALL:
        return call(r, e);
    case EXPR_LANDAU:
        return quantity(r, &e->part[1].e);
    case EXPR_UNCERTAIN:
        return refuse(r, DIAG_E321, e->at, "an uncertain number stands where a quantity must",
                      "uncertain numbers stand in exponents and comparisons; factors are left out");
    case EXPR_LIST:
        return refuse(r, DIAG_E110, e->at, "only a comparison of exponents has a list on one side",
                      "several quantities can grow, shrink or be fixed: `w, N grow`");
    case EXPR_HOLE:
        return hole_misplaced(r, e);
    }
    return false;
}

bool resolve_quantity(resolver *r, expr **slot) {
    bool in_exponent = r->in_exponent, comparing = r->comparing;
    r->in_exponent = r->comparing = false;
    bool ok = quantity(r, slot);
    r->in_exponent = in_exponent;
    r->comparing = comparing;
    return ok;
}

/* ---- Landau's notation ---- */

bool landau_letter(str s, landau *out) {
    static const struct {
        const char *letter;
        landau means;
    } letters[] = {{"O", LANDAU_O},     {"𝒪", LANDAU_O},       {"Ω", LANDAU_OMEGA},
                   {"Θ", LANDAU_THETA}, {"o", LANDAU_SMALL_O}, {"ω", LANDAU_SMALL_OMEGA}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (str_eq(s, str_of(letters[i].letter))) {
            *out = letters[i].means;
            return true;
        }
    return false;
}

/* O( of no declared name O. */
static bool is_landau(const resolver *r, const expr *e, landau *out) {
    return e->kind == EXPR_NAME && e->applied && landau_letter(e->text, out) &&
           (r->scope->sketch || scope_find(r->scope, e->text) < 0);
}

static bool holds_landau(const resolver *r, const expr *e) {
    landau l;
    if (is_landau(r, e, &l)) return true;
    for (int i = 0; i < e->n; i++)
        if (holds_landau(r, e->part[i].e)) return true;
    return false;
}

/* Which relations may stand before the letter. */
static bool landau_fits(relation before, landau l) {
    switch (before) {
    case RELATION_SAME:
    case RELATION_EQUAL:
    case RELATION_MEMBER:
        return true;
    case RELATION_ATMOST:
        return l == LANDAU_O;
    case RELATION_ATLEAST:
        return l == LANDAU_OMEGA;
    case RELATION_BELOW:
        return l == LANDAU_SMALL_O;
    case RELATION_ABOVE:
        return l == LANDAU_SMALL_OMEGA;
    default:
        return false;
    }
}

static bool misplaced_landau(resolver *r, const expr *e) {
    return refuse(r, DIAG_E113, e->at, "Landau's notation is a whole side of `=`",
                  "write `A = O(B)`; a quantity called O must be declared");
}

/* The right side of a link. */
static bool right_side(resolver *r, expr **slot, joint before) {
    expr *e = *slot;
    landau l;
    if (e->kind == EXPR_PRODUCT && e->n == 2 && !e->part[1].flipped &&
        is_landau(r, e->part[0].e, &l)) {
        e->kind = EXPR_LANDAU;
        e->letter = l;
        if (!landau_fits(before.is, l))
            return refuse(r, DIAG_E113, before.at, "this relation and Landau's letter do not fit",
                          "write `A = O(B)`, or `A ≲ B` without the letter");
    } else if (before.is == RELATION_MEMBER) {
        return refuse(r, DIAG_E113, before.at, "`∈` stands only before Landau's letters",
                      "write `A ∈ O(B)`, or `A ∝ B`");
    } else if (holds_landau(r, e)) {
        return misplaced_landau(r, e);
    }
    return quantity(r, slot);
}

/* ---- statements ---- */

/* The parameter that this is, or that a run of letters begins to be made of. */
static bool names_parameter(const resolver *r, const expr *e) {
    size_t end[RUN_MAX];
    int sym = scope_find(r->scope, e->text);
    cuts c;
    if (sym >= 0) return scope_symbol(r->scope, sym)->sort == SORT_PARAMETER;
    if (run_letters(e, end) < 2) return false;
    bool letters = r->scope->sketch && !r->closed;
    cut(r, e, &c);
    if (!letters && c.ways[e->base] == 0) return false;
    sym = piece_symbol(r, e, 0, end[0]);
    for (size_t i = e->base; !letters && i > 0; i -= c.piece[i])
        sym = piece_symbol(r, e, i - c.piece[i], i);
    return sym >= 0 && scope_symbol(r->scope, sym)->sort == SORT_PARAMETER;
}

/* Something that is no quantity stands in it, not in an exponent. */
static bool holds_exponent(const resolver *r, const expr *e) {
    if (e->kind == EXPR_NAME) return names_parameter(r, e);
    if (e->kind == EXPR_UNCERTAIN || (e->kind == EXPR_CALL && e->call == CALL_SLOPE)) return true;
    int n = e->kind == EXPR_POWER ? 1 : e->n;
    for (int i = 0; i < n; i++)
        if (holds_exponent(r, e->part[i].e)) return true;
    return false;
}

/* `=` compares where exponents stand beside it. */
static bool compares(const resolver *r, const law *l) {
    bool equal = l->kind == LAW_CHAIN;
    for (int i = 0; l->kind == LAW_CHAIN && i + 1 < l->nsides; i++) {
        relation is = l->links[i].is;
        if (relation_compares(is)) return true;
        bool member = is == RELATION_MEMBER && l->side[i + 1]->kind == EXPR_UNCERTAIN;
        equal = equal && (is == RELATION_EQUAL || member);
    }
    for (int i = 0; equal && i < l->nsides; i++)
        if (holds_exponent(r, l->side[i])) return true;
    return false;
}

/* Whether the relation before a side can compare exponents. */
static bool comparing_link(resolver *r, joint link, const expr *right) {
    if (relation_compares(link.is) || link.is == RELATION_EQUAL) return true;
    if (link.is == RELATION_MEMBER && right->kind == EXPR_UNCERTAIN) return true;
    return refuse(r, DIAG_E308, link.at, "exponents and quantities in one statement",
                  "between exponents write `=`, `<`, `≤`, `>`, `≥` or `≠`; state what holds of "
                  "quantities apart");
}

static bool resolve_comparison(resolver *r, law *l) {
    bool ok = true;
    l->compares = r->comparing = true;
    for (int i = 0; i < l->nsides; i++) {
        const expr *e = l->side[i];
        ok = (i == 0 || comparing_link(r, l->links[i - 1], e)) && ok;
        if (i > 0 && e->kind == EXPR_LIST && l->side[i - 1]->kind == EXPR_LIST)
            ok = refuse(r, DIAG_E110, e->at, "a list beside a list",
                        "compare each with one thing: `α, β < γ`");
        ok = resolve_compared(r, &l->side[i]) && ok;
    }
    r->comparing = false;
    return ok;
}

static bool resolve_law(resolver *r, law *l) {
    if (compares(r, l)) return resolve_comparison(r, l);
    bool ok = true;
    for (int i = 0; i < l->nsides; i++) {
        bool right = l->kind == LAW_CHAIN && i > 0;
        ok = (right ? right_side(r, &l->side[i], l->links[i - 1]) : quantity(r, &l->side[i])) && ok;
    }
    return ok;
}

/* A factor N^? of the right side of a question. */
static bool hole_factor(resolver *r, expr **slot) {
    expr *base = (*slot)->part[0].e;
    if (!expr_is_closed(base)) return power_base(r, slot);
    return refuse(r, DIAG_E306, base->at, "a number does not scale: no exponent of it is asked for",
                  "name a quantity as the base: `ℓ ∝ N^?`");
}

static bool asked_side(resolver *r, expr **slot) {
    expr *e = *slot;
    bool ok = true;
    if (e->kind == EXPR_POWER && e->part[1].e->kind == EXPR_HOLE) return hole_factor(r, slot);
    if (e->kind != EXPR_PRODUCT) return quantity(r, slot);
    for (int i = 0; i < e->n; i++) {
        bool known_factor = e->part[i].flipped;
        ok = (known_factor ? quantity(r, &e->part[i].e) : asked_side(r, &e->part[i].e)) && ok;
    }
    return ok;
}

/* γ = ? */
static bool asked_parameter(resolver *r, law *l) {
    expr *e = l->side[0];
    r->in_exponent = true;
    bool bound_name = e->kind == EXPR_NAME ? resolve_name(r, &l->side[0]) : true;
    r->in_exponent = false;
    e = l->side[0];
    if (!bound_name) return false;
    if (e->kind == EXPR_NAME && scope_symbol(r->scope, e->sym)->sort == SORT_PARAMETER) return true;
    return refuse(r, DIAG_E109, e->at, "`= ?` asks for the value of one parameter",
                  "give an expression a name and ask for that, `x = α + β; x = ?`; of a quantity "
                  "ask `N ?` or `N ∝ w^?`");
}

static bool resolve_question(resolver *r, const statement *s, law *l) {
    if (s->kind == STATEMENT_PARAMETER) return asked_parameter(r, l);
    bool left = quantity(r, &l->side[0]);
    if (!l->side[1]) return left;
    return asked_side(r, &l->side[1]) && left;
}

/* ---- allocations ---- */

static bool not_a_name(resolver *r, const expr *e) {
    bool run = e->kind == EXPR_PRODUCT;
    return refuse(r, DIAG_E325, e->at, "a quantity was expected here, by its name",
                  run ? "put a comma between two quantities: `choose N, D`"
                      : "give the expression a name of its own, and choose or fix that");
}

static const char *sort_of(sort s) {
    return s == SORT_CONSTANT ? "constant" : "parameter";
}

/* What is chosen or fixed. */
static bool chosen_name(resolver *r, expr **slot, bool fixed) {
    if ((*slot)->kind == EXPR_NAME && !resolve_name(r, slot)) return false;
    const expr *e = *slot;
    if (e->kind != EXPR_NAME) return not_a_name(r, e);
    sort s = scope_symbol(r->scope, e->sym)->sort;
    if (s == SORT_QUANTITY) return true;
    diag *d = diag_add(r->sink, DIAG_E325, e->at, "%s is a %s: %s", lex_quote(r->arena, e->text),
                       sort_of(s), fixed ? "it is fixed as it is" : "it cannot be chosen");
    d->help = fixed ? "leave it out: a choice is made at given parameters and constants"
                    : "only quantities are chosen";
    return false;
}

static bool has_uncertain(const expr *e) {
    if (e->kind == EXPR_UNCERTAIN) return true;
    for (int i = 0; i < e->n; i++)
        if (has_uncertain(e->part[i].e)) return true;
    return false;
}

static bool resolve_choice(resolver *r, allocation *c) {
    bool ok = true;
    for (int i = 0; i < c->nchosen; i++) ok = chosen_name(r, &c->chosen[i], false) && ok;
    for (int i = 0; i < c->nfixed; i++) ok = chosen_name(r, &c->fixed[i], true) && ok;
    if (has_uncertain(c->target))
        return refuse(r, DIAG_E321, c->target->at, "an uncertain number cannot stand here",
                      "give what is minimised a name of its own, and use the name");
    return quantity(r, &c->target) && ok;
}

/* ---- conditions ---- */

/* Whether alternatives and conditions stand where they can. */
static bool conditional(resolver *r, const statement *s) {
    if (statement_is_question(s) && s->neither > 1)
        return refuse(r, DIAG_E109, s->either[1].at, "a question has no alternatives",
                      "ask each in a statement of its own; what is supposed stands after `when`");
    if (s->nwhen == 0 || s->kind == STATEMENT_LAW || statement_is_goal(s)) return true;
    return refuse(r, DIAG_E326, s->when[0].at,
                  s->kind == STATEMENT_CHOICE ? "a choice has no condition"
                                              : "a declaration has no condition",
                  s->kind == STATEMENT_CHOICE
                      ? "put what is supposed in a regime of its own; `at fixed C` stands directly "
                        "after what is minimised"
                      : "state it apart: `param α`, and then `α > 0 when β > 0`");
}

void resolve_statement(resolver *r, statement *s) {
    if (s->kind == STATEMENT_BROKEN) return;
    int before = r->sink->errors;
    for (int i = 0; i < s->neither; i++) {
        if (statement_is_question(s))
            resolve_question(r, s, &s->either[i]);
        else
            resolve_law(r, &s->either[i]);
    }
    if (s->choice) resolve_choice(r, s->choice);
    for (int i = 0; i < s->nwhen; i++) resolve_law(r, &s->when[i]);
    conditional(r, s);
    if (r->sink->errors > before) s->kind = STATEMENT_BROKEN;
}

void resolve_list(resolver *r, statement *const *list, int n, int most) {
    for (int i = 0; i < n && r->sink->errors < most; i++) {
        if (!diags_go_on(r->sink, list[i]->at)) return;
        resolve_statement(r, list[i]);
        if (r->sink->errors >= most) parse_too_many_errors(list[i]->at, r->sink);
    }
}
