/* pages: the manual of diagnostic codes, docs/errors.md, which the build puts into the library. */
#ifndef RENDER_PAGES_H
#define RENDER_PAGES_H

#include "base/diag.h"

/* The code that is called so, in either case: "E012", "e012"; DIAG_COUNT if there is none. */
diag_code page_code(str name);
/* Its page: from the heading that names the code up to the next one; its title alone where the
 * manual has none. */
str page_of(arena *a, diag_code code);
/* Appends a page as text. */
void page_to_text(text *out, str page, bool ascii);

#endif
