// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QLockFile>
#include <QString>
#include <memory>
#include <stop_token>

namespace mailward {

/// A mark beside the database that stands as long as a process has it open. Whoever opens it and finds the mark of a
/// process that is gone knows that this one did not end in order.
class InUseMark
{
public:
    /// `database` is the path of the file; ":memory:" needs none.
    explicit InUseMark(const QString& database);

    [[nodiscard]] bool foundCrash() const { return m_foundCrash; }

private:
    std::unique_ptr<QLockFile> m_lock;
    bool m_foundCrash = false;
};

/// Reads everything that is stored through a connection of its own and compares it with its checksums, and SQLite's own
/// structure with what it should be. Slow; for a thread of its own. An error says what is broken; Cancelled when stopped.
[[nodiscard]] Result<void> checkStore(const QString& database, const std::stop_token& stop);

} // namespace mailward
