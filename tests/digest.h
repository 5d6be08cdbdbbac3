/* The SHA-256 digest of bytes in hexadecimal digits, for tests that seal certificates of their
 * own. */
#ifndef TESTS_DIGEST_H
#define TESTS_DIGEST_H

#include <nettle/base16.h>
#include <nettle/sha2.h>

enum { DIGEST_DIGITS = BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE) };

/* Writes DIGEST_DIGITS digits and nothing after them. */
static inline void put_digest(const char *bytes, size_t n, char *digits) {
    struct sha256_ctx c;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&c);
    sha256_update(&c, n, (const uint8_t *)bytes);
    sha256_digest(&c, sizeof digest, digest);
    base16_encode_update(digits, sizeof digest, digest);
}

#endif
