// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServersController.h"

#include "app/controllers/ServerLink.h"
#include "app/controllers/ServerViews.h"
#include "models/logs/TimeResolver.h"
#include "models/servers/SshConfig.h"

#include <QDir>
#include <QTimeZone>
#include <algorithm>

namespace mailward {

namespace {

SshConfigPlace placeOfUser()
{
    return {QDir::homePath(), qEnvironmentVariable("USER", QStringLiteral("root"))};
}

/// What was stored before and what came in this run, most lines first.
std::vector<UnknownLinesRow> unknownRows(IngestTotals totals, const IngestTotals& now)
{
    for (const UnknownSample& sample : now.notUnderstood) {
        totals.add(sample);
    }
    std::vector<UnknownLinesRow> rows;
    for (const UnknownSample& sample : totals.notUnderstood) {
        rows.push_back({UntrustedText(sample.program), sample.count, UntrustedText(sample.sample)});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.lines > b.lines; });
    return rows;
}

} // namespace

ServersController::ServersController(DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock, QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_rules(std::move(rules)), m_clock(clock), m_profiles(m_paths.config)
{
    m_publish.setSingleShot(true);
    m_publish.setInterval(40);
    connect(&m_publish, &QTimer::timeout, this, &ServersController::publish);
}

ServersController::~ServersController() = default;

void ServersController::start()
{
    const auto profiles = m_profiles.load();
    if (!profiles) {
        emit noticed(Notice::of(profiles.error()));
        return;
    }
    std::optional<Error> trouble;
    m_store.withDatabase([&](EventDatabase& database) {
        if (const auto totals = database.servers()) {
            for (const ServerTotals& server : *totals) {
                m_stored[server.name] = server;
            }
            const auto unknown = database.unknownLines();
            if (!unknown) {
                trouble = unknown.error();
                return;
            }
            for (const UnknownCount& lines : *unknown) {
                const auto server = std::find_if(totals->begin(), totals->end(), [&](const ServerTotals& each) { return each.server == lines.server; });
                if (server != totals->end()) {
                    m_storedUnknown[server->name].add({lines.program, lines.count, lines.sample, lines.line});
                }
            }
        }
    });
    if (trouble) {
        emit noticed(Notice::of(*trouble));
    }
    for (const ServerProfile& profile : *profiles) {
        adopt(profile);
        setFollowing({profile.name}, true);
    }
    publish();
}

QList<ServerLight> ServersController::lights() const
{
    QList<ServerLight> lights;
    for (const auto& [name, entry] : m_entries) {
        lights.push_back({name, serverStateText(entry.row.state), entry.row.message.plain(), entry.row.state});
    }
    return lights;
}

QTimeZone ServersController::timeZone() const
{
    const auto profiles = m_profiles.load();
    for (const ServerProfile& profile : profiles ? *profiles : std::vector<ServerProfile>{}) {
        if (const auto zone = zoneFromText(profile.timezone.toStdString()); zone && profile.timezone != QLatin1String("UTC")) {
            return *zone;
        }
    }
    return QTimeZone::utc();
}

QStringList ServersController::names() const
{
    QStringList names;
    for (const auto& [name, entry] : m_entries) {
        names << name;
    }
    return names;
}

std::vector<ExecutorTarget> ServersController::targets(const QStringList& names) const
{
    std::vector<ExecutorTarget> targets;
    for (const auto& [name, entry] : m_entries) {
        if (names.isEmpty() || names.contains(name)) {
            targets.push_back(executorTarget(entry.worker->profile(), m_paths, entry.worker->secretSource()));
        }
    }
    return targets;
}

void ServersController::add(const ServerForm& form, Secret secret)
{
    const ServerProfile profile = profileOf(form);
    if (isWrong(profile)) {
        return;
    }
    if (const auto stored = m_profiles.add(profile); !stored) {
        emit formRefused({QStringLiteral("name"), stored.error().toString()});
        return;
    }
    tryOut(adopt(profile), form, std::move(secret));
}

bool ServersController::isWrong(const ServerProfile& profile)
{
    const auto valid = validate(profile);
    if (!valid) {
        emit formRefused({wrongField(profile).value_or(QStringLiteral("keyFile")), valid.error().toString()});
    }
    return !valid;
}

std::optional<ServerForm> ServersController::formOf(const QString& name) const
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? std::nullopt : std::optional(mailward::formOf(found->second.worker->profile()));
}

