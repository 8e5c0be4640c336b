// SPDX-License-Identifier: GPL-3.0-or-later
// What the page Accounts says: each account beside its own past, its risk with the reasons, and the order and search of them.
#include "app/controllers/AccountsController.h"
#include "app/controllers/ContainRows.h"
#include "app/controllers/LogImport.h"
#include "models/store/EventColumns.h"
#include "models/tables/TableText.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const Instant kEnd = *parseRfc3339("2026-11-23T12:00:00Z");
const std::string kHostile = "=cmd|'<b>x</b>'\x1b[2J\xe2\x80\xae,\"";

/// 45.0.0.0/8 is China, the rest India.
AddressFacts factsOf(IpAddress ip)
{
    return {countryCodeOf(ip.v4() >> 24U == 45 ? "CN" : "IN"), 0, AddressClass::Public};
}

Event login(const std::string& account, const char* ip, Instant at, bool good = true, std::uint32_t attempts = 1, Service service = Service::Imap)
{
    Event event;
    event.time = at;
    event.service = service;
    event.kind = good ? EventKind::AuthSuccess : EventKind::AuthFailure;
    event.outcome = good ? Outcome::Success : Outcome::Failure;
    event.attempts = attempts;
    event.ip = IpAddress::parse(ip);
    event.account = account;
    event.server = "mx1";
    return event;
}

Event mail(const std::string& account, Instant at, EventKind kind = EventKind::Accepted)
{
    Event event = login(account, "117.1.2.3", at);
    event.kind = kind;
    event.outcome = Outcome::None;
    event.attempts = 0;
    return event;
}

} // namespace

class TestAccountsPage : public QObject
{
    Q_OBJECT

private slots:
    void activityCountsEachTryOnce();
    void aUsualDayNeedsAPast();
    void aBurstStandsOutAgainstItsOwnPast();
    void riskComesFromIncidentsAndScores();
    void aFalseAlarmMakesNobodyLost();
    void orderAndSearchAndScope();
    void hostileNamesStayText();
    void thePageFollowsTheStore();
    void aResetTakesAnAccountBack();
    void honestFailuresAfterAResetAreShownAsSuch();
    void theServersKnowMoreThanTheLogs();
    void aPreviewTellsWhatWillChangeWhere();
    void newPasswordsHaveEnoughChance();
    void anUndoneAccountIsBackOnEveryServer();

private:
    [[nodiscard]] static std::vector<AccountItem> items(const std::vector<Event>& events, const AccountRiskNotes& risks = {});
    [[nodiscard]] static const AccountItem& named(const std::vector<AccountItem>& items, std::string_view name)
    {
        return *std::find_if(items.begin(), items.end(), [&](const AccountItem& item) { return item.row.account.raw() == name; });
    }
};

std::vector<AccountItem> TestAccountsPage::items(const std::vector<Event>& events, const AccountRiskNotes& risks)
{
    EventColumns columns(factsOf);
    columns.append(events);
    const auto data = columns.snapshot();
    return accountItems(accountActivity(*data, kEnd), *data, risks, Naming{});
}

void TestAccountsPage::activityCountsEachTryOnce()
{
    std::vector<Event> events{login("anna", "117.1.2.3", kEnd - 40 * 24h), login("anna", "117.1.2.3", kEnd - 3h), login("anna", "117.1.2.9", kEnd - 2h, true, 1, Service::Submission),
                              login("anna", "45.1.2.3", kEnd - 1h), login("anna", "117.1.2.3", kEnd - 3h, true, 0), // another line of the same log-in
                              login("anna", "45.9.9.9", kEnd - 1h, false, 3), login("guess", "45.9.9.9", kEnd - 1h, false), mail("anna", kEnd - 1h), mail("anna", kEnd - 50 * 24h),
                              mail("anna", kEnd - 1h, EventKind::Bounced), login("later", "117.1.2.3", kEnd)};
    const auto all = items(events);
    const AccountItem& anna = named(all, "anna");
    QVERIFY(anna.inUse && !anna.idle);
    QCOMPARE(anna.row.letIn, std::uint64_t{3});
    QCOMPARE(anna.row.failed, std::uint64_t{3});
    QCOMPARE(anna.row.mails, std::uint64_t{1});
    QCOMPARE(anna.row.bounced, std::uint64_t{1});
    QCOMPARE(anna.row.networks, std::uint64_t{2});
    QCOMPARE(anna.row.countries.size(), 2);
    QCOMPARE(anna.row.protocols, QStringLiteral("submission, imap"));
    QCOMPARE(anna.row.lastGood, std::optional(kEnd - 1h));
    QCOMPARE(anna.row.country, countryCodeOf("CN"));
    QCOMPARE(anna.row.networkTarget.key, std::string("45.1.2.3"));
    QCOMPARE(anna.row.trend.days.size(), kActivityDays);
    QCOMPARE(anna.row.trend.days.back(), std::uint32_t{1}); // mail, as it sends
    QVERIFY(!named(all, "guess").inUse);
    QVERIFY(named(all, "later").idle); // what comes after is not of these days, but it is in use
}

