#include "engine/smt_context.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* A new context writes to every page of two tables of 8.5 MB, and the faults are most of its
 * cost. Freeing a large block makes glibc serve such tables from its heap; a second one is then
 * the free space that they will come from, and asks for huge pages. Other allocators, and kernels
 * without huge pages, lose nothing: no page is touched here. */
static void prepare_heap(void) {
    const size_t huge = (size_t)2 << 20, first = 10 * huge, second = first - huge / 2;
    void *volatile large = malloc(first);
    free(large);
    char *volatile room = malloc(second);
    if (!room) return;
    uintptr_t low = ((uintptr_t)room + huge - 1) & ~(huge - 1);
    uintptr_t high = ((uintptr_t)room + second) & ~(huge - 1);
#ifdef MADV_HUGEPAGE
    (void)madvise((void *)low, high - low, MADV_HUGEPAGE);
#endif
    free(room);
}

Z3_context smt_context(context_kind kind, Z3_error_handler on_error) {
    prepare_heap();
    Z3_config config = Z3_mk_config();
    if (!config) return NULL;
    Z3_context c = kind == CONTEXT_COUNTED ? Z3_mk_context_rc(config) : Z3_mk_context(config);
    Z3_del_config(config);
    if (c) Z3_set_error_handler(c, on_error);
    return c;
}
