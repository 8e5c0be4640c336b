// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleWindow.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/AllowListDialog.h"
#include "ui/dialogs/BanListDialog.h"
#include "ui/dialogs/CommandPalette.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/ImportServersDialog.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/widgets/DataTable.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace mailward;

class TestDialogs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void changedHostKeyHasNoWayOn();
    void unknownHostKeyNeedsAClick();
    void addServerHandsTheSecretOverOnce();
    void aServerIsEditedUnderItsName();
    void aSecretIsHandedOverOnceAndGone();
    void importTakesTheChosenOnly();
    void listsWithBoxesAreSetByKeyboard();
    void busyFormTellsAndCanBeMended();
    void previewShowsTheCommandsAndApplies();
    void previewThatMayNotApply();
    void paletteRunsCommands();
    void allowListIsEditedAndSavedAsAWhole();
    void aListBecomesAPlanOfItsOwn();
    void bansAreFoundAndWishesSayWhich();
};

void TestDialogs::changedHostKeyHasNoWayOn()
{
    HostKeyDialog dialog(SampleWindow::hostKey(KeyStanding::Changed));
    dialog.show();
    QSignalSpy accepted(&dialog, &HostKeyDialog::acceptRequested);
    QCOMPARE(dialog.findChildren<QPushButton*>().size(), 1);
    QTest::keyClick(&dialog, Qt::Key_Return);
    for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
        button->click();
    }
    QCOMPARE(accepted.size(), 0);
    QCOMPARE(dialog.result(), int(QDialog::Rejected));
}

void TestDialogs::unknownHostKeyNeedsAClick()
{
    HostKeyDialog dialog(SampleWindow::hostKey(KeyStanding::Unknown));
    dialog.show();
    QSignalSpy accepted(&dialog, &HostKeyDialog::acceptRequested);
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(accepted.size(), 0);
    dialog.findChild<QPushButton*>(QStringLiteral("acceptHostKey"))->click();
    QCOMPARE(accepted.size(), 1);
}

void TestDialogs::addServerHandsTheSecretOverOnce()
{
    AddServerDialog dialog({});
    dialog.show();
    QVERIFY(dialog.height() > 400); // all that most servers need is in sight
    ServerForm form;
    QByteArray secret;
    connect(&dialog, &AddServerDialog::addRequested, this, [&](const ServerForm& filled, const QByteArray& bytes) {
        form = filled;
        secret = QByteArray(bytes.constData(), bytes.size());
    });
    dialog.findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral(" mx1 "));
    auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("secret"));
    QVERIFY(!field->isEnabled()); // the agent needs none
    auto* method = dialog.findChild<QComboBox*>(QStringLiteral("method"));
    method->setCurrentIndex(2);
    QVERIFY(field->isEnabled());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClicks(field, QStringLiteral("s3cret"));
    dialog.findChild<QPushButton*>(QStringLiteral("connectServer"))->click();
    QCOMPARE(secret, QByteArray("s3cret"));
    QVERIFY(field->text().isEmpty());
    QCOMPARE(form.name, QStringLiteral("mx1"));
    QCOMPARE(form.logPaths.size(), 2);
    dialog.setProblems({{QStringLiteral("name"), QStringLiteral("taken")}});
    bool said = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        said = said || (label->isVisible() && label->text() == QLatin1String("taken"));
    }
    QVERIFY(said);
    QVERIFY(dialog.isVisible());
}

