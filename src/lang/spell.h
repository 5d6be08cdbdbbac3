/* spell: the tables of spellings. */
#ifndef LANG_SPELL_H
#define LANG_SPELL_H

#include "lang/lex.h"

/* The longest operator or other sign that s starts with; its length, or 0. */
size_t spell_operator(str s, token_kind *kind);
/* A reserved word; false where it is none. */
bool spell_keyword(str word, token_kind *kind);
const char *spell_keyword_text(token_kind kind); /* NULL where it is no keyword */
/* A LaTeX command that is an operator or a function: "propto". */
bool spell_command(str name, token_kind *kind);
/* A command that is passed over: "left"; one that is passed over but keeps what its braces
 * hold: "mathrm". */
bool spell_skipped(str name);
bool spell_style(str name);
/* The letter for "alpha" or "ell"; NULL where it is none. */
const char *spell_letter(str name);
/* "alpha" for the letter; NULL where it has no such name. */
const char *spell_letter_word(str letter);
/* The ASCII character of a superscript or subscript sign: '2', '-', 'p'; 0 where it is none. */
char spell_superscript(int32_t cp);
char spell_subscript(int32_t cp);
/* A command spelled much like this one; NULL where there is none. */
const char *spell_nearest_command(str name);

#endif
