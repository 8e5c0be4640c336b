// SPDX-License-Identifier: GPL-3.0-or-later
// The page and the dialogs that take accounts back, over made-up rows: what they say, what they ask before, and that a
// password stays where it belongs.
#include "SampleWindow.h"
#include "ui/dialogs/ContainDialog.h"
#include "ui/dialogs/PolicyDialog.h"
#include "ui/dialogs/SealDialog.h"
#include "ui/dialogs/SlipsDialog.h"
#include "ui/dialogs/WeakAuditDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/SecretClipboard.h"
#include "ui/widgets/Verbs.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

constexpr const char* kPassword = "Kp7mX-q4RtW-zH9bN-cV3sD";

QPushButton* button(const QWidget& dialog, const char* text)
{
    for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
        if (one->text().startsWith(QString::fromUtf8(text)) && one->isVisibleTo(&dialog)) {
            return one;
        }
    }
    return nullptr;
}

bool says(const QWidget& dialog, const char* text)
{
    const auto labels = dialog.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return !label->isHidden() && label->text().contains(QString::fromUtf8(text)); });
}

} // namespace

class TestContainment : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void thePageSearchesChoosesAndOpens();
    void nothingThatCannotBeDoneIsOffered();
    void aChoiceAsksForAnotherPreview();
    void anObjectionStandsInTheWay();
    void passwordsMustBeHandedOverBeforeClosing();
    void mailIsDeletedAfterAQuestionOnly();
    void hostileNamesAreText();
    void slipsArePrintedFourAPage();
    void aPasswordLeavesTheClipboardAgain();
    void aSealedFileNeedsAPassphraseTwice();
    void anAuditNeedsAuthorityAndTellsItsCost();
    void policyNamesTheRemedy();
};