void ServersController::change(const QString& name, const ServerForm& form, Secret secret)
{
    const Entry* entry = find(name);
    if (!entry) {
        emit addFailed(Error{ErrorCode::NotFound, tr("%1 is not in the inventory any more.").arg(name), {}});
        return;
    }
    const ServerProfile before = entry->worker->profile();
    const bool followed = entry->row.following;
    ServerProfile profile = profileOf(form, before);
    profile.name = name; // its events are stored under it
    if (isWrong(profile)) {
        return;
    }
    if (const auto stored = m_profiles.update(profile); !stored) {
        emit formRefused({QStringLiteral("name"), stored.error().toString()});
        return;
    }
    m_before = before;
    m_followedBefore = followed;
    tryOut(adopt(profile), form, std::move(secret));
}

/// Connects for the first time: judgeTrial() says what came of it.
void ServersController::tryOut(Entry& entry, const ServerForm& form, Secret secret)
{
    const ServerProfile& profile = entry.worker->profile();
    if (!secret.isEmpty()) {
        SecretRequest request;
        request.kind = form.method == LoginMethod::KeyFile ? SecretRequest::Kind::Passphrase : SecretRequest::Kind::Password;
        request.endpoint = QStringLiteral("%1@%2:%3").arg(profile.endpoint.user, profile.endpoint.host).arg(profile.endpoint.port);
        if (form.remember) {
            entry.toRemember.insert_or_assign(secretName(request), Secret(std::string_view(secret.data(), secret.size())));
        }
        entry.worker->setSecret(request, std::move(secret));
    }
    m_trial = profile.name;
    entry.row.following = true;
    entry.worker->follow();
    publish();
}

void ServersController::cancelTrial()
{
    const QString name = std::exchange(m_trial, {});
    const std::optional<ServerProfile> before = std::exchange(m_before, std::nullopt);
    if (name.isEmpty()) {
        return;
    }
    if (!before) {
        remove({name});
        return;
    }
    if (const auto stored = m_profiles.update(*before); !stored) {
        emit noticed(Notice::of(stored.error()));
    }
    if (Entry* entry = find(name)) {
        entry->toRemember.clear();
    }
    adopt(*before);
    setFollowing({name}, m_followedBefore);
}

/// The first word of a server that was just added or changed: it stays when the log-in worked, else it goes, or is as it was, so
/// that the form can be mended and tried again.
void ServersController::judgeTrial(const QString& name, const WorkerReport& report)
{
    if (name != m_trial) {
        return;
    }
    if (report.state == WorkerState::Pulling || report.state == WorkerState::Live) {
        m_trial.clear();
        m_before.reset();
        find(name)->worker->check();
        emit added(name);
    } else if ((report.state == WorkerState::Stopped || report.state == WorkerState::Waiting) && report.error) {
        const Error error = *report.error;
        cancelTrial();
        emit addFailed(error);
    }
}

void ServersController::remove(const QStringList& names)
{
    for (const QString& name : names) {
        if (const auto removed = m_profiles.remove(name); !removed) {
            emit noticed(Notice::of(removed.error()));
            continue;
        }
        if (Entry* entry = find(name)) {
            dropSecrets(*entry);
            keepTotals(*entry);
        }
        m_entries.erase(name);
    }
    publish();
}

void ServersController::check(const QStringList& names)
{
    for (const QString& name : names) {
        if (Entry* entry = find(name)) {
            entry->worker->check();
        }
    }
}

void ServersController::pull(const QStringList& names)
{
    for (const QString& name : names) {
        if (Entry* entry = find(name)) {
            entry->row.following ? entry->worker->follow() : entry->worker->pullOnce();
        }
    }
}

