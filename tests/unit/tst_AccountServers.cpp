// SPDX-License-Identifier: GPL-3.0-or-later
// Taking accounts back when a server, or a place with passwords on one, does not do its part: it is said, and the others go on.
#include "app/controllers/AccountSurveyController.h"
#include "app/controllers/ContainmentController.h"
#include "tests/support/FakeGate.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const Instant kNow = *parseRfc3339("2026-11-28T12:00:00Z");

AccountPlan lockOf(const std::vector<std::string>& accounts)
{
    return *makeAccountPlan(AccountAction::Lock, accounts, kNow, QStringLiteral("chosen by hand"));
}

} // namespace

class TestAccountServers : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void anAuditThatLeftOutAPlaceSaysSo();
    void theWindowClaimsNothingOfWhatWasNotTested();
    void aServerThatIsDownStopsNobodyElse();
    void aPlaceThatCannotBeWrittenIsFoundBefore();
    void anAccountThatDovecotDoesNotKnowIsNotTheWholePlace();
    void whatEndsSessionsAloneIsNotCalledConfirmed();
    void veryManyAccountsAreNotReviewedInTheWindow();
    void theWindowAppliesWhatIsLeft();

private:
    [[nodiscard]] ContainmentController::TargetSource targets()
    {
        return [this](const QStringList&) { return std::vector{targetOf(m_mx1), targetOf(m_mx2)}; };
    }
    [[nodiscard]] std::unique_ptr<ContainmentController> controller()
    {
        return std::make_unique<ContainmentController>([this](const std::function<void(Response&)>& work) { work(*m_response); }, targets(), m_clock);
    }

    FakeServer m_mx1;
    FakeServer m_mx2;
    FixedClock m_clock{kNow};
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Response> m_response;
};

void TestAccountServers::init()
{
    m_mx1 = {};
    m_mx2 = {};
    m_mx2.name = QStringLiteral("mx2");
    m_response.reset();
    m_home = std::make_unique<QTemporaryDir>();
    auto response = Response::open(DataPaths::locate(m_home->path()), m_clock);
    QVERIFY2(response, response ? "" : qPrintable(response.error().toString()));
    m_response = std::move(*response);
}

void TestAccountServers::anAuditThatLeftOutAPlaceSaysSo()
{
    m_mx1.answers["account-audit-cost"] = "unread dovecot-2\ncost SHA512-CRYPT 5000 3 1 2.5\nok\n";
    m_mx1.answers["account-audit"] = "unread dovecot-2\ntested 3 3\naudited 3 3 0 whole\nok\n";
    FakeRunner runner(m_mx1);
    AccountGate gate(runner, GateAccess::Installed);
    const auto cost = gate.auditCost(50);
    QVERIFY(!cost && cost.error().text.contains(QStringLiteral("dovecot-2")));
    const auto audit = gate.audit({{QStringLiteral("common"), "qwerty"}}, 60s);
    QVERIFY(audit && !audit->complete);
    QCOMPARE(audit->unread, QStringList{QStringLiteral("dovecot-2")});
    m_mx1.answers["account-audit"] = "tested 3 3\naudited 3 3 0 whole\nok\n";
    QVERIFY(gate.audit({{QStringLiteral("common"), "qwerty"}}, 60s)->complete);
}

void TestAccountServers::theWindowClaimsNothingOfWhatWasNotTested()
{
    for (FakeServer* server : {&m_mx1, &m_mx2}) {
        server->answers["account-audit-cost"] = "cost SHA512-CRYPT 5000 3 1 2.5\nok\n";
        server->answers["account-audit"] = "audited 3 3 0 whole\nok\n";
    }
    const auto words = [&] {
        AccountSurveyController survey(targets(), [](const QString&, const QString&, const QString&) {}, m_clock);
        WeakAuditView view;
        connect(&survey, &AccountSurveyController::auditChanged, this, [&](const WeakAuditView& told) { view = told; });
        survey.beginAudit();
        WeakAuditForm form;
        form.servers = QStringList{QStringLiteral("mx1"), QStringLiteral("mx2")};
        form.kinds = QStringList{QStringLiteral("common")};
        survey.estimate(form);
        [&] { QTRY_VERIFY(view.stage == WeakAuditStage::Estimated); }();
        survey.startAudit(form);
        [&] { QTRY_VERIFY(view.stage == WeakAuditStage::Done); }();
        return view.words;
    };
    QCOMPARE(words(), QStringLiteral("No password that was tried opens an account."));
    m_mx2.answers["account-audit"] = "unread dovecot-2\naudited 3 3 0 whole\nok\n";
    QVERIFY2(words().contains(QStringLiteral("not every account was tested")), qPrintable(words()));
    m_mx2.answers["account-audit"] = "err perl\n";
    QVERIFY2(words().contains(QStringLiteral("not every account was tested")), qPrintable(words()));
}

