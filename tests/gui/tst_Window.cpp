// SPDX-License-Identifier: GPL-3.0-or-later
// The whole thread through the real window on real servers: tests/rig/tst_window.py brings the rig up, makes the attack and
// runs this as the operator. Each step uses what the step before left, as a person's evening would.
#include "RigAccess.h"
#include "WindowDriver.h"

#include "app/Wiring.h"
#include "ui/MainWindow.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/pages/AuditPage.h"
#include "ui/pages/BansPage.h"
#include "ui/pages/ServersPage.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/PlanTray.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace mailward;

namespace {

constexpr int kWindow = 10; ///< seconds until the servers undo an unconfirmed change
constexpr int kPatience = 30'000;
constexpr double kUnhurried = 10; ///< seconds: 2 are promised; sanitizers, and whoever else uses this machine, are slower
const QList<int> kAuthPorts{110, 143, 465, 587, 993, 995};

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_broken = m_broken || QTest::currentTestFailed(); }
    void anEmptyStartTellsWhatToDo();
    void aServerWhoseKeyIsNotAcceptedStaysSilent();
    void serversAreAddedAndTheirKeysAccepted();
    void theAttackIsOnScreenWhileItIsMade();
    void everyAttemptIsInTheTableOnce();
    void anAddressAndAnAccountOpenWithTheirLines();
    void hostileNamesAreShownAsText();
    void fromTheIncidentsCardInFourClicks();
    void unconfirmedTheServersTakeItBack();
    void confirmedItHoldsAndIsLifted();
    void theAuditSaysAllOfIt();
    void aChangedHostKeyStopsEverything();
    void cleanupTestCase();

private:
    template <class PageType>
    PageType* show();
    void addServer(const RigHost& host, const QString& user);
    void finishForm();
    void acceptHostKey(const RigHost& host);
    void chooseAttackers();
    void previewAndApply();
    void lift(BansPage* page);
    [[nodiscard]] const ServerRow& server(int row) { return m_wiring->servers().model().rows()[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int serverNamed(const QString& name);
    /// "Live", or another word with what the page says.
    [[nodiscard]] QString stateOf(const RigHost& host);
    [[nodiscard]] QStringList some() const { return {m_attackers.first(), m_attackers.value(m_attackers.size() / 2), m_attackers.last()}; }
    void keep(const char* name) { m_driver->picture(m_wiring->window(), QLatin1String(name)); }

    QTemporaryDir m_home;
    RigAccess m_rig;
    std::unique_ptr<Wiring> m_wiring;
    std::unique_ptr<WindowDriver> m_driver;
    QStringList m_attackers;
    bool m_broken = false; ///< the steps after a failed one would say nothing
};

template <class PageType>
PageType* TestWindow::show()
{
    auto* page = m_wiring->window().findChild<PageType*>();
    m_wiring->window().showPage(page);
    QTest::qWait(0);
    return page;
}

int TestWindow::serverNamed(const QString& name)
{
    const auto& rows = m_wiring->servers().model().rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].name == name) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

QString TestWindow::stateOf(const RigHost& host)
{
    const int row = serverNamed(host.name);
    if (row < 0) {
        return QStringLiteral("not in the table");
    }
    const QString message = server(row).message.plain();
    return serverStateText(server(row).state) + (message.isEmpty() ? QString() : QStringLiteral(": ") + message);
}

void TestWindow::initTestCase()
{
    if (!m_rig.isValid()) {
        QSKIP("no rig: run tests/rig/tst_window.py");
    }
    StartOptions options;
    options.home = m_home.path();
    options.theme = QStringLiteral("light");
    options.confirmWithin = kWindow;
    auto wiring = Wiring::make(options);
    QVERIFY2(wiring.has_value(), qPrintable(wiring ? QString() : wiring.error().text));
    m_wiring = std::move(*wiring);
    m_driver = std::make_unique<WindowDriver>();
    m_wiring->window().resize(1440, 900);
    m_wiring->start();
    QVERIFY(QTest::qWaitForWindowExposed(&m_wiring->window()));
}

