/* session: the public door. The life of a query can be read here as a list of calls. */
#include "propto.h"
#include "analysis/analysis.h"
#include "analysis/certify.h"
#include "api/compare.h"
#include "api/workers.h"
#include "engine/smt.h"
#include "lang/format.h"
#include "lang/lang.h"
#include "render/certificate.h"
#include "render/diagnose.h"
#include "render/grades.h"
#include "render/narrate.h"
#include "render/notes.h"
#include "render/pages.h"
#include "render/tell_proofs.h"
#include "render/spell.h"
#include "render/to_coq.h"
#include "render/to_json.h"
#include "render/to_smt2.h"
#include "render/to_text.h"
#include <stdlib.h>

enum { ALL_IS_WELL = 0, FOUND = 1, NOT_READ = 2, UNDECIDED = 3, WRONG = 4 };
enum { DEFAULT_WIDTH = 80, DEFAULT_MAX = 64, HINT_MOST = 3 };

/* An input in its canonical spelling; s NULL: it has none. */
typedef struct {
    str text;
    bool canonical;
} formatted_input;

struct propto {
    arena *arena; /* of the session */
    arena *given; /* of the inputs */
    VEC(input) inputs;
    VEC(const char *) include_dirs;
    lang_limits limits;
    arena *run; /* of the last run: outputs live here */
    text out, err, certificate;
    VEC(formatted_input) formats;
    budget work;
    solvers *solvers; /* of all runs */
    atomic_bool interrupted;
};

/* One run: what was asked, and how it is to look. */
typedef struct {
    propto *session;
    const propto_request *request;
    arena *a;
    lang_options lang;
    analysis_options analysis;
    style out_style, err_style;
    VEC(summary) summaries;
} run_state;

/* What became of one input. */
typedef struct {
    const input *in;
    const input *exercise; /* whose solution it is, or NULL */
    diags sink;
    const problem *p;
    const finding *f;
    bool whole; /* of an export: nothing is left out for want of work */
} query;

/* --- the session --- */

propto *propto_new(void) {
    arena *a = arena_new();
    propto *p = NEW(a, propto);
    p->arena = a;
    p->given = arena_new();
    budget_init(&p->work);
    p->solvers = solvers_new(a, &p->work);
    atomic_init(&p->interrupted, false);
    return p;
}

void propto_free(propto *p) {
    if (p == NULL) return;
    solvers_close(p->solvers);
    arena_free(p->run);
    arena_free(p->given);
    arena_free(p->arena);
}

const char *propto_version(void) {
    return PROPTO_VERSION;
}

const char *propto_solver_version(void) {
    return smt_version();
}

void propto_add_include(propto *p, const char *dir) {
    const char *copy = str_z(p->arena, str_of(dir));
    vec_push(p->arena, &p->include_dirs, copy);
}

/* A limit of zero is the default, so a limit that is set is at least one. */
static int positive_int(long long value) {
    if (value < 1) return 1;
    return value > INT32_MAX ? INT32_MAX : (int)value;
}

int propto_set_limit(propto *p, const char *name, long long value) {
    const struct {
        const char *name;
        int *limit;
    } limits[] = {
        {"max-depth", &p->limits.max_depth},           {"max-terms", &p->limits.max_terms},
        {"max-digits", &p->limits.max_digits},         {"max-name", &p->limits.max_name},
        {"max-statements", &p->limits.max_statements}, {"max-files", &p->limits.max_files},
    };
    if (strcmp(name, "max-bytes") == 0) {
        p->limits.max_bytes = value < 1 ? 1 : (size_t)value;
        return 1;
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (strcmp(name, limits[i].name) != 0) continue;
        *limits[i].limit = positive_int(value);
        return 1;
    }
    return 0;
}

void propto_add_file(propto *p, const char *path) {
    const char *copy = str_z(p->given, str_of(path));
    vec_push(p->given, &p->inputs, ((input){copy, copy, {NULL, 0}}));
}

void propto_add_text(propto *p, const char *name, const char *bytes, size_t n) {
    const char *copy = str_z(p->given, str_of(name));
    str held = str_copy(p->given, (str){bytes, n});
    vec_push(p->given, &p->inputs, ((input){copy, NULL, held}));
}

void propto_clear(propto *p) {
    arena_free(p->given);
    p->given = arena_new();
    p->inputs.v = NULL;
    p->inputs.n = p->inputs.cap = 0;
}