void ServersController::setFollowing(const QStringList& names, bool following)
{
    for (const QString& name : names) {
        if (Entry* entry = find(name)) {
            entry->row.following = following;
            following ? entry->worker->follow() : entry->worker->pause();
        }
    }
    publish();
}

void ServersController::answerHostKey(const QString& server, const QString& fingerprint, bool accepted)
{
    if (Entry* entry = find(server)) {
        entry->worker->answerHostKey(fingerprint, accepted);
    }
}

void ServersController::answerSecret(const SecretQuestion& question, std::optional<Secret> secret, bool remember)
{
    if (Entry* entry = find(question.server); entry && entry->question == question.number) {
        if (remember && secret) {
            entry->toRemember.insert_or_assign(entry->asked, Secret(std::string_view(secret->data(), secret->size())));
        }
        entry->worker->answerSecret(entry->workerQuestion, std::move(secret));
    }
}

void ServersController::askForSecret(const QString& name, const SecretRequest& request, std::uint64_t number)
{
    Entry* entry = find(name);
    if (!entry) {
        return;
    }
    const SecretQuestion question{name, request.endpoint, kindOf(request.kind), request.prompt, request.echo, false, ++m_questions};
    entry->asked = secretName(request);
    entry->workerQuestion = number;
    entry->question = question.number;
    if (request.kind == SecretRequest::Kind::Challenge) {
        emit secretWanted(question); // a code is good once: nothing to keep
        return;
    }
    m_keychain.read(entry->asked, this, [this, question](std::optional<Secret> secret) {
        Entry* waiting = find(question.server);
        if (!waiting || waiting->question != question.number) {
            return; // another one is asked by now
        }
        if (secret) {
            waiting->remembered << waiting->asked;
            waiting->worker->answerSecret(waiting->workerQuestion, std::move(secret));
        } else {
            SecretQuestion asked = question;
            asked.canRemember = m_keychain.isUsable();
            emit secretWanted(asked);
        }
    });
}

/// The log-in worked: what the person wanted to be remembered is.
void ServersController::keepSecrets(Entry& entry)
{
    for (const auto& [name, secret] : std::exchange(entry.toRemember, {})) {
        entry.remembered << name;
        m_keychain.write(name, secret, this, [this](const Result<void>& done) {
            if (!done) {
                emit noticed(Notice::of(done.error()));
            }
        });
    }
}

/// A refused secret is not tried again, wherever it came from.
void ServersController::dropSecrets(Entry& entry)
{
    entry.toRemember.clear();
    for (const QString& name : std::exchange(entry.remembered, {})) {
        m_keychain.forget(name);
    }
}

ConnectByName ServersController::connector() const
{
    auto known = std::make_shared<std::map<QString, std::pair<ServerProfile, SecretSource>>>();
    for (const auto& [name, entry] : m_entries) {
        known->emplace(name, std::pair(entry.worker->profile(), entry.worker->secretSource()));
    }
    return [known, config = m_paths.config](const QString& server) -> Result<std::unique_ptr<ServerConnection>> {
        const auto found = known->find(server);
        if (found == known->end()) {
            return failure(ErrorCode::NotFound, tr("%1 is not in the inventory.").arg(server), tr("Its lines came from a file, or the server was removed."));
        }
        auto connection = std::make_unique<ServerConnection>(found->second.first, config, userKnownHosts());
        ConnectionCallbacks callbacks;
        callbacks.secret = found->second.second;
        if (const auto opened = connection->open(callbacks); !opened) {
            return tl::unexpected(opened.error());
        }
        return connection;
    };
}

void ServersController::forgetKey(const QString& server, const QString& typedFingerprint)
{
    Entry* entry = find(server);
    if (!entry) {
        return;
    }
    KnownHosts known(QDir(m_paths.config).filePath(QStringLiteral("known_hosts")), {userKnownHosts()});
    if (const auto forgotten = known.forgetReplaced(entry->key, typedFingerprint); !forgotten) {
        emit noticed(Notice::of(forgotten.error()));
        return;
    }
    entry->row.replacedKey.clear();
    emit keyForgotten(server, typedFingerprint);
    entry->row.following ? entry->worker->follow() : entry->worker->check();
    publish();
}

