// What an x86-64 CPU has and the operating system saves.
#include <cpuid.h>
#include <stdbool.h>
#include <stdint.h>

// The state components that the system saves [Intel SDM 1, 13.3]: 0 without XSAVE.
static inline uint64_t cpu_x86_saved_state(void) {
    uint32_t eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE)) return 0;
    __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
    return (uint64_t)edx << 32 | eax;
}

// Bits that a backend needs, all of them.
typedef struct cpu_x86_needs {
    uint32_t leaf_1_ecx, leaf_7_ebx, leaf_7_ecx; // of CPUID
    uint64_t state;                              // of XCR0
} cpu_x86_needs;

static inline bool cpu_x86_has(cpu_x86_needs needs) {
    uint32_t eax, ebx, ecx, edx;
    if ((cpu_x86_saved_state() & needs.state) != needs.state) return false;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) return false;
    if ((ecx & needs.leaf_1_ecx) != needs.leaf_1_ecx) return false;
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) return false;
    return (ebx & needs.leaf_7_ebx) == needs.leaf_7_ebx &&
           (ecx & needs.leaf_7_ecx) == needs.leaf_7_ecx;
}