void TestWindow::init()
{
    if (m_broken) {
        QSKIP("a step before this one failed");
    }
}

void TestWindow::anEmptyStartTellsWhatToDo()
{
    for (Page* page : m_wiring->window().findChildren<Page*>()) {
        m_wiring->window().showPage(page);
        QTest::qWait(20);
        const QStringList words = m_driver->visibleTexts(page);
        QVERIFY2(words.join(QLatin1Char(' ')).size() > 60, qPrintable(page->objectName() + words.join(QLatin1Char('|'))));
        m_driver->picture(m_wiring->window(), QStringLiteral("empty-%1").arg(m_driver->pictures()));
    }
}

void TestWindow::addServer(const RigHost& host, const QString& user)
{
    auto* page = show<ServersPage>();
    QVERIFY(m_driver->press(page, QStringLiteral("Add")));
    QWidget* dialog = m_driver->dialog(QStringLiteral("addServerDialog"));
    QVERIFY(dialog != nullptr);
    const auto type = [dialog](const char* field, const QString& text) {
        auto* edit = dialog->findChild<QLineEdit*>(QLatin1String(field));
        QVERIFY2(edit != nullptr, field);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    };
    type("name", host.name);
    type("host", host.ip);
    type("user", user);
    auto* method = dialog->findChild<QComboBox*>(QStringLiteral("method"));
    method->setCurrentIndex(method->findText(QStringLiteral("Key file")));
    type("keyFile", m_rig.key());
    auto* logs = dialog->findChild<QPlainTextEdit*>(QStringLiteral("logPaths"));
    logs->selectAll();
    for (const QString& path : host.logs) {
        QTest::keyClicks(logs, path);
        QTest::keyClick(logs, Qt::Key_Return);
    }
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("connectServer")), Qt::LeftButton);
}

/// The form ends with what the server has and lacks.
void TestWindow::finishForm()
{
    QWidget* form = m_driver->dialog(QStringLiteral("addServerDialog"));
    QVERIFY(form != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(form).contains(QStringLiteral("Firewall")), kPatience);
    m_driver->picture(*form, QStringLiteral("server-added"));
    QTest::mouseClick(form->findChild<QPushButton*>(QStringLiteral("connectServer")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->dialog(QStringLiteral("addServerDialog")) == nullptr, kPatience);
}

void TestWindow::acceptHostKey(const RigHost& host)
{
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("hostKeyDialog"))) != nullptr, kPatience);
    const QString words = m_driver->visibleTexts(dialog).join(QLatin1Char(' '));
    QVERIFY2(words.contains(host.fingerprint) && words.contains(host.ip), qPrintable(words));
    m_driver->picture(*dialog, QStringLiteral("host-key"));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("acceptHostKey")), Qt::LeftButton);
}

void TestWindow::aServerWhoseKeyIsNotAcceptedStaysSilent()
{
    const RigHost& host = m_rig.hosts().first();
    addServer(host, host.user);
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("hostKeyDialog"))) != nullptr, kPatience);
    QTest::keyClick(dialog, Qt::Key_Return); // must not accept a key
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->dialog(QStringLiteral("hostKeyDialog")) == nullptr, kPatience);
    // The form says so and can be sent again; nothing was read, and no half a server stays.
    QWidget* form = m_driver->dialog(QStringLiteral("addServerDialog"));
    QVERIFY(form != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(form->findChild<QPushButton*>(QStringLiteral("connectServer"))->isEnabled(), kPatience);
    QVERIFY(m_driver->visibleTexts(form).join(QLatin1Char(' ')).contains(QLatin1String("key")));
    QCOMPARE(m_wiring->servers().model().rowCount(), 0);
    QVERIFY(m_wiring->triage().addresses().rows().empty());
    keep("key-refused");
}

