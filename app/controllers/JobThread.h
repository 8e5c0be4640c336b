// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <future>
#include <memory>

namespace mailward {

/// A thread that does one job after the other, in the order in which they were posted. It owns what its jobs own:
/// an object that is only touched from jobs needs no lock. The destructor lets the jobs that were posted finish.
class JobThread
{
public:
    explicit JobThread(const QString& name);
    ~JobThread();
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;

    /// Posts a job; returns at once. May be called from any thread.
    void post(std::function<void()> job);

    /// Posts a job and hands out its answer. Waiting for it is for other worker threads, never for the window's.
    template <class Job>
    [[nodiscard]] auto ask(Job job) -> std::future<std::invoke_result_t<Job>>
    {
        auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Job>()>>(std::move(job));
        auto answer = task->get_future();
        post([task] { (*task)(); });
        return answer;
    }

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_context;
};

} // namespace mailward
