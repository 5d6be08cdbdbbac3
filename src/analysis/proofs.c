#include "analysis/parts.h"

/* --- the score --- */

static score sum(score x, score y) {
    return (score){x.held + y.held, x.of + y.of};
}

/* The goals that no step says; one that is said in error is that step's fault alone. */
static int unsaid(const judged_proof *p) {
    int n = 0;
    for (int i = 0; i < p->ngoals; i++) n += p->goals[i].step < 0;
    return n;
}

static score steps_score(const judged_proof *p) {
    score s = {0, p->nsteps};
    for (int i = 0; i < p->nsteps; i++) s.held += p->steps[i].verdict == STEP_PROVED;
    return s;
}

score proof_score(const judged_proof *p) {
    return sum(steps_score(p), (score){0, unsaid(p)});
}

bool goal_is_reached(const reached *g) {
    return g->step >= 0 && g->sound;
}

static bool is_said(const reached *g) {
    return g->step >= 0;
}

/* The goals of which this is so in no proof. */
static int missed(const finding *f, bool (*so)(const reached *g)) {
    int n = 0;
    for (int i = 0; f->nproofs && i < f->proofs[0].ngoals; i++) {
        bool found = false;
        for (int k = 0; k < f->nproofs; k++) found |= so(&f->proofs[k].goals[i]);
        n += !found;
    }
    return n;
}

score proofs_score(const finding *f) {
    score s = {0, missed(f, is_said)};
    for (int i = 0; i < f->nproofs; i++) s = sum(s, steps_score(&f->proofs[i]));
    for (int i = 0; i < f->nregimes; i++) s = sum(s, proofs_score(&f->regimes[i]));
    return s;
}

const judged_step *first_wrong_step(const finding *f) {
    const judged_step *found = NULL;
    for (int i = 0; i < f->nproofs && !found; i++)
        if (f->proofs[i].first_wrong >= 0) found = &f->proofs[i].steps[f->proofs[i].first_wrong];
    for (int i = 0; i < f->nregimes && !found; i++) found = first_wrong_step(&f->regimes[i]);
    return found;
}

/* --- exit codes --- */

enum { FINE = 0, FOUND = 1, UNDECIDED = 3, WRONG = 4 };

static int worse(int x, int y) {
    return x > y ? x : y;
}

static int step_code(const judged_step *s) {
    if (s->verdict == STEP_UNKNOWN) return UNDECIDED;
    return s->verdict == STEP_PROVED ? FINE : FOUND;
}

int proofs_exit_code(const finding *f) {
    int code = f->wrong ? WRONG : missed(f, goal_is_reached) ? FOUND : FINE;
    for (int i = 0; i < f->nproofs; i++)
        for (int k = 0; k < f->proofs[i].nsteps; k++)
            code = worse(code, step_code(&f->proofs[i].steps[k]));
    for (int i = 0; i < f->nregimes; i++) code = worse(code, proofs_exit_code(&f->regimes[i]));
    return code;
}

/* --- where nothing could be judged --- */

static judged_proof undecided(arena *a, const written_proof *w, const char *why) {
    judged_step *steps = NEW_ARRAY(a, judged_step, w->nsteps);
    for (int i = 0; i < w->nsteps; i++)
        steps[i] = (judged_step){
            .step = &w->steps[i], .verdict = STEP_UNKNOWN, .slip_at = -1, .reason = why};
    return (judged_proof){.proof = w,
                          .steps = steps,
                          .nsteps = w->nsteps,
                          .first_wrong = w->nsteps ? 0 : -1,
                          .ok = w->nsteps == 0};
}

void leave_proofs(arena *a, finding *f, const char *why) {
    judged_proof *list = NEW_ARRAY(a, judged_proof, f->p->nproofs);
    for (int i = 0; i < f->p->nproofs; i++) list[i] = undecided(a, &f->p->proofs[i], why);
    f->proofs = list;
    f->nproofs = f->p->nproofs;
}
