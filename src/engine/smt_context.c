#include "engine/smt_context.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "z3_library.h"

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

static void find(void *library, const char *name, void *call, bool *all) {
    void *found = dlsym(library, name);
    memcpy(call, &found, sizeof found);
    *all &= found != NULL;
}

const z3_calls *z3_load(arena *a) {
    void *library = dlopen(Z3_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) return NULL;
    z3_calls *z3 = NEW(a, z3_calls);
    bool all = true;
#define Z3_CALL(name) find(library, "Z3_" #name, &z3->name, &all);
#include "engine/smt_calls.def"
#undef Z3_CALL
    return all ? z3 : NULL;
}

Z3_context smt_context(const z3_calls *z3, context_kind kind, Z3_error_handler on_error) {
    prepare_heap();
    Z3_config config = z3->mk_config();
    if (!config) return NULL;
    Z3_context c = kind == CONTEXT_COUNTED ? z3->mk_context_rc(config) : z3->mk_context(config);
    z3->del_config(config);
    if (c) z3->set_error_handler(c, on_error);
    return c;
}
