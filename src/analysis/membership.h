/* membership: which statements are in every core, in some of them, in none.
 *
 * Of the cores that a finding lists: it is true of the theory where these are all, as
 * cores_complete says. What is given is in no core and not listed.
 */
#ifndef ANALYSIS_MEMBERSHIP_H
#define ANALYSIS_MEMBERSHIP_H

#include "analysis/finding.h"

typedef struct {
    factset every, some, none;
} membership;

/* In the arena. */
membership find_membership(arena *a, const finding *f);

#endif
