/*
 * power_cut.h: what a disk would hold if its power were cut now.
 *
 * A program that this is linked into has its own fsync, fdatasync and rename. Where the environment
 * variable POWER_CUT_IMAGE names a directory, each call of them also brings that directory to what
 * is durable from then on: a file's content at its last fsync; names given and removed by the last
 * fsync of their directory. Whatever was only written is not there.
 */
#ifndef POWER_CUT_H
#define POWER_CUT_H

/* Keeps the linker from leaving the object out. */
void power_cut_link(void);

#endif
