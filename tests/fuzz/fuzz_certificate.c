/* fuzz_certificate: any bytes as a certificate, as they are, and with a seal that holds.
 *
 * What must hold: no crash, no leak, no undefined behaviour, a code that is promised, in bounded
 * time. */
#include "sealed.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    judge((const char *)bytes, n, NULL, 0);
    char *s = sealed((const char *)bytes, &n);
    judge(s, n, NULL, 0);
    free(s);
    return 0;
}
