/* verifier: `propto verify` is a program of its own, propto-verify, in which there is no solver. */
#ifndef CLI_VERIFIER_H
#define CLI_VERIFIER_H

/* Turns this process into propto-verify, which stands beside this program, with the same arguments
 * but the command. It is looked for nowhere else. Returns, with the exit code 2 after a complaint,
 * only where there is none. */
int verifier_become(char **argv, const char *command_word);

#endif
