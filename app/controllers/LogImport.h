// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Clock.h"
#include "models/logs/RuleBook.h"
#include "models/store/LocalEventStore.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace mailward {

/// What an import of local files brought.
struct ImportTotals {
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t boring = 0;
    std::uint64_t unknown = 0;
};

/// Local log files (plain or packed) into the store, with their raw lines: the same way that a pulled log takes. Blocking; any
/// thread but the window's.
class LogImport
{
public:
    LogImport(LocalEventStore& store, std::shared_ptr<const RuleBook> rules) : m_store(store), m_rules(std::move(rules)) {}

    /// A file is known by its first bytes, whatever it is called: dropping it again continues where it ended. Events carry the
    /// host that their line names. `progress` hears of what is stored so far.
    [[nodiscard]] Result<ImportTotals> run(const QString& path, std::stop_token stop = {},
                                           const std::function<void(const ImportTotals&)>& progress = {});

private:
    LocalEventStore& m_store;
    std::shared_ptr<const RuleBook> m_rules;
};

} // namespace mailward
