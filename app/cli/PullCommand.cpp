// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/PullCommand.h"

#include "app/cli/Arguments.h"
#include "app/cli/TerminalSecret.h"
#include "app/controllers/Parts.h"
#include "app/controllers/ServerIngest.h"
#include "app/controllers/ServerLink.h"
#include "models/core/Clock.h"
#include "models/core/UntrustedText.h"
#include "models/servers/LogPuller.h"
#include "models/servers/ProfileStore.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>

namespace mailward::cli {

namespace {

std::atomic<bool> interrupted = false; // the only thing that a signal handler may touch

void onInterrupt(int) { interrupted = true; }

/// One server from connection to the last line, in a thread of its own.
class PullJob
{
public:
    PullJob(const Context& context, ServerProfile profile, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, std::mutex& output)
        : m_context(context), m_profile(std::move(profile)), m_ingest(store, std::move(rules), m_profile, m_clock), m_output(output)
    {}

    /// Following goes on until it is stopped, or a person has to act: a broken link is taken up again by itself.
    [[nodiscard]] Result<void> run(bool follow, const std::stop_token& stop)
    {
        for (;;) {
            const auto done = once(follow, stop);
            if (done || !follow || stop.stop_requested()) {
                return done;
            }
            const auto pause = ServerConnection::backoff(done.error(), ++m_tries);
            if (!pause) {
                return done;
            }
            complain(done.error(), *pause);
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait_for(lock, stop, *pause, [] { return false; });
        }
    }

    [[nodiscard]] const QString& name() const { return m_profile.name; }

private:
    [[nodiscard]] Result<void> once(bool follow, const std::stop_token& stop)
    {
        ServerConnection connection(m_profile, m_context.paths.config, userKnownHosts(), stop);
        ConnectionCallbacks callbacks;
        callbacks.secret = terminalSecrets();
        if (auto opened = connection.open(callbacks); !opened) {
            return opened;
        }
        LogPuller puller(connection.session(), m_ingest, m_profile, stop);
        const auto progress = [this](const RoundReport& report) {
            m_tries = 0;
            print(report);
        };
        if (follow) {
            return puller.follow(progress);
        }
        const auto report = puller.catchUp();
        if (!report) {
            return tl::unexpected(report.error());
        }
        print(*report);
        return judge(*report);
    }

    void complain(const Error& error, std::chrono::milliseconds pause)
    {
        const std::lock_guard lock(m_output);
        std::fprintf(stderr, "%s: %s; trying again in %.1f s\n", qUtf8Printable(m_profile.name), qUtf8Printable(error.toString()),
                     static_cast<double>(pause.count()) / 1000);
    }

    /// The first error of a log. One that is not there is none, as long as another one is: programs are added and removed.
    static Result<void> judge(const RoundReport& report)
    {
        const auto& all = report.sources;
        const bool anyRead = std::any_of(all.begin(), all.end(), [](const SourceReport& source) { return !source.error; });
        for (const SourceReport& source : all) {
            if (source.error && !(anyRead && source.error->code == ErrorCode::NotFound)) {
                return tl::unexpected(*source.error);
            }
        }
        return {};
    }

    static QByteArray notes(const SourceReport& source)
    {
        QByteArray list;
        for (const QString& note : source.notes) {
            list += (list.isEmpty() ? "" : ",") + jsonString(note);
        }
        return "[" + list + "]";
    }

