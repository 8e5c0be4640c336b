// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier containments in the window: told at the start, listed, gone on with after a crash, taken back, and their sealed files opened.
#include "app/controllers/ContainmentController.h"
#include "app/controllers/ContainRows.h"
#include "app/controllers/EarlierController.h"
#include "tests/support/FakeGate.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const Instant kNow = *parseRfc3339("2026-11-28T12:00:00Z");
const QString kMx1 = QStringLiteral("mx1");
const QString kMx2 = QStringLiteral("mx2");

/// A clock that a test sets.
class SetClock final : public Clock
{
public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at = kNow;
};

std::shared_ptr<const Secret> phrase(const char* words) { return std::make_shared<const Secret>(std::string_view(words)); }

} // namespace

class TestEarlierContainments : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void anUnfinishedOneIsToldAtTheStartAndLeadsToTheList();
    void theListSaysWhatCanBeDone();
    void oneThatWasCutGoesOn();
    void itGoesOnWithItsSealedFile();
    void takingBackIsPreviewedAndDone();
    void aServerThatIsGoneIsNamed();
    void whatOneWasMadeWithIsNobodysWishForTheNext();
    void aSealedFileIsOpenedOrSaysWhyNot();

private:
    [[nodiscard]] std::unique_ptr<ContainmentController> controller()
    {
        return std::make_unique<ContainmentController>([this](const std::function<void(Response&)>& work) { work(*m_response); },
                                                       [this](const QStringList&) { return std::vector{targetOf(m_mx1), targetOf(m_mx2)}; }, m_clock);
    }
    [[nodiscard]] std::unique_ptr<EarlierController> earlier()
    {
        return std::make_unique<EarlierController>([this](const std::function<void(Response&)>& work) { work(*m_response); }, m_clock);
    }
    /// A plan of the journal with where it got, one state for each account on each server.
    AccountPlan journalled(AccountAction action, const std::vector<std::tuple<QString, std::string, AccountState>>& states)
    {
        std::vector<std::string> names;
        std::vector<AccountJournalEntry> entries;
        auto plan = *makeAccountPlan(action, {std::get<1>(states.front())}, m_clock.now(), QStringLiteral("Distributed guessing"));
        for (const auto& [server, account, state] : states) {
            names.push_back(account);
            entries.push_back({{}, plan.id, server, account, state, {}, {}});
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        plan.accounts = names;
        if (!m_response->accountJournal().addPlan(plan) || !m_response->accountJournal().add(entries)) {
            qFatal("the journal cannot be written");
        }
        return plan;
    }

    FakeServer m_mx1;
    FakeServer m_mx2;
    SetClock m_clock;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Response> m_response;
};

void TestEarlierContainments::init()
{
    qputenv("USER", "anna");
    m_clock.at = kNow;
    m_mx1 = {};
    m_mx2 = {};
    m_mx2.name = kMx2;
    m_response.reset();
    m_home = std::make_unique<QTemporaryDir>();
    auto response = Response::open(DataPaths::locate(m_home->path()), m_clock);
    QVERIFY2(response, response ? "" : qPrintable(response.error().toString()));
    m_response = std::move(*response);
}

void TestEarlierContainments::anUnfinishedOneIsToldAtTheStartAndLeadsToTheList()
{
    std::vector<Notice> told;
    const auto start = [&] {
        told.clear();
        auto list = earlier();
        connect(list.get(), &EarlierController::noticed, this, [&](const Notice& notice) { told.push_back(notice); });
        list->tellUnfinished();
        QCoreApplication::processEvents();
    };
    start();
    QVERIFY(told.empty());
    const auto plan = journalled(AccountAction::Reset, {{kMx1, "anna", AccountState::Written}, {kMx1, "bert", AccountState::Planned}});
    start();
    QCOMPARE(told.size(), std::size_t{1});
    QVERIFY2(told[0].text.contains(QStringLiteral("2 accounts")) && told[0].text.contains(QStringLiteral("Distributed guessing")), qPrintable(told[0].text));
    QCOMPARE(told[0].offer, NoticeOffer::EarlierContainments);
    QVERIFY2(!told[0].hint.contains(QStringLiteral("mailward-cli")), qPrintable(told[0].hint));
    for (const char* name : {"anna", "bert"}) {
        QVERIFY(m_response->accountJournal().add({{{}, plan.id, kMx1, name, AccountState::Restored, {}, {}}}));
    }
    start();
    QVERIFY(told.empty());
}

