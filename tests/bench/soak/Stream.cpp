// SPDX-License-Identifier: GPL-3.0-or-later
#include "Stream.h"

#include <chrono>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kPull = 200ms;
constexpr std::uint32_t kAddresses = 20'000;
constexpr std::uint32_t kAccounts = 2'500;

} // namespace

Stream::Stream(LocalEventStore& store, std::uint64_t eventsPerSecond)
    : m_store(store), m_each(std::max<std::uint64_t>(1, eventsPerSecond / 5))
{
    m_store.withDatabase([this](EventDatabase& database) {
        m_file.server = *database.serverId("mx1");
        m_file.path = "/var/log/mail.log";
        m_file.inode = 1;
        m_file.fingerprint = "soak";
        m_file = *database.registerFile(m_file);
    });
    m_thread = std::thread(&Stream::run, this);
}

Stream::~Stream()
{
    m_stop = true;
    m_thread.join();
}

Event Stream::make(std::uint64_t number, const LineRef& line)
{
    Event event;
    const std::uint64_t dice = m_random();
    const double skew = static_cast<double>(dice >> 40U) / static_cast<double>(1U << 24U);
    event.time = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    event.service = dice % 3 == 0 ? Service::Imap : Service::Submission;
    event.kind = dice % 100 < 70 ? EventKind::AuthFailure : dice % 100 < 85 ? EventKind::AuthSuccess : EventKind::Sent;
    event.outcome = event.kind == EventKind::AuthFailure ? Outcome::Failure : event.kind == EventKind::AuthSuccess ? Outcome::Success : Outcome::None;
    event.attempts = event.kind == EventKind::Sent ? 0 : 1;
    // Every third address is never seen again, as in the attack that this program is for.
    event.ip = IpAddress::fromV4(dice % 3 == 0 ? 0x24000000U + static_cast<std::uint32_t>(number) * 3 : 0x75000000U + static_cast<std::uint32_t>(skew * skew * kAddresses) * 131);
    event.account = "user" + std::to_string(static_cast<std::uint32_t>(skew * kAccounts)) + "@example.org";
    event.server = "mx1";
    event.program = "dovecot";
    event.line = line;
    return event;
}

void Stream::run()
{
    auto next = std::chrono::steady_clock::now();
    while (!m_stop) {
        PullCommit commit;
        commit.newState = m_file;
        commit.startOffset = m_file.offset;
        for (std::uint64_t i = 0; i < m_each; ++i) {
            const std::uint64_t number = m_file.lineNumber + i;
            const std::string raw = "imap-login: Disconnected (auth failed, 1 attempts): line " + std::to_string(number);
            commit.batch.events.push_back(make(number, {m_file.id, commit.newState.offset, static_cast<std::uint32_t>(raw.size()), number + 1}));
            commit.rawBytes += QByteArray::fromStdString(raw + "\n");
            commit.newState.offset += raw.size() + 1;
        }
        commit.newState.lineNumber = m_file.lineNumber + m_each;
        commit.batch.lines = m_each;
        if (!m_store.commitPull(commit)) {
            m_failed = true;
            return;
        }
        m_file = commit.newState;
        m_events += m_each;
        next += kPull;
        std::this_thread::sleep_until(next);
    }
}

} // namespace mailward