void TestDialogs::aServerIsEditedUnderItsName()
{
    ServerForm there;
    there.name = QStringLiteral("mx1");
    there.host = QStringLiteral("192.0.2.11");
    there.port = 2222;
    there.user = QStringLiteral("mwops");
    there.method = LoginMethod::KeyFile;
    there.keyFile = QStringLiteral("/home/anna/.ssh/id");
    there.logPaths = {QStringLiteral("/var/log/maillog")};
    there.jumpHosts = QStringLiteral("anna@gate");
    there.backfillDays = 7;
    AddServerDialog dialog(there);
    dialog.setEditing();
    dialog.show();
    QVERIFY(dialog.windowTitle().contains(QStringLiteral("mx1")));
    QVERIFY(!dialog.findChild<QLineEdit*>(QStringLiteral("name"))->isEnabled());
    QVERIFY(dialog.findChild<QLineEdit*>(QStringLiteral("jumpHosts"))->isVisible()); // what is set is in sight
    ServerForm changed;
    connect(&dialog, &AddServerDialog::addRequested, this, [&](const ServerForm& filled) { changed = filled; });
    dialog.findChild<QLineEdit*>(QStringLiteral("host"))->setText(QStringLiteral("mx1.example.org"));
    dialog.findChild<QPushButton*>(QStringLiteral("connectServer"))->click();
    QCOMPARE(changed.name, QStringLiteral("mx1"));
    QCOMPARE(changed.host, QStringLiteral("mx1.example.org"));
    QCOMPARE(changed.port, 2222);
    QCOMPARE(changed.method, LoginMethod::KeyFile);
    QCOMPARE(changed.keyFile, there.keyFile);
    QCOMPARE(changed.logPaths, there.logPaths);
    QCOMPARE(changed.jumpHosts, there.jumpHosts);
    QCOMPARE(changed.backfillDays, 7);
}

void TestDialogs::aSecretIsHandedOverOnceAndGone()
{
    SecretQuestion question{QStringLiteral("mx1"), QStringLiteral("mwops@mx1:22"), SecretQuestion::Kind::Challenge,
                            UntrustedText(std::string("<b>Code</b> from your \xe2\x80\xaetoken")), false};
    SecretDialog dialog(question);
    dialog.show();
    QByteArray secret;
    connect(&dialog, &SecretDialog::answered, this, [&](const QByteArray& bytes) { secret = QByteArray(bytes.constData(), bytes.size()); });
    auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("answer"));
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    bool shown = false;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        shown = shown || label->text().contains(QStringLiteral("<b>Code</b>"));
        QVERIFY(label->textFormat() == Qt::PlainText && !label->text().contains(QChar(0x202E)));
    }
    QVERIFY(shown);
    QTest::keyClicks(field, QStringLiteral("123456"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(secret, QByteArray("123456"));
    QVERIFY(field->text().isEmpty());
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
}

void TestDialogs::importTakesTheChosenOnly()
{
    ImportServersDialog dialog(QStringLiteral("config"), {{QStringLiteral("mx1"), QStringLiteral("a@mx1:22"), {}, {}, false},
                                                          {QStringLiteral("mx2"), QStringLiteral("a@mx2:22"), {}, {}, true},
                                                          {QStringLiteral("mx3"), {}, {}, QStringLiteral("ProxyCommand"), false},
                                                          {QStringLiteral("mx4"), QStringLiteral("a@mx4:22"), {}, {}, false}});
    QCOMPARE(dialog.chosen(), (QStringList{QStringLiteral("mx1"), QStringLiteral("mx4")}));
    auto* list = dialog.findChild<QTreeWidget*>();
    list->topLevelItem(3)->setCheckState(0, Qt::Unchecked);
    QSignalSpy wanted(&dialog, &ImportServersDialog::importRequested);
    dialog.findChild<QPushButton*>(QStringLiteral("importServers"))->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toStringList(), QStringList{QStringLiteral("mx1")});
}

void TestDialogs::listsWithBoxesAreSetByKeyboard()
{
    ImportServersDialog dialog(QStringLiteral("config"), {{QStringLiteral("mx1"), QStringLiteral("a@mx1:22"), {}, {}, false},
                                                          {QStringLiteral("mx2"), QStringLiteral("a@mx2:22"), {}, {}, true},
                                                          {QStringLiteral("mx3"), QStringLiteral("a@mx3:22"), {}, {}, false}});
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto* list = dialog.findChild<QTreeWidget*>();
    const auto focused = [] { return QApplication::focusWidget(); };
    for (int tabs = 0; tabs < 4 && focused() != list; ++tabs) {
        QTest::keyClick(focused() ? focused() : &dialog, Qt::Key_Tab);
    }
    QCOMPARE(focused(), list);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(dialog.chosen(), QStringList{QStringLiteral("mx3")});
    QTest::keyClick(list, Qt::Key_Down); // past what can't be chosen
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(dialog.chosen(), QStringList());
    auto* import = dialog.findChild<QPushButton*>(QStringLiteral("importServers"));
    QVERIFY(!import->isEnabled());
    QTest::keyClick(list, Qt::Key_Space);
    QSignalSpy wanted(&dialog, &ImportServersDialog::importRequested);
    for (int tabs = 0; tabs < 4 && focused() != import; ++tabs) {
        QTest::keyClick(focused(), Qt::Key_Tab);
    }
    QTest::keyClick(focused(), Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toStringList(), QStringList{QStringLiteral("mx3")});
}

