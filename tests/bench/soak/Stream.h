// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/LocalEventStore.h"

#include <atomic>
#include <random>
#include <thread>

namespace mailward {

/// Log lines as five busy servers would bring them, straight into the store, in a thread of its own: mostly refused log-ins of
/// very many addresses, people who log in, mail. Five pulls a second.
class Stream
{
public:
    Stream(LocalEventStore& store, std::uint64_t eventsPerSecond);
    ~Stream();
    [[nodiscard]] std::uint64_t events() const { return m_events; }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    void run();
    [[nodiscard]] Event make(std::uint64_t number, const LineRef& line);

    LocalEventStore& m_store;
    std::uint64_t m_each;
    FileState m_file;
    std::mt19937_64 m_random{7};
    std::atomic<std::uint64_t> m_events = 0;
    std::atomic<bool> m_failed = false;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace mailward
