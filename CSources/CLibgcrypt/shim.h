// libgcrypt's header where it is installed; without it the backend says that it cannot run.
#if __has_include(<gcrypt.h>)
#include <gcrypt.h>
#endif