void TestAccountsPage::aUsualDayNeedsAPast()
{
    std::array<std::uint32_t, kActivityDays> days{};
    QVERIFY(!usualDay(days));
    days[3] = 4;
    days[9] = 6;
    days.back() = 900;
    QVERIFY(!usualDay(days));
    days[20] = 50;
    QCOMPARE(usualDay(days).value(), 6.0);
}

void TestAccountsPage::aBurstStandsOutAgainstItsOwnPast()
{
    std::vector<Event> events;
    for (int day = 1; day < 20; ++day) {
        events.push_back(mail("tara", kEnd - day * 24h - 1h));
        events.push_back(mail("tara", kEnd - day * 24h - 2h));
        events.push_back(mail("news", kEnd - day * 24h - 2h));
    }
    for (int i = 0; i < 60; ++i) {
        events.push_back(mail("tara", kEnd - std::chrono::minutes(i + 1)));
        events.push_back(mail("fresh", kEnd - std::chrono::minutes(i + 1)));
    }
    const auto all = items(events);
    QCOMPARE(named(all, "tara").row.trend.text, QStringLiteral("mail × 30"));
    QCOMPARE(named(all, "tara").row.trend.meaning, Meaning::High);
    QCOMPARE(named(all, "news").row.trend.text, QStringLiteral("quiet"));
    QCOMPARE(named(all, "fresh").row.trend.text, QStringLiteral("60 mails, no past"));
    QVERIFY(named(all, "tara").row.trend.tip.contains(QStringLiteral("60 in the last 24 h, 2 on a usual day")));
}

void TestAccountsPage::riskComesFromIncidentsAndScores()
{
    Incident attack;
    attack.severity = Severity::Critical;
    attack.end = kEnd;
    attack.opened = {{UntrustedText(std::string_view("rahul")), kEnd - 2h, *IpAddress::parse("45.1.2.3"), QStringLiteral("log-ins of a stranger")}};
    attack.accounts = {{UntrustedText(std::string_view("rahul")), 50, 50}, {UntrustedText(std::string_view("sales")), 48, 48}};
    Incident stale;
    stale.kind = IncidentKind::StalePassword;
    stale.severity = Severity::Info;
    stale.accounts = {{UntrustedText(std::string_view("lata")), 900, 1}};
    const std::vector<AccountScore> scores{{UntrustedText(std::string_view("priya")), 35, {QStringLiteral("log-ins from a country that it never came from")}},
                                           {UntrustedText(std::string_view("calm")), 25, {QStringLiteral("the site's other country")}},
                                           {UntrustedText(std::string_view("rahul")), 105, {QStringLiteral("log-ins of a stranger")}}};
    AccountRiskNotes notes = accountRiskNotes({attack, stale}, scores, Naming{});
    QCOMPARE(notes["rahul"].level, RiskLevel::Lost);
    QCOMPARE(notes["rahul"].score, 105.0);
    QCOMPARE(notes["rahul"].reasons.size(), 2); // opened, guessed at; the sign is told in the first already
    QVERIFY(notes["rahul"].reasons.first().startsWith(QStringLiteral("opened 23 Nov 10:00:00 from 45.1.2.3: log-ins of a stranger")));
    QCOMPARE(notes["sales"].level, RiskLevel::Attacked);
    QCOMPARE(notes["lata"].level, RiskLevel::OldPassword);
    QCOMPARE(notes["priya"].level, RiskLevel::Unusual);
    QCOMPARE(notes["calm"].level, RiskLevel::None);
}

