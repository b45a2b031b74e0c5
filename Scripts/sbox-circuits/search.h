// Searches for better circuits than those saved.
#ifndef SEARCH_H
#define SEARCH_H

#include <stdint.h>

// Rebuilds each S-box `rounds` times from a start that the seed, its name and nothing else decide;
// a circuit that costs less than CIRCUITS/<name>.txt replaces it.
// `only` is the name of one S-box, or null for all.
void search(const char *circuits, uint64_t seed, int rounds, const char *only);

#endif
