/* The promises of utf8.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static void next_decodes_one_code_point(void **state) {
    (void)state;
    const struct {
        const char *s;
        int32_t cp;
        size_t len;
    } cases[] = {{"w", 'w', 1},       {"ℓ∝", 0x2113, 3},   {"𝒪", 0x1d4aa, 4},       {"\xff", -1, 1},
                 {"\xe2\x88", -1, 1}, {"\xc0\x80", -1, 1}, {"\xed\xa0\x80", -1, 1}, {"é", 0xe9, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len;
        assert_int_equal(utf8_next(str_of(cases[i].s), &len), cases[i].cp);
        assert_int_equal(len, cases[i].len);
    }
}

static void nfc_composes_and_never_folds(void **state) {
    (void)state;
    const struct {
        const char *s, *nfc;
    } cases[] = {{"e\xcc\x81", "é"}, {"ℓ", "ℓ"}, {"Ω", "Ω"}, {"N_p", "N_p"},
                 {"\xff", "\xff"},   {"²", "²"}, {"", ""}};
    arena *a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_eq(utf8_nfc(a, str_of(cases[i].s)), str_of(cases[i].nfc)));
    arena_free(a);
}

static void widths_are_those_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(utf8_width(str_of("ℓ ∝ N")), 5);
    assert_int_equal(utf8_width(str_of("e\xcc\x81")), 1);
    assert_int_equal(utf8_width(str_of("漢字")), 4);
    assert_int_equal(utf8_width(str_of("")), 0);
}

static void columns_count_grapheme_clusters(void **state) {
    (void)state;
    const struct {
        const char *s;
        int n;
    } cases[] = {{"", 0},           {"abc", 3},          {"ℓ∝N", 3},
                 {"e\xcc\x81x", 2}, {"👩‍🔬!", 2}, {"a\xff\xffz", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_graphemes(str_of(cases[i].s)), cases[i].n);
}

static void characters_have_classes(void **state) {
    (void)state;
    assert_true(utf8_is_letter('w') && utf8_is_letter(0x2113) && utf8_is_letter(0x3b1));
    assert_false(utf8_is_letter('7') || utf8_is_letter(0x221d) || utf8_is_letter(0xb2));
    assert_true(utf8_is_mark(0x301) && utf8_is_mark(0x304));
    assert_false(utf8_is_mark('a') || utf8_is_mark(0xe9));
    assert_true(utf8_is_space(' ') && utf8_is_space(0xa0) && utf8_is_space(0x2009));
    assert_false(utf8_is_space('\n') || utf8_is_space('w'));
}

static void what_is_unsafe_never_reaches_a_terminal(void **state) {
    (void)state;
    const int32_t unsafe[] = {0,      7,      27,     127,    0x9b,   0x2028, 0x2029,  0x202e,
                              0x2066, 0x200f, 0x61c,  0x200b, 0x2060, 0x2064, 0x206f,  0xad,
                              0x3164, 0xfffb, 0xfeff, 0x180e, 0x34f,  0x115f, 0xe0041, 0xe01ef};
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_true(utf8_is_unsafe(unsafe[i]));
    const int32_t safe[] = {'a', 0x2113, 0x1f642, 0x200d, 0xfe0f, 0x627, 0x301, 0xac, 0xae};
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) assert_false(utf8_is_unsafe(safe[i]));
    assert_true(utf8_is_bidi_control(0x202a) && utf8_is_bidi_control(0x2069));
    assert_false(utf8_is_bidi_control(27) || utf8_is_bidi_control(0x5d0));
}

static void put_is_the_inverse_of_next(void **state) {
    (void)state;
    const int32_t cps[] = {'a', 0x3bc, 0x2113, 0x1d4aa};
    arena *a = arena_new();
    for (size_t i = 0; i < sizeof cps / sizeof *cps; i++) {
        size_t len;
        text t = text_new(a);
        utf8_put(&t, cps[i]);
        assert_int_equal(utf8_next(text_str(&t), &len), cps[i]);
        assert_int_equal(len, t.n);
    }
    arena_free(a);
}

static void distance_is_levenshtein_in_code_points(void **state) {
    (void)state;
    const struct {
        const char *a, *b;
        int d;
    } cases[] = {{"", "", 0},        {"", "abc", 3},   {"N_p", "N_P", 1},       {"ℓ", "l", 1},
                 {"los", "loss", 1}, {"abc", "ca", 3}, {"kitten", "sitting", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(utf8_distance(str_of(cases[i].a), str_of(cases[i].b)), cases[i].d);
        assert_int_equal(utf8_distance(str_of(cases[i].b), str_of(cases[i].a)), cases[i].d);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_decodes_one_code_point),
        cmocka_unit_test(nfc_composes_and_never_folds),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(columns_count_grapheme_clusters),
        cmocka_unit_test(characters_have_classes),
        cmocka_unit_test(what_is_unsafe_never_reaches_a_terminal),
        cmocka_unit_test(put_is_the_inverse_of_next),
        cmocka_unit_test(distance_is_levenshtein_in_code_points),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