const char *propto_output(const propto *p) {
    return p->out.n ? p->out.s : "";
}

size_t propto_output_size(const propto *p) {
    return p->out.n;
}

const char *propto_errors(const propto *p) {
    return p->err.n ? p->err.s : "";
}

size_t propto_errors_size(const propto *p) {
    return p->err.n;
}

const char *propto_formatted(const propto *p, int i, size_t *size, int *canonical) {
    if (i < 0 || (size_t)i >= p->formats.n) return NULL;
    const formatted_input *f = &p->formats.v[i];
    *size = f->text.n;
    *canonical = f->canonical;
    return f->text.s;
}

const char *propto_certificate(const propto *p) {
    return p->certificate.n ? p->certificate.s : "";
}

size_t propto_certificate_size(const propto *p) {
    return p->certificate.n;
}

void propto_interrupt(propto *p) {
    atomic_store(&p->interrupted, true);
    atomic_store(&p->work.stop, true);
}

/* --- what a run is asked for --- */

static style style_of(const propto_request *q, bool color) {
    return (style){color, q->ascii != 0, q->width > 0 ? q->width : DEFAULT_WIDTH};
}

/* What is redundant is told by `check`, and by `explain` in JSON alone. */
static bool wants_redundancy(const propto_request *q) {
    return q->command == PROPTO_CHECK || (q->command == PROPTO_EXPLAIN && q->format == PROPTO_JSON);
}

/* On what may be a slip; `check` alone speaks of it. */
static bool wants_notes(const propto_request *q) {
    return q->command == PROPTO_CHECK && !q->quiet && !q->no_notes;
}

static bool wants_tables(const propto_request *q) {
    return q->command == PROPTO_DERIVE && q->table;
}

/* Only text says why an answer holds, and what is asked for derivations. */
static bool wants_answers_bare(const propto_request *q) {
    bool tells = q->command == PROPTO_DERIVE || q->command == PROPTO_PROVE;
    return q->format != PROPTO_TEXT && !tells;
}

static analysis_options analysis_of(const propto_request *q) {
    bool prove = q->command == PROPTO_PROVE;
    bool whole = q->command != PROPTO_DERIVE && q->command != PROPTO_VARY &&
                 q->command != PROPTO_EXPORT && !prove;
    return (analysis_options){
        .all_cores = q->command == PROPTO_EXPLAIN,
        .repairs = whole,
        .redundancy = wants_redundancy(q),
        .tables = wants_tables(q),
        .proofs = prove || q->command == PROPTO_CHECK,
        .bare = wants_answers_bare(q),
        .brief = q->command == PROPTO_EXPORT || (prove && !q->solution) ||
                 (q->quiet != 0 && q->format == PROPTO_TEXT && !q->certificate),
        .idle = wants_notes(q),
        .max_cores = q->max_cores > 0 ? q->max_cores : DEFAULT_MAX,
        .max_repairs = q->max_repairs > 0 ? q->max_repairs : DEFAULT_MAX,
    };
}

static void start_budget(propto *p, const propto_request *q) {
    budget_init(&p->work);
    if (q->timeout > 0) p->work.deadline = clock_seconds() + q->timeout;
    if (q->rlimit > 0) p->work.steps_left = q->rlimit;
    if (atomic_load(&p->interrupted)) atomic_store(&p->work.stop, true);
}

static run_state run_begin(propto *p, const propto_request *q) {
    arena_free(p->run);
    p->run = arena_new();
    p->out = text_new(p->run);
    p->err = text_new(p->run);
    p->certificate = text_new(p->run);
    p->formats.n = p->formats.cap = 0;
    start_budget(p, q);
    analysis_options analysis = analysis_of(q);
    analysis.common = p->solvers;
    return (run_state){
        .session = p,
        .request = q,
        .a = p->run,
        .lang = {p->include_dirs.v, (int)p->include_dirs.n, p->limits, wants_notes(q)},
        .analysis = analysis,
        .out_style = style_of(q, q->color & 1),
        .err_style = style_of(q, q->color & 2),
    };
}

/* --- one input --- */

static diags reading(run_state *r) {
    return (diags){.arena = r->a, .work = &r->session->work};
}

/* The code for what was not read: a time limit alone leaves everything open. */
static int unread(const diags *sink) {
    return sink->stopped && sink->errors == 1 ? UNDECIDED : NOT_READ;
}

