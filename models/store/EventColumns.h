// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/logs/ParsedBatch.h"
#include "models/store/ColumnsSnapshot.h"
#include "models/store/EventBlock.h"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace mailward {

/// Asked once for each new address, in the writer's thread.
using GeoLookup = std::function<AddressFacts(IpAddress)>;

/// Events in memory: struct of arrays in chunks of 64k rows, strings interned. One thread appends; snapshot() is for all.
class EventColumns
{
public:
    explicit EventColumns(GeoLookup geo = {});
    ~EventColumns();
    EventColumns(const EventColumns&) = delete;
    EventColumns& operator=(const EventColumns&) = delete;

    /// Adds events, then corrects those that the amendments name. Amendments of lines that are not here are left out.
    void append(const std::vector<Event>& events, const std::vector<Amendment>& amendments = {});
    void append(const EventBlock& block, const std::vector<Amendment>& amendments = {});
    /// The two halves of append(), for many blocks at once: readers see what was added from the next publish() on.
    void add(const EventBlock& block, const std::vector<Amendment>& amendments);
    void publish();
    /// Everything appended so far. Thread-safe and cheap: takes a lock for a pointer copy.
    [[nodiscard]] std::shared_ptr<const ColumnsSnapshot> snapshot() const;

private:
    class Writer;
    std::unique_ptr<Writer> m_writer;
    mutable std::mutex m_mutex;
    std::shared_ptr<const ColumnsSnapshot> m_snapshot;
};

} // namespace mailward
