/* replay: what a fuzzer would be given, from files: replay FILE... Each that is over is named, so
 * that whoever reads knows which one was not. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static int replay(const char *path) {
    FILE *f = fopen(path, "rb");
    long n = -1;
    if (f && fseek(f, 0, SEEK_END) == 0) n = ftell(f);
    unsigned char *bytes = n >= 0 ? malloc((size_t)n + 1) : NULL;
    if (bytes) rewind(f);
    int read = bytes && fread(bytes, 1, (size_t)n, f) == (size_t)n;
    if (read) LLVMFuzzerTestOneInput(bytes, (size_t)n);
    free(bytes);
    if (f) fclose(f);
    printf("%s %s\n", read ? "done" : "cannot read", path);
    fflush(stdout);
    return read ? 0 : 1;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++) failed += replay(argv[i]);
    return failed ? 1 : 0;
}
