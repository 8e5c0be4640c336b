// SPDX-License-Identifier: GPL-3.0-or-later
// The answering side as the window uses it, without one: from an incident to a ban that holds on two servers.
#include "app/controllers/LogImport.h"
#include "app/controllers/Parts.h"
#include "app/controllers/BansController.h"
#include "app/controllers/ResponseController.h"
#include "models/respond/PlanJudge.h"
#include "models/respond/TrustedLogins.h"
#include "models/detect/Detection.h"
#include "tests/support/GateHost.h"
#include "tests/support/story/Families.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

constexpr int kPlenty = 1'000'000;

class TestResponse : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void threeOffersForAnIncident();
    void noOfferIsLongerThanWhatTheServersTake();
    void whatIsNotCountedIsNoZero();
    void whoWasLetInBeforeIsNobodyToBan();
    void aFalseAlarmBlamesNobody();
    void whatTheTrayTakesOutIsNotBanned();
    void nothingWithoutAServer();
    void fromTheIncidentToAConfirmedBan();
    void unconfirmedGoesBack();
    void aPlanThatWaitsOutlivesTheConsole();
    void whatStandsOnOneServerOnlyIsSaid();
    void aPlanFromAnOlderStateIsShownAgain();
    void theServersTellWhetherTheAuditIsTheOneTheyKnow();
    void aBanIsChangedRestoredAndLifted();

private:
    [[nodiscard]] const Incident& worst() const { return m_incidents.front(); }
    [[nodiscard]] bool draftFor(const Incident& incident);
    [[nodiscard]] bool previews();
    [[nodiscard]] bool reaches(PlanState state, int milliseconds = 60'000);
    void serveOn(std::vector<const GateHost*> hosts);
    void openConsole();
    [[nodiscard]] bool bansUnconfirmed(const std::string& network, std::chrono::seconds window);

    QTemporaryDir m_logs;
    std::shared_ptr<const GeoDatabase> m_geo;
    std::unique_ptr<LocalEventStore> m_store;
    std::vector<Incident> m_incidents;
    std::unique_ptr<QTemporaryDir> m_home;
    SystemClock m_clock;
    std::map<QString, const GateHost*> m_hosts;
    std::unique_ptr<ResponseController> m_response;
    std::unique_ptr<BansController> m_bans;
    std::unique_ptr<ResponseDesk> m_desk; ///< last: its jobs end before those who posted them
    PlanView m_plan;
    int m_left = kPlenty; ///< commands that mx2 still answers
};

