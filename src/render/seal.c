#include "render/seal.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

void seal_of(str bytes, char digits[SEAL_DIGITS + 1]) {
    struct sha256_ctx c;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&c);
    sha256_update(&c, bytes.n, (const uint8_t *)bytes.s);
    sha256_digest(&c, sizeof digest, digest);
    base16_encode_update(digits, sizeof digest, digest);
    digits[SEAL_DIGITS] = '\0';
}
