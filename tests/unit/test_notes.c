/* Notes N002 to N006: which theories draw which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "propto.h"

typedef struct {
    const char *text, *codes; /* in the order of the text */
    const char *says;         /* in the first message; NULL: anything */
} example;

static const example examples[] = {
    /* N002 */
    {"quantity a, b, c, d; A: a ∝ b; B: c ∝ a d; C: d ∝ c²; b grows; a ∝ b^?", "N002",
     "`B` and `C`"},
    {"quantity a, b, c; A: a ∝ b; B: c ∝ a; b grows; a ∝ b^?; c ?", "", NULL},
    {"quantity a, b, c; A: a ∝ b; B: c ∝ a; b grows; c ≫ 1", "", NULL},
    {"quantity a, b, c; A: a ∝ b; B: c ≲ a; C: c ≲ b²; b grows; a ∝ b^?; c ∝ b^?", "", NULL},
    {"quantity a, b, c; A: a ∝ b; B: c ∝ a; c ≳ 1; b grows; a ∝ b^?; ∴ consistent", "", NULL},
    {"quantity a, b, c; A: a ∝ b; B: c ∝ a; b, c grow; a ∝ b^?; regime r { ∴ c ∝ b }", "", NULL},
    {"quantity a, b, c; A: a ∝ b; B: a ∝ b²; C: c ∝ b; b grows; c ∝ b^?", "", NULL},
    /* N003 */
    {"quantity a, b, c; a ∝ b; b grows; a ∝ b^?", "N003", "`c` is never used"},
    {"quantity a, b, c; a ∝ b; c ∝ b; b grows; a ∝ b^?", "N003", "`c` is used only once"},
    {"quantity a, b, c; a ∝ b; c ∝ b; b grows; a ∝ b^?; regime r { ∴ c ∝ a }", "", NULL},
    {"a ∝ b; c ∝ b; b grows; a ∝ b^?", "W001", NULL},
    {"const e; param α > 0; quantity a, b; a ∝ e b; b grows; a ∝ b^?", "", NULL},
    /* N004 */
    {"quantity v, ν; ν ∝ v; v grows; ν ∝ v^?", "N004", "`ν` looks like `v`"},
    {"quantity ρ, p; ρ ∝ p; p grows; ρ ∝ p^?", "N004", NULL},
    {"quantity N_p, N_P; N_p ∝ N_P; N_P grows; N_p ∝ N_P^?", "N004", NULL},
    {"quantity x_1, x_l; x_1 ∝ x_l; x_l grows; x_1 ∝ x_l^?", "N004", NULL},
    {"quantity ℓ, l; ℓ ∝ l; l grows; ℓ ∝ l^?", "N004", NULL},
    {"quantity К, K; К ∝ K; K grows; К ∝ K^?", "N004", NULL}, /* the first is Cyrillic */
    {"v ∝ ν; ν grows; v ∝ ν^?", "N004", NULL},
    {"quantity n, N, β, b; n ∝ N; β ∝ b; b ∝ n; N grows; β ∝ N^?", "", NULL},
    /* N005 */
    {"a ∝ b; c ∝ b; b grows; ∴ a ∝ c when c fixed", "N005", "`a ∝ c when c fixed`"},
    {"a ∝ b; c ∝ b; b grows; ∴ contradiction when c fixed; a ∝ c^?", "", NULL},
    {"a ∝ b; a ∝ b²; b grows; ∴ a ∝ b³", "", NULL},
    /* N006 */
    {"a ∝ b^0.34; b grows; a ∝ b^?", "N006", "`0.34` is exact"},
    {"param α; a ∝ b^α; quantity a, b; α = 0.076; b grows; a ∝ b^?", "N006", "0.076"},
    {"a ∝ b^0.25; c ∝ b^1.5 a; d ∝ c^0.125; b grows; d ∝ b^?; c ∝ a^?", "", NULL},
    {"a ∝ b^0.3; b grows; a ∝ b^?", "", NULL},
    {"a ∝ b^(0.34 ± 0.01); b grows; a ∝ b^?", "", NULL},
    {"param α; 0.07 ≤ α ≤ 0.35; quantity a, b; a ∝ b^α; b grows; a ∝ b^?", "", NULL},
    {"a ∝ b; b grows; ∴ a ≪ b^1.01", "", NULL},
    {"A: a ∝ b^0.34; b grows; a ∝ b^?; regime r without A { a ∝ b }", "", NULL},
    {"A: a ∝ b^0.34; b grows; a ∝ b^?; regime r { ∴ a ∝ b^(0.33 ± 0.02) }", "N006", NULL},
    {"a ∝ b; b grows; a ∝ b^?; regime r { b ∝ c^0.34; a ∝ c^? }", "", NULL},
    {"a ∝ 0.123 b; b grows; a ∝ b^?", "", NULL},
};

static const cJSON *diagnostics(const cJSON *o) {
    return cJSON_GetObjectItem(o, "diagnostics");
}

static cJSON *checked(const char *text, propto_request q) {
    propto *p = propto_new();
    q.format = PROPTO_JSON;
    propto_add_text(p, "t", text, strlen(text));
    propto_run(p, &q);
    cJSON *o = cJSON_Parse(propto_output(p));
    propto_free(p);
    return o;
}

static void every_kind_of_slip_draws_one_note(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const example *x = &examples[i];
        cJSON *o = checked(x->text, (propto_request){.command = PROPTO_CHECK});
        char codes[64] = "";
        const cJSON *d;
        cJSON_ArrayForEach(d, diagnostics(o)) {
            size_t used = strlen(codes);
            snprintf(codes + used, sizeof codes - used, "%s%s", used ? " " : "",
                     cJSON_GetObjectItem(d, "code")->valuestring);
        }
        if (strcmp(codes, x->codes) != 0) print_error("%s\n", x->text);
        assert_string_equal(codes, x->codes);
        const cJSON *first = cJSON_GetArrayItem(diagnostics(o), 0);
        if (x->says)
            assert_non_null(strstr(cJSON_GetObjectItem(first, "message")->valuestring, x->says));
        cJSON_Delete(o);
    }
}

static void no_other_command_and_nobody_who_does_not_want_them_gets_notes(void **state) {
    (void)state;
    static const propto_request quiet[] = {{.command = PROPTO_CHECK, .no_notes = 1},
                                           {.command = PROPTO_CHECK, .quiet = 1},
                                           {.command = PROPTO_EXPLAIN},
                                           {.command = PROPTO_DERIVE}};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        cJSON *o = checked("quantity v, ν, w; ν ∝ v^0.123; v grows; ν ∝ v^?", quiet[i]);
        assert_int_equal(cJSON_GetArraySize(diagnostics(o)), 0);
        cJSON_Delete(o);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_slip_draws_one_note),
        cmocka_unit_test(no_other_command_and_nobody_who_does_not_want_them_gets_notes),
    };
    return cmocka_run_group_tests_name("notes", tests, NULL, NULL);
}
