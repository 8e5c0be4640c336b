// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Wiring.h"

#include "app/controllers/GeoImport.h"
#include "app/controllers/Parts.h"
#include "models/geo/WorldMap.h"
#include "models/servers/LibsshVersion.h"
#include "ui/MainWindow.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/NoticeBar.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace mailward {

namespace {

/// When the bundled incident "is": its last day is the present, so that "-6h" means something in it.
std::optional<Instant> demoNow(const DataPaths& paths)
{
    QFile meta(paths.share + QStringLiteral("/demo/meta.json"));
    if (!meta.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QString now = QJsonDocument::fromJson(meta.readAll()).object().value(QStringLiteral("now")).toString();
    return parseRfc3339(now.toStdString());
}

} // namespace

Result<std::unique_ptr<Wiring>> Wiring::make(const StartOptions& options)
{
    std::unique_ptr<Wiring> wiring(new Wiring);
    if (auto opened = wiring->open(options); !opened) {
        return tl::unexpected(opened.error());
    }
    wiring->buildWindow();
    wiring->wireTriage();
    wiring->wireServers();
    wiring->wireResponse();
    wiring->wireIncidents();
    wiring->wireAccounts();
    wiring->wireContainment();
    wiring->wireWindow();
    return wiring;
}

Wiring::~Wiring()
{
    m_stopImport.request_stop();
    m_imports.reset();
    if (m_containment) {
        m_containment->stop();
    }
}

Result<void> Wiring::open(const StartOptions& options)
{
    m_options = options;
    QString home = options.home;
    if (options.demo) {
        m_demoFolder = std::make_unique<QTemporaryDir>();
        if (!m_demoFolder->isValid()) {
            return failure(ErrorCode::Io, tr("No folder could be made for the demo: %1").arg(m_demoFolder->errorString()),
                           tr("Is the disk full, or the folder for temporary files read-only?"));
        }
        home = m_demoFolder->path();
    }
    m_paths = DataPaths::locate(home);
    m_clock = std::make_unique<SystemClock>();
    if (options.demo) {
        const auto now = demoNow(m_paths);
        if (!now) {
            return failure(ErrorCode::NotFound, tr("The bundled incident is not in %1").arg(m_paths.share),
                           tr("Run installer/start: it fetches the data and packs the incident."));
        }
        m_clock = std::make_unique<FixedClock>(*now);
        m_options.files.prepend(m_paths.share + QStringLiteral("/demo/demo.log.zst"));
    }
    Error problem;
    m_geo = openGeography(m_paths, &problem);
    if (!m_geo) {
        m_problems.push_back(problem);
    } else if (!m_geo->countrySource().isLoaded()) {
        m_problems.push_back({ErrorCode::NotFound, tr("Countries are not known"), m_geo->countrySource().missing});
    }
    auto world = WorldMap::load(m_paths.share + QStringLiteral("/map/world.bin"));
    if (world) {
        m_world = std::make_shared<const WorldShapes>(std::move(*world));
    } else {
        m_problems.push_back(world.error());
    }
    auto rules = RuleBook::load(m_paths.config + QStringLiteral("/rules"));
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    m_rules = *rules;
    for (const RuleProblem& rule : m_rules->problems()) {
        m_problems.push_back({ErrorCode::InvalidInput, tr("The log rule %1/%2 was left out").arg(UntrustedText(rule.pack).plain(), UntrustedText(rule.rule).plain()),
                              UntrustedText(rule.text).plain()});
    }
    const auto changed = [this] { QMetaObject::invokeMethod(this, [this] { storeChanged(); }, Qt::QueuedConnection); };
    const auto troubled = [this](const Error& error) {
        QMetaObject::invokeMethod(this, [this, error] { m_window->notify(Notice::of(error)); }, Qt::QueuedConnection);
    };
    auto store = openStore(m_paths, m_geo, changed, {}, troubled);
    if (!store) {
        return tl::unexpected(store.error());
    }
    m_store = std::move(*store);

    Naming naming;
    naming.geo = m_geo;
    naming.language = QLocale().name().left(2);
    if (auto names = CountryNames::load(m_paths.share + QStringLiteral("/geo/countries.json"))) {
        naming.countries = std::make_shared<const CountryNames>(std::move(*names));
    } else {
        m_problems.push_back(names.error());
    }
    m_triage = std::make_unique<TriageController>(*m_store, naming, *m_clock);
    m_servers = std::make_unique<ServersController>(m_paths, *m_store, m_rules, m_now);
    m_storage = std::make_unique<StoreController>(*m_store);
    m_desk = std::make_unique<ResponseDesk>(
        m_paths, *m_store, naming, [this] { return m_servers->names(); },
        [this](const QStringList& names) { return m_servers->targets(names); }, m_now);
    m_response = std::make_unique<ResponseController>(*m_desk);
    m_bans = std::make_unique<BansController>(*m_desk);
    m_incidents = std::make_unique<IncidentsController>(m_paths, *m_store, naming, *m_clock);
    m_accounts = std::make_unique<AccountsController>(*m_store, naming, *m_clock);
    const auto targets = [this](const QStringList& names) { return m_servers->targets(names); };
    m_containment = std::make_unique<ContainmentController>([this](std::function<void(Response&)> work) { m_desk->post(std::move(work)); }, targets, m_now);
    m_earlier = std::make_unique<EarlierController>([this](std::function<void(Response&)> work) { m_desk->post(std::move(work)); }, m_now);
    m_survey = std::make_unique<AccountSurveyController>(
        targets, [this](const QString& action, const QString& server, const QString& detail) { m_desk->note(action, server, detail); }, m_now);
    m_response->setConfirmWindow(std::chrono::seconds(options.confirmWithin));
    m_imports = std::make_unique<JobThread>(QStringLiteral("import"));
    return {};
}

void Wiring::start()
{
    if (m_options.size.isValid()) {
        m_window->resize(m_options.size);
    }
    m_window->show();
    if (const LibsshVersion libssh = libsshVersion(); !libssh.warning.isEmpty()) {
        m_window->notify({Meaning::Warning, libssh.warning, {}});
    }
    if (!m_options.filter.isEmpty()) {
        m_triage->applyFilterText(m_options.filter);
    }
    for (const Error& problem : m_problems) {
        m_window->notify(Notice::of(problem));
    }
    m_servers->start();
    m_storage->refresh();
    m_response->start();
    m_containment->readResets();
    m_earlier->tellUnfinished();
    m_incidents->start();
    m_triage->storeChanged();
    importFiles(m_options.files);
    grabWhenDone();
}

void Wiring::storeChanged()
{
    if (m_triage && m_incidents && m_accounts) {
        m_triage->storeChanged();
        m_incidents->storeChanged();
        m_accounts->storeChanged();
    }
}

void Wiring::importFiles(const QStringList& paths)
{
    for (const QString& path : paths) {
        if (path.endsWith(QLatin1String(".mmdb"), Qt::CaseInsensitive)) {
            importGeography(path);
            continue;
        }
        ++m_importing;
        m_imports->post([this, path, stop = m_stopImport.get_token()] {
            auto totals = std::make_shared<Result<ImportTotals>>(LogImport(*m_store, m_rules).run(path, stop));
            QMetaObject::invokeMethod(this, [this, path, totals] { takeImport(path, *totals); }, Qt::QueuedConnection);
        });
    }
}

/// Checked in a child process, copied, then asked about every address that is known; the window never waits.
void Wiring::importGeography(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    m_window->notices()->showProgress({QStringLiteral("geography"), tr("Checking %1 …").arg(name), 0, 0, false});
    m_imports->post([this, path, name] {
        auto geo = std::make_shared<Result<std::shared_ptr<const GeoDatabase>>>(GeoImport(m_paths, m_options.program).run(path));
        if (*geo) {
            m_store->setGeo(geoLookup(**geo));
        }
        QMetaObject::invokeMethod(this, [this, name, geo] {
            m_window->notices()->endProgress(QStringLiteral("geography"));
            if (!*geo) {
                m_window->notify(Notice::of(geo->error()));
                return;
            }
            m_geo = **geo;
            m_triage->setGeography(m_geo);
            m_incidents->setGeography(m_geo);
            m_desk->setGeography(m_geo);
            m_window->notify({Meaning::Good, tr("Countries come from %1 now").arg(geoSourceText(m_geo->countrySource(), m_now.now())),
                              tr("A copy of %1 is kept; what other databases say otherwise stands beside it in the details of an address.").arg(name)});
        }, Qt::QueuedConnection);
    });
}

void Wiring::takeImport(const QString& path, const Result<ImportTotals>& totals)
{
    --m_importing;
    if (!totals) {
        m_window->notify(Notice::of(totals.error()));
    } else if (!m_options.demo) {
        const QString name = QFileInfo(path).fileName();
        m_window->notify({totals->events == 0 ? Meaning::Warning : Meaning::Good,
                              tr("%1: %2 lines, %3 events, %4 lines that no rule knows").arg(name).arg(totals->lines).arg(totals->events).arg(totals->unknown),
                              totals->events == 0 ? tr("No line of this file was recognised: is it a mail or auth log?") : QString()});
    }
    m_triage->storeChanged();
    if (m_importing == 0) {
        emit imported();
    }
}

} // namespace mailward
