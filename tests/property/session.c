#include "session.h"

#include <stddef.h>

propto *the_session(void) {
    static propto *session;
    if (session == NULL) session = propto_new();
    propto_clear(session);
    return session;
}