std::vector<ImportRow> ServersController::sshConfigRows(const QString& file)
{
    std::vector<ImportRow> rows;
    const auto hosts = readSshConfig(file, placeOfUser());
    if (!hosts) {
        emit noticed(Notice::of(hosts.error()));
        return rows;
    }
    for (const SshConfigHost& host : *hosts) {
        ImportRow row{host.alias, {}, host.notes.join(QLatin1Char(' ')), host.problem, find(host.alias) != nullptr};
        if (host.profile) {
            const SshEndpoint& end = host.profile->endpoint;
            row.target = QStringLiteral("%1@%2:%3").arg(end.user, end.host).arg(end.port);
            for (const SshEndpoint& jump : host.profile->jumpHosts) {
                row.target += tr(" through %1").arg(jump.host);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void ServersController::importSshConfig(const QString& file, const QStringList& names)
{
    const auto hosts = readSshConfig(file, placeOfUser());
    if (!hosts) {
        emit noticed(Notice::of(hosts.error()));
        return;
    }
    for (const SshConfigHost& host : *hosts) {
        if (!host.profile || !names.contains(host.alias) || find(host.alias)) {
            continue;
        }
        if (const auto stored = m_profiles.add(*host.profile); !stored) {
            emit noticed(Notice::of(stored.error()));
            continue;
        }
        adopt(*host.profile);
        setFollowing({host.alias}, true);
        emit added(host.alias);
    }
    publish();
}

/// For a worker that comes after this one: what is stored by now.
void ServersController::keepTotals(const Entry& entry)
{
    const std::string name = entry.row.name.toStdString();
    ServerTotals totals = entry.before;
    totals.lines = entry.row.lines;
    totals.events = entry.row.events;
    totals.unknown = entry.row.unknown;
    IngestTotals unknown;
    for (const UnknownLinesRow& row : entry.row.notUnderstood) {
        unknown.add({row.program.raw(), row.lines, row.sample.raw(), {}});
    }
    m_stored.insert_or_assign(name, std::move(totals));
    m_storedUnknown.insert_or_assign(name, std::move(unknown));
}

/// A worker for this profile, in the place of the one that the server may have.
ServersController::Entry& ServersController::adopt(const ServerProfile& profile)
{
    if (const Entry* present = find(profile.name)) {
        keepTotals(*present);
    }
    Entry entry;
    entry.number = ++m_workers;
    entry.row.name = profile.name;
    entry.row.host = profile.endpoint.host;
    entry.row.legacy = profile.endpoint.legacyAlgorithms;
    const auto known = m_stored.find(profile.name.toStdString());
    if (known != m_stored.end()) {
        entry.before = known->second;
        entry.unknownBefore = m_storedUnknown[known->first];
    }
    entry.row.lines = entry.before.lines;
    entry.row.events = entry.before.events;
    entry.row.unknown = entry.before.unknown;
    entry.row.notUnderstood = unknownRows(entry.unknownBefore, {});
    entry.worker = std::make_unique<ServerWorker>(profile, m_paths, m_store, m_rules, m_clock);
    const QString name = profile.name;
    const auto ifPresent = [this, name, number = entry.number](auto handle) {
        const Entry* present = find(name);
        if (present != nullptr && present->number == number) {
            handle();
        }
    };
    connect(entry.worker.get(), &ServerWorker::reported, this, [=, this](const WorkerReport& report) { ifPresent([&] { takeReport(name, report); }); });
    connect(entry.worker.get(), &ServerWorker::checked, this, [=, this](const std::vector<Capability>& found) { ifPresent([&] { takeCapabilities(name, found); }); });
    connect(entry.worker.get(), &ServerWorker::hostKeyShown, this, [=, this](const HostKeyInfo& key) { ifPresent([&] { showKey(name, key); }); });
    connect(entry.worker.get(), &ServerWorker::secretWanted, this, [=, this](const SecretRequest& request, quint64 question) { ifPresent([&] { askForSecret(name, request, question); }); });
    connect(entry.worker.get(), &ServerWorker::hostKeyAccepted, this, [=, this](const QString& fingerprint) { emit hostKeyAccepted(name, fingerprint); });
    return m_entries.insert_or_assign(name, std::move(entry)).first->second;
}

void ServersController::takeReport(const QString& name, const WorkerReport& report)
{
    Entry* entry = find(name);
    if (!entry) {
        return;
    }
    ServerRow& row = entry->row;
    row.state = linkState(report);
    row.lines = entry->before.lines + report.totals.lines;
    row.events = entry->before.events + report.totals.events;
    row.unknown = entry->before.unknown + report.totals.unknown;
    row.notUnderstood = unknownRows(entry->unknownBefore, report.totals);
    if (report.state == WorkerState::Live || report.state == WorkerState::Pulling) {
        row.lastPull = m_clock.now();
    }
    const Error* error = errorOf(report);
    row.message = UntrustedText((error ? error->text : progressText(report)).toStdString());
    if (report.state == WorkerState::Pulling || report.state == WorkerState::Live) {
        row.replacedKey.clear();
    }
    row.hint = error ? error->hint : QString();
    // A server that comes and goes must not fill the screen: one notice until it is well again.
    if (report.error && report.state == WorkerState::Stopped && !entry->complained) {
        emit noticed({Meaning::Critical, tr("%1: %2").arg(name, report.error->text), report.error->hint});
        entry->complained = true;
    } else if (!error && report.state == WorkerState::Live) {
        entry->complained = false;
    }
    if (report.state == WorkerState::Pulling || report.state == WorkerState::Live) {
        keepSecrets(*entry);
    } else if (report.error && report.error->code == ErrorCode::AuthRefused) {
        dropSecrets(*entry);
    }
    publishSoon();
    judgeTrial(name, report);
}

void ServersController::takeCapabilities(const QString& name, const std::vector<Capability>& capabilities)
{
    if (Entry* entry = find(name)) {
        keepSecrets(*entry);
        entry->row.capabilities.clear();
        for (const Capability& capability : capabilities) {
            entry->row.capabilities.push_back({capabilityName(capability.id), meaningOf(capability.verdict), UntrustedText(capability.text.toStdString()), capability.remedy});
        }
        publish();
        emit capabilitiesFound(name, entry->row.capabilities);
    }
}

void ServersController::showKey(const QString& name, const HostKeyInfo& key)
{
    if (Entry* entry = find(name)) {
        entry->key = key;
        const bool replaced = key.state == HostKeyState::Changed || key.state == HostKeyState::OtherType;
        entry->row.replacedKey = replaced ? key.fingerprint : QString();
        publish();
    }
    HostKeyView view;
    view.server = name;
    view.host = key.host;
    view.port = key.port;
    view.keyType = key.type;
    view.fingerprint = key.fingerprint;
    view.randomart = key.randomart;
    view.knownFingerprint = key.storedFingerprint;
    view.state = standingOf(key.state);
    if (view.state == KeyStanding::Changed || view.state == KeyStanding::Revoked) {
        view.hint = key.storedIn.isEmpty() ? key.problem : tr("The key that was accepted before stands in %1.").arg(key.storedIn);
    }
    emit hostKeyShown(view);
}

void ServersController::publishSoon()
{
    if (!m_publish.isActive()) {
        m_publish.start();
    }
}

void ServersController::publish()
{
    m_publish.stop();
    std::vector<ServerRow> rows;
    rows.reserve(m_entries.size());
    for (const auto& [name, entry] : m_entries) {
        rows.push_back(entry.row);
    }
    m_model.setRows(std::move(rows));
    emit lightsChanged();
}

ServersController::Entry* ServersController::find(const QString& name)
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? nullptr : &found->second;
}

} // namespace mailward
