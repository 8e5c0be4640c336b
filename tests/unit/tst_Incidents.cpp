// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of incidents: cards, drill-down, filter, false alarms, thresholds, and that they grow live.
#include "app/controllers/IncidentRows.h"
#include "app/controllers/IncidentsController.h"
#include "app/controllers/LogImport.h"
#include "models/servers/ProfileStore.h"
#include "tests/support/FailedLogin.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

constexpr int kTen = 10 * 3600; // o'clock

/// One try each from addresses that nobody knows, half a minute apart, at twenty accounts.
QByteArray wave(int from, int count)
{
    QByteArray lines;
    for (int i = from; i < from + count; ++i) {
        lines += failedLogin(kTen + 30 * i, "45." + QByteArray::number(i % 200) + '.' + QByteArray::number(i / 200) + ".9", "<b>u" + QByteArray::number(i % 20) + "@example.org");
    }
    return lines;
}

} // namespace

class TestIncidents : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aCardSaysWhatHappens();
    void theOwnersOfFewAccountsAreToBeAsked();
    void openingFiltersAndDrillsDown();
    void theyGrowLiveAndKeepTheirName();
    void aFalseAlarmIsQuietAndCanBeTakenBack();
    void thresholdsAreShownEditedAndKept();
    void brokenThresholdsAreSaid();
    void ownServersTakeNoPart();
    void theDrawerOfAnAddressSaysWhyItTakesPart();
    void spamSaysWhomItReachedAndWhatCameBack();

private:
    void start();
    void import(const QByteArray& log);
    [[nodiscard]] const IncidentCard& card() const { return m_cards.front(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<const RuleBook> m_rules;
    std::unique_ptr<LocalEventStore> m_store;
    std::unique_ptr<FixedClock> m_clock;
    std::unique_ptr<IncidentsController> m_incidents;
    std::vector<IncidentCard> m_cards;
    QString m_caption;
};

void TestIncidents::init()
{
    m_incidents.reset();
    m_store.reset();
    m_cards.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_rules = *RuleBook::load();
    m_store = *LocalEventStore::open({});
    m_clock = std::make_unique<FixedClock>(*parseRfc3339("2026-11-23T12:30:00Z"));
}

void TestIncidents::start()
{
    m_incidents = std::make_unique<IncidentsController>(DataPaths{{}, m_folder->path(), m_folder->path()}, *m_store, Naming{}, *m_clock);
    connect(m_incidents.get(), &IncidentsController::incidentsChanged, this, [this](const std::vector<IncidentCard>& cards, const QString& caption) {
        m_cards = cards;
        m_caption = caption;
    });
    m_incidents->start();
}

void TestIncidents::import(const QByteArray& log)
{
    QFile file(m_folder->filePath(QStringLiteral("mail.log")));
    QVERIFY(file.open(QIODevice::Append));
    file.write(log);
    file.close();
    QVERIFY(LogImport(*m_store, m_rules).run(file.fileName()));
    if (m_incidents) {
        m_incidents->storeChanged();
        const quint64 version = m_store->snapshot()->version();
        QTRY_COMPARE_WITH_TIMEOUT(m_incidents->seenVersion(), version, 30'000);
    }
}

void TestIncidents::aCardSaysWhatHappens()
{
    start();
    import(wave(0, 240));
    QCOMPARE(m_cards.size(), std::size_t{1});
    QCOMPARE(card().severity, Meaning::High);
    QCOMPARE(card().title, QStringLiteral("Distributed guessing, one try a source"));
    QVERIFY2(card().summary.contains(QStringLiteral("240 addresses · 20 accounts")) && card().summary.endsWith(QStringLiteral("still running")), qPrintable(card().summary));
    QVERIFY2(card().evidence.contains(QStringLiteral("Your jail of 2 failures in 10 min (10 h) stops 0")), qPrintable(card().evidence));
    QVERIFY(card().when.startsWith(QStringLiteral("since ")));
    QVERIFY(card().canPropose && card().openedText.isEmpty() && card().containText.isEmpty());
    QCOMPARE(m_caption, QStringLiteral("1 to look at"));
    QCOMPARE(m_incidents->marks().size(), std::size_t{1});
    QCOMPARE(m_incidents->marks()[0].target, card().target);
    QSignalSpy answers(m_incidents.get(), &IncidentsController::answerRequested);
    m_incidents->propose(card().target);
    QCOMPARE(answers.size(), 1);
}

void TestIncidents::theOwnersOfFewAccountsAreToBeAsked()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); // a word with a place for a number and none in it
    Incident incident;
    incident.kind = IncidentKind::AccountCompromise;
    incident.severity = Severity::Low;
    incident.opened.resize(1);
    QCOMPARE(incidentCard(incident, {}, Naming{}).openedText, QStringLiteral("travelling? Ask the owner:"));
    incident.opened.resize(2);
    QCOMPARE(incidentCard(incident, {}, Naming{}).openedText, QStringLiteral("travelling? Ask the owners:"));
    incident.severity = Severity::High;
    QCOMPARE(incidentCard(incident, {}, Naming{}).openedText, QStringLiteral("2 accounts opened:"));
}

