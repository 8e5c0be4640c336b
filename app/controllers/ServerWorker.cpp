// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServerWorker.h"

#include "app/controllers/ServerLink.h"

namespace mailward {

/// The secrets of this run, by what they open; shared with the executor's connections, which may outlive the worker.
struct ServerWorker::SecretBox {
    std::mutex mutex;
    std::map<QString, Secret> secrets;
};

ServerWorker::ServerWorker(ServerProfile profile, DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock)
    : m_profile(std::move(profile)), m_paths(std::move(paths)), m_ingest(store, std::move(rules), m_profile, clock),
      m_secret(std::make_shared<SecretBox>()), m_thread([this] { work(); })
{
    qRegisterMetaType<WorkerReport>();
    qRegisterMetaType<HostKeyInfo>();
    qRegisterMetaType<SecretRequest>();
    qRegisterMetaType<std::vector<Capability>>();
}

ServerWorker::~ServerWorker()
{
    post(Job::Quit);
}

void ServerWorker::post(Job job)
{
    const std::lock_guard lock(m_mutex);
    if (m_next != Job::Quit) {
        // A check interrupts following for a moment, it does not end it.
        m_following = job == Job::Follow || (job == Job::Check && m_following);
        m_next = job;
    }
    m_notBefore = {};
    m_stop.request_stop();
    m_wake.notify_all();
}

void ServerWorker::pause()
{
    const std::lock_guard lock(m_mutex);
    m_following = false;
    if (m_next != Job::Quit) {
        m_next = Job::None;
    }
    m_stop.request_stop();
    m_wake.notify_all();
}

void ServerWorker::answerHostKey(const QString& fingerprint, bool accepted)
{
    const std::lock_guard lock(m_mutex);
    m_keyAnswer = {fingerprint, accepted};
    m_wake.notify_all();
}

void ServerWorker::setSecret(const SecretRequest& request, Secret secret)
{
    const std::lock_guard lock(m_secret->mutex);
    m_secret->secrets.insert_or_assign(secretName(request), std::move(secret));
}

void ServerWorker::forgetSecrets()
{
    const std::lock_guard lock(m_secret->mutex);
    m_secret->secrets.clear();
}

void ServerWorker::answerSecret(std::uint64_t question, std::optional<Secret> secret)
{
    const std::lock_guard lock(m_mutex);
    if (question == m_question) {
        m_secretAnswer = std::move(secret);
        m_wake.notify_all();
    }
}

SecretSource ServerWorker::secretSource() const
{
    return [box = m_secret](const SecretRequest& request) -> std::optional<Secret> {
        const std::lock_guard lock(box->mutex);
        const auto kept = box->secrets.find(secretName(request));
        if (kept == box->secrets.end() || request.kind == SecretRequest::Kind::Challenge) {
            return std::nullopt;
        }
        return Secret(std::string_view(kept->second.data(), kept->second.size()));
    };
}

void ServerWorker::work()
{
    for (;;) {
        std::stop_token stop;
        const Job job = nextJob(stop);
        if (job == Job::Quit) {
            return;
        }
        finished(job, perform(job, stop));
    }
}

/// Waits for a job, and for the time before which it is not tried again.
ServerWorker::Job ServerWorker::nextJob(std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_next != Job::None; });
    while (m_next != Job::Quit && m_next != Job::None && std::chrono::steady_clock::now() < m_notBefore) {
        m_wake.wait_until(lock, m_notBefore);
    }
    const Job job = m_next;
    if (job == Job::Quit) {
        return job;
    }
    m_next = Job::None;
    m_stop = std::stop_source();
    stop = m_stop.get_token();
    return job;
}

Result<void> ServerWorker::readLogs(Job job, LogPuller& puller)
{
    if (job == Job::Follow) {
        return puller.follow([this](const RoundReport& round) { takeRound(round); });
    }
    const auto round = puller.catchUp([this](const RoundReport& r) { takeRound(r); });
    if (!round) {
        return tl::unexpected(round.error());
    }
    takeRound(*round);
    return {};
}

Result<void> ServerWorker::perform(Job job, const std::stop_token& stop)
{
    if (job == Job::None) {
        return {};
    }
    report(WorkerState::Connecting);
    ServerConnection connection(m_profile, m_paths.config, userKnownHosts(), stop);
    if (auto opened = connectTo(connection, stop); !opened) {
        return opened;
    }
    m_tries = 0;
    if (job == Job::Check) {
        auto found = connection.check();
        if (!found) {
            return tl::unexpected(found.error());
        }
        emit checked(*found);
        return {};
    }
    report(WorkerState::Pulling);
    LogPuller puller(connection.session(), m_ingest, m_profile, stop);
    m_puller = &puller;
    m_roundStart = m_ingest.totals().bytes;
    m_roundBegun = std::chrono::steady_clock::now();
    m_ingest.setCommitted([this] { tellProgress(); });
    const auto done = readLogs(job, puller);
    m_ingest.setCommitted({});
    m_puller = nullptr;
    return done;
}