static const source *source_of_lines(arena *a, const char *name, const char *const *line, int n) {
    text t = text_new(a);
    for (int i = 0; i < n; i++) {
        text_puts(&t, line[i]);
        text_putc(&t, '\n');
    }
    return source_of(a, name, text_str(&t));
}

static const problem *ask_problem(run_state *r, const source *src, query *q) {
    const propto_request *asked = r->request;
    const source *laws = source_of_lines(r->a, "<laws>", asked->laws, asked->nlaws);
    return lang_ask(r->a, src, q->in->path, laws, &r->lang, &q->sink);
}

static const problem *vary_problem(run_state *r, const source *src, query *q) {
    const propto_request *asked = r->request;
    lang_variation v = {asked->laws, asked->nlaws, NULL};
    if (asked->nranges > 0)
        v.ranges = source_of_lines(r->a, "<ranges>", asked->ranges, asked->nranges);
    return lang_vary(r->a, src, q->in->path, &v, &r->lang, &q->sink);
}

static const problem *read_problem(run_state *r, const source *src, query *q) {
    if (r->request->command == PROPTO_DERIVE && r->request->nlaws > 0)
        return ask_problem(r, src, q);
    if (r->request->command == PROPTO_VARY) return vary_problem(r, src, q);
    if (r->request->command == PROPTO_PROVE && !q->exercise && r->session->inputs.n == 1)
        return lang_proofs(r->a, src, q->in->path, &r->lang, &q->sink);
    return lang_problem(r->a, src, q->in->path, &r->lang, &q->sink);
}

static const source *source_of_input(run_state *r, const input *in, diags *sink) {
    return in->path ? source_read(r->a, in->path, &r->lang.limits, sink)
                    : source_of(r->a, in->name, in->bytes);
}

static const problem *solved_problem(run_state *r, const source *solution, query *q) {
    const source *theory = source_of_input(r, q->exercise, &q->sink);
    if (!theory) return NULL;
    return lang_prove(r->a, theory, q->exercise->path, solution, &r->lang, &q->sink);
}

static void read_input(run_state *r, query *q) {
    const source *src = source_of_input(r, q->in, &q->sink);
    if (src) q->p = q->exercise ? solved_problem(r, src, q) : read_problem(r, src, q);
    if (q->sink.errors) q->p = NULL;
    diags_sort(&q->sink);
}

static telling telling_of(const propto_request *q) {
    if (q->quiet) return TELL_VERDICT;
    switch (q->command) {
    case PROPTO_DERIVE:
        return q->table ? TELL_TABLE : TELL_DERIVE;
    case PROPTO_EXPLAIN:
        return TELL_EXPLAIN;
    case PROPTO_VARY:
        return TELL_VARY;
    case PROPTO_PROVE:
    case PROPTO_CHECK:
    case PROPTO_EXPORT:
    case PROPTO_EXPLAIN_CODE:
    case PROPTO_FORMAT:
    case PROPTO_COMPARE:
        break;
    }
    return TELL_CHECK;
}

static reveal reveal_of(const propto_request *q) {
    return (reveal){q->hint > 0 ? q->hint - 1 : HINT_MOST, q->solution != 0};
}

static detail detail_of(const propto_request *q) {
    bool derive = q->command == PROPTO_DERIVE;
    return (detail){derive && q->steps, derive && q->exponents};
}

static void write_text(run_state *r, const query *q) {
    text *out = &r->session->out;
    const propto_request *asked = r->request;
    bool prove = asked->command == PROPTO_PROVE;
    if (q->f == NULL || (prove && asked->quiet)) return;
    if (out->n && !asked->quiet) text_putc(out, '\n');
    doc *d = doc_new(r->a);
    if (prove)
        narrate_proofs(d, q->f, q->in->name, reveal_of(asked));
    else
        narrate_in_detail(d, q->f, q->in->name, telling_of(asked), detail_of(asked));
    to_text(out, d, &r->out_style);
}

static void write_json(run_state *r, const query *q) {
    bool prove = r->request->command == PROPTO_PROVE;
    json_options o = {
        .version = PROPTO_VERSION,
        .file = q->in->name,
        .exercise = q->exercise ? q->exercise->name : NULL,
        .proofs = prove,
        .derivations = prove ? r->request->solution : r->request->command == PROPTO_DERIVE,
        .all_cores = r->request->command == PROPTO_EXPLAIN,
        .redundant = r->analysis.redundancy,
        .tables = r->analysis.tables,
        .how = detail_of(r->request),
        .ascii = r->request->ascii != 0,
    };
    to_json(&r->session->out, q->f, &q->sink, &o);
}

