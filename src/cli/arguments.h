/* arguments: the command line as a request. */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "cli/commands.h"
#include "cli/complain.h"

/* What stands on the line beside options, in its order. */
typedef struct {
    const char *s;
    bool statements; /* after -e */
} word;

typedef struct {
    const command *command;
    bool named; /* the command stood on the line */
    propto_request request;
    word *words; /* without the command's name */
    int nwords;
    const char **laws, **ranges, **asks;
    size_t max_bytes;             /* of standard input */
    const char *certificate;      /* a path to write to, "-": standard output; NULL: none */
    const char *command_word;     /* the command as it stands on the line */
    unsigned long long megabytes; /* that the program may use */
    bool help, version;
} arguments;

/* Reads the line; limits and directories go to the session. False after a message to standard
 * error: the line makes no sense. */
bool arguments_read(arguments *to, propto *session, int argc, char **argv);
void arguments_free(arguments *of);

#endif