void TestContainment::thePageSearchesChoosesAndOpens()
{
    SampleWindow sample;
    sample.fillAccounts();
    sample.window.showPage(sample.accountsPage);
    sample.window.show();
    QAbstractItemModelTester tester(&sample.overview, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy searched(sample.accountsPage, &AccountsPage::searchRequested);
    auto* search = sample.accountsPage->findChild<QLineEdit*>(QStringLiteral("accountSearch"));
    QTest::keyClicks(search, QStringLiteral("rahul"));
    QCOMPARE(searched.last().first().toString(), QStringLiteral("rahul"));
    QSignalSpy scoped(sample.accountsPage, &AccountsPage::scopeRequested);
    auto* scope = sample.accountsPage->findChild<QComboBox*>(QStringLiteral("accountScope"));
    scope->setCurrentIndex(1);
    QCOMPARE(scoped.size(), 1);
    for (const AccountScope next : {AccountScope::Idle, AccountScope::Never, AccountScope::OneFactor}) {
        QTest::keyClick(scope, Qt::Key_Down);
        QCOMPARE(scoped.last().first().value<AccountScope>(), next);
    }
    QSignalSpy sorted(&sample.overview, &TableModel::sortRequested);
    DataTable* table = sample.accountsPage->table();
    table->sortByColumn(8, Qt::DescendingOrder);
    QCOMPARE(sorted.last().first().toString(), QStringLiteral("mails"));
    QSignalSpy opened(sample.window.verbs(), &Verbs::drillDownRequested);
    table->setCurrentIndex(table->table()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QVERIFY(!sample.accountsPage->drawer()->isVisible());
    sample.showAccountDetail();
    QVERIFY(sample.accountsPage->drawer()->isVisible());
    sample.accountsPage->escape(); // the search first
    QVERIFY(search->text().isEmpty());
    sample.accountsPage->escape();
    QVERIFY(!sample.accountsPage->drawer()->isVisible());
}

void TestContainment::nothingThatCannotBeDoneIsOffered()
{
    SampleWindow sample;
    sample.fillAccounts();
    sample.showIncidents();
    sample.window.show();
    sample.window.showPage(sample.accountsPage);
    const auto verbs = [&] {
        QMenu menu;
        sample.window.verbs()->fill(menu, {{TargetKind::Account, "anna", {}}});
        QStringList texts;
        for (const QAction* action : menu.actions()) {
            texts << action->text();
        }
        return texts.join(QLatin1Char('|'));
    };
    QVERIFY(!verbs().contains(QStringLiteral("Contain")));
    QVERIFY(button(*sample.accountsPage, "Contain") == nullptr);
    QVERIFY(button(*sample.triage, "Contain") == nullptr);
    sample.window.verbs()->setCanContain(true);
    sample.accountsPage->setCanContain(true);
    sample.triage->incidents()->setCanContain(true);
    QVERIFY(verbs().contains(QStringLiteral("Contain")));
    QPushButton* contain = button(*sample.accountsPage, "Contain");
    QVERIFY(contain != nullptr && !contain->isEnabled());
    QVERIFY(button(*sample.triage, "Contain account") != nullptr);
    QSignalSpy wished(sample.window.verbs(), &Verbs::containRequested);
    DataTable* table = sample.accountsPage->table();
    table->selectRow(0);
    QVERIFY(contain->isEnabled());
    contain->click();
    QCOMPARE(wished.size(), 1);
    QCOMPARE(wished.first().first().value<Targets>().size(), 1);
}

void TestContainment::aChoiceAsksForAnotherPreview()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    sample.fillContainment(dialog, ContainStage::Preview);
    dialog.show();
    ContainChoice wanted;
    QSignalSpy asked(&dialog, &ContainDialog::choiceChanged);
    connect(&dialog, &ContainDialog::choiceChanged, this, [&](const ContainChoice& choice) { wanted = choice; });
    for (QRadioButton* radio : dialog.findChildren<QRadioButton*>()) {
        if (radio->text().startsWith(QStringLiteral("Lock"))) {
            radio->click();
        }
    }
    QCOMPARE(asked.size(), 1);
    QCOMPARE(wanted.action, ContainAction::Lock);
    QVERIFY(says(dialog, "119 bits"));
    QSignalSpy applied(&dialog, &ContainDialog::applyRequested);
    QPushButton* apply = dialog.findChild<QPushButton*>(QStringLiteral("applyContain"));
    QCOMPARE(apply->text(), QStringLiteral("Contain 8 accounts"));
    apply->click();
    QCOMPARE(applied.size(), 1);
}

void TestContainment::anObjectionStandsInTheWay()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    ContainView view = sample.containment(ContainStage::Preview);
    view.objections = {QStringLiteral("root is the account that this console logs in with")};
    dialog.setView(view);
    dialog.show();
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("applyContain"))->isEnabled());
    QVERIFY(says(dialog, "this console logs in with"));
}

void TestContainment::passwordsMustBeHandedOverBeforeClosing()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    sample.fillContainment(dialog, ContainStage::Working);
    dialog.show();
    QSignalSpy stopped(&dialog, &ContainDialog::stopRequested);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QCOMPARE(stopped.size(), 1);
    QVERIFY(dialog.isVisible());
    sample.fillContainment(dialog, ContainStage::Done);
    QSignalSpy slips(&dialog, &ContainDialog::slipsRequested);
    dialog.findChild<QPushButton*>(QStringLiteral("openSlips"))->click();
    QCOMPARE(slips.size(), 1);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    auto* question = dialog.findChild<QMessageBox*>(QStringLiteral("loseSlips"));
    QVERIFY(question != nullptr && dialog.isVisible());
    question->close();
    ContainView view = dialog.view();
    view.handedOver = true;
    dialog.setView(view);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
}