    void print(const RoundReport& report)
    {
        const IngestTotals& now = m_ingest.totals();
        const std::lock_guard lock(m_output);
        std::uint64_t offset = 0;
        QByteArray sources;
        for (const SourceReport& source : report.sources) {
            offset += source.offset;
            sources += sources.isEmpty() ? "{\"path\":" : ",{\"path\":";
            sources += jsonString(UntrustedText(source.path).json()) + ",\"offset\":" + QByteArray::number(static_cast<qulonglong>(source.offset)) +
                       ",\"lost\":" + QByteArray::number(static_cast<qulonglong>(source.bytesLost)) + ",\"notes\":" + notes(source) + ",\"error\":" +
                       (source.error ? jsonString(source.error->toString()) : QByteArray("null")) + "}";
            if (source.error) {
                std::fprintf(stderr, "%s: %s\n", qUtf8Printable(m_profile.name), qUtf8Printable(source.error->toString()));
            }
        }
        if (m_context.json) {
            JsonLine()
                .text("server", m_profile.name)
                .number("bytes", static_cast<qint64>(now.bytes - m_before.bytes))
                .number("lines", static_cast<qint64>(now.lines - m_before.lines))
                .number("events", static_cast<qint64>(now.events - m_before.events))
                .number("boring", static_cast<qint64>(now.boring - m_before.boring))
                .number("unknown", static_cast<qint64>(now.unknown - m_before.unknown))
                .number("offset", static_cast<qint64>(offset))
                .json("sources", "[" + sources + "]")
                .print();
        } else {
            std::printf("%-16s %llu bytes, %llu lines, %llu events, %llu unknown\n", qUtf8Printable(m_profile.name),
                        static_cast<unsigned long long>(now.bytes - m_before.bytes), static_cast<unsigned long long>(now.lines - m_before.lines),
                        static_cast<unsigned long long>(now.events - m_before.events), static_cast<unsigned long long>(now.unknown - m_before.unknown));
        }
        std::fflush(stdout);
        m_before = now;
    }

    const Context& m_context;
    ServerProfile m_profile;
    SystemClock m_clock;
    ServerIngest m_ingest;
    IngestTotals m_before;
    int m_tries = 0; ///< without a round in between
    std::mutex& m_output;
};

Result<std::vector<ServerProfile>> chosenProfiles(const Context& context, const QString& name)
{
    const ProfileStore store(context.paths.config);
    if (name.isEmpty()) {
        auto all = store.load();
        if (all && all->empty()) {
            return failure(ErrorCode::NotFound, QStringLiteral("there are no servers yet"), QStringLiteral("mailward-cli servers add NAME --host HOST --user USER"));
        }
        return all;
    }
    auto one = store.find(name);
    if (!one) {
        return tl::unexpected(one.error());
    }
    return std::vector<ServerProfile>{*one};
}

} // namespace

int runPull(const Context& context)
{
    const auto arguments = readArguments(context.words, {{QStringLiteral("--server")}, {QStringLiteral("--follow")}});
    if (!arguments || !arguments->positional.isEmpty()) {
        return wrongUse(arguments ? QStringLiteral("pull takes [--server NAME] [--follow]") : arguments.error());
    }
    const auto profiles = chosenProfiles(context, arguments->value(QStringLiteral("--server")));
    if (!profiles) {
        return printError(profiles.error());
    }
    const auto rules = RuleBook::load(context.paths.config + QStringLiteral("/rules"));
    if (!rules) {
        return printError(rules.error());
    }
    const auto troubled = [](const Error& error) { std::ignore = printError(error); };
    auto store = openStoreToFill(context.paths, arguments->has(QStringLiteral("--follow")) ? std::function<void(const Error&)>(troubled)
                                                                                           : std::function<void(const Error&)>());
    if (!store) {
        return printError(store.error());
    }
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
    std::stop_source stop;
    std::mutex output;
    std::atomic<int> running = static_cast<int>(profiles->size());
    std::atomic<bool> failed = false;
    std::vector<std::jthread> threads;
    for (const ServerProfile& profile : *profiles) {
        threads.emplace_back([&, profile] {
            PullJob job(context, profile, **store, *rules, output);
            const auto done = job.run(arguments->has(QStringLiteral("--follow")), stop.get_token());
            if (!done && done.error().code != ErrorCode::Cancelled) {
                const std::lock_guard lock(output);
                failed = true;
                Error error = done.error();
                error.text = profile.name + QStringLiteral(": ") + error.text;
                printError(error);
            }
            --running;
        });
    }
    while (running > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (interrupted) {
            stop.request_stop();
        }
    }
    return failed ? kFailed : kDone;
}

} // namespace mailward::cli
