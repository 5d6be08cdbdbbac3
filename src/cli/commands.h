/* commands: the commands of the program, and what --help says. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "propto.h"
#include <stdbool.h>
#include <stdio.h>

/* What the words after a command are. */
typedef enum {
    WORDS_ARE_FILES,       /* theories */
    WORDS_ARE_LAWS,        /* one theory, then questions */
    WORDS_ARE_LABELS,      /* one theory, then at least one label */
    WORDS_ARE_ONE,         /* one theory */
    WORDS_ARE_CODES,       /* codes of diagnostics */
    WORDS_ARE_CERTIFICATE, /* a certificate, then perhaps one theory; for propto-verify */
    WORDS_ARE_UNKNOWN      /* the command is not in this version */
} words_kind;

typedef struct {
    const char *name;
    propto_command run;
    words_kind words;
    const char *usage, *purpose;
} command;

/* NULL where there is none of that name. */
const command *command_find(const char *name);
/* The name of the command spelled most like a word; NULL where none is close. */
const char *command_nearest(const char *word);

/* Of a list that ends in NULL, the entry spelled most like a word; NULL where none is close. */
const char *nearest(const char *word, const char *const *list);

/* Help on one command, or on all of them. */
void print_help(FILE *to, const command *c);

#endif