static void write_diagnostics(run_state *r, const query *q) {
    text *err = &r->session->err;
    doc *d = doc_new(r->a);
    diagnose(d, &q->sink, r->request->quiet != 0, &r->err_style);
    if (err->n && d->blocks.n) text_putc(err, '\n');
    to_text(err, d, &r->err_style);
}

static void write_export(run_state *r, query *q) {
    const certificate *c = certify_claims(r->a, q->f, r->session->solvers, &r->session->work);
    int n = 1 + q->f->nregimes;
    q->whole = certified_whole(c, n);
    if (r->request->format == PROPTO_COQ)
        coq_write(&r->session->out, c, n);
    else
        smt2_write(&r->session->out, c, n);
}

static void write_query(run_state *r, query *q) {
    bool json = r->request->format == PROPTO_JSON && r->request->command != PROPTO_EXPORT;
    if (!json) write_diagnostics(r, q);
    if (r->request->command == PROPTO_EXPORT) {
        if (q->f) write_export(r, q);
    } else if (json) {
        write_json(r, q);
    } else {
        write_text(r, q);
    }
    headline said = q->f ? headline_of(q->f) : (headline){0};
    vec_push(r->session->run, &r->summaries, ((summary){q->in->name, q->f != NULL, said, q->f}));
}

static void write_certificate(run_state *r, const query *q) {
    if (!r->request->certificate || !q->f) return;
    const certificate *c = certify(r->a, q->f, r->session->solvers, &r->session->work);
    to_certificate(&r->session->certificate, c, 1 + q->f->nregimes, PROPTO_VERSION);
}

/* Nothing is found while a theory is written down; what is undecided, or found and not proved, is
 * missing in it. */
static int export_exit_code(const query *q) {
    int code = finding_exit_code(q->f);
    if (code == WRONG) return WRONG;
    return code == UNDECIDED || !q->whole ? UNDECIDED : ALL_IS_WELL;
}

/* `exercise` is NULL, or `in` is a solution of it. */
static int run_input(run_state *r, const input *in, const input *exercise) {
    query q = {.in = in, .exercise = exercise, .sink = reading(r)};
    read_input(r, &q);
    if (q.p) q.f = analyse(r->a, q.p, &r->analysis, &r->session->work);
    if (q.f && wants_notes(r->request)) note_findings(r->a, q.f, &q.sink);
    write_query(r, &q);
    write_certificate(r, &q);
    if (q.p == NULL) return unread(&q.sink);
    if (r->request->command == PROPTO_PROVE) return proofs_exit_code(q.f);
    if (r->request->command == PROPTO_EXPORT) return export_exit_code(&q);
    return q.f ? finding_exit_code(q.f) : ALL_IS_WELL;
}

/* The same, with memory of its own: nothing is left of it but what was written and the summary.
 * Grades need more. */
static int run_alone(run_state *r, const input *in) {
    if (r->request->command == PROPTO_PROVE) return run_input(r, in, NULL);
    arena *whole = r->a;
    r->a = arena_new();
    int code = run_input(r, in, NULL);
    summary *s = &r->summaries.v[r->summaries.n - 1];
    if (s->said.reason) s->said.reason = str_z(whole, str_of(s->said.reason));
    s->found = NULL;
    solvers_forget(r->analysis.common);
    arena_free(r->a);
    r->a = whole;
    return code;
}

/* --- the canonical spelling --- */

static bool wants_text(const propto_request *q) {
    return !q->check && !q->write;
}

static formatted_input format_input(run_state *r, query *q) {
    formatted_input f = {{NULL, 0}, false};
    const source *src = source_of_input(r, q->in, &q->sink);
    bool ascii = r->request->ascii != 0;
    if (src && format_source(r->a, src, &r->lang.limits, ascii, &q->sink, &f.text)) {
        f.text.s = str_z(r->a, f.text);
        f.canonical = str_eq(f.text, src->bytes);
    }
    diags_sort(&q->sink);
    return f;
}