void TestEarlierContainments::theListSaysWhatCanBeDone()
{
    m_clock.at = kNow - 8 * 24h;
    journalled(AccountAction::Lock, {{kMx1, "old", AccountState::Locked}});
    journalled(AccountAction::Reset, {{kMx1, "anna", AccountState::Delivered}});
    m_clock.at = kNow - 24h;
    const auto fresh = journalled(AccountAction::Reset, {{kMx1, "bert", AccountState::Delivered}, {kMx2, "bert", AccountState::Delivered}});
    journalled(AccountAction::Reset, {{kMx1, "carl", AccountState::Restored}});
    journalled(AccountAction::Reset, {{kMx1, "dora", AccountState::Confirmed}});
    journalled(AccountAction::Reset, {{kMx1, "emil", AccountState::Delivered}, {kMx1, "fred", AccountState::Hashed}});
    QVERIFY(m_response->audit().append({0, {}, QStringLiteral("ravi"), QStringLiteral("account-reset"), kMx1, fresh.id, {}, {}}));
    QVERIFY(m_response->audit().append({0, {}, QStringLiteral("anna"), QStringLiteral("account-delivered"), {}, fresh.id, {}, {}}));
    m_clock.at = kNow;
    auto list = earlier();
    list->refresh();
    QCoreApplication::processEvents();
    const auto& rows = list->model().rows();
    QCOMPARE(rows.size(), std::size_t{6});
    const auto is = [&](std::size_t at, bool resume, bool undo, const char* state) {
        return rows[at].canResume == resume && rows[at].canUndo == undo && rows[at].state == QString::fromUtf8(state) && !rows[at].words.isEmpty();
    };
    QVERIFY(is(0, true, true, "1 not finished · 1 done"));
    QVERIFY(is(1, true, true, "1 not handed over"));
    QVERIFY(is(2, false, false, "1 taken back"));
    QVERIFY(is(3, false, true, "2 done"));
    QVERIFY(is(4, false, false, "1 done")); // a server keeps old rows for 7 days
    QVERIFY(is(5, false, true, "1 done"));  // but those of locks
    QCOMPARE(rows[3].who, QStringLiteral("ravi"));
    QCOMPARE(rows[3].servers, QStringLiteral("mx1, mx2"));
    QCOMPARE(rows[3].accounts, std::uint64_t{1});
}

void TestEarlierContainments::oneThatWasCutGoesOn()
{
    const auto plan = journalled(AccountAction::Reset, {{kMx1, "anna", AccountState::Delivered}, {kMx1, "bert", AccountState::Written}});
    m_mx1.answers["account-write"] = "done bert dovecot-1 written\nok\n";
    m_mx1.answers["account-confirm"] = "done bert dovecot-1 confirmed\nok\n";
    m_mx2.down = true;
    auto contain = controller();
    QVERIFY(contain->openResume(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QVERIFY2(contain->view().problem.isEmpty(), qPrintable(contain->view().problem));
    QCOMPARE(contain->view().willChange, std::uint64_t{1});
    QVERIFY(contain->view().rows.at(0).state.contains(QStringLiteral("done before")));
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("mx2 is left out")));
    QCOMPARE(m_mx1.count("account-write"), 0);
    m_mx2.down = false; // nobody previewed it
    contain->apply();
    QTRY_COMPARE(contain->view().stage, ContainStage::Done);
    QCOMPARE(m_mx1.count("account-write"), 1);
    QCOMPARE(m_mx2.asked.size(), 0);
    for (const QByteArray& asked : m_mx1.asked) {
        QVERIFY(!asked.startsWith("account-write") || (asked.contains("\nbert ") && !asked.contains("\nanna ")));
    }
    QCOMPARE(contain->slips().size(), std::size_t{1});
    QCOMPARE(contain->slips().front().account.raw(), std::string("bert"));
    contain->handedOver(QStringLiteral("printed"));
    QVERIFY(m_response->accountJournal().unfinished().empty());
    QCOMPARE(m_response->audit().entries().back().action, QStringLiteral("account-delivered"));
}

