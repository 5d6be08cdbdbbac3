/* answer: what the library says of one theory in JSON, as the numbers of the oracle.
 *
 * Values come as intervals: an exact one is a point, a range its list, undetermined everything.
 */
#ifndef PROPERTY_ANSWER_H
#define PROPERTY_ANSWER_H

#include <cjson/cJSON.h>

#include "oracle.h"

enum { ANSWER_UNREAD = -1 };

/* Checks the theory; deleted by the caller, NULL where the text was not accepted (then the output
 * is in `wrong`). */
cJSON *answer_check(const char *theory, char *wrong, size_t size);
/* "" where it is missing. */
const char *answer_text(const cJSON *o, const char *member);
bool answer_has(const cJSON *o, const char *member, const char *expected);
const char *answer_shown(const cJSON *o);
/* Returns how many; ANSWER_UNREAD where the answer is no value. */
int answer_values(const cJSON *answer, interval out[ORACLE_INTERVALS]);
bool intervals_equal(const interval *v, int n, const interval *w, int m);
const char *intervals_shown(const interval *v, int n);

#endif