/* Control characters reach a file, but no terminal. */
static void put_lines(run_state *r, str s) {
    text *out = &r->session->out;
    if (!r->request->terminal) {
        text_add(out, s);
        return;
    }
    for (const char *end; s.n && (end = memchr(s.s, '\n', s.n)) != NULL;) {
        size_t n = (size_t)(end - s.s);
        text_add(out, spell_text(r->a, (str){s.s, n}, false));
        text_putc(out, '\n');
        s = (str){end + 1, s.n - n - 1};
    }
}

static void write_formatted_text(run_state *r, const query *q, const formatted_input *f) {
    text *out = &r->session->out;
    write_diagnostics(r, q);
    if (f->text.s && wants_text(r->request)) {
        put_lines(r, f->text);
    } else if (f->text.s && r->request->check && !f->canonical && !r->request->quiet) {
        text_add(out, spell_text(r->a, str_of(q->in->name), false));
        text_putc(out, '\n');
    }
}

static void write_formatted(run_state *r, const query *q, const formatted_input *f) {
    json_options o = {.version = PROPTO_VERSION, .file = q->in->name};
    if (r->request->format == PROPTO_JSON)
        formatted_to_json(&r->session->out, wants_text(r->request), f->text, f->canonical, &q->sink,
                          &o);
    else
        write_formatted_text(r, q, f);
}

static int run_format(run_state *r, const input *in) {
    query q = {.in = in, .sink = reading(r)};
    formatted_input f = format_input(r, &q);
    vec_push(r->a, &r->session->formats, f);
    write_formatted(r, &q, &f);
    if (f.text.s == NULL) return unread(&q.sink);
    return r->request->check && !f.canonical ? FOUND : ALL_IS_WELL;
}

/* --- the run --- */

static int worse(int x, int y) {
    static const int rank[] = {
        [ALL_IS_WELL] = 0, [FOUND] = 1, [UNDECIDED] = 2, [NOT_READ] = 3, [WRONG] = 4};
    return rank[x] > rank[y] ? x : y;
}

static void write_summary(run_state *r) {
    const propto_request *q = r->request;
    bool text_output = q->format == PROPTO_TEXT && q->command != PROPTO_EXPORT;
    bool prove = q->command == PROPTO_PROVE;
    if (!text_output || (q->quiet ? !prove : r->summaries.n < 2)) return;
    if (r->session->out.n) text_putc(&r->session->out, '\n');
    doc *d = doc_new(r->a);
    if (prove)
        narrate_grades(d, r->summaries.v, (int)r->summaries.n);
    else
        narrate_summary(d, r->summaries.v, (int)r->summaries.n);
    to_text(&r->session->out, d, &r->out_style);
}

/* --- many inputs, by several processes --- */

/* What a worker says of an input; the texts follow. */
typedef struct {
    int code;
    summary s; /* without pointers */
    size_t why, out, err;
} report;

static void add_bytes(text *t, const void *bytes, size_t n) {
    text_add(t, (str){bytes, n});
}

static str run_apart(void *what, arena *a, int i) {
    run_state *r = what;
    propto *p = r->session;
    p->out = text_new(a);
    p->err = text_new(a);
    r->summaries.n = 0;
    report said = {.code = run_alone(r, &p->inputs.v[i])};
    said.s = r->summaries.v[0];
    str why = str_of(said.s.said.reason);
    said.s.file = said.s.said.reason = NULL;
    said.why = why.n, said.out = p->out.n, said.err = p->err.n;
    text t = text_new(a);
    add_bytes(&t, &said, sizeof said);
    text_add(&t, why);
    text_add(&t, text_str(&p->out));
    text_add(&t, text_str(&p->err));
    return text_str(&t);
}

/* What one input adds to what is there, as if it had been written here. */
static void append(text *to, str more, bool gap) {
    if (gap && to->n && more.n) text_putc(to, '\n');
    text_add(to, more);
}

static int take_report(run_state *r, const input *in, str said) {
    report h;
    const propto_request *q = r->request;
    memcpy(&h, said.s, sizeof h);
    const char *why = said.s + sizeof h, *out = why + h.why, *err = out + h.out;
    h.s.file = in->name;
    h.s.said.reason = h.why ? str_z(r->a, (str){why, h.why}) : NULL;
    append(&r->session->err, (str){err, h.err}, true);
    append(&r->session->out, (str){out, h.out}, q->format == PROPTO_TEXT && !q->quiet);
    vec_push(r->a, &r->summaries, h.s);
    return h.code;
}

