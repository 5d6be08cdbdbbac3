/* The least that a program can do with Z3: load it, ask one question, end. */
#include <stdio.h>
#include <z3.h>

int main(void) {
    Z3_config config = Z3_mk_config();
    Z3_context c = Z3_mk_context(config);
    Z3_del_config(config);
    Z3_solver s = Z3_mk_simple_solver(c);
    Z3_solver_inc_ref(c, s);
    Z3_sort real = Z3_mk_real_sort(c);
    Z3_ast x = Z3_mk_const(c, Z3_mk_string_symbol(c, "x"), real);
    Z3_solver_assert(c, s, Z3_mk_lt(c, x, Z3_mk_numeral(c, "0", real)));
    Z3_lbool answer = Z3_solver_check(c, s);
    puts(answer == Z3_L_TRUE ? "sat" : "?");
    Z3_solver_dec_ref(c, s);
    Z3_del_context(c);
    return answer != Z3_L_TRUE;
}
