// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace mailward {

/// No core dumps and no tracing by others: secrets of this process stay in it. What is POSIX-only stands behind this file.
void guardProcess();

} // namespace mailward