void TestDialogs::busyFormTellsAndCanBeMended()
{
    AddServerDialog dialog({});
    dialog.show();
    auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("name"));
    dialog.setBusy(true, QStringLiteral("Connecting"));
    QVERIFY(!name->isEnabled());
    dialog.setFailure(QStringLiteral("mx1 does not answer."), QStringLiteral("Is it up?"));
    QVERIFY(name->isEnabled());
    QStringList said;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        said << (label->isVisible() ? label->text() : QString());
    }
    QVERIFY(said.contains(QStringLiteral("mx1 does not answer.")) && said.contains(QStringLiteral("Is it up?")));
    QSignalSpy cancelled(&dialog, &AddServerDialog::cancelRequested);
    dialog.reject();
    QCOMPARE(cancelled.size(), 1);
}

void TestDialogs::previewShowsTheCommandsAndApplies()
{
    SampleWindow sample;
    PreviewDialog dialog(sample.preview(true), &sample.cutOff, sample.window.verbs());
    dialog.show();
    auto* commands = dialog.findChild<QPlainTextEdit*>();
    QVERIFY(commands->toPlainText().contains(QLatin1String("36.96.0.0/11 timeout 86400s")));
    QCOMPARE(commands->document()->blockCount(), 3);
    QSignalSpy applied(&dialog, &PreviewDialog::applyRequested);
    QTest::keyClick(&dialog, Qt::Key_Return); // no shortcut applies a plan
    QCOMPARE(applied.size(), 0);
    dialog.findChild<QPushButton*>(QStringLiteral("applyPlan"))->click();
    QCOMPARE(applied.size(), 1);
}

void TestDialogs::previewThatMayNotApply()
{
    SampleWindow sample;
    PreviewView view = sample.preview(false);
    view.mayApply = false;
    PreviewDialog dialog(view, &sample.cutOff, sample.window.verbs());
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("applyPlan"))->isEnabled());
}

void TestDialogs::paletteRunsCommands()
{
    SampleWindow sample;
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    QTest::keyClick(&sample.window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = sample.window.findChild<QDialog*>(QStringLiteral("commandPalette"));
    QVERIFY(palette != nullptr);
    QTest::keyClicks(palette->findChild<QLineEdit*>(), QStringLiteral("go audit"));
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Return);
    QTRY_COMPARE(sample.window.currentPage(), static_cast<Page*>(sample.auditPage));
    QVERIFY(paletteScore(QStringLiteral("Go to Audit"), QStringLiteral("gta")) > 0);
    QVERIFY(paletteScore(QStringLiteral("Go to Audit"), QStringLiteral("xyz")) < 0);
    sample.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&sample.window));
    QTest::keyClick(&sample.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(sample.window.currentPage(), static_cast<Page*>(sample.triage));
}

namespace {

QPushButton* buttonThatSays(const QWidget* widget, const QString& text)
{
    for (QPushButton* button : widget->findChildren<QPushButton*>()) {
        if (button->text() == text) {
            return button;
        }
    }
    return nullptr;
}

} // namespace

