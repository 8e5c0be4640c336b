// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace mailward {

/// Work of one kind, done piece after piece in a thread of its own. Whoever hands over more than may wait, waits too.
/// When it ends, all that was handed over is done first.
template <class Piece>
class WorkLine
{
public:
    WorkLine(std::size_t mostWaiting, std::function<void(Piece)> work)
        : m_most(mostWaiting), m_work(std::move(work)), m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    void put(Piece piece)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.size() < m_most; });
        m_waiting.push_back(std::move(piece));
        m_changed.notify_all();
    }

    /// Waits until all that was handed over is done.
    void drain()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.empty() && !m_isBusy; });
    }

private:
    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
            Piece piece = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_isBusy = true;
            m_changed.notify_all();
            lock.unlock();
            m_work(std::move(piece));
            lock.lock();
            m_isBusy = false;
            m_changed.notify_all();
        }
    }

    std::size_t m_most;
    std::function<void(Piece)> m_work;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Piece> m_waiting;
    bool m_isBusy = false;
    std::jthread m_thread; ///< the last member: it ends first
};

} // namespace mailward