void TestAccountsPage::aFalseAlarmMakesNobodyLost()
{
    Incident dismissed;
    dismissed.kind = IncidentKind::AccountCompromise;
    dismissed.severity = Severity::Info;
    dismissed.falseAlarm = true;
    dismissed.opened = {{UntrustedText(std::string_view("boss")), kEnd, *IpAddress::parse("45.1.2.3"), QStringLiteral("travels")}};
    dismissed.accounts = {{UntrustedText(std::string_view("boss")), 0, 0}};
    AccountRiskNotes notes = accountRiskNotes({dismissed}, {{UntrustedText(std::string_view("boss")), 80, {QStringLiteral("a new country")}}}, Naming{});
    QCOMPARE(notes["boss"].level, RiskLevel::None);
    QVERIFY(notes["boss"].reasons.first().contains(QStringLiteral("false alarm")));
    // What nobody has dismissed is not called so, however little it weighs: its owner is to be asked.
    Incident slight = dismissed;
    slight.severity = Severity::Low;
    slight.falseAlarm = false;
    notes = accountRiskNotes({slight}, {{UntrustedText(std::string_view("boss")), 60, {QStringLiteral("a new country")}}}, Naming{});
    QCOMPARE(notes["boss"].level, RiskLevel::Unusual);
    QVERIFY2(notes["boss"].reasons.join(QLatin1Char('|')).contains(QStringLiteral("log-in 23 Nov 12:00:00 from 45.1.2.3")) &&
                 !notes["boss"].reasons.join(QLatin1Char('|')).contains(QStringLiteral("false alarm")),
             qPrintable(notes["boss"].reasons.join(QLatin1Char('|'))));
}

void TestAccountsPage::orderAndSearchAndScope()
{
    AccountRiskNotes risks{{"b", {RiskLevel::Lost, 60, {QStringLiteral("opened")}}}, {"c", {RiskLevel::Attacked, 0, {QStringLiteral("guessed at")}}}, {"a", {RiskLevel::Lost, 90, {}}}};
    const auto all = items({login("a", "117.1.2.3", kEnd - 1h), login("b", "117.1.2.3", kEnd - 2h), login("c", "45.1.2.3", kEnd - 40 * 24h), login("d", "117.1.2.3", kEnd - 4h),
                            login("x", "45.1.2.3", kEnd - 1h, false)},
                           risks);
    const auto names = [&](AccountScope scope, const char* search, const char* key, bool ascending) {
        std::string text;
        for (const AccountOverviewRow& row : chooseAccounts(all, scope, QString::fromUtf8(search), QString::fromUtf8(key), ascending)) {
            text += row.account.raw();
        }
        return text;
    };
    QCOMPARE(names(AccountScope::InUse, "", "risk", false), std::string("abcd"));
    QCOMPARE(names(AccountScope::InUse, "", "last", true), std::string("cdba"));
    QCOMPARE(names(AccountScope::InUse, "", "account", false), std::string("dcba"));
    QCOMPARE(names(AccountScope::AtRisk, "", "risk", true), std::string("cba"));
    QCOMPARE(names(AccountScope::Idle, "", "risk", false), std::string("c"));
    QCOMPARE(names(AccountScope::Strangers, "", "risk", false), std::string("x"));
    QCOMPARE(names(AccountScope::InUse, "OPENED", "risk", false), std::string("b"));
    QCOMPARE(names(AccountScope::InUse, "45.1.2", "risk", false), std::string("c"));
    const AccountsSummary summary = accountsSummary(all);
    QCOMPARE(summary.inUse, std::uint64_t{4});
    QCOMPARE(summary.lost, std::uint64_t{2});
    QCOMPARE(summary.attacked, std::uint64_t{1});
    QCOMPARE(summary.idle, std::uint64_t{1});
    QCOMPARE(summary.strangers, std::uint64_t{1});
}

void TestAccountsPage::hostileNamesStayText()
{
    AccountRiskNotes risks{{kHostile, {RiskLevel::Lost, 60, {QStringLiteral("<i>why</i>")}}}};
    AccountOverviewModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setNow(kEnd);
    model.setRows(chooseAccounts(items({login(kHostile, "117.1.2.3", kEnd - 1h), mail(kHostile, kEnd - 1h)}, risks), AccountScope::InUse, {}, QStringLiteral("risk"), false));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowTarget(0).key, kHostile);
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex cell = model.index(0, column);
        const QString shown = cell.data().toString();
        QVERIFY2(!shown.contains(QChar(0x1b)) && !shown.contains(QChar(0x202e)), qUtf8Printable(shown));
        QVERIFY2(!cell.data(Qt::ToolTipRole).toString().contains(QLatin1Char('<')), qUtf8Printable(cell.data(Qt::ToolTipRole).toString()));
        const QString csv = cell.data(CsvRole).toString();
        QVERIFY2(!csv.startsWith(QLatin1Char('=')) && !csv.startsWith(QLatin1String("\"=")), qUtf8Printable(csv));
    }
    const QJsonDocument line = QJsonDocument::fromJson(tableJsonLines(model).toUtf8());
    QVERIFY(line.isObject());
    QCOMPARE(line[QStringLiteral("trend")].toArray().size(), static_cast<qsizetype>(kActivityDays));
    model.setRows({});
}

