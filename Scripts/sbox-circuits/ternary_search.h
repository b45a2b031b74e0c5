// Searches for better ternary circuits than those saved.
#ifndef TERNARY_SEARCH_H
#define TERNARY_SEARCH_H

#include "chance.h"

// `rounds` starts, each of them shrunk; a circuit cheaper than CIRCUITS/<name>.txt replaces it.
void ternary_search(const char *circuits, const char *name, int box, int rounds, chance *random);

#endif