void TestContainment::mailIsDeletedAfterAQuestionOnly()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    sample.fillContainment(dialog, ContainStage::Done);
    dialog.show();
    QSignalSpy removed(&dialog, &ContainDialog::deleteRequested);
    QSignalSpy released(&dialog, &ContainDialog::releaseRequested);
    for (DataTable* table : dialog.findChildren<DataTable*>()) {
        if (table->table() == &sample.held) {
            table->selectAll();
        }
    }
    const auto press = [&](const char* text) {
        for (QPushButton* one : dialog.findChildren<QPushButton*>()) {
            if (one->text().startsWith(QString::fromUtf8(text))) {
                QVERIFY(one->isEnabled());
                one->click();
                return;
            }
        }
        QFAIL(text);
    };
    press("Delete");
    QCOMPARE(removed.size(), 0);
    auto* question = dialog.findChild<QMessageBox*>(QStringLiteral("deleteMail"));
    QVERIFY(question != nullptr);
    for (QAbstractButton* answer : question->buttons()) {
        if (question->buttonRole(answer) == QMessageBox::DestructiveRole) {
            answer->click();
        }
    }
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.first().first().value<std::vector<HeldMail>>().size(), sample.held.rows().size());
    press("Release");
    QCOMPARE(released.size(), 1);
}

void TestContainment::hostileNamesAreText()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    const std::string hostile = "=<img src=x>\x1b[2J\xe2\x80\xae";
    ContainView view = sample.containment(ContainStage::Done);
    view.rows.front().account = UntrustedText(hostile);
    view.held.front().sender = UntrustedText(hostile);
    view.rules.front().target = UntrustedText(hostile);
    view.servers.front().commands = UntrustedText(hostile);
    sample.contained.setRows(view.rows);
    sample.held.setRows(view.held);
    sample.rules.setRows(view.rules);
    dialog.setView(view);
    dialog.show();
    for (const TableModel* model : std::initializer_list<const TableModel*>{&sample.contained, &sample.held, &sample.rules}) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex cell = model->index(0, column);
            QVERIFY(!cell.data().toString().contains(QChar(0x1b)) && !cell.data().toString().contains(QChar(0x202e)));
            QVERIFY(!cell.data(Qt::ToolTipRole).toString().contains(QLatin1Char('<')));
            QVERIFY(!cell.data(CsvRole).toString().startsWith(QLatin1Char('=')));
        }
    }
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(QStringLiteral("<img")));
    }
}

