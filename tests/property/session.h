/* session: one session for all theories of a process, as a program that asks much would have it.
 *
 * It is cheaper than one for each, and no answer may depend on what was asked before.
 */
#ifndef PROPERTY_SESSION_H
#define PROPERTY_SESSION_H

#include "propto.h"

/* Without inputs; the same at each call, and until the process ends. What the run before left in it
 * stays until the next one. */
propto *the_session(void);

#endif