void TestResponse::initTestCase()
{
    const DataPaths paths = DataPaths::locate(m_logs.path());
    m_geo = openGeography(paths);
    QVERIFY2(m_geo && m_geo->countrySource().isLoaded(), "MAILWARD_SHARE must name the folder with geo/");
    story::RunOptions options;
    options.family = "one-try";
    options.start = *parseRfc3339("2026-11-09T00:00:00Z");
    options.scale = 0.4;
    QFile file(m_logs.filePath(QStringLiteral("mail.log")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const std::string& line : story::generate(options, story::AddressPool(*m_geo), story::StampFormat::Rfc3339).rendered) {
        file.write(line.c_str());
        file.write("\n");
    }
    file.close();
    auto store = openStore(paths, m_geo);
    QVERIFY(store);
    m_store = std::move(*store);
    QVERIFY(LogImport(*m_store, *RuleBook::load()).run(file.fileName()));
    DetectRequest request;
    request.now = m_store->snapshot()->range().end;
    m_incidents = findIncidents(*m_store->snapshot(), DetectSettings(), request);
    QVERIFY(!m_incidents.empty());
    QCOMPARE(worst().kind, IncidentKind::DistributedGuessing);
}

void TestResponse::init()
{
    m_desk.reset();
    m_hosts.clear();
    m_left = kPlenty;
    m_home = std::make_unique<QTemporaryDir>();
    openConsole();
}

/// A console that starts, with what the last one left in its home.
void TestResponse::openConsole()
{
    m_desk.reset();
    m_plan = {};
    Naming naming;
    naming.geo = m_geo;
    const auto names = [this] {
        QStringList all;
        for (const auto& [name, host] : m_hosts) {
            all << name;
        }
        return all;
    };
    const auto targets = [this, names](const QStringList& wanted) {
        std::vector<ExecutorTarget> found;
        for (const QString& name : wanted.isEmpty() ? names() : wanted) {
            found.push_back({name, GateAccess::SentAsRoot, [host = m_hosts.at(name), left = name == QLatin1String("mx2") ? &m_left : nullptr]() -> Result<std::unique_ptr<CommandRunner>> { return std::make_unique<GateHostRunner>(*host, left); }});
        }
        return found;
    };
    m_desk = std::make_unique<ResponseDesk>(DataPaths::locate(m_home->path()), *m_store, naming, names, targets, m_clock);
    m_response = std::make_unique<ResponseController>(*m_desk);
    m_bans = std::make_unique<BansController>(*m_desk);
    connect(m_response.get(), &ResponseController::enforcedChanged, m_bans.get(), &BansController::refresh);
    connect(m_bans.get(), &BansController::planMade, m_response.get(), &ResponseController::previewPlan);
    connect(m_response.get(), &ResponseController::planChanged, this, [this](const PlanView& plan) { m_plan = plan; });
}

bool TestResponse::reaches(PlanState state, int milliseconds)
{
    return QTest::qWaitFor([&] { return m_plan.state == state; }, milliseconds);
}

/// The servers are read, and the preview is there.
bool TestResponse::previews()
{
    QSignalSpy previewed(m_response.get(), &ResponseController::previewed);
    m_response->preview();
    return QTest::qWaitFor([&] { return previewed.size() == 1; }, 60'000);
}

bool TestResponse::draftFor(const Incident& incident)
{
    m_response->planFor(incident, m_incidents);
    return QTest::qWaitFor([&] { return m_plan.state == PlanState::Draft && m_plan.coveredPercent && m_plan.peopleCutOff; }, 60'000);
}

void TestResponse::serveOn(std::vector<const GateHost*> hosts)
{
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        m_hosts[QStringLiteral("mx%1").arg(i + 1)] = hosts[i];
    }
    m_response->serversChanged();
}

void TestResponse::threeOffersForAnIncident()
{
    QVERIFY(draftFor(worst()));
    QCOMPARE(m_plan.offers.size(), std::size_t{3});
    QCOMPARE(m_plan.offers[1].name, QStringLiteral("balanced"));
    QCOMPARE(m_plan.chosenOffer, 1);
    QCOMPARE(m_plan.answers, worst().title);
    QCOMPARE(m_plan.items.size(), m_plan.offers[1].prefixes);
    QVERIFY2(*m_plan.coveredPercent > 95, qPrintable(QString::number(*m_plan.coveredPercent)));
    QCOMPARE(*m_plan.peopleCutOff, std::uint64_t{0});
    QVERIFY(m_plan.offers[0].prefixes <= m_plan.offers[2].prefixes);
    const auto balanced = m_plan.items.size();
    m_response->chooseOffer(0);
    QCOMPARE(m_plan.chosenOffer, 0);
    QCOMPARE(m_plan.items.size(), m_plan.offers[0].prefixes);
    QVERIFY(m_plan.items.size() < balanced);
    m_response->clearDraft();
    QVERIFY(m_plan.offers.empty() && m_plan.state == PlanState::Empty);
}

void TestResponse::noOfferIsLongerThanWhatTheServersTake()
{
    GateHost host; // never started: nobody asks it
    serveOn({&host, &host});
    QVERIFY(draftFor(worst()));
    const std::uint64_t wanted = m_plan.offers[2].prefixes, room = wanted / 2;
    QVERIFY(room > 0);
    m_response->clearDraft();
    BanServerView roomy, full, silent;
    roomy.name = QStringLiteral("mx1");
    full.name = QStringLiteral("mx2");
    roomy.backend = full.backend = QStringLiteral("iptables");
    roomy.room = 100'000;
    full.room = room;
    silent.name = QStringLiteral("mx2");
    m_response->setServersRead({roomy, full});
    m_response->setServersRead({silent}); // what was known of it goes on to hold
    QVERIFY(draftFor(worst()));
    for (const PlanOffer& offer : m_plan.offers) {
        QVERIFY2(offer.prefixes > 0 && offer.prefixes <= room, qPrintable(offer.name));
    }
    m_response->clearDraft();
    m_response->toggleServer(QStringLiteral("mx2"), false); // its room is nobody's business then
    QVERIFY(draftFor(worst()));
    QCOMPARE(m_plan.offers[2].prefixes, wanted);
}

/// What a back end does not count is unknown; what it counts belongs to the whole set.
void TestResponse::whatIsNotCountedIsNoZero()
{
    BanFacts facts;
    for (const char* backend : {"nftables", "fail2ban", "hosts", "postfix", "iptables"}) {
        ServerBans server;
        server.server = server.gate.backend = QLatin1String(backend);
        server.state.bans = {{*Prefix::parse("198.51.100.0/24"), authPorts(), m_clock.now() + std::chrono::hours(1), newPlanId()}};
        facts.servers.push_back(std::move(server));
    }
    facts.servers[0].state.drops = {{authPorts(), true, 12, 720}};
    const auto rows = banRows(facts);
    const auto views = serverViews(facts);
    QVERIFY(rows[0].packets == 12U && views[0].packets == 12U);
    QVERIFY(views[4].packets == 0U); // counted, and nothing came
    QCOMPARE(views[1].room, std::uint64_t{1999});
    BanTableModel table;
    table.setRows(rows);
    const int column = table.columnCount() - 1;
    QCOMPARE(table.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Dropped by its set"));
    QCOMPARE(table.index(0, column).data().toString(), QStringLiteral("12 packets"));
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(!rows[static_cast<std::size_t>(i)].packets && !views[static_cast<std::size_t>(i)].packets);
        QCOMPARE(table.index(i, column).data().toString(), QStringLiteral("not counted"));
    }
}

/// Somebody makes people fail among the attackers (an infected machine at home, a password typed for another's account): they
/// stay people, and their country is no source of the attack.
void TestResponse::whoWasLetInBeforeIsNobodyToBan()
{
    const auto history = m_store->snapshot();
    auto forged = m_incidents;
    Incident& incident = *std::find_if(forged.begin(), forged.end(), [&](const Incident& one) { return one.id == worst().id; });
    std::set<IpAddress> people;
    for (const GoodLogin& login : trustedLogins(*history, {history->range().begin, incident.end}, m_incidents)) {
        if (people.size() < 200 && people.insert(login.address).second) {
            incident.sources.push_back({.ip = login.address, .confidence = 1, .attempts = 1, .first = incident.end, .last = incident.end});
        }
    }
    QVERIFY(people.size() == 200);
    const auto proposals = proposePlans(*history, {incident}, forged, {m_geo, {}, history->range().end, 8000});
    for (const Proposal& proposal : proposals) {
        QVERIFY(proposal.plan.bans.size() > 10);
        const auto hit = std::count_if(people.begin(), people.end(), [&](const IpAddress& ip) {
            return std::any_of(proposal.plan.bans.begin(), proposal.plan.bans.end(), [&](const BanEntry& ban) { return ban.prefix.contains(ip); });
        });
        QVERIFY2(hit == 0 || proposal.kind == OfferKind::Hard, qPrintable(offerName(proposal.kind) + QStringLiteral(" bans %1").arg(hit)));
    }
}

void TestResponse::aFalseAlarmBlamesNobody()
{
    const auto history = m_store->snapshot();
    const TimeRange all{history->range().begin, history->range().end + std::chrono::seconds(1)};
    const auto opened = std::find_if(m_incidents.begin(), m_incidents.end(), [](const Incident& incident) { return !incident.opened.empty() && incident.kind == IncidentKind::DistributedGuessing; });
    QVERIFY(opened != m_incidents.end());
    const IpAddress lucky = opened->opened.front().ip;
    const auto isPerson = [&](const std::vector<Incident>& incidents) {
        const auto logins = trustedLogins(*history, all, incidents);
        return std::any_of(logins.begin(), logins.end(), [&](const GoodLogin& login) { return login.address == lucky; });
    };
    QVERIFY(!isPerson(m_incidents) && participantsOf(m_incidents).contains(lucky));
    auto dismissed = m_incidents;
    for (Incident& incident : dismissed) {
        incident.falseAlarm = true;
    }
    QVERIFY(isPerson(dismissed));
    QVERIFY(participantsOf(dismissed).empty() && answerable(dismissed, all.end).empty());
}

void TestResponse::whatTheTrayTakesOutIsNotBanned()
{
    GateHost host;
    if (::geteuid() != 0 || !host.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&host});
    QVERIFY(draftFor(worst()));
    const Target gone = m_plan.items.front().target;
    m_response->removeFromDraft(gone);
    QSignalSpy previewed(m_response.get(), &ResponseController::previewed);
    m_response->preview();
    QTRY_COMPARE_WITH_TIMEOUT(previewed.size(), 1, 60'000);
    const auto view = previewed.front().front().value<PreviewView>();
    QVERIFY(view.mayApply);
    QVERIFY(view.servers.front().commands.raw().find("ban " + gone.key + ' ') == std::string::npos);
    QVERIFY(view.servers.front().commands.raw().find("ban " + m_plan.items.front().target.key + ' ') != std::string::npos);
    QVERIFY(view.servers.front().notes.front().contains(QStringLiteral("nftables")));
    QCOMPARE(host.ruleset(), QByteArray());
}

void TestResponse::nothingWithoutAServer()
{
    QVERIFY(draftFor(worst()));
    m_response->preview();
    QTRY_VERIFY(!m_plan.message.isEmpty());
    QCOMPARE(m_plan.state, PlanState::Draft);
}

void TestResponse::fromTheIncidentToAConfirmedBan()
{
    GateHost one, two;
    if (::geteuid() != 0 || !one.start() || !two.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&one, &two});
    QVERIFY(draftFor(worst())); // first click: the card's answer
    const std::string first = m_plan.items.front().target.key;
    QVERIFY(previews()); // second: Apply to 2 servers ...
    QCOMPARE(m_response->cutOff().rowCount(), 0);
    m_response->apply(); // third: Apply, in the preview
    QVERIFY2(reaches(PlanState::AwaitingConfirm), m_plan.message.raw().c_str());
    QVERIFY(one.ruleset().contains(first.c_str()) && two.ruleset().contains(first.c_str()));
    const QString id = m_plan.id;
    m_response->confirm(id); // fourth: Keep it
    QVERIFY2(reaches(PlanState::Confirmed), m_plan.message.raw().c_str());
    QTRY_VERIFY_WITH_TIMEOUT(m_bans->bans().rowCount() >= 2, 60'000);
    const BanRow& row = m_bans->bans().rows().front();
    QCOMPARE(row.drift, BanDrift::None);
    QCOMPARE(row.backend, QStringLiteral("nftables"));
    QVERIFY(row.reason.raw().find("one try each") != std::string::npos);
    m_response->undo(id);
    QVERIFY(reaches(PlanState::Reverted));
    QVERIFY(!one.ruleset().contains(first.c_str()) && !two.ruleset().contains(first.c_str()));
}

/// A ban stands on the servers, and they wait for a word.
bool TestResponse::bansUnconfirmed(const std::string& network, std::chrono::seconds window)
{
    m_response->setConfirmWindow(window);
    m_response->addToDraft({{TargetKind::Network, network, {}}});
    if (!previews()) {
        return false;
    }
    m_response->apply();
    return reaches(PlanState::AwaitingConfirm);
}

void TestResponse::unconfirmedGoesBack()
{
    GateHost host;
    if (::geteuid() != 0 || !host.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&host});
    QVERIFY2(bansUnconfirmed("198.51.100.0/24", std::chrono::seconds(10)), m_plan.message.raw().c_str());
    QVERIFY(host.ruleset().contains("198.51.100.0/24"));
    QVERIFY(reaches(PlanState::Reverted));
    QVERIFY(!host.ruleset().contains("198.51.100.0/24"));
    QVERIFY2(m_plan.message.plain().contains(QStringLiteral("mx1 took the plan back")), m_plan.message.raw().c_str()); // it was asked
}

/// The console ends while its plan waits for a word; the next one takes it up, and keeps it.
void TestResponse::aPlanThatWaitsOutlivesTheConsole()
{
    GateHost host;
    if (::geteuid() != 0 || !host.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&host});
    QVERIFY2(bansUnconfirmed("198.51.100.0/24", std::chrono::seconds(600)), m_plan.message.raw().c_str());
    const QString id = m_plan.id;
    const auto deadline = m_plan.deadline;
    openConsole();
    QCOMPARE(m_plan.state, PlanState::Empty);
    m_response->start();
    QVERIFY2(reaches(PlanState::AwaitingConfirm), m_plan.message.raw().c_str());
    QCOMPARE(m_plan.id, id);
    QCOMPARE(m_plan.deadline, deadline);
    QVERIFY2(m_plan.message.plain().contains(QStringLiteral("before the console was closed")), m_plan.message.raw().c_str());
    m_response->confirm(id);
    QVERIFY2(reaches(PlanState::Confirmed), m_plan.message.raw().c_str());
    QVERIFY(host.ruleset().contains("198.51.100.0/24"));
}