void TestIncidents::openingFiltersAndDrillsDown()
{
    start();
    import(wave(0, 240));
    Filter filter;
    DetailView view;
    connect(m_incidents.get(), &IncidentsController::filterRequested, this, [&](const Filter& asked) { filter = asked; });
    connect(m_incidents.get(), &IncidentsController::detailChanged, this, [&](const DetailView& shown) { view = shown; });
    m_incidents->open(card().target);
    QTRY_VERIFY_WITH_TIMEOUT(view.target == card().target, 30'000);
    QCOMPARE(filter.after, parseRfc3339("2026-11-23T10:00:00Z"));
    QVERIFY(filter.before > parseRfc3339("2026-11-23T11:59:30Z"));
    QCOMPARE(filter.terms.size(), std::size_t{1});
    QCOMPARE(filter.terms[0].value, std::string("failure"));
    QVERIFY(!view.timeline.bins.empty());
    std::uint64_t failures = 0;
    for (const TimelineBin& bin : view.timeline.bins) {
        failures += bin[static_cast<std::size_t>(TimelineSeries::Failure)];
    }
    QCOMPARE(failures, std::uint64_t{240});
    QVERIFY(!view.lines.empty() && view.lines.size() <= 40);
    const auto linked = [&](TargetKind kind) {
        return std::any_of(view.facts.begin(), view.facts.end(), [&](const Fact& fact) {
            return std::any_of(fact.parts.begin(), fact.parts.end(), [&](const FactPart& part) { return part.target.kind == kind; });
        });
    };
    QVERIFY(linked(TargetKind::Account) && linked(TargetKind::Address) && linked(TargetKind::Server));
    view = {};
    m_incidents->open({TargetKind::Address, "45.1.0.9", {}}); // somebody looks at something else
    import(wave(240, 5));
    QVERIFY2(!view.target.isValid(), "the drawer belongs to what was opened last");
}

void TestIncidents::theyGrowLiveAndKeepTheirName()
{
    start();
    import(wave(0, 80));
    QCOMPARE(m_cards.size(), std::size_t{1});
    const Target before = card().target;
    for (int from = 80; from < 240; from += 40) {
        import(wave(from, 40));
        QCOMPARE(m_cards.size(), std::size_t{1});
        QCOMPARE(card().target, before);
    }
    QVERIFY(card().summary.contains(QStringLiteral("240 addresses")));
    m_clock->advance(std::chrono::hours(10));
    m_incidents->storeChanged();
    QTRY_VERIFY_WITH_TIMEOUT(card().summary.endsWith(QStringLiteral("over")), 30'000);
    QCOMPARE(card().target, before);
}

void TestIncidents::aFalseAlarmIsQuietAndCanBeTakenBack()
{
    start();
    import(wave(0, 240));
    const Meaning before = card().severity;
    m_incidents->markFalseAlarm(card().target, true);
    QTRY_VERIFY_WITH_TIMEOUT(card().falseAlarm && card().severity == Meaning::Muted, 30'000);
    QVERIFY(!card().canPropose);
    QVERIFY(m_incidents->marks().empty());
    const ThresholdView tuned = m_incidents->thresholds();
    const auto row = std::find_if(tuned.rows.begin(), tuned.rows.end(), [](const ThresholdRow& r) { return r.name == QLatin1String("minSources"); });
    QCOMPARE(row->raisedTo, 30.0);
    QVERIFY(tuned.history.size() == 1 && tuned.history[0].contains(QStringLiteral("minSources: 20 → 30")));
    m_cards.clear();
    start(); // the console is started anew
    QTRY_VERIFY_WITH_TIMEOUT(!m_cards.empty() && card().falseAlarm, 30'000);
    m_incidents->markFalseAlarm(card().target, false);
    QTRY_VERIFY2_WITH_TIMEOUT(!card().falseAlarm && card().severity == before, qPrintable(card().title + card().severityText + card().summary), 60'000);
}

void TestIncidents::thresholdsAreShownEditedAndKept()
{
    start();
    import(wave(0, 240));
    QSignalSpy trouble(m_incidents.get(), &IncidentsController::noticed);
    ThresholdEdit edit;
    edit.values = {{QStringLiteral("siteAbsolute"), 500}, {QStringLiteral("fanInHour"), 500}, {QStringLiteral("minSources"), 5'000}};
    m_incidents->editThresholds(edit);
    QTRY_VERIFY_WITH_TIMEOUT(m_cards.empty() || card().severity == Meaning::Muted, 30'000);
    QVERIFY(QFile::exists(m_incidents->thresholds().file));
    QVERIFY(trouble.isEmpty());
    edit.values = {{QStringLiteral("fanInHour"), 0}};
    m_incidents->editThresholds(edit);
    QCOMPARE(trouble.size(), 1);
    QCOMPARE(SiteThresholds::load(m_incidents->thresholds().file).value().effective().fanInHour, 500.0);
}

void TestIncidents::brokenThresholdsAreSaid()
{
    QFile file(m_folder->filePath(QStringLiteral("thresholds.toml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[thresholds]\nfanInHour = \"many\"\n");
    file.close();
    m_incidents = std::make_unique<IncidentsController>(DataPaths{{}, m_folder->path(), m_folder->path()}, *m_store, Naming{}, *m_clock);
    QSignalSpy trouble(m_incidents.get(), &IncidentsController::noticed);
    m_incidents->start();
    QCOMPARE(trouble.size(), 1);
    QVERIFY(trouble[0][0].value<Notice>().text.contains(QStringLiteral("fanInHour")));
}

void TestIncidents::ownServersTakeNoPart()
{
    ServerProfile profile;
    profile.name = QStringLiteral("mx1");
    profile.endpoint.host = QStringLiteral("45.1.0.9");
    profile.endpoint.user = QStringLiteral("root");
    profile.logs = ServerProfile::usualLogs();
    QVERIFY(ProfileStore(m_folder->path()).add(profile));
    start();
    import(wave(0, 240));
    QVERIFY(m_incidents->stateOf(*IpAddress::parse("45.1.0.9")).text.isEmpty());
    QVERIFY(!m_incidents->stateOf(*IpAddress::parse("45.2.0.9")).text.isEmpty());
}

void TestIncidents::spamSaysWhomItReachedAndWhatCameBack()
{
    Incident spam;
    spam.kind = IncidentKind::OutboundSpam;
    spam.counts.mails = 40;
    spam.counts.recipients = 80;
    spam.counts.bounces = 20;
    const QString summary = incidentSummary(spam, {});
    QVERIFY2(summary.startsWith(QStringLiteral("40 mails · 80 recipients · 20 own bounces (25.0 %)")), qPrintable(summary));
    spam.counts.recipients = spam.counts.bounces = 0; // none has had an answer yet
    QVERIFY(!incidentSummary(spam, {}).contains(QLatin1Char('%')));
}

void TestIncidents::theDrawerOfAnAddressSaysWhyItTakesPart()
{
    start();
    import(wave(0, 240));
    const auto facts = m_incidents->factsOf({TargetKind::Address, "45.2.0.9", {}});
    QCOMPARE(facts.size(), std::size_t{2});
    QCOMPARE(facts[0].parts[0].target, card().target);
    QVERIFY2(facts[0].parts[1].text.plain().contains(QStringLiteral("% sure")), qPrintable(facts[0].parts[1].text.plain()));
    QVERIFY2(facts[1].parts[0].text.plain().contains(QStringLiteral("tried an account that others of the attack tried")), qPrintable(facts[1].parts[0].text.plain()));
    QVERIFY(m_incidents->factsOf({TargetKind::Address, "84.2.0.9", {}}).empty());
    const DetailView view = incidentFacts(m_incidents->incidents().front(), {}, {});
    QVERIFY(std::any_of(view.facts.begin(), view.facts.end(), [](const Fact& fact) { return fact.parts[0].text.plain().startsWith(QStringLiteral("240 × tried an account")); }));
}

QTEST_GUILESS_MAIN(TestIncidents)
#include "tst_Incidents.moc"