void TestAccountServers::aServerThatIsDownStopsNobodyElse()
{
    m_mx1.down = true;
    auto& accounts = m_response->accounts();
    const auto plan = lockOf({"anna"});
    const auto preview = accounts.preview(plan, targets()({}));
    QVERIFY2(preview, preview ? "" : qPrintable(preview.error().toString()));
    QVERIFY(preview->isAllowed());
    QCOMPARE(preview->leftOut.size(), std::size_t{1});
    QCOMPARE(preview->leftOut.front().server, QStringLiteral("mx1"));
    QCOMPARE(preview->plan.servers, QStringList{QStringLiteral("mx2")});
    m_mx1.down = false; // back by the time of applying: what nobody previewed is not touched
    QVERIFY(accounts.apply(preview->plan, targets()({}), {}));
    QVERIFY(m_mx1.asked.isEmpty());
    QCOMPARE(m_mx2.count("account-write"), 1);
    m_mx1.down = m_mx2.down = true;
    QVERIFY(!accounts.preview(plan, targets()({})));
}

void TestAccountServers::aPlaceThatCannotBeWrittenIsFoundBefore()
{
    m_mx2.answers["account-test"] = "err rights\n";
    const auto preview = m_response->accounts().preview(lockOf({"anna", "bert"}), targets()({}));
    QVERIFY2(preview, preview ? "" : qPrintable(preview.error().toString()));
    QCOMPARE(m_mx1.count("account-test"), 1); // once a place, whatever the number of accounts
    QCOMPARE(preview->plan.servers, QStringList{QStringLiteral("mx1")});
    QVERIFY2(preview->leftOut.at(0).error.text.contains(QStringLiteral("dovecot-1")) && preview->leftOut.at(0).error.text.contains(QStringLiteral("may read the passwords, not change")),
             qPrintable(preview->leftOut.at(0).error.text));
    QCOMPARE(m_mx2.count("account-write"), 0);
}

void TestAccountServers::anAccountThatDovecotDoesNotKnowIsNotTheWholePlace()
{
    m_mx1.answers["account-test"] = "err double\n";
    QVERIFY(m_response->accounts().preview(lockOf({"anna"}), {targetOf(m_mx1)}));
    m_mx1.answers["account-test"] = "err differs\n";
    m_mx1.asked.clear();
    const auto preview = m_response->accounts().preview(lockOf({"a", "b", "c", "d", "e"}), {targetOf(m_mx1)});
    QVERIFY2(preview && preview->isAllowed() && preview->servers.at(0).notes.join(QString()).contains(QStringLiteral("is not the one in use")), "told, and nobody is kept from shutting the door");
    QCOMPARE(m_mx1.count("account-test"), 3);
}

void TestAccountServers::whatEndsSessionsAloneIsNotCalledConfirmed()
{
    auto plan = *makeAccountPlan(AccountAction::None, {"anna"}, kNow, QStringLiteral("chosen by hand"));
    plan.steps.review = false;
    const auto report = m_response->accounts().apply(plan, {targetOf(m_mx1)}, {});
    QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
    QCOMPARE(accountStateName(report->accounts.at(0).state), QStringLiteral("done"));
    QVERIFY(m_response->accountJournal().unfinished().empty());
    QCOMPARE(m_mx1.count("account-write"), 0);
}

void TestAccountServers::veryManyAccountsAreNotReviewedInTheWindow()
{
    std::vector<std::string> names;
    for (int i = 0; i < 60; ++i) {
        names.push_back("u" + std::to_string(i));
    }
    auto contain = controller();
    QVERIFY(contain->open({names.begin(), names.begin() + 8}, QStringLiteral("an incident")));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QCOMPARE(m_mx1.count("account-rules"), 1);
    QVERIFY(contain->view().warnings.isEmpty());
    contain->close();
    QVERIFY(contain->open(names, QStringLiteral("an incident")));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QCOMPARE(m_mx1.count("account-rules"), 1);
    QCOMPARE(contain->view().willChange, std::uint64_t{60});
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("too many accounts")));
}

void TestAccountServers::theWindowAppliesWhatIsLeft()
{
    m_mx2.down = true;
    auto contain = controller();
    QVERIFY(contain->open({"anna"}, QStringLiteral("an incident")));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QVERIFY2(contain->view().problem.isEmpty(), qPrintable(contain->view().problem));
    QCOMPARE(contain->view().willChange, std::uint64_t{1});
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("mx2 is left out")));
    contain->apply();
    QTRY_COMPARE(contain->view().stage, ContainStage::Done);
    QCOMPARE(m_mx1.count("account-write"), 1);
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("mx2 is left out")));
}

QTEST_GUILESS_MAIN(TestAccountServers)
#include "tst_AccountServers.moc"