/// A long round says how far it is, a few times a second.
void ServerWorker::tellProgress()
{
    const auto now = std::chrono::steady_clock::now();
    if (now < m_told + std::chrono::milliseconds(250)) {
        return;
    }
    m_told = now;
    m_report.pulled = m_ingest.totals().bytes - m_roundStart;
    m_report.expected = m_puller->expected();
    m_report.bytesPerSecond = static_cast<double>(m_report.pulled) / std::max(0.001, std::chrono::duration<double>(now - m_roundBegun).count());
    report(WorkerState::Pulling);
}

Result<void> ServerWorker::connectTo(ServerConnection& connection, const std::stop_token& stop)
{
    ConnectionCallbacks callbacks;
    callbacks.acceptHostKey = [this, &stop](const HostKeyInfo& key) { return askAboutKey(key, stop); };
    callbacks.hostKeyStored = [this](const HostKeyInfo& key) { emit hostKeyAccepted(key.fingerprint); };
    callbacks.secret = [this, source = secretSource(), &stop](const SecretRequest& request) {
        auto secret = source(request);
        return secret ? std::move(secret) : askForSecret(request, stop);
    };
    auto opened = connection.open(callbacks);
    if (opened) {
        return opened;
    }
    if (opened.error().code == ErrorCode::HostKeyChanged) {
        emit hostKeyShown(connection.hostKey());
    }
    if (opened.error().code == ErrorCode::AuthRefused) {
        // A refused secret is never tried again.
        forgetSecrets();
    }
    return opened;
}

/// Shows the key and waits for the person: there is no time limit, but stopping ends it.
bool ServerWorker::askAboutKey(const HostKeyInfo& key, const std::stop_token& stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_keyAnswer.reset();
    }
    emit hostKeyShown(key);
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [&] { return stop.stop_requested() || (m_keyAnswer && m_keyAnswer->first == key.fingerprint); });
    return m_keyAnswer && m_keyAnswer->first == key.fingerprint && m_keyAnswer->second;
}

/// Waits for the person, as for a key. A password or passphrase is kept for this run; a code is not.
std::optional<Secret> ServerWorker::askForSecret(const SecretRequest& request, const std::stop_token& stop)
{
    std::uint64_t question = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_secretAnswer.reset();
        question = ++m_question;
    }
    emit secretWanted(request, question);
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [&] { return stop.stop_requested() || m_secretAnswer; });
    std::optional<Secret> answer = m_secretAnswer ? std::move(*m_secretAnswer) : std::nullopt;
    m_secretAnswer.reset();
    lock.unlock();
    if (answer && request.kind != SecretRequest::Kind::Challenge) {
        setSecret(request, Secret(std::string_view(answer->data(), answer->size())));
    }
    return answer;
}

QString secretName(const SecretRequest& request)
{
    return (request.kind == SecretRequest::Kind::Passphrase ? QStringLiteral("passphrase ") : QStringLiteral("password ")) + request.endpoint;
}

void ServerWorker::report(WorkerState state, const std::optional<Error>& error)
{
    m_report.state = state;
    m_report.error = error;
    m_report.totals = m_ingest.totals();
    emit reported(m_report);
}

void ServerWorker::takeRound(const RoundReport& round)
{
    m_report.behind = 0;
    m_report.sourceErrors.clear();
    for (const SourceReport& source : round.sources) {
        m_report.behind += source.behind;
        m_report.bytesLost += source.bytesLost;
        if (source.error) {
            m_report.sourceErrors.push_back(*source.error);
        }
    }
    m_report.pulled = 0;
    m_report.expected = 0;
    m_roundStart = m_ingest.totals().bytes;
    m_roundBegun = std::chrono::steady_clock::now();
    report(round.isCaughtUp() ? WorkerState::Live : WorkerState::Pulling);
}

/// Says how it ended, and plans what comes next: another try where that can help, following where that is wished.
void ServerWorker::finished(Job job, const Result<void>& done)
{
    std::unique_lock lock(m_mutex);
    const bool interrupted = m_next != Job::None || (!done && done.error().code == ErrorCode::Cancelled);
    const auto wait = done || interrupted ? std::nullopt : ServerConnection::backoff(done.error(), m_tries + 1);
    const bool isStuck = !done && !interrupted && !wait; // a person has to act first: nothing is tried again by itself
    if (wait && job != Job::Check) {
        ++m_tries;
        m_notBefore = std::chrono::steady_clock::now() + *wait;
        m_next = job;
    } else if (m_next == Job::None && m_following && !isStuck) {
        m_next = Job::Follow;
    }
    const bool idle = m_next == Job::None;
    lock.unlock();
    if (wait) {
        report(WorkerState::Waiting, done.error());
    } else if (idle) {
        const bool failed = !done && !interrupted;
        report(failed ? WorkerState::Stopped : WorkerState::Idle, failed ? std::optional(done.error()) : std::nullopt);
    }
}

} // namespace mailward
