/* to_text: a document as text for a terminal or a file. */
#ifndef RENDER_TO_TEXT_H
#define RENDER_TO_TEXT_H

#include "render/doc.h"

/* Appends the document. Tables are aligned by display width; every run is spelled safely. */
void to_text(text *out, const doc *d, const style *look);

#endif
