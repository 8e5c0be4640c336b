// SPDX-License-Identifier: GPL-3.0-or-later
// From the card of an incident to eight accounts with new passwords on paper, through the real window on real servers, with
// every click counted; then a console that dies in the middle of another one, which the next console goes on with, and the first one
// taken back. tests/rig/tst_window_contain.py brings the rig up, loses the accounts, runs this step by step in one home, and tries the
// passwords after each.
#include "RigAccess.h"
#include "WindowDriver.h"

#include "app/Wiring.h"
#include "ui/MainWindow.h"
#include "ui/dialogs/ContainDialog.h"
#include "ui/dialogs/EarlierDialog.h"
#include "ui/dialogs/SlipsDialog.h"
#include "ui/pages/AccountsPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <csignal>

using namespace mailward;

namespace {

constexpr int kPatience = 60'000;
constexpr int kLost = 8;

} // namespace

class TestWindowContain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_broken = m_broken || QTest::currentTestFailed(); }
    void theCardNamesTheLostAccounts();
    void thePageShowsThemFirst();
    void fiveClicksContainThemAndPrintTheSlips();
    void theServersSayTheSame();
    void theConsoleDiesHalfWay();
    void theNextOneGoesOn();
    void theFirstOneIsTakenBack();
    void theAuditHoldsItWithoutAPassword();
    void cleanupTestCase();

private:
    void click(QPushButton* button);
    void addServer(const RigHost& host, const QString& user);
    void handOut(ContainDialog* dialog);
    ContainDialog* preview(std::uint64_t accounts);
    void keep(const char* name) { m_driver->picture(m_wiring->window(), QLatin1String(name)); }

    QTemporaryDir m_home;
    QString m_folder; ///< of this console and the next ones
    RigAccess m_rig;
    std::unique_ptr<Wiring> m_wiring;
    std::unique_ptr<WindowDriver> m_driver;
    QStringList m_passwords; ///< of the test's own servers: what must stand nowhere else
    int m_clicks = 0;
    bool m_broken = false;
};

void TestWindowContain::click(QPushButton* button)
{
    QVERIFY(button != nullptr && button->isVisible() && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    ++m_clicks;
}

void TestWindowContain::addServer(const RigHost& host, const QString& user)
{
    ServerForm form;
    form.name = host.name;
    form.host = host.ip;
    form.user = user;
    form.method = LoginMethod::KeyFile;
    form.keyFile = m_rig.key();
    form.logPaths = host.logs;
    m_wiring->servers().add(form, Secret());
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("hostKeyDialog"))) != nullptr, kPatience);
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("acceptHostKey")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->dialog(QStringLiteral("hostKeyDialog")) == nullptr, kPatience);
}

void TestWindowContain::initTestCase()
{
    if (!m_rig.isValid()) {
        QSKIP("no rig: run tests/rig/tst_window_contain.py");
    }
    StartOptions options;
    m_folder = qEnvironmentVariable("MAILWARD_STEP_HOME", m_home.path());
    options.home = m_folder;
    options.theme = QStringLiteral("light");
    auto wiring = Wiring::make(options);
    QVERIFY2(wiring.has_value(), qPrintable(wiring ? QString() : wiring.error().text));
    m_wiring = std::move(*wiring);
    m_driver = std::make_unique<WindowDriver>();
    m_wiring->window().resize(1440, 900);
    m_wiring->start();
    QVERIFY(QTest::qWaitForWindowExposed(&m_wiring->window()));
    if (m_wiring->servers().names().isEmpty()) {
        addServer(m_rig.hosts().first(), m_rig.hosts().first().user);
        addServer(m_rig.hosts().last(), QStringLiteral("root"));
    }
}

void TestWindowContain::init()
{
    if (m_broken) {
        QSKIP("a step before this one failed");
    }
}

void TestWindowContain::theCardNamesTheLostAccounts()
{
    auto* triage = m_wiring->window().findChild<TriagePage*>();
    m_wiring->window().showPage(triage);
    QTRY_VERIFY2_WITH_TIMEOUT(m_driver->visibleButton(triage, QStringLiteral("Contain %1 accounts").arg(kLost)) != nullptr,
                              qPrintable(m_driver->visibleTexts(triage->incidents()).join(QLatin1Char('|'))), kPatience);
    keep("card");
}

