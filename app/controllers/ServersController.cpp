// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServersController.h"

#include "app/controllers/ServerLink.h"

#include <QTimeZone>

namespace mailward {

namespace {

LinkState linkState(const WorkerReport& report)
{
    switch (report.state) {
    case WorkerState::Idle: return LinkState::Idle;
    case WorkerState::Connecting: return LinkState::Connecting;
    case WorkerState::Pulling: return report.sourceErrors.empty() ? LinkState::Pulling : LinkState::Warning;
    case WorkerState::Live: return report.sourceErrors.empty() ? LinkState::Live : LinkState::Warning;
    case WorkerState::Waiting: return LinkState::Warning;
    case WorkerState::Stopped: return LinkState::Failed;
    }
    return LinkState::Idle;
}

/// The error that a row shows: of the whole server, else of its first unreadable log.
const Error* errorOf(const WorkerReport& report)
{
    if (report.error) {
        return &*report.error;
    }
    return report.sourceErrors.empty() ? nullptr : &report.sourceErrors.front();
}

Meaning meaningOf(Capability::Verdict verdict)
{
    switch (verdict) {
    case Capability::Verdict::Ok: return Meaning::Good;
    case Capability::Verdict::Warn: return Meaning::Warning;
    case Capability::Verdict::Fail: return Meaning::Critical;
    }
    return Meaning::Muted;
}

KeyStanding standingOf(HostKeyState state)
{
    switch (state) {
    case HostKeyState::Known: return KeyStanding::Known;
    case HostKeyState::Unknown: return KeyStanding::Unknown;
    case HostKeyState::Revoked: return KeyStanding::Revoked;
    case HostKeyState::Changed:
    case HostKeyState::OtherType:
    case HostKeyState::Error: break;
    }
    return KeyStanding::Changed;
}

AuthMethod authOf(LoginMethod method)
{
    switch (method) {
    case LoginMethod::Agent: return AuthMethod::Agent;
    case LoginMethod::KeyFile: return AuthMethod::KeyFile;
    case LoginMethod::Password: return AuthMethod::Password;
    }
    return AuthMethod::Agent;
}

ServerProfile profileOf(const ServerForm& form)
{
    ServerProfile profile;
    profile.name = form.name.trimmed();
    profile.endpoint.host = form.host.trimmed();
    profile.endpoint.port = static_cast<std::uint16_t>(form.port);
    profile.endpoint.user = form.user.trimmed();
    profile.endpoint.auth = authOf(form.method);
    if (form.method == LoginMethod::KeyFile) {
        profile.endpoint.identityFile = form.keyFile.trimmed();
    }
    for (const QString& path : form.logPaths) {
        if (!path.trimmed().isEmpty()) {
            profile.logs.push_back({path.trimmed().toStdString()});
        }
    }
    if (profile.logs.empty()) {
        profile.logs = ServerProfile::usualLogs();
    }
    if (!form.zone.trimmed().isEmpty()) {
        profile.timezone = form.zone.trimmed();
    }
    profile.gate = profile.endpoint.user == QLatin1String("root") ? GateMode::RootDirect : GateMode::SudoGate;
    return profile;
}

/// The first field that a profile's rules object to.
std::optional<QString> wrongField(const ServerProfile& profile)
{
    if (!isValidServerName(profile.name)) {
        return QStringLiteral("name");
    }
    if (!isValidHost(profile.endpoint.host)) {
        return QStringLiteral("host");
    }
    if (!isValidUser(profile.endpoint.user)) {
        return QStringLiteral("user");
    }
    for (const LogSource& log : profile.logs) {
        if (!isValidLogPath(log.path)) {
            return QStringLiteral("logPaths");
        }
    }
    if (!isValidTimezone(profile.timezone)) {
        return QStringLiteral("zone");
    }
    return std::nullopt;
}

} // namespace

ServersController::ServersController(DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock, QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_rules(std::move(rules)), m_clock(clock), m_profiles(m_paths.config)
{}

ServersController::~ServersController() = default;

void ServersController::start()
{
    const auto profiles = m_profiles.load();
    if (!profiles) {
        emit noticed(Notice::of(profiles.error()));
        return;
    }
    m_store.withDatabase([this](EventDatabase& database) {
        if (const auto totals = database.servers()) {
            for (const ServerTotals& server : *totals) {
                m_stored[server.name] = server;
            }
        }
    });
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
    const auto valid = validate(profile);
    if (!valid) {
        emit formRefused({wrongField(profile).value_or(QStringLiteral("keyFile")), valid.error().toString()});
        return;
    }
    if (const auto stored = m_profiles.add(profile); !stored) {
        emit formRefused({QStringLiteral("name"), stored.error().toString()});
        return;
    }
    adopt(profile);
    Entry* entry = find(profile.name);
    if (!secret.isEmpty()) {
        entry->worker->setSecret(std::move(secret));
    }
    entry->row.following = true;
    entry->worker->follow();
    entry->worker->check();
    emit added(profile.name);
    publish();
}

void ServersController::remove(const QStringList& names)
{
    for (const QString& name : names) {
        if (const auto removed = m_profiles.remove(name); !removed) {
            emit noticed(Notice::of(removed.error()));
            continue;
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
        if (accepted) {
            emit hostKeyAccepted(server, fingerprint);
        }
    }
}

void ServersController::setSecret(const QString& server, Secret secret)
{
    if (Entry* entry = find(server)) {
        entry->worker->setSecret(std::move(secret));
        entry->row.following ? entry->worker->follow() : entry->worker->pullOnce();
    }
}

void ServersController::adopt(const ServerProfile& profile)
{
    Entry entry;
    entry.row.name = profile.name;
    entry.row.host = profile.endpoint.host;
    const auto known = m_stored.find(profile.name.toStdString());
    if (known != m_stored.end()) {
        entry.before = known->second;
    }
    entry.row.lines = entry.before.lines;
    entry.row.events = entry.before.events;
    entry.row.unknown = entry.before.unknown;
    entry.worker = std::make_unique<ServerWorker>(profile, m_paths, m_store, m_rules, m_clock);
    const QString name = profile.name;
    connect(entry.worker.get(), &ServerWorker::reported, this, [this, name](const WorkerReport& report) { takeReport(name, report); });
    connect(entry.worker.get(), &ServerWorker::checked, this, [this, name](const std::vector<Capability>& found) { takeCapabilities(name, found); });
    connect(entry.worker.get(), &ServerWorker::hostKeyShown, this, [this, name](const HostKeyInfo& key) { showKey(name, key); });
    connect(entry.worker.get(), &ServerWorker::secretMissing, this, [this, name] { emit secretWanted(name); });
    m_entries.insert_or_assign(name, std::move(entry));
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
    if (report.state == WorkerState::Live || report.state == WorkerState::Pulling) {
        row.lastPull = m_clock.now();
    }
    const Error* error = errorOf(report);
    row.message = UntrustedText(error ? error->text.toStdString() : std::string());
    row.hint = error ? error->hint : QString();
    // A server that comes and goes must not fill the screen: one notice until it is well again.
    if (report.error && report.state == WorkerState::Stopped && !entry->complained) {
        emit noticed({Meaning::Critical, tr("%1: %2").arg(name, report.error->text), report.error->hint});
        entry->complained = true;
    } else if (!error && report.state == WorkerState::Live) {
        entry->complained = false;
    }
    publish();
}

void ServersController::takeCapabilities(const QString& name, const std::vector<Capability>& capabilities)
{
    if (Entry* entry = find(name)) {
        entry->row.capabilities.clear();
        for (const Capability& capability : capabilities) {
            entry->row.capabilities.push_back({capability.id, meaningOf(capability.verdict), UntrustedText(capability.text.toStdString()), capability.remedy});
        }
        publish();
    }
}

void ServersController::showKey(const QString& name, const HostKeyInfo& key)
{
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

void ServersController::publish()
{
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