void TestWindow::serversAreAddedAndTheirKeysAccepted()
{
    QWidget* form = m_driver->dialog(QStringLiteral("addServerDialog"));
    QVERIFY(form != nullptr);
    QTest::mouseClick(form->findChild<QPushButton*>(QStringLiteral("connectServer")), Qt::LeftButton);
    acceptHostKey(m_rig.hosts().first());
    finishForm();
    addServer(m_rig.hosts().last(), QStringLiteral("root"));
    acceptHostKey(m_rig.hosts().last());
    finishForm();
    for (const RigHost& host : m_rig.hosts()) {
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(host), serverStateText(LinkState::Live), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!server(serverNamed(host.name)).capabilities.empty(), kPatience);
        for (const CapabilityRow& capability : server(serverNamed(host.name)).capabilities) {
            QVERIFY2(capability.meaning != Meaning::Critical, qPrintable(host.name + capability.name + capability.found.plain()));
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->dialog(QStringLiteral("addServerDialog")) == nullptr, kPatience);
    show<ServersPage>();
    keep("servers");
}

/// The driver makes the attack now, while people work. The delay is from the line that made it an incident to the card.
void TestWindow::theAttackIsOnScreenWhileItIsMade()
{
    auto* triage = show<TriagePage>();
    std::optional<double> delay;
    const auto watching = connect(&m_wiring->incidents(), &IncidentsController::incidentsChanged, this, [&] {
        for (const Incident& incident : m_wiring->incidents().incidents()) {
            if (!delay && incident.severity > Severity::Low) {
                delay = static_cast<double>(toMicros(SystemClock().now()) - toMicros(incident.alarm)) / 1e6;
            }
        }
    });
    QVERIFY(m_rig.playScenario());
    QTRY_VERIFY_WITH_TIMEOUT(delay.has_value(), kPatience);
    disconnect(watching);
    qInfo("the incident was on screen %.1f s after the line that completed it", *delay);
    QVERIFY2(*delay < kUnhurried, qPrintable(QString::number(*delay)));
    QVERIFY(!m_driver->visibleTexts(triage).filter(QStringLiteral("Distributed guessing")).isEmpty());
    keep("incident");
}

void TestWindow::everyAttemptIsInTheTableOnce()
{
    auto* triage = show<TriagePage>();
    const QMap<QString, quint64> truth = m_rig.failures();
    QVERIFY(truth.size() >= 300);
    quint64 all = 0;
    for (const quint64 attempts : truth) {
        all += attempts;
    }
    // What differs between the table and the truth: "" when nothing does.
    const auto difference = [&] {
        QMap<QString, quint64> found;
        for (const AddressRow& row : m_wiring->triage().addresses().rows()) {
            if (row.failed > 0) {
                found.insert(QString::fromStdString(row.address.toString()), row.failed);
            }
        }
        QStringList words;
        for (const QString& address : truth.keys() + found.keys()) {
            if (truth.value(address) != found.value(address)) {
                words << QStringLiteral("%1 made %2, shown %3").arg(address).arg(truth.value(address)).arg(found.value(address));
            }
        }
        return words.join(QLatin1String("; "));
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_wiring->triage().addresses().total() >= static_cast<quint64>(truth.size()), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(difference(), QString(), kPatience);
    QVERIFY(m_rig.logins() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->triage().events().total() > all, true, kPatience);
    m_attackers = truth.keys();
    QTest::qWait(600); // the map and the chart paint
    QCOMPARE(m_driver->currentRows(triage), static_cast<int>(m_wiring->triage().addresses().total()));
    keep("triage");
}

void TestWindow::anAddressAndAnAccountOpenWithTheirLines()
{
    auto* triage = show<TriagePage>();
    triage->showTable(0);
    DataTable* table = triage->currentTable();
    const QString name = table->table()->index(0, 0).data().toString();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->table()->index(0, 0)).center());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(triage->drawer()).contains(name), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(triage->drawer()->findChild<QPlainTextEdit*>()->toPlainText().contains(name), kPatience);
    keep("address");
    triage->showTable(3);
    table = triage->currentTable();
    QTRY_VERIFY_WITH_TIMEOUT(table->table()->rowCount() > 3, kPatience);
    for (int row = 0; row < table->table()->rowCount(); ++row) { // by the keyboard: down, Return
        if (table->table()->index(row, 0).data().toString().contains(QLatin1String("alice@"))) {
            table->setCurrentIndex(table->table()->index(row, 0));
            break;
        }
    }
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(triage->drawer()->findChild<QPlainTextEdit*>()->toPlainText().contains(QLatin1String("alice@")), kPatience);
    keep("account");
}