/* A limit of work is counted by one process. */
static bool can_share(const run_state *r) {
    const propto_request *q = r->request;
    return q->jobs > 1 && q->rlimit == 0 && r->session->inputs.n > 1 &&
           (q->command == PROPTO_CHECK || q->command == PROPTO_EXPLAIN);
}

static const str *shared_reports(run_state *r) {
    int n = (int)r->session->inputs.n;
    str *said = NEW_ARRAY(r->a, str, n);
    if (can_share(r)) share_out(r->a, &r->session->work, r->request->jobs, n, run_apart, r, said);
    return said;
}

/* The code for the exercise itself: whether it can be read; says what is wrong with it, once for
 * all solutions. */
static int exercise_is_read(run_state *r, const input *in) {
    query q = {.in = in, .sink = reading(r)};
    read_input(r, &q);
    bool json = r->request->format == PROPTO_JSON;
    if (!json)
        write_diagnostics(r, &q);
    else if (!q.p)
        write_json(r, &q);
    return q.p ? ALL_IS_WELL : unread(&q.sink);
}

static int run_solutions(run_state *r) {
    const input *exercise = &r->session->inputs.v[0];
    int code = exercise_is_read(r, exercise);
    if (code != ALL_IS_WELL) return code;
    for (size_t i = 1; i < r->session->inputs.n; i++)
        code = worse(code, run_input(r, &r->session->inputs.v[i], exercise));
    write_summary(r);
    return code;
}

static int run_inputs(run_state *r) {
    int code = ALL_IS_WELL;
    if (r->request->command == PROPTO_PROVE && r->session->inputs.n > 1) return run_solutions(r);
    const str *said = shared_reports(r);
    for (size_t i = 0; i < r->session->inputs.n; i++) {
        const input *in = &r->session->inputs.v[i];
        code = worse(code, said[i].s ? take_report(r, in, said[i]) : run_alone(r, in));
    }
    write_summary(r);
    return code;
}

static int run_formats(run_state *r) {
    int code = ALL_IS_WELL;
    for (size_t i = 0; i < r->session->inputs.n; i++)
        code = worse(code, run_format(r, &r->session->inputs.v[i]));
    return code;
}

static void write_page(run_state *r, diag_code code) {
    text *out = &r->session->out;
    str page = page_of(r->a, code);
    json_options o = {.version = PROPTO_VERSION, .ascii = r->request->ascii != 0};
    if (r->request->format == PROPTO_JSON) {
        page_to_json(out, code, page, &o);
    } else {
        if (out->n) text_putc(out, '\n');
        page_to_text(out, page, o.ascii);
    }
}

static int run_pages(run_state *r) {
    int result = ALL_IS_WELL;
    for (int i = 0; i < r->request->nlaws; i++) {
        diag_code code = page_code(str_of(r->request->laws[i]));
        if (code != DIAG_COUNT) {
            write_page(r, code);
            continue;
        }
        doc *d = doc_new(r->a);
        say(doc_line(d, 0), ROLE_PLAIN, "propto: there is no code `%s`", r->request->laws[i]);
        to_text(&r->session->err, d, &r->err_style);
        result = NOT_READ;
    }
    return result;
}

static int run_comparison(run_state *r) {
    propto *p = r->session;
    compare_run c = {.a = r->a, .request = r->request, .inputs = p->inputs.v};
    c.ninputs = (int)p->inputs.n;
    c.lang = &r->lang;
    c.work = &p->work;
    c.out = &p->out, c.err = &p->err;
    c.out_style = r->out_style, c.err_style = r->err_style;
    return compare_inputs(&c);
}

static int run_command(run_state *r) {
    switch (r->request->command) {
    case PROPTO_EXPLAIN_CODE:
        return run_pages(r);
    case PROPTO_FORMAT:
        return run_formats(r);
    case PROPTO_COMPARE:
        return run_comparison(r);
    default:
        return run_inputs(r);
    }
}

/* What was stopped is not asked again. */
static void end_solvers(propto *p) {
    if (budget_left(&p->work))
        solvers_forget(p->solvers);
    else
        solvers_close(p->solvers);
}

int propto_run(propto *p, const propto_request *request) {
    run_state r = run_begin(p, request);
    int code = run_command(&r);
    end_solvers(p);
    atomic_store(&p->interrupted, false);
    return code;
}
