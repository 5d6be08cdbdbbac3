/* seal: the SHA-256 digest of bytes, by which a certificate tells that it came whole.
 *
 * Computed by Nettle, which uses the processor's instructions for it where there are any: of a
 * large certificate the digest was the dearest part.
 */
#ifndef RENDER_SEAL_H
#define RENDER_SEAL_H

#include "base/base.h"

enum { SEAL_DIGITS = 64 };

/* Its digits, hexadecimal and small, and a zero after them. */
void seal_of(str bytes, char digits[SEAL_DIGITS + 1]);

#endif