void TestDialogs::allowListIsEditedAndSavedAsAWhole()
{
    SampleWindow sample;
    AllowListDialog dialog({{*Prefix::parse("203.0.113.0/28"), QStringLiteral("office"), std::nullopt, 0}}, SampleWindow::at(0), sample.window.verbs());
    dialog.show();
    std::vector<AllowRow> saved;
    connect(&dialog, &AllowListDialog::saveRequested, this, [&](const std::vector<AllowRow>& rows) { saved = rows; });
    auto* prefix = dialog.findChild<QLineEdit*>(QStringLiteral("allowPrefix"));
    QTest::keyClicks(prefix, QStringLiteral("my office"));
    QTest::keyClick(prefix, Qt::Key_Return); // neither an address nor the end of the dialog
    QVERIFY(dialog.isVisible());
    prefix->clear();
    QTest::keyClicks(prefix, QStringLiteral("2001:db8::/32"));
    QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("allowComment")), QStringLiteral("branch # 2"));
    auto* until = dialog.findChild<QComboBox*>();
    until->setCurrentIndex(2);
    QTest::keyClick(prefix, Qt::Key_Return);
    dialog.findChild<DataTable*>()->selectRow(0);
    buttonThatSays(&dialog, QStringLiteral("Take out"))->click();
    dialog.findChild<QPushButton*>(QStringLiteral("saveAllowList"))->click();
    QCOMPARE(saved.size(), std::size_t{1});
    QCOMPARE(saved.front().prefix, *Prefix::parse("2001:db8::/32"));
    QCOMPARE(saved.front().expires, std::optional(SampleWindow::at(-7 * 86400)));
}

void TestDialogs::aListBecomesAPlanOfItsOwn()
{
    BanListDialog dialog({{QStringLiteral("CN"), QStringLiteral("China")}}, {QStringLiteral("mx1"), QStringLiteral("mx2")});
    dialog.show();
    QSignalSpy text(&dialog, &BanListDialog::textRequested);
    QSignalSpy country(&dialog, &BanListDialog::countryRequested);
    auto* preview = dialog.findChild<QPushButton*>(QStringLiteral("previewList"));
    QVERIFY(!preview->isEnabled());
    dialog.findChild<QPlainTextEdit*>(QStringLiteral("banListText"))->setPlainText(QStringLiteral("198.51.100.0/24"));
    QCOMPARE(text.size(), 1);
    auto* countries = dialog.findChild<QComboBox*>(QStringLiteral("banCountry"));
    countries->setCurrentIndex(1);
    emit countries->activated(1);
    QCOMPARE(country.front().front().toString(), QStringLiteral("CN"));
    dialog.setList({QStringLiteral("x"), {}, 0, 0, QStringLiteral("no network in it")});
    QVERIFY(!preview->isEnabled());
    dialog.setList({QStringLiteral("x"), {*Prefix::parse("198.51.100.0/24")}, 1, 3, {}});
    dialog.findChild<QTreeWidget*>()->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    BanListTerms terms;
    connect(&dialog, &BanListDialog::previewRequested, this, [&](const BanListView&, const BanListTerms& wanted) { terms = wanted; });
    preview->click();
    QCOMPARE(terms.servers, QStringList{QStringLiteral("mx2")});
    QCOMPARE(terms.ports.size(), std::size_t{7});
}

void TestDialogs::bansAreFoundAndWishesSayWhich()
{
    SampleWindow sample;
    sample.fillBans();
    sample.window.showPage(sample.bansPage);
    sample.window.show();
    BansPage* page = sample.bansPage;
    QStringList asked;
    std::vector<BanRow> lifted;
    QString restored;
    connect(page, &BansPage::searchRequested, this, [&](const QString& query) { asked << query; });
    connect(page, &BansPage::liftRequested, this, [&](const std::vector<BanRow>& rows) { lifted = rows; });
    connect(page, &BansPage::restoreRequested, this, [&](const QString& server) { restored = server; });
    QTest::keyClicks(page->findChild<QLineEdit*>(QStringLiteral("banSearch")), QStringLiteral("36.96.0.1"));
    QCOMPARE(asked.last(), QStringLiteral("36.96.0.1"));
    QVERIFY(!buttonThatSays(page, QStringLiteral("Lift …"))->isEnabled());
    page->findChild<DataTable*>()->selectRow(0);
    buttonThatSays(page, QStringLiteral("Lift …"))->click();
    QCOMPARE(lifted.size(), std::size_t{1});
    QCOMPARE(lifted.front().prefix, *Prefix::parse("36.96.0.0/11"));
    buttonThatSays(page, QStringLiteral("Put back …"))->click(); // one server drifted, and only it offers that
    QCOMPARE(restored, QStringLiteral("mx2"));
    page->escape();
    QCOMPARE(asked.last(), QString());
}

QTEST_MAIN(TestDialogs)
#include "tst_Dialogs.moc"
