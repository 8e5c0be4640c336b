// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace mailward {

/// While one of these lives, the process leaves no core dump, and no other process of the same user may read its memory.
/// Make one before the first password is typed or made, and let it go after the last was wiped. They nest; any thread.
class SecretsAtWork
{
public:
    SecretsAtWork();
    ~SecretsAtWork();
    SecretsAtWork(const SecretsAtWork&) = delete;
    SecretsAtWork& operator=(const SecretsAtWork&) = delete;
};

} // namespace mailward
