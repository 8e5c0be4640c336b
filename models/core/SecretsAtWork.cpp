// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/SecretsAtWork.h"

#include <mutex>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace mailward {

namespace {

/// The process has one core limit and one "dumpable" flag: the first to come saves them, the last to go restores them.
struct ProcessState {
    std::mutex mutex;
    int alive = 0;
    rlim_t coreLimit = 0;
    int dumpable = 1;
};

ProcessState& state()
{
    static ProcessState kState;
    return kState;
}

} // namespace

SecretsAtWork::SecretsAtWork()
{
    ProcessState& process = state();
    const std::lock_guard lock(process.mutex);
    if (process.alive++ > 0) {
        return;
    }
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    process.coreLimit = limit.rlim_cur;
    process.dumpable = prctl(PR_GET_DUMPABLE);
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &limit);
    prctl(PR_SET_DUMPABLE, 0);
}

SecretsAtWork::~SecretsAtWork()
{
    ProcessState& process = state();
    const std::lock_guard lock(process.mutex);
    if (--process.alive > 0) {
        return;
    }
    rlimit limit{};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = process.coreLimit;
    setrlimit(RLIMIT_CORE, &limit);
    prctl(PR_SET_DUMPABLE, process.dumpable);
}

} // namespace mailward