void TestAccountsPage::thePageFollowsTheStore()
{
    const auto store = *LocalEventStore::open({});
    FixedClock clock(kEnd);
    AccountsController accounts(*store, Naming{}, clock);
    QSignalSpy told(&accounts, &AccountsController::summaryChanged);
    accounts.setShown(true);
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), 10'000);
    QCOMPARE(accounts.summary().inUse, std::uint64_t{0});
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("mail.log")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("2026-11-23T11:00:00+00:00 mx1 dovecot: imap-login: Login: user=<anna@example.org>, method=PLAIN, rip=117.1.2.3, lip=192.0.2.1, mpid=7, TLS, session=<a1>\n"
               "2026-11-23T11:00:05+00:00 mx1 postfix/submission/smtpd[7]: warning: unknown[45.1.2.3]: SASL LOGIN authentication failed: x, sasl_username=ghost@example.org\n");
    file.close();
    QVERIFY(LogImport(*store, *RuleBook::load()).run(file.fileName()));
    accounts.storeChanged();
    QTRY_COMPARE_WITH_TIMEOUT(accounts.summary().inUse, std::uint64_t{1}, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(accounts.model().rowCount(), 1, 10'000);
    QCOMPARE(accounts.model().rows().front().account.raw(), std::string("anna@example.org"));
    accounts.setRisks({}, {{UntrustedText(std::string_view("anna@example.org")), 35, {QStringLiteral("a new country")}}});
    QTRY_COMPARE_WITH_TIMEOUT(accounts.summary().unusual, std::uint64_t{1}, 20'000);
    const std::vector<Fact> facts = accounts.facts({TargetKind::Account, "anna@example.org", {}});
    QVERIFY(!facts.empty());
    QCOMPARE(facts.front().parts.front().text.plain(), QStringLiteral("unusual · 35 points"));
    accounts.setSearch(QStringLiteral("nobody"));
    QTRY_COMPARE_WITH_TIMEOUT(accounts.model().rowCount(), 0, 10'000);
    accounts.setSearch({});
    accounts.setScope(AccountScope::Strangers);
    QTRY_COMPARE_WITH_TIMEOUT(accounts.model().rowCount(), 1, 10'000);
    QCOMPARE(accounts.model().rows().front().failed, std::uint64_t{1});
}

void TestAccountsPage::aResetTakesAnAccountBack()
{
    AccountRiskNotes risks{{"a", {RiskLevel::Lost, 60, {QStringLiteral("opened")}, kEnd - 2h}},
                           {"b", {RiskLevel::Lost, 60, {QStringLiteral("opened")}, kEnd - 2h}},
                           {"c", {RiskLevel::OldPassword, 0, {QStringLiteral("a device")}, {}}}};
    auto all = items({login("a", "117.1.2.3", kEnd - 3h), login("b", "117.1.2.3", kEnd - 3h), login("c", "117.1.2.3", kEnd - 3h)}, risks);
    addResets(all, {{"a", kEnd - 1h}, {"b", kEnd - 3h}, {"c", kEnd - 5h}}, {}, Naming{}, kEnd);
    QCOMPARE(named(all, "a").level, RiskLevel::TakenBack);
    QCOMPARE(named(all, "a").row.riskText, QStringLiteral("taken back"));
    QCOMPARE(named(all, "a").row.state, QStringLiteral("reset 23 Nov 11:00:00"));
    QCOMPARE(named(all, "b").level, RiskLevel::Lost); // the stranger was there after the reset
    QVERIFY(named(all, "c").row.reasons.front().contains(QStringLiteral("that is honest")));
    QCOMPARE(accountsSummary(all).lost, std::uint64_t{1});
}

void TestAccountsPage::honestFailuresAfterAResetAreShownAsSuch()
{
    const AccountRiskNotes risks{{"a", {RiskLevel::Lost, 60, {QStringLiteral("opened")}, kEnd - 30h}}, {"b", {RiskLevel::OldPassword, 0, {QStringLiteral("a device")}, {}}}};
    auto all = items({login("a", "117.1.2.3", kEnd - 40h), login("b", "117.1.2.3", kEnd - 40h), login("c", "117.1.2.3", kEnd - 40h), login("d", "117.1.2.3", kEnd - 40h)}, risks);
    const auto home = *IpAddress::parse("117.1.2.3"), phone = *IpAddress::parse("117.1.9.9");
    addResets(all, {{"a", kEnd - 24h}, {"b", kEnd - 24h}, {"c", kEnd - 96h}},
              {{"a", home, 12, kEnd - 2h}, {"a", phone, 2, kEnd - 1h}, {"b", home, 1, kEnd - 3h}, {"c", home, 5, kEnd - 4h}}, Naming{}, kEnd);
    QCOMPARE(named(all, "a").level, RiskLevel::TakenBack);
    QVERIFY2(named(all, "a").row.reasons.back().contains(QStringLiteral("14 tries from 2 places")) && named(all, "a").row.reasons.back().contains(QStringLiteral("nothing is banned there until 25 Nov")),
             qPrintable(named(all, "a").row.reasons.back()));
    QCOMPARE(named(all, "b").row.reasons.size(), 1);
    QVERIFY(named(all, "b").row.reasons.front().contains(QStringLiteral("1 try from 1 place")));
    QCOMPARE(named(all, "c").level, RiskLevel::OldPassword); // shown among those at risk, as the mildest
    QVERIFY2(!named(all, "c").row.reasons.front().contains(QStringLiteral("banned")), "its three days are over");
    QCOMPARE(named(all, "d").level, RiskLevel::None);
}

void TestAccountsPage::theServersKnowMoreThanTheLogs()
{
    auto all = items({login("anna", "117.1.2.3", kEnd - 3h), login("ghost", "45.1.2.3", kEnd - 3h, false)});
    AccountFacts anna;
    anna.row = {"anna", QStringLiteral("dovecot-1"), AccountRowState::Open, QStringLiteral("SHA512-CRYPT"), 5000, kEnd - 100 * 24h, {}};
    anna.secondFactor = false;
    AccountFacts silent;
    silent.row = {"never", QStringLiteral("dovecot-1"), AccountRowState::Locked, {}, 0, {}, kEnd - 50 * 24h};
    AccountFacts old = silent, kept = silent;
    old.row.account = "old";
    old.row.created = kEnd - 900 * 24h;
    kept.row.account = "kept";
    kept.row.created.reset();
    kept.keepsLastLogin = true;
    addServerFacts(all, {{"anna", {{QStringLiteral("mx1"), anna}}}, {"never", {{QStringLiteral("mx1"), silent}}}, {"old", {{QStringLiteral("mx1"), old}}}, {"kept", {{QStringLiteral("mx1"), kept}}}}, kEnd - 60 * 24h);
    QCOMPARE(all.size(), std::size_t{5});
    QVERIFY2(named(all, "old").password.front().contains(QStringLiteral("not used since 2026-09-24, when the logs begin")), qPrintable(named(all, "old").password.front()));
    QVERIFY(named(all, "kept").password.front().endsWith(QStringLiteral("never used")));
    const auto shown = [&](AccountScope scope) {
        std::vector<std::string> names;
        for (const auto& row : chooseAccounts(all, scope, {}, {}, true)) {
            names.push_back(row.account.raw());
        }
        return names;
    };
    QCOMPARE(shown(AccountScope::Never), (std::vector<std::string>{"kept", "never"}));
    QCOMPARE(shown(AccountScope::OneFactor), std::vector<std::string>{"anna"});
    QCOMPARE(named(all, "anna").row.passwordSince, std::optional(kEnd - 100 * 24h));
    QVERIFY(named(all, "anna").password.front().contains(QStringLiteral("no second factor")));
    QVERIFY(named(all, "never").inUse && named(all, "never").idle);
    QCOMPARE(named(all, "never").row.state, QStringLiteral("locked by us"));
    QVERIFY(named(all, "never").password.front().contains(QStringLiteral("never used since 2026-10-04")));
    QVERIFY(!named(all, "ghost").inUse);
    QCOMPARE(chooseAccounts(all, AccountScope::InUse, {}, QStringLiteral("password"), true).front().account.raw(), std::string("anna"));
}

void TestAccountsPage::aPreviewTellsWhatWillChangeWhere()
{
    AccountPreview preview;
    preview.plan.accounts = {"anna@example.org", "bob@example.org", "gone@example.org"};
    AccountServerPreview mx1;
    mx1.server = QStringLiteral("mx1");
    mx1.about.backends = {{QStringLiteral("dovecot-1"), AccountBackendKind::PasswdFile, {}, UntrustedText(std::string_view("/etc/dovecot/users")), {}, {}}};
    mx1.command = QStringLiteral("sudo -n /usr/local/sbin/mailward-gate");
    mx1.batch = "account-write x\nanna@example.org HASH\n";
    AccountPreviewRow anna{"anna@example.org", {{"anna@example.org", QStringLiteral("dovecot-1"), AccountRowState::Open, {}, 0, {}, {}}}, {"anna@example.org", 2, 1}, 7, {}, {}};
    AccountPreviewRow bob{"bob@example.org", {}, {}, 0, {}, QStringLiteral("It is not there.")};
    mx1.rows = {anna, bob};
    AccountServerPreview mx2 = mx1;
    mx2.server = QStringLiteral("mx2");
    anna.rows.clear();
    anna.problem = bob.problem;
    bob.rows = {{"bob@example.org", QStringLiteral("dovecot-1"), AccountRowState::Protected, {}, 0, {}, {}}};
    bob.problem = accountProblemText(QStringLiteral("protected"));
    mx2.rows = {anna, bob};
    preview.servers = {mx1, mx2};
    preview.nowhere = {"gone@example.org"};
    ContainView view;
    tellPreview(view, preview);
    QCOMPARE(view.willChange, std::uint64_t{1});
    QCOMPARE(view.rows.size(), std::size_t{3}); // anna on mx1, bob on mx2, gone
    QCOMPARE(view.rows[0].place, QStringLiteral("passwd-file /etc/dovecot/users, open"));
    QCOMPARE(view.rows[0].sessions + view.rows[0].smtp + view.rows[0].mails, 10U);
    QCOMPARE(view.rows[1].meaning, Meaning::High);
    QVERIFY(!view.rows[1].state.isEmpty());
    QCOMPARE(view.rows[2].state, QStringLiteral("no server has it"));
    QVERIFY(view.servers[0].commands.raw().find("anna@example.org HASH") != std::string::npos);
    AccountReport report;
    AccountOutcome done;
    done.server = QStringLiteral("mx1");
    done.account = "anna@example.org";
    done.backends = QStringList{QStringLiteral("dovecot-1")};
    done.state = AccountState::Confirmed;
    done.kicked = 2;
    AccountOutcome elsewhere;
    elsewhere.server = QStringLiteral("mx2");
    elsewhere.account = "anna@example.org";
    elsewhere.state = AccountState::Failed;
    elsewhere.error = Error{ErrorCode::NotFound, QStringLiteral("It is not there."), {}};
    report.accounts = {done, elsewhere};
    tellReport(view, report);
    QCOMPARE(view.changed, std::uint64_t{1});
    QVERIFY(isWhole(report));
    QCOMPARE(view.rows[0].state, QStringLiteral("new password · 2 sessions ended"));
    QCOMPARE(view.rows[0].meaning, Meaning::Good);
    report.accounts[1].backends = QStringList{QStringLiteral("dovecot-1")};
    QVERIFY(!isWhole(report));
}

void TestAccountsPage::anUndoneAccountIsBackOnEveryServer()
{
    AccountReport report;
    const auto add = [&](const char* server, const char* account, AccountState state) {
        AccountOutcome outcome;
        outcome.server = QLatin1String(server);
        outcome.account = account;
        outcome.state = state;
        report.accounts.push_back(outcome);
    };
    add("mx1", "anna", AccountState::Restored);
    add("mx2", "anna", AccountState::Confirmed); // not reached: its slip is the only copy of the new password
    add("mx1", "bert", AccountState::Restored);
    QVERIFY(!isUndone(report, "anna"));
    QVERIFY(isUndone(report, "bert"));
    QVERIFY(!isUndone(report, "carla"));
}

void TestAccountsPage::newPasswordsHaveEnoughChance()
{
    for (const PasswordStyle style : {PasswordStyle::Characters, PasswordStyle::Words}) {
        const PasswordStrength strength = passwordStrength(style, style == PasswordStyle::Words ? 5 : 20);
        QVERIFY(strength.bits.front() >= kLeastEntropyBits);
        QVERIFY(strength.usual >= strength.least && strength.usual < strength.least + static_cast<int>(strength.bits.size()));
        QVERIFY(std::is_sorted(strength.bits.begin(), strength.bits.end()));
    }
}

QTEST_GUILESS_MAIN(TestAccountsPage)
#include "tst_AccountsPage.moc"