void TestContainment::slipsArePrintedFourAPage()
{
    QTemporaryDir folder;
    auto slips = SampleWindow::slips(9);
    SlipsDialog dialog(slips);
    dialog.show();
    auto* preview = dialog.findChild<SlipPreview*>();
    QVERIFY(preview->isHidden()); // passwords as dots
    QCOMPARE(preview->pages(), 9);
    dialog.findChildren<QComboBox*>().first()->setCurrentIndex(0);
    for (QComboBox* box : dialog.findChildren<QComboBox*>()) {
        box->objectName() == QLatin1String("printers") ? box->setCurrentIndex(box->count() - 1) : box->setCurrentIndex(1);
    }
    QCOMPARE(preview->pages(), 3);
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        QVERIFY(!label->text().contains(QString::fromLatin1(kPassword)));
    }
    QSignalSpy printed(&dialog, &SlipsDialog::printed);
    dialog.findChild<QPushButton*>(QStringLiteral("printSlips"))->click();
    auto* where = dialog.findChild<QFileDialog*>(QStringLiteral("slipsFile"));
    QVERIFY(where != nullptr);
    const QString path = folder.filePath(QStringLiteral("slips.pdf"));
    emit where->fileSelected(path);
    where->close();
    QCOMPARE(printed.size(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    const QByteArray pdf = file.readAll();
    QCOMPARE(pdf.count("/Type /Page\n") + pdf.count("/Type /Page "), 3);
    std::weak_ptr<const Secret> alive = slips.front().password;
    slips.clear();
    QVERIFY(!alive.expired()); // the dialog still shows it
}

void TestContainment::aPasswordLeavesTheClipboardAgain()
{
    SecretClipboard clipboard;
    QCOMPARE(clipboard.life(), std::chrono::milliseconds(30'000)); // what people get
    clipboard.setLife(std::chrono::milliseconds(200));
    QSignalSpy cleared(&clipboard, &SecretClipboard::cleared);
    auto secret = std::make_shared<const Secret>(std::string_view(kPassword));
    std::weak_ptr<const Secret> alive = secret;
    clipboard.put(std::move(secret));
    QCOMPARE(QApplication::clipboard()->text(), QString::fromLatin1(kPassword));
    QCOMPARE(QApplication::clipboard()->mimeData()->data(QStringLiteral("x-kde-passwordManagerHint")), QByteArray("secret"));
    QTRY_COMPARE(cleared.size(), 1);
    QVERIFY(QApplication::clipboard()->text().isEmpty());
    QVERIFY(alive.expired());
    clipboard.put(std::make_shared<const Secret>(std::string_view(kPassword)));
    QApplication::clipboard()->setText(QStringLiteral("something else"));
    clipboard.clear();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("something else"));
}

void TestContainment::aSealedFileNeedsAPassphraseTwice()
{
    QTemporaryDir folder;
    SealDialog dialog(folder.path());
    dialog.show();
    QByteArray passphrase;
    connect(&dialog, &SealDialog::sealRequested, this, [&](const QString&, const QByteArray& bytes) { passphrase = QByteArray(bytes.constData(), bytes.size()); });
    auto* first = dialog.findChild<QLineEdit*>(QStringLiteral("passphrase"));
    auto* again = dialog.findChild<QLineEdit*>(QStringLiteral("again"));
    auto* seal = dialog.findChild<QPushButton*>(QStringLiteral("seal"));
    QCOMPARE(first->echoMode(), QLineEdit::Password);
    QTest::keyClicks(first, QStringLiteral("too short"));
    QVERIFY(!seal->isEnabled());
    first->clear();
    QTest::keyClicks(first, QStringLiteral("correct horse battery"));
    QTest::keyClicks(again, QStringLiteral("correct horse"));
    QVERIFY(!seal->isEnabled() && says(dialog, "not the same"));
    QTest::keyClicks(again, QStringLiteral(" battery"));
    seal->click();
    QCOMPARE(passphrase, QByteArray("correct horse battery"));
    QVERIFY(first->text().isEmpty() && again->text().isEmpty());
}

void TestContainment::anAuditNeedsAuthorityAndTellsItsCost()
{
    SampleWindow sample;
    WeakAuditDialog dialog(&sample.weak, sample.window.verbs());
    dialog.setView(sample.weakAudit(WeakAuditStage::Form));
    dialog.show();
    QSignalSpy asked(&dialog, &WeakAuditDialog::estimateRequested);
    WeakAuditForm form;
    connect(&dialog, &WeakAuditDialog::estimateRequested, this, [&](const WeakAuditForm& filled) { form = filled; });
    dialog.findChild<QPushButton*>(QStringLiteral("estimate"))->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(form.servers.size(), 2);
    QCOMPARE(form.candidates, 50);
    dialog.setView(sample.weakAudit(WeakAuditStage::Estimated));
    auto* start = dialog.findChild<QPushButton*>(QStringLiteral("startAudit"));
    QVERIFY(start->isVisible() && !start->isEnabled());
    QVERIFY(says(dialog, "at least 2 h 43 min of one core"));
    dialog.findChild<QCheckBox*>(QStringLiteral("authority"))->click();
    QVERIFY(start->isEnabled());
    QSignalSpy contain(&dialog, &WeakAuditDialog::containRequested);
    dialog.setView(sample.weakAudit(WeakAuditStage::Done));
    button(dialog, "New passwords for")->click();
    QCOMPARE(contain.size(), 1);
}

void TestContainment::policyNamesTheRemedy()
{
    PolicyDialog dialog;
    dialog.setPolicy(SampleWindow::policy());
    dialog.show();
    QVERIFY(says(dialog, "Passwords need 8 characters"));
    QVERIFY(says(dialog, "minlen = 15"));
    button(dialog, "Copy")->click();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("minlen = 15")));
}

QTEST_MAIN(TestContainment)
#include "tst_Containment.moc"