/// The second server goes away between preview and apply: the ban that stands on the first can be undone, and is not told as
/// a failure of everything.
void TestResponse::whatStandsOnOneServerOnlyIsSaid()
{
    GateHost one, two;
    if (::geteuid() != 0 || !one.start() || !two.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&one, &two});
    m_response->addToDraft({{TargetKind::Network, "198.51.100.0/24", {}}});
    QVERIFY(previews());
    m_left = kPlenty - m_left; // it is read once more, and then the link is cut
    m_response->apply();
    QVERIFY2(reaches(PlanState::AwaitingConfirm), m_plan.message.raw().c_str());
    QVERIFY2(m_plan.message.plain().startsWith(QStringLiteral("On mx1 only. mx2: ")), m_plan.message.raw().c_str());
    QVERIFY(m_plan.deadline && one.ruleset().contains("198.51.100.0/24") && !two.ruleset().contains("198.51.100.0/24"));
    m_left = kPlenty;
    m_response->undo(m_plan.id);
    QVERIFY2(reaches(PlanState::Reverted), m_plan.message.raw().c_str());
    QVERIFY(!one.ruleset().contains("198.51.100.0/24"));
}

/// Somebody else bans and confirms between the preview and Apply: nothing is done, the same plan comes back with what is different, and waits.
void TestResponse::aPlanFromAnOlderStateIsShownAgain()
{
    GateHost host;
    if (::geteuid() != 0 || !host.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&host});
    m_response->addToDraft({{TargetKind::Network, "198.51.100.0/24", {}}});
    QVERIFY(previews());
    GateHostRunner runner(host, nullptr);
    const NftablesBackend backend;
    GateClient gate(runner, GateAccess::SentAsRoot, backend);
    const QString theirs = newPlanId();
    QVERIFY(gate.stage(theirs, "ban 203.0.113.0/24 143 600\n") && gate.arm(theirs, std::chrono::seconds(60)) && gate.apply(theirs, gate.state()->hash) && gate.confirm(theirs));

    QSignalSpy previewed(m_response.get(), &ResponseController::previewed);
    m_response->apply();
    QTRY_COMPARE_WITH_TIMEOUT(previewed.size(), 1, 60'000);
    QCOMPARE(m_plan.state, PlanState::Draft);
    QVERIFY2(m_plan.message.plain().contains(QStringLiteral("Nothing was applied")), m_plan.message.raw().c_str());
    const auto view = previewed.front().front().value<PreviewView>();
    QVERIFY(view.mayApply && view.warnings.size() == 2);
    QVERIFY2(view.warnings[1].contains(QStringLiteral("mx1 changed since the preview: bans that came: 1 (203.0.113.0/24). What is sent stays the same.")), qPrintable(view.warnings[1]));
    QVERIFY(view.servers.front().commands.raw().find("203.0.113.0/24") != std::string::npos); // its rules are those that will run now
    QVERIFY(host.ruleset().contains("203.0.113.0/24") && !host.ruleset().contains("198.51.100.0/24"));

    m_response->apply(); // now it was seen
    QVERIFY2(reaches(PlanState::AwaitingConfirm), m_plan.message.raw().c_str());
    QVERIFY(host.ruleset().contains("203.0.113.0/24") && host.ruleset().contains("198.51.100.0/24"));
    m_response->undo(m_plan.id);
    QVERIFY(reaches(PlanState::Reverted));
}

