#ifndef DERIVATION_H
#define DERIVATION_H

#include "subject.h"

void test_derivation(subject des);

#endif