void TestWindow::hostileNamesAreShownAsText()
{
    auto* triage = show<TriagePage>();
    int opened = 0;
    for (int tab = 0; tab < 5; ++tab) {
        triage->showTable(tab);
        QTest::qWait(30);
        DataTable* table = triage->currentTable();
        for (int row = 0; row < table->table()->rowCount() && row < 400; ++row) {
            const Target target = table->table()->rowTarget(row);
            for (int column = 0; column < table->table()->columnCount(); ++column) {
                const QModelIndex cell = table->table()->index(row, column);
                QVERIFY2(m_driver->isHarmless(cell.data().toString()), qPrintable(cell.data().toString()));
                const QString tip = cell.data(Qt::ToolTipRole).toString();
                QVERIFY2(tip.isEmpty() || !Qt::mightBeRichText(tip) || !tip.contains(QLatin1String("<img")), qPrintable(tip));
            }
            if (target.kind == TargetKind::Account && m_driver->isCanary(QString::fromUtf8(QByteArray::fromStdString(target.key)))) {
                m_wiring->triage().open(target);
                QTRY_VERIFY_WITH_TIMEOUT(triage->drawer()->target() == target, kPatience);
                ++opened;
                QCOMPARE(m_driver->richTextLeaks(m_wiring->window()), QStringList());
            }
        }
        QCOMPARE(m_driver->richTextLeaks(m_wiring->window()), QStringList());
    }
    QVERIFY2(opened >= 10, qPrintable(QString::number(opened)));
    keep("hostile");
}

void TestWindow::chooseAttackers()
{
    auto* triage = show<TriagePage>();
    FilterEdit* edit = m_wiring->window().filterBar()->edit();
    edit->setFocus();
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("outcome:failure"));
    QTest::keyClick(edit, Qt::Key_Return);
    triage->showTable(0);
    DataTable* table = triage->currentTable();
    QTRY_COMPARE_WITH_TIMEOUT(table->table()->rowCount(), static_cast<int>(m_attackers.size()), kPatience);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    QVERIFY(m_driver->pickFromMenu(table, QStringLiteral("Ban")));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleButton(triage->plan(), QStringLiteral("Preview")) != nullptr, kPatience);
    keep("plan");
}

void TestWindow::previewAndApply()
{
    auto* triage = show<TriagePage>();
    QVERIFY(m_driver->press(triage->plan(), QStringLiteral("Preview")));
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("previewDialog"))) != nullptr, kPatience);
    QTest::qWait(50);
    m_driver->picture(*dialog, QStringLiteral("preview"));
    QString commands;
    for (const QPlainTextEdit* edit : dialog->findChildren<QPlainTextEdit*>()) {
        commands += edit->toPlainText();
    }
    for (const QString& address : m_attackers) {
        QVERIFY2(commands.contains(address), qPrintable(address));
    }
    QCOMPARE(m_rig.probe(some(), {143}, 3), QStringLiteral("open")); // a preview changes nothing
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("applyPlan")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleButton(triage->plan(), QStringLiteral("Keep")) != nullptr, kPatience);
}