/// Log and key are replaced by a fresh, sound chain: by itself it looks whole, but a server holds an anchor of the old one.
void TestResponse::theServersTellWhetherTheAuditIsTheOneTheyKnow()
{
    GateHost one, two;
    if (::geteuid() != 0 || !one.start() || !two.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    for (const GateHost* host : {&one, &two}) {
        QCOMPARE(host->run({QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral(R"sh(mount -t tmpfs tmpfs /var/log && mkdir /run/fake && cat >/run/fake/logger && chmod 755 /run/fake/logger && mount --bind /run/fake/logger "$(command -v logger)")sh")},
                           "#!/bin/sh\nshift 5\necho \"Nov  5 01:02:03 mx mailward-gate: $*\" >>/var/log/auth.log\n").exitCode, 0);
    }
    serveOn({&one});
    QVERIFY2(bansUnconfirmed("198.51.100.0/24", std::chrono::seconds(60)), m_plan.message.raw().c_str());
    m_response->confirm(m_plan.id);
    QVERIFY(reaches(PlanState::Confirmed));
    serveOn({&one, &two});
    std::optional<AuditCheckView> found;
    const auto check = [&] {
        found.reset();
        connect(m_desk.get(), &ResponseDesk::auditVerified, this, [&](const AuditCheckView& view) {
            if (view.meaning != Meaning::Muted) { // how far it is
                found = view;
            }
        });
        m_desk->verifyAudit();
        return QTest::qWaitFor([&] { return found.has_value(); }, 60'000);
    };
    QVERIFY(check());
    QVERIFY2(found->meaning == Meaning::Good && found->text.startsWith(QStringLiteral("The chain is whole")) && found->text.endsWith(QStringLiteral("every server agrees")), qPrintable(found->text));
    QVERIFY2(found->details.size() == 2 && found->details[0].contains(QStringLiteral("of this log, the last at entry")) && found->details[1].contains(QStringLiteral("no anchor")), qPrintable(found->details.join(QLatin1Char('|'))));
    m_left = 0; // mx2 does not answer any more
    QVERIFY(check());
    QVERIFY2(found->meaning == Meaning::Warning && found->text.contains(QStringLiteral("1 of 2 servers compared")) && found->details[0].startsWith(QStringLiteral("mx2 was not compared")), qPrintable(found->text));
    m_left = kPlenty;
    const QString state = DataPaths::locate(m_home->path()).state;
    m_desk.reset();
    for (const char* file : {"/audit.jsonl", "/audit.head", "/audit.key"}) {
        QVERIFY(QFile::remove(state + QLatin1String(file)));
    }
    openConsole();
    serveOn({&one, &two});
    m_desk->note(QStringLiteral("confirm"), QStringLiteral("mx1"), QStringLiteral("as if nothing had been"));
    QVERIFY(check());
    QVERIFY2(found->meaning == Meaning::Critical && found->details[0].contains(QStringLiteral("mx1 holds 1 anchor of another log")), qPrintable(found->text + found->details.join(QLatin1Char('|'))));
}

/// The life of a ban after it was confirmed, as the page Bans leads it: found by its address, extended, shortened, wiped away by
/// somebody else and put back, lifted everywhere.
void TestResponse::aBanIsChangedRestoredAndLifted()
{
    GateHost one, two;
    if (::geteuid() != 0 || !one.start() || !two.start()) {
        QSKIP("needs root: network namespaces with real nftables");
    }
    const auto end = qScopeGuard([this] { m_desk.reset(); });
    serveOn({&one, &two});
    QSignalSpy previewed(m_response.get(), &ResponseController::previewed);
    BanAnswer answer;
    std::vector<BanServerView> servers;
    connect(m_bans.get(), &BansController::answered, this, [&](const BanAnswer& said) { answer = said; });
    connect(m_bans.get(), &BansController::serversRead, this, [&](const std::vector<BanServerView>& read) { servers = read; });
    const auto carryOut = [&](PlanState state) {
        const bool seen = QTest::qWaitFor([&] { return !previewed.isEmpty(); }, 60'000);
        const bool may = seen && previewed.front().front().value<PreviewView>().mayApply;
        previewed.clear();
        m_response->apply();
        if (state == PlanState::Lifted) {
            return may && reaches(PlanState::Lifted);
        }
        const bool applied = may && reaches(PlanState::AwaitingConfirm);
        m_response->confirm(m_plan.id);
        return applied && reaches(PlanState::Confirmed);
    };
    const auto left = [&](std::size_t row) { return std::chrono::round<std::chrono::hours>(*m_bans->bans().rows().at(row).until - m_clock.now()).count(); };
    m_bans->banList({QStringLiteral("others.txt"), {*Prefix::parse("198.51.100.0/24"), *Prefix::parse("203.0.113.7")}, 0, 0, {}}, {{465, 587}, std::chrono::hours(10), {QStringLiteral("mx1"), QStringLiteral("mx2")}});
    QVERIFY(carryOut(PlanState::Confirmed));
    QTRY_COMPARE_WITH_TIMEOUT(m_bans->bans().rowCount(), 4, 60'000);

    m_bans->search(QStringLiteral("198.51.100.77"));
    QCOMPARE(m_bans->bans().rowCount(), 2);
    QVERIFY2(answer.text.contains(QStringLiteral("mx1 bans 198.51.100.0/24")) && answer.text.contains(QStringLiteral("others.txt")), qPrintable(answer.text));
    QCOMPARE(m_bans->exported({}, QStringLiteral("cidr")), QStringLiteral("# ports 465 587\n198.51.100.0/24\n"));
    for (const int hours : {48, 1}) { // later, then sooner
        m_bans->changeEnd(m_bans->bans().rows(), std::chrono::hours(hours));
        QVERIFY(carryOut(PlanState::Confirmed));
        QTRY_COMPARE_WITH_TIMEOUT(left(0), hours, 60'000);
        QCOMPARE(left(1), hours);
        QVERIFY(m_bans->bans().rows().front().reason.raw().find("others.txt") != std::string::npos);
    }
    std::ignore = one.run({QStringLiteral("nft"), QStringLiteral("flush"), QStringLiteral("ruleset")});
    m_bans->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(servers.size() == 2 && servers.front().hasDrifted() && servers.front().missing == 2, 60'000);
    QVERIFY2(answer.text.contains(QStringLiteral("mx1 should ban 198.51.100.0/24")), qPrintable(answer.text));
    m_bans->restore(QStringLiteral("mx1"));
    QVERIFY(carryOut(PlanState::Confirmed));
    QTRY_VERIFY_WITH_TIMEOUT(!servers.front().hasDrifted(), 60'000);
    QVERIFY(one.ruleset().contains("198.51.100.0/24") && one.ruleset().contains("203.0.113.7"));
    // The chain alone is gone: nothing is missing from the sets, and yet nothing is enforced.
    std::ignore = one.run({QStringLiteral("nft"), QStringLiteral("flush"), QStringLiteral("chain"), QStringLiteral("inet"), QStringLiteral("mailward"), QStringLiteral("prerouting")});
    m_bans->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(servers.front().rulesChanged && servers.front().missing == 0, 60'000);
    m_bans->restore(QStringLiteral("mx1"));
    QVERIFY(carryOut(PlanState::Confirmed));
    QVERIFY(one.ruleset().contains("counter drop"));

    m_bans->liftEverywhere({m_bans->bans().rows().front()});
    QVERIFY(carryOut(PlanState::Lifted));
    QTRY_COMPARE_WITH_TIMEOUT(m_bans->bans().rowCount(), 0, 60'000);
    QVERIFY2(answer.text.startsWith(QStringLiteral("Nobody bans 198.51.100.77 now; it was banned as 198.51.100.0/24")), qPrintable(answer.text));
    QVERIFY(!one.ruleset().contains("198.51.100.0/24") && two.ruleset().contains("203.0.113.7"));
    m_bans->setAllowList({{*Prefix::parse("203.0.113.0/28"), QStringLiteral("office"), {}, 0}});
    QTRY_COMPARE_WITH_TIMEOUT(m_bans->allowed().rowCount(), 1, 60'000);
    QCOMPARE(m_bans->allowed().rows().front().banned, 2U);
}

QTEST_GUILESS_MAIN(TestResponse)
#include "tst_Response.moc"