void TestWindowContain::thePageShowsThemFirst()
{
    auto* page = m_wiring->window().findChild<AccountsPage*>();
    m_wiring->window().showPage(page);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->accounts().summary().lost, std::uint64_t{kLost}, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(page->table()->table()->rowCount() >= kLost, kPatience);
    for (int row = 0; row < kLost; ++row) {
        QCOMPARE(m_wiring->accounts().model().rows()[static_cast<std::size_t>(row)].riskText, QStringLiteral("lost"));
    }
    page->table()->setFocus();
    page->table()->setCurrentIndex(page->table()->table()->index(0, 0));
    QTest::keyClick(page->table(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(page->drawer()->isVisible(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(page->drawer()).join(QLatin1Char(' ')).contains(QStringLiteral("lost")), kPatience);
    QCOMPARE(m_wiring->window().currentPage(), page);
    QTest::qWait(50);
    keep("accounts");
}

void TestWindowContain::fiveClicksContainThemAndPrintTheSlips()
{
    auto* triage = m_wiring->window().findChild<TriagePage*>();
    m_wiring->window().showPage(triage);
    QElapsedTimer clock;
    clock.start();
    click(m_driver->visibleButton(triage, QStringLiteral("Contain %1 accounts").arg(kLost)));
    auto* dialog = qobject_cast<ContainDialog*>(m_driver->dialog(QStringLiteral("containDialog")));
    QVERIFY(dialog != nullptr);
    auto* apply = dialog->findChild<QPushButton*>(QStringLiteral("applyContain"));
    QTRY_VERIFY2_WITH_TIMEOUT(apply->isEnabled(), qPrintable(m_driver->visibleTexts(dialog).join(QLatin1Char('|'))), kPatience);
    QCOMPARE(dialog->view().willChange, std::uint64_t{kLost});
    QCOMPARE(dialog->view().servers.size(), std::size_t{2});
    m_driver->picture(*dialog, QStringLiteral("contain-preview"));
    click(apply);
    QTRY_VERIFY2_WITH_TIMEOUT(dialog->view().stage == ContainStage::Done, qPrintable(dialog->view().step), 2 * kPatience);
    m_driver->picture(*dialog, QStringLiteral("contain-done"));
    QVERIFY2(dialog->view().problem.isEmpty(), qPrintable(dialog->view().problem + dialog->view().hint));
    QCOMPARE(dialog->view().changed, std::uint64_t{kLost});
    for (const ContainRow& row : dialog->view().rows) {
        QVERIFY2(row.meaning == Meaning::Good || row.meaning == Meaning::Warning, qPrintable(row.server + row.account.plain() + row.state));
    }
    handOut(dialog);
    QCOMPARE(m_passwords.size(), kLost);
    qInfo("contained %d accounts in %d clicks and %lld ms", kLost, m_clicks, static_cast<long long>(clock.elapsed()));
    QVERIFY2(m_clicks <= 5, qPrintable(QString::number(m_clicks)));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->dialog(QStringLiteral("containDialog")) == nullptr, kPatience);
    QVERIFY(m_wiring->containment().slips().empty());
}

/// To a PDF, and for the script to a file.
void TestWindowContain::handOut(ContainDialog* dialog)
{
    QJsonArray handed;
    for (const SlipView& slip : m_wiring->containment().slips()) {
        m_passwords << QString::fromUtf8(slip.password->data(), static_cast<qsizetype>(slip.password->size()));
        handed.append(QJsonObject{{QStringLiteral("account"), slip.account.plain()}, {QStringLiteral("password"), m_passwords.last()}});
    }
    click(dialog->findChild<QPushButton*>(QStringLiteral("openSlips")));
    QWidget* paper = m_driver->dialog(QStringLiteral("slipsDialog"));
    QVERIFY(paper != nullptr);
    QTest::qWait(50);
    m_driver->picture(*paper, QStringLiteral("slips"));
    auto* printers = paper->findChild<QComboBox*>(QStringLiteral("printers"));
    printers->setCurrentIndex(printers->count() - 1); // paper of a machine without a printer
    click(paper->findChild<QPushButton*>(QStringLiteral("printSlips")));
    auto* where = paper->findChild<QFileDialog*>(QStringLiteral("slipsFile"));
    QVERIFY(where != nullptr);
    const QString pdf = qEnvironmentVariable("MAILWARD_HANDED") + QStringLiteral(".pdf");
    QFile::remove(pdf); // of the step before
    auto* name = where->findChild<QLineEdit*>();
    QVERIFY(name != nullptr);
    name->setText(pdf);
    QPushButton* save = m_driver->visibleButton(where, QStringLiteral("&Save"));
    click(save != nullptr ? save : m_driver->visibleButton(where, QStringLiteral("Save")));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->view().handedOver, kPatience);
    QVERIFY(QFile::exists(pdf));
    QFile file(qEnvironmentVariable("MAILWARD_HANDED"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(handed).toJson());
    file.close();
}

void TestWindowContain::theServersSayTheSame()
{
    auto* page = m_wiring->window().findChild<AccountsPage*>();
    m_wiring->window().showPage(page);
    const auto fresh = [&] {
        int count = 0;
        for (const AccountOverviewRow& row : m_wiring->accounts().model().rows()) {
            count += row.riskText == QStringLiteral("taken back") && !row.backend.isEmpty() ? 1 : 0;
        }
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(fresh(), kLost, kPatience); // read from the servers by itself after the change
    keep("accounts-after");
}

/// Two more accounts get new passwords, and the console is killed while their server has them unconfirmed.
void TestWindowContain::theConsoleDiesHalfWay()
{
    Targets targets;
    for (const QString& name : qEnvironmentVariable("MAILWARD_CUT").split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        targets << Target{TargetKind::Account, name.toStdString(), {}};
    }
    emit m_wiring->window().verbs()->containRequested(targets);
    ContainDialog* dialog = preview(static_cast<std::uint64_t>(targets.size()));
    QVERIFY(dialog != nullptr);
    connect(&m_wiring->containment(), &ContainmentController::changed, this, [](const ContainView& view) {
        if (view.step.contains(QStringLiteral("ending sessions"))) {
            std::raise(SIGKILL);
        }
    });
    click(dialog->findChild<QPushButton*>(QStringLiteral("applyContain")));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->view().stage == ContainStage::Done, 2 * kPatience);
    QFAIL("the console lives");
}

/// The dialog, when it has looked everything up and would change that many.
ContainDialog* TestWindowContain::preview(std::uint64_t accounts)
{
    auto* dialog = qobject_cast<ContainDialog*>(m_driver->dialog(QStringLiteral("containDialog")));
    if (dialog == nullptr || !QTest::qWaitFor([&] { return dialog->view().stage == ContainStage::Preview; }, kPatience)) {
        return nullptr;
    }
    const ContainView& view = dialog->view();
    if (view.willChange != accounts) {
        qWarning("%s %s %s", qPrintable(view.problem), qPrintable(view.objections.join(QLatin1Char(' '))), qPrintable(view.warnings.join(QLatin1Char(' '))));
        return nullptr;
    }
    return dialog;
}

void TestWindowContain::theNextOneGoesOn()
{
    auto* offer = m_wiring->window().notices()->findChild<QPushButton*>(QStringLiteral("noticeOffer"));
    QTRY_VERIFY_WITH_TIMEOUT(offer->isVisible(), kPatience);
    keep("unfinished");
    click(offer);
    auto* list = qobject_cast<EarlierDialog*>(m_driver->dialog(QStringLiteral("earlierDialog")));
    QVERIFY(list != nullptr);
    auto* resume = list->findChild<QPushButton*>(QStringLiteral("resumeContainment"));
    QTRY_VERIFY_WITH_TIMEOUT(resume->isEnabled(), kPatience);
    m_driver->picture(*list, QStringLiteral("earlier"));
    click(resume);
    ContainDialog* dialog = preview(static_cast<std::uint64_t>(qEnvironmentVariable("MAILWARD_CUT").split(QLatin1Char(',')).size()));
    QVERIFY(dialog != nullptr);
    m_driver->picture(*dialog, QStringLiteral("earlier-resume"));
    click(dialog->findChild<QPushButton*>(QStringLiteral("applyContain")));
    QTRY_VERIFY2_WITH_TIMEOUT(dialog->view().stage == ContainStage::Done, qPrintable(dialog->view().step), 2 * kPatience);
    QVERIFY2(dialog->view().problem.isEmpty(), qPrintable(dialog->view().problem + dialog->view().hint));
    handOut(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!resume->isEnabled(), kPatience); // it is finished now
    QTest::keyClick(list, Qt::Key_Escape);
}

void TestWindowContain::theFirstOneIsTakenBack()
{
    QTest::keyClick(&m_wiring->window(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    auto* list = qobject_cast<EarlierDialog*>(m_driver->dialog(QStringLiteral("earlierDialog")));
    QVERIFY(list != nullptr);
    auto* table = list->findChild<DataTable*>();
    QTRY_COMPARE_WITH_TIMEOUT(table->table()->rowCount(), 2, kPatience);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    click(list->findChild<QPushButton*>(QStringLiteral("undoContainment")));
    ContainDialog* dialog = preview(kLost);
    QVERIFY(dialog != nullptr);
    m_driver->picture(*dialog, QStringLiteral("earlier-undo"));
    click(dialog->findChild<QPushButton*>(QStringLiteral("applyContain")));
    QTRY_VERIFY2_WITH_TIMEOUT(dialog->view().stage == ContainStage::Done, qPrintable(dialog->view().step), 2 * kPatience);
    QVERIFY2(dialog->view().problem.isEmpty(), qPrintable(dialog->view().problem + dialog->view().hint));
    QCOMPARE(dialog->view().changed, std::uint64_t{kLost});
    QTest::keyClick(dialog, Qt::Key_Escape);
    auto* undo = list->findChild<QPushButton*>(QStringLiteral("undoContainment"));
    QTRY_VERIFY_WITH_TIMEOUT(!undo->isEnabled(), kPatience);
    QTest::keyClick(list, Qt::Key_Escape);
}

void TestWindowContain::theAuditHoldsItWithoutAPassword()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_wiring->desk().audit().rowCount() > 2, kPatience);
    m_wiring->window().close();
    m_wiring.reset();
    QStringList found;
    QDirIterator files(m_folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const QString& password : m_passwords) {
            if (bytes.contains(password.toUtf8())) {
                found << file.fileName();
            }
        }
    }
    QCOMPARE(found, QStringList());
}

void TestWindowContain::cleanupTestCase()
{
    if (m_wiring) {
        m_wiring->window().close();
    }
    m_wiring.reset();
}

QTEST_MAIN(TestWindowContain)
#include "tst_WindowContain.moc"