void TestEarlierContainments::itGoesOnWithItsSealedFile()
{
    const QString path = m_home->filePath(QStringLiteral("new.sealed"));
    const auto plan = journalled(AccountAction::Reset, {{kMx1, "bert", AccountState::Written}});
    {
        auto file = HandOverFile::create(path, *phrase("correct horse battery"));
        QVERIFY(file);
        std::vector<PasswordSlip> slips;
        slips.push_back({"bert", {kMx1}, kNow, Secret("the-one-in-the-file")});
        QVERIFY((*file)->append(slips));
    }
    m_mx1.answers["account-write"] = "done bert dovecot-1 written\nok\n";
    m_mx1.answers["account-confirm"] = "done bert dovecot-1 confirmed\nok\n";
    m_mx2.answers["account-look"] = "ok\n";
    auto contain = controller();
    QVERIFY(contain->openResume(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    contain->apply(path, phrase("another passphrase"));
    QTRY_VERIFY(!contain->view().problem.isEmpty());
    QCOMPARE(contain->view().stage, ContainStage::Preview); // to be tried again
    QVERIFY(contain->view().problem.contains(QStringLiteral("passphrase does not open")) && !contain->view().hint.isEmpty());
    QCOMPARE(m_mx1.count("account-write"), 0);
    contain->apply(path, phrase("correct horse battery"));
    QTRY_COMPARE(contain->view().stage, ContainStage::Done);
    QVERIFY2(contain->view().problem.isEmpty(), qPrintable(contain->view().problem));
    QVERIFY(contain->view().handedOver);
    QCOMPARE(contain->slips().size(), std::size_t{1});
    const auto& password = *contain->slips().front().password;
    QCOMPARE(QByteArray(password.data(), static_cast<qsizetype>(password.size())), QByteArray("the-one-in-the-file"));
    QVERIFY(m_response->accountJournal().unfinished().empty());
}

void TestEarlierContainments::takingBackIsPreviewedAndDone()
{
    const auto plan = journalled(AccountAction::Reset, {{kMx1, "anna", AccountState::Delivered}, {kMx1, "bert", AccountState::Delivered}, {kMx2, "anna", AccountState::Delivered}});
    m_mx1.answers["account-standing"] = "done anna dovecot-1 new\ndone bert dovecot-1 changed\nok\n";
    m_mx1.answers["account-undo"] = "done anna dovecot-1 restored\ndone bert dovecot-1 changed\nok\n";
    m_mx2.down = true;
    auto contain = controller();
    QVERIFY(contain->openUndo(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QVERIFY2(contain->view().problem.isEmpty(), qPrintable(contain->view().problem));
    QCOMPARE(contain->view().task, ContainTask::Undo);
    QCOMPARE(contain->view().willChange, std::uint64_t{1});
    QVERIFY(contain->view().rows.at(0).state.contains(QStringLiteral("old password")));
    QVERIFY2(contain->view().rows.at(1).state.contains(QStringLiteral("Somebody changed")), qPrintable(contain->view().rows.at(1).state));
    const QString warnings = contain->view().warnings.join(QLatin1Char('\n'));
    QVERIFY2(warnings.contains(QStringLiteral("whoever knows one gets in")) && warnings.contains(QStringLiteral("mx2 is left out")), qPrintable(warnings));
    QVERIFY(contain->view().servers.at(0).commands.raw().find("account-undo\n" + plan.id.toStdString()) != std::string::npos);
    QCOMPARE(m_mx1.count("account-undo"), 0);
    m_mx2.down = false;
    contain->apply();
    QTRY_COMPARE(contain->view().stage, ContainStage::Done);
    QCOMPARE(m_mx1.count("account-undo"), 1);
    QVERIFY(m_mx2.asked.isEmpty());
    QCOMPARE(contain->view().changed, std::uint64_t{1});
    QVERIFY(contain->view().canUndo); // of bert it can be tried again
    QCOMPARE(m_response->accountJournal().last(plan.id, kMx1, "anna")->state, AccountState::Restored);
    QCOMPARE(m_response->accountJournal().last(plan.id, kMx1, "bert")->state, AccountState::Delivered);
    const AuditEntry& audited = m_response->audit().entries().back();
    QCOMPARE(audited.action + audited.who + audited.server, QStringLiteral("account-undoannamx1"));
    contain->close();
    m_mx1.answers["account-standing"] = "ok\n"; // too old: the server has let them go
    m_mx2.answers["account-standing"] = "ok\n";
    QVERIFY(contain->openUndo(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QVERIFY(!contain->view().objections.isEmpty());
    contain->apply();
    QCOMPARE(m_mx1.count("account-undo"), 1);
}

void TestEarlierContainments::aServerThatIsGoneIsNamed()
{
    const auto plan = journalled(AccountAction::Lock, {{kMx1, "anna", AccountState::Locked}, {QStringLiteral("mx9"), "anna", AccountState::Locked}});
    m_mx1.answers["account-standing"] = "done anna dovecot-1 new\nok\n";
    m_mx1.answers["account-undo"] = "done anna dovecot-1 restored\nok\n";
    auto contain = controller();
    QVERIFY(contain->openUndo(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QCOMPARE(contain->view().willChange, std::uint64_t{1});
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("mx9 is not among the servers")));
    const auto report = m_response->accounts().undo(plan.id, {targetOf(m_mx1)}, QStringLiteral("anna"));
    QVERIFY(report);
    ContainView view;
    tellReport(view, *report);
    const auto cut = journalled(AccountAction::Lock, {{kMx1, "bert", AccountState::Planned}, {QStringLiteral("mx9"), "bert", AccountState::Planned}});
    QVERIFY(contain->openResume(cut.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QVERIFY(contain->view().warnings.join(QString()).contains(QStringLiteral("mx9 is not among the servers")));
    QVERIFY(std::any_of(view.rows.begin(), view.rows.end(), [](const ContainRow& row) { return row.server == QStringLiteral("mx9") && row.state.contains(QStringLiteral("not among the servers")); }));
}

void TestEarlierContainments::whatOneWasMadeWithIsNobodysWishForTheNext()
{
    auto plan = *makeAccountPlan(AccountAction::None, {"anna"}, kNow, QStringLiteral("command line"));
    plan.steps.flush = plan.steps.kick = plan.steps.review = false;
    QVERIFY(m_response->accountJournal().addPlan(plan));
    QVERIFY(m_response->accountJournal().add({{{}, plan.id, kMx1, "anna", AccountState::Planned, {}, {}}}));
    auto contain = controller();
    const ContainChoice usual = contain->view().choice;
    QVERIFY(contain->openResume(plan.id));
    QTRY_COMPARE(contain->view().stage, ContainStage::Preview);
    QCOMPARE(contain->view().choice.action, ContainAction::None);
    QVERIFY(!contain->view().choice.kick && contain->view().choice.hold);
    QCOMPARE(contain->view().willChange, std::uint64_t{1});
    contain->apply();
    QTRY_COMPARE(contain->view().stage, ContainStage::Done);
    QVERIFY(!contain->view().canUndo); // sessions that ended stay ended
    contain->close();
    QVERIFY(contain->view().choice == usual);
}

void TestEarlierContainments::aSealedFileIsOpenedOrSaysWhyNot()
{
    const QString path = m_home->filePath(QStringLiteral("new.sealed"));
    const QString none = m_home->filePath(QStringLiteral("none.sealed"));
    {
        auto file = HandOverFile::create(path, *phrase("correct horse battery"));
        QVERIFY(file && HandOverFile::create(none, *phrase("correct horse battery")));
        std::vector<PasswordSlip> slips;
        slips.push_back({"bert", {kMx1, kMx2}, kNow, Secret("Kp7mX-q4RtW")});
        QVERIFY((*file)->append(slips));
    }
    auto list = earlier();
    QSignalSpy opened(list.get(), &EarlierController::sealedOpened);
    QSignalSpy refused(list.get(), &EarlierController::sealedRefused);
    const auto refusal = [&](const QString& file, const char* words) {
        refused.clear();
        list->openSealed(file, phrase(words));
        [&] { QTRY_COMPARE(refused.size(), 1); }();
        return refused.isEmpty() || refused[0][1].toString().isEmpty() ? QStringLiteral("no hint") : refused[0][0].toString();
    };
    QVERIFY2(refusal(path, "another passphrase").contains(QStringLiteral("passphrase does not open")), qPrintable(refused[0][0].toString()));
    QVERIFY(refusal(path + QStringLiteral(".gone"), "correct horse battery").contains(QStringLiteral("There is no file")));
    QVERIFY(refusal(none, "correct horse battery").contains(QStringLiteral("holds no new passwords")));
    QFile whole(path);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    const QString cut = m_home->filePath(QStringLiteral("cut.sealed"));
    for (const qsizetype length : {qsizetype{0}, bytes.size() / 3, bytes.lastIndexOf('\n', -2) + 1, bytes.size() - 1}) {
        QFile part(cut);
        QVERIFY(part.open(QIODevice::WriteOnly | QIODevice::Truncate));
        part.write(bytes.left(length));
        part.close();
        QVERIFY2(refusal(cut, "correct horse battery").contains(QStringLiteral("no whole file")), qPrintable(QString::number(length)));
    }
    QVERIFY(list->slips().empty());
    list->openSealed(path, phrase("correct horse battery"));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(list->slips().size(), std::size_t{1});
    QCOMPARE(list->slips().front().servers, QStringLiteral("mx1, mx2"));
    const std::weak_ptr<const Secret> alive = list->slips().front().password;
    list->letGo();
    QVERIFY(alive.expired());
    list->openSealed(path, phrase("correct horse battery"));
    list->letGo(); // the dialog was closed meanwhile: its answer, which comes before the next one's, is nobody's
    refusal(none, "correct horse battery");
    QCOMPARE(opened.size(), 1);
    QVERIFY(list->slips().empty());
}

QTEST_GUILESS_MAIN(TestEarlierContainments)
#include "tst_EarlierContainments.moc"