void TestWindow::lift(BansPage* page)
{
    QVERIFY(m_driver->press(page, QStringLiteral("Lift …")));
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("previewDialog"))) != nullptr, kPatience);
    QVERIFY(m_driver->press(dialog, QStringLiteral("Lift on")));
}

/// From the incident's card to a ban that is enforced and confirmed on both servers, counted in clicks.
void TestWindow::fromTheIncidentsCardInFourClicks()
{
    m_wiring->response().setConfirmWindow(std::chrono::seconds(120)); // thousands of networks, on a busy machine
    const auto end = qScopeGuard([this] { m_wiring->response().setConfirmWindow(std::chrono::seconds(kWindow)); });
    auto* triage = show<TriagePage>();
    int clicks = 0;
    const auto click = [&](const QWidget* where, const QString& text) {
        ++clicks;
        return m_driver->press(where, text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleButton(triage->incidents(), QStringLiteral("Propose block")) != nullptr, kPatience);
    QVERIFY(click(triage->incidents(), QStringLiteral("Propose block")));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleButton(triage->plan(), QStringLiteral("Apply to 2")) != nullptr, kPatience);
    keep("offer");
    QVERIFY(click(triage->plan(), QStringLiteral("Apply to 2")));
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("previewDialog"))) != nullptr, kPatience);
    m_driver->picture(*dialog, QStringLiteral("offer-preview"));
    QVERIFY(click(dialog, QStringLiteral("Apply to 2")));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleButton(triage->plan(), QStringLiteral("Keep it")) != nullptr, kPatience);
    QVERIFY(click(triage->plan(), QStringLiteral("Keep it")));
    const auto said = [&] { return m_driver->visibleTexts(triage->plan()).join(u' '); };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("Kept on ")), qPrintable(said()), 2 * kPatience);
    QCOMPARE(clicks, 4);
    QTRY_VERIFY_WITH_TIMEOUT(m_wiring->bans().bans().rowCount() >= 4, kPatience);
    // Attackers are shut out of both servers, people are not.
    QStringList banned;
    for (const QString& address : m_attackers) {
        const auto ip = IpAddress::parse(address.toStdString());
        const auto& rows = m_wiring->bans().bans().rows();
        if (banned.size() < 3 && std::any_of(rows.begin(), rows.end(), [&](const BanRow& row) { return row.prefix.contains(*ip); })) {
            banned << address;
        }
    }
    QCOMPARE(banned.size(), 3);
    QCOMPARE(m_rig.probe(banned, {143, 587}, 1), QStringLiteral("timeout"));
    QCOMPARE(m_rig.probe({m_rig.person()}, kAuthPorts, 6), QStringLiteral("open"));
    auto* bans = show<BansPage>();
    auto* search = bans->findChild<QLineEdit*>(QStringLiteral("banSearch"));
    QTest::keyClicks(search, banned.first());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(bans).join(u' ').contains(QStringLiteral("because of: ")), kPatience);
    keep("who-banned-it");
    search->clear();
    bans->findChild<DataTable*>()->selectAll();
    lift(bans);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->bans().bans().rowCount(), 0, kPatience);
    QCOMPARE(m_rig.probe(banned, {143}, 6), QStringLiteral("open"));
}

void TestWindow::unconfirmedTheServersTakeItBack()
{
    chooseAttackers();
    previewAndApply();
    QElapsedTimer since;
    since.start();
    keep("countdown");
    QCOMPARE(m_rig.probe(some(), kAuthPorts, 1), QStringLiteral("timeout"));
    QCOMPARE(m_rig.probe({m_rig.person()}, kAuthPorts, 6), QStringLiteral("open"));
    QTRY_COMPARE_WITH_TIMEOUT(m_rig.probe(some(), {143}, 1), QStringLiteral("open"), (kWindow + 10) * 1000);
    QVERIFY2(since.elapsed() <= (kWindow + 5) * 1000, qPrintable(QString::number(since.elapsed())));
    auto* triage = show<TriagePage>();
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(triage->plan()).join(QLatin1Char(' ')).contains(QLatin1String("took the plan back")), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->bans().bans().rowCount(), 0, kPatience);
    keep("taken-back");
}

