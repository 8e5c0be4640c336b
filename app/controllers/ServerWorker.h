// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/ServerIngest.h"
#include "models/core/DataPaths.h"
#include "models/servers/LogPuller.h"
#include "models/servers/ServerConnection.h"

#include <QObject>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace mailward {

/// What a worker is doing, for a live light.
enum class WorkerState { Idle, Connecting, Pulling, Live, Waiting, Stopped };

/// What a worker has to tell: plain values, sent by queued signals.
struct WorkerReport {
    WorkerState state = WorkerState::Idle;
    IngestTotals totals;       ///< of this run
    std::uint64_t behind = 0;  ///< bytes that the server still has for us
    std::uint64_t pulled = 0;  ///< bytes of the round under way, and ...
    std::uint64_t expected = 0; ///< ... how many it promised; 0: unknown
    double bytesPerSecond = 0;
    std::uint64_t bytesLost = 0;
    std::vector<Error> sourceErrors; ///< log files that could not be read; the others went on
    std::optional<Error> error;      ///< why it waits or stopped
};

/// One thread, one server: its SSH session, its puller, its parser. Reconnects by itself with back-off, except after a refusal
/// or where a person has to look at something. All public functions may be called from the window's thread.
class ServerWorker final : public QObject
{
    Q_OBJECT

public:
    ServerWorker(ServerProfile profile, DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock);
    ~ServerWorker() override;

    void pullOnce() { post(Job::Pull); }
    void follow() { post(Job::Follow); }
    void check() { post(Job::Check); }
    /// Ends what is under way within a second; stored events stay.
    void pause();

    /// The person's word about the key that hostKeyShown() carried.
    void answerHostKey(const QString& fingerprint, bool accepted);
    /// Kept for this run only; used for each such log-in until one of this server is refused.
    void setSecret(const SecretRequest& request, Secret secret);
    /// The person's answer to secretWanted(); nothing: given up. An answer to an earlier question is dropped: it is another secret.
    void answerSecret(std::uint64_t question, std::optional<Secret> secret);
    /// Hands out copies of the stored secret; thread-safe, and valid after the worker is gone.
    [[nodiscard]] SecretSource secretSource() const;

    [[nodiscard]] const ServerProfile& profile() const { return m_profile; }

signals:
    void reported(const mailward::WorkerReport& report);
    void checked(const std::vector<mailward::Capability>& capabilities);
    /// Unknown: waits for answerHostKey(). Any other state: a hard stop, nothing was sent.
    void hostKeyShown(const mailward::HostKeyInfo& key);
    /// The key that the person accepted stands in our file.
    void hostKeyAccepted(const QString& fingerprint);
    /// The log-in waits for answerSecret(), as long as the server lets it.
    void secretWanted(const mailward::SecretRequest& request, quint64 question);

private:
    enum class Job { None, Pull, Follow, Check, Quit };
    struct SecretBox;

    void forgetSecrets();
    void post(Job job);
    void work();
    [[nodiscard]] Job nextJob(std::stop_token& stop);
    [[nodiscard]] Result<void> perform(Job job, const std::stop_token& stop);
    [[nodiscard]] Result<void> readLogs(Job job, LogPuller& puller);
    [[nodiscard]] Result<void> connectTo(ServerConnection& connection, const std::stop_token& stop);
    [[nodiscard]] std::optional<Secret> askForSecret(const SecretRequest& request, const std::stop_token& stop);
    void tellProgress();
    [[nodiscard]] bool askAboutKey(const HostKeyInfo& key, const std::stop_token& stop);
    void report(WorkerState state, const std::optional<Error>& error = {});
    void takeRound(const RoundReport& round);
    void finished(Job job, const Result<void>& done);

    ServerProfile m_profile;
    DataPaths m_paths;
    ServerIngest m_ingest;
    std::shared_ptr<SecretBox> m_secret;
    WorkerReport m_report; ///< worker's thread only
    int m_tries = 0;       ///< worker's thread only
    const LogPuller* m_puller = nullptr;                      ///< worker's thread only, as are these
    std::uint64_t m_roundStart = 0;                           ///< bytes when the round began
    std::chrono::steady_clock::time_point m_roundBegun{};
    std::chrono::steady_clock::time_point m_told{};

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Job m_next = Job::None;
    bool m_following = false; ///< the person's wish: goes on after a check, and after a failure that the person mended
    std::chrono::steady_clock::time_point m_notBefore{};
    std::stop_source m_stop;
    std::optional<std::pair<QString, bool>> m_keyAnswer;
    std::optional<std::optional<Secret>> m_secretAnswer;
    std::uint64_t m_question = 0; ///< the last one that was asked

    std::jthread m_thread; ///< last: it uses all of the above
};

/// What a secret opens, as a name: "password mwops@mx1:22". A jump host's password is never another host's.
[[nodiscard]] QString secretName(const SecretRequest& request);

} // namespace mailward

Q_DECLARE_METATYPE(mailward::WorkerReport)
Q_DECLARE_METATYPE(mailward::HostKeyInfo)
Q_DECLARE_METATYPE(mailward::SecretRequest)
Q_DECLARE_METATYPE(std::vector<mailward::Capability>)
