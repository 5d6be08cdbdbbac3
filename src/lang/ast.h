/* ast: a theory as it is written, statement by statement.
 *
 * The parser makes it; resolve binds the names in it and works out the exponents; print
 * spells it canonically; lower gives it its meaning. Products and sums are flat lists, so
 * that only brackets nest, and those have a limit.
 */
#ifndef LANG_AST_H
#define LANG_AST_H

#include "algebra/problem.h"

typedef enum {
    EXPR_NUMBER,    /* value */
    EXPR_NAME,      /* text; once bound: sym */
    EXPR_PRODUCT,   /* part[i]; flipped: divided by */
    EXPR_SUM,       /* part[i]; flipped: subtracted */
    EXPR_POWER,     /* part[0] to the part[1]; once resolved: value, where that is closed */
    EXPR_ROOT,      /* part[0] to the value: √ is 1/2 */
    EXPR_CALL,      /* function of part[i] */
    EXPR_LANDAU,    /* letter of part[1]; part[0] is the NAME it was read from */
    EXPR_UNCERTAIN, /* part[0] ± part[1], or an interval between them */
    EXPR_HOLE,      /* ?, only as an exponent */
    EXPR_LIST       /* part[i], only a side of a comparison: α, β > 0 */
} expr_kind;

typedef enum { CALL_MAX, CALL_MIN, CALL_LOG, CALL_EXP, CALL_SLOPE } call_kind;
typedef enum { LANDAU_O, LANDAU_OMEGA, LANDAU_THETA, LANDAU_SMALL_O, LANDAU_SMALL_OMEGA } landau;

typedef struct expr expr;
typedef struct {
    expr *e;
    bool flipped;
} operand;

struct expr {
    expr_kind kind : 8;
    call_kind call : 8;
    landau letter : 8;
    bool bracketed : 1; /* written in brackets */
    bool applied : 1;   /* NAME: directly before an opening bracket, `L(N)` */
    bool interval : 1;  /* UNCERTAIN: written [low, high] */
    bool closed : 1; /* of an exponent: a number, the value; a quantity's POWER: its exponent is */
    int sym;         /* NAME: -1 until bound; UNCERTAIN: its hidden parameter, or -1 */
    int n;           /* parts */
    span at;
    str text;    /* NAME: canonical; NUMBER: as written */
    size_t base; /* NAME: bytes of text before subscript, primes and star */
    operand *part;
    rat value;
    const rat *ends; /* UNCERTAIN, once resolved: low and high */
};

typedef enum {
    RELATION_SAME,    /* ∝ */
    RELATION_EQUAL,   /* = */
    RELATION_ATMOST,  /* ≲ */
    RELATION_ATLEAST, /* ≳ */
    RELATION_BELOW,   /* ≪ */
    RELATION_ABOVE,   /* ≫ */
    RELATION_MEMBER,  /* ∈, before Landau's letters */
    RELATION_UNEQUAL, /* the rest: between exponents */
    RELATION_LESS,
    RELATION_LESSEQ,
    RELATION_GREATER,
    RELATION_GREATEREQ
} relation;

typedef struct {
    relation is;
    span at;
} joint;

typedef enum { GROWTH_GROWS, GROWTH_SHRINKS, GROWTH_FIXED, GROWTH_SCALES } growth_kind;
typedef enum { LAW_CHAIN, LAW_GROWTH } law_kind;

/* side[0] links[0] side[1] ..., or the sides grow. */
typedef struct {
    law_kind kind;
    span at;
    expr **side;
    int nsides;
    const joint *links; /* nsides - 1 */
    growth_kind growth;
    bool at_fixed; /* written `at fixed n, m` */
    bool compares; /* once resolved: between exponents */
} law;

typedef struct {
    span at;
    str text;
    size_t base;
} name_ref;

/* choose N, D to minimize ℓ at fixed C: once resolved, those chosen and fixed are NAMEs. */
typedef struct {
    expr **chosen;
    int nchosen;
    bool maximize;
    expr *target;
    expr **fixed;
    int nfixed;
} allocation;

/* quantity NAME (ALIAS, ...), ... */
typedef struct {
    name_ref name;
    const name_ref *alias;
    int naliases;
} declared;

typedef struct {
    span at;
    str text;
} label_ref;

/* where FROM is TO */
typedef struct {
    name_ref from, to;
} renaming;

typedef enum {
    STATEMENT_LAW,
    STATEMENT_CHOICE,        /* choose N, D to minimize ℓ */
    STATEMENT_EXPONENT,      /* ℓ ∝ N^? */
    STATEMENT_RELATION,      /* N ? D, w ? */
    STATEMENT_PARAMETER,     /* γ = ? */
    STATEMENT_CONCLUSION,    /* ∴ law; a step of a proof */
    STATEMENT_CONTRADICTION, /* ∴ contradiction, ... */
    STATEMENT_CONSISTENT,
    STATEMENT_TRIVIAL,
    STATEMENT_DECLARATION,
    STATEMENT_REGIME,
    STATEMENT_PROOF,
    STATEMENT_USE,
    STATEMENT_BROKEN /* an error was reported; only its label counts */
} statement_kind;

typedef struct statement statement;
struct statement {
    statement_kind kind;
    span at; /* from its first token to its last, without label, note and citation */
    int line;
    label_ref label; /* text.n 0: none */
    bool given, optional;
    span prefix; /* of `given` or `optional` */
    str note, cite;

    /* LAW, EXPONENT, RELATION, CONCLUSION: any of `either` holds, when all of `when` do. The
     * questions have one law with two sides; side[1] is NULL for `w ?` and `γ = ?`. A DECLARATION
     * with a bound has one law. */
    law *either;
    int neither;
    law *when;
    int nwhen;

    /* CHOICE */
    allocation *choice;

    /* DECLARATION */
    sort sort;
    const declared *names;
    int nnames;

    /* REGIME */
    label_ref regime;
    const label_ref *without, *with;
    int nwithout, nwith;

    /* REGIME; PROOF: its steps, each a CONCLUSION or CONTRADICTION. The note is the title. */
    span block; /* from `{` to `}`; src NULL: it has none */
    statement *const *body;
    int nbody;

    /* A step of a proof: what stands after `by`; none where it is not written. */
    const label_ref *by;
    int nby;

    /* USE */
    str path;
    span path_at;
    label_ref as;
    const renaming *where;
    int nwhere;
};

typedef struct {
    const source *src;
    statement *const *statements;
    int n;
    bool whole;      /* no error of syntax */
    bool declares;   /* some name is declared, as far as can be told */
    bool names_lost; /* a declaration or `use` was broken: unknown names say nothing */
    bool uncertain;  /* it has uncertain numbers */
} ast;

/* A law, a choice, or a declaration with a bound: what may be blamed. */
bool statement_is_fact(const statement *s);
bool statement_is_question(const statement *s);
/* A question or a conclusion. */
bool statement_is_goal(const statement *s);
bool relation_compares(relation r);

#endif
