// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventDatabase.h"
#include "models/store/EventColumns.h"
#include "models/store/Query.h"

#include <functional>
#include <future>

namespace mailward {

/// What the rest of the console asks of stored events: filters in, aggregates out. Another engine (a team's ClickHouse)
/// can stand below. All functions are thread-safe and may block: not for the GUI thread, except where it says so.
class EventStore
{
public:
    virtual ~EventStore() = default;

    [[nodiscard]] virtual Result<QueryResult> query(const Filter& filter, const QuerySpec& spec) const = 0;
    [[nodiscard]] virtual Result<RawLine> rawLine(const LineRef& line) const = 0;
    [[nodiscard]] virtual Result<std::vector<RawLine>> rawContext(const LineRef& line, int before, int after) const = 0;
};

} // namespace mailward
