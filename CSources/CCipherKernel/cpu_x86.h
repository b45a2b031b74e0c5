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

// Whether CPUID leaf 7 has the bit in EBX and XCR0 all of the state's bits.
static inline bool cpu_x86_has(uint32_t leaf_7_ebx, uint64_t state) {
    uint32_t eax, ebx, ecx, edx;
    if ((cpu_x86_saved_state() & state) != state) return false;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & leaf_7_ebx);
}