void TestWindow::confirmedItHoldsAndIsLifted()
{
    constexpr int kLong = 30; // both servers have to hear of it in time, from a busy machine, too
    m_wiring->response().setConfirmWindow(std::chrono::seconds(kLong));
    const auto end = qScopeGuard([this] { m_wiring->response().setConfirmWindow(std::chrono::seconds(kWindow)); });
    chooseAttackers();
    previewAndApply();
    QElapsedTimer since;
    since.start();
    auto* triage = show<TriagePage>();
    QVERIFY(m_driver->press(triage->plan(), QStringLiteral("Keep")));
    const auto said = [&] { return m_driver->visibleTexts(triage->plan()).join(u' '); };
    QStringList names;
    for (const RigHost& host : m_rig.hosts()) {
        names << host.name;
    }
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("Kept on %1.").arg(names.join(QStringLiteral(", ")))), qPrintable(said()), kPatience);
    const int both = static_cast<int>(m_attackers.size() * m_rig.hosts().size());
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->bans().bans().rowCount(), both, kPatience);
    QTest::qWait(std::max(0, (kLong + 2) * 1000 - static_cast<int>(since.elapsed())));
    QCOMPARE(m_rig.probe(some(), kAuthPorts, 1), QStringLiteral("timeout"));
    auto* bans = show<BansPage>();
    auto* table = bans->findChild<DataTable*>();
    keep("bans");
    table->selectRow(0);
    lift(bans);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->bans().bans().rowCount(), both - 1, kPatience);
    table->selectAll();
    lift(bans);
    QTRY_COMPARE_WITH_TIMEOUT(m_wiring->bans().bans().rowCount(), 0, kPatience);
    QCOMPARE(m_rig.probe(some(), {143, 587}, 6), QStringLiteral("open"));
}

void TestWindow::theAuditSaysAllOfIt()
{
    auto* page = show<AuditPage>();
    QStringList found;
    for (const AuditRow& row : m_wiring->desk().audit().rows()) {
        found << row.action + QLatin1Char(' ') + row.server;
    }
    for (const RigHost& host : m_rig.hosts()) {
        for (const char* action : {"host-key-accepted", "apply", "confirm", "unban"}) {
            const QString wanted = QLatin1String(action) + QLatin1Char(' ') + host.name;
            QVERIFY2(found.contains(wanted), qPrintable(wanted + QStringLiteral(" is not in: ") + found.join(QLatin1String(", "))));
        }
    }
    QVERIFY(m_driver->press(page, QStringLiteral("Verify")));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->visibleTexts(page).join(QLatin1Char(' ')).contains(QLatin1String("The chain is whole")), kPatience);
    keep("audit");
}

void TestWindow::aChangedHostKeyStopsEverything()
{
    const RigHost& host = m_rig.hosts().first();
    QVERIFY(m_rig.call(QStringLiteral("rekey"), {host.name}));
    auto* page = show<ServersPage>();
    auto* table = page->findChild<DataTable*>();
    table->selectRow(serverNamed(host.name));
    QVERIFY(m_driver->press(page, QStringLiteral("Check")));
    QWidget* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->dialog(QStringLiteral("hostKeyDialog"))) != nullptr, kPatience);
    QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("acceptHostKey")) == nullptr);
    QVERIFY(m_driver->visibleTexts(dialog).join(QLatin1Char(' ')).contains(host.fingerprint));
    m_driver->picture(*dialog, QStringLiteral("key-changed"));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(server(serverNamed(host.name)).state == LinkState::Failed, kPatience);
    keep("frozen");
}

void TestWindow::cleanupTestCase()
{
    if (m_wiring) {
        m_wiring->window().close();
    }
    m_wiring.reset();
}

QTEST_MAIN(TestWindow)
#include "tst_Window.moc"
