/* judge: is what propto says what is known? It reads the JSON of the last run. */
#ifndef BENCH_JUDGE_H
#define BENCH_JUDGE_H

#include "families.h"
#include "race.h"

/* Of contenders whose `known` is the known of one theory: its verdict, the two answers, and, where
 * it is contradictory, the core. */
outcome judge_theory(const settings *o, const contender *c);

/* Of contenders whose `known` is this: a line of JSON for each file, in order. */
typedef struct {
    const known *each;
    int n, consistent;
} known_files;
outcome judge_files(const settings *o, const contender *c);

/* Of solvers asked about the same files: as many times sat, and unsat, as is known. */
outcome judge_words(const settings *o, const contender *c);

#endif
