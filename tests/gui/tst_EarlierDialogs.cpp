// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier containments as dialogs over made-up rows: what they offer, what they ask before, and the way to them.
#include "SampleWindow.h"
#include "ui/dialogs/ContainDialog.h"
#include "ui/dialogs/EarlierDialog.h"
#include "ui/dialogs/OpenSealedDialog.h"
#include "ui/dialogs/SealDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/NoticeBar.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

class TestEarlierDialogs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void anEarlierContainmentOffersWhatCanBeDone();
    void theListAndAFileByKeyboardAlone();
    void anEarlierPreviewChoosesNothingAnew();
    void aSealedFileIsAskedForAgainWhenItDoesNotOpen();
    void aSealedFileThatIsThereIsOpenedToGoOn();
    void aMessageLeadsToTheEarlierContainments();
};

void TestEarlierDialogs::anEarlierContainmentOffersWhatCanBeDone()
{
    SampleWindow sample;
    EarlierDialog dialog(&sample.earlier, sample.window.verbs());
    dialog.show();
    auto* resume = dialog.findChild<QPushButton*>(QStringLiteral("resumeContainment"));
    auto* undo = dialog.findChild<QPushButton*>(QStringLiteral("undoContainment"));
    auto* table = dialog.findChild<DataTable*>();
    QVERIFY(!table->isVisible() && !resume->isEnabled() && !undo->isEnabled());
    QVERIFY(dialog.findChild<QPushButton*>(QStringLiteral("openSealedFile"))->isEnabled()); // of another machine, perhaps
    dialog.setRead();
    sample.fillEarlier();
    QVERIFY(table->isVisible() && resume->isEnabled() && undo->isEnabled()); // the newest is chosen, and was cut
    QSignalSpy resumed(&dialog, &EarlierDialog::resumeRequested);
    QSignalSpy undone(&dialog, &EarlierDialog::undoRequested);
    resume->click();
    QCOMPARE(resumed.last().first().toString(), QStringLiteral("a1"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(!resume->isEnabled() && undo->isEnabled());
    undo->click();
    QCOMPARE(undone.last().first().toString(), QStringLiteral("a2"));
    std::vector<EarlierRow> rows = sample.earlier.rows();
    rows.insert(rows.begin(), rows.front()); // read again, with a newer one on top
    rows.front().planId = QStringLiteral("a0");
    rows[2].canUndo = false;
    sample.earlier.setRows(rows);
    QCOMPARE(table->selectedRow(), 2);
    QVERIFY(!resume->isEnabled() && !undo->isEnabled());
    QTest::keyClick(table, Qt::Key_Up);
    QVERIFY(resume->isEnabled());
    dialog.setCanContain(false);
    QVERIFY(!resume->isEnabled() && !undo->isEnabled());
}

void TestEarlierDialogs::theListAndAFileByKeyboardAlone()
{
    const auto tabTo = [](QDialog& dialog, const QWidget* wanted) {
        for (int i = 0; i < 12 && dialog.focusWidget() != wanted; ++i) {
            QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
        }
        return dialog.focusWidget() == wanted;
    };
    SampleWindow sample;
    sample.fillEarlier();
    EarlierDialog list(&sample.earlier, sample.window.verbs());
    list.show();
    list.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QCOMPARE(list.focusWidget(), list.findChild<DataTable*>());
    QTest::keyClick(list.focusWidget(), Qt::Key_Down);
    QSignalSpy undone(&list, &EarlierDialog::undoRequested);
    QVERIFY(tabTo(list, list.findChild<QPushButton*>(QStringLiteral("undoContainment"))));
    QTest::keyClick(list.focusWidget(), Qt::Key_Space);
    QCOMPARE(undone.size(), 1);
    QCOMPARE(undone.first().first().toString(), QStringLiteral("a2"));

    OpenSealedDialog file(QDir::tempPath());
    file.show();
    file.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&file));
    QSignalSpy opened(&file, &OpenSealedDialog::openRequested);
    QTest::keyClicks(file.focusWidget(), QStringLiteral("/tmp/passwords.sealed"));
    QVERIFY(tabTo(file, file.findChild<QLineEdit*>(QStringLiteral("passphrase"))));
    QTest::keyClicks(file.focusWidget(), QStringLiteral("correct horse battery"));
    QTest::keyClick(file.focusWidget(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("/tmp/passwords.sealed"));
}

void TestEarlierDialogs::anEarlierPreviewChoosesNothingAnew()
{
    SampleWindow sample;
    ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    QSignalSpy chosen(&dialog, &ContainDialog::choiceChanged);
    auto* handOver = dialog.findChild<QComboBox*>(QStringLiteral("handOver"));
    auto* apply = dialog.findChild<QPushButton*>(QStringLiteral("applyContain"));
    dialog.setView(sample.earlierContainment(ContainTask::Undo));
    dialog.show();
    QVERIFY(!handOver->isVisible());
    QCOMPARE(apply->text(), QStringLiteral("Take back 3 accounts"));
    ContainView view = sample.earlierContainment(ContainTask::Resume);
    dialog.setView(view);
    QVERIFY(handOver->isVisible() && handOver->isEnabled());
    QCOMPARE(apply->text(), QStringLiteral("Go on with 3 accounts"));
    view.choice.action = ContainAction::None;
    dialog.setView(view);
    QVERIFY(!handOver->isVisible() && apply->isEnabled());
    QCOMPARE(chosen.size(), 0);
}

void TestEarlierDialogs::aSealedFileIsAskedForAgainWhenItDoesNotOpen()
{
    OpenSealedDialog dialog(QStringLiteral("/home/anna"));
    dialog.show();
    QByteArray passphrase;
    QString path;
    connect(&dialog, &OpenSealedDialog::openRequested, this, [&](const QString& file, const QByteArray& bytes) {
        path = file;
        passphrase = QByteArray(bytes.constData(), bytes.size());
    });
    auto* open = dialog.findChild<QPushButton*>(QStringLiteral("openSealed"));
    auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("passphrase"));
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("path")), QStringLiteral("/home/anna/new.sealed"));
    QVERIFY(!open->isEnabled());
    QTest::keyClicks(field, QStringLiteral("correct horse"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(path, QStringLiteral("/home/anna/new.sealed"));
    QCOMPARE(passphrase, QByteArray("correct horse"));
    QVERIFY(field->text().isEmpty() && !open->isEnabled() && dialog.isVisible());
    dialog.setProblem(QStringLiteral("The passphrase does not open it."), QStringLiteral("Check its letters."));
    const auto labels = dialog.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) { return label->isVisible() && label->text().contains(QStringLiteral("Check its letters")); }));
    QTest::keyClicks(field, QStringLiteral("Correct horse"));
    open->click();
    QCOMPARE(passphrase, QByteArray("Correct horse"));
}

void TestEarlierDialogs::aSealedFileThatIsThereIsOpenedToGoOn()
{
    QTemporaryDir folder;
    QFile there(folder.filePath(QStringLiteral("new.sealed")));
    QVERIFY(there.open(QIODevice::WriteOnly));
    there.close();
    for (const bool goesOn : {false, true}) {
        SealDialog dialog(folder.path(), goesOn);
        dialog.show();
        QSignalSpy sealed(&dialog, &SealDialog::sealRequested);
        auto* seal = dialog.findChild<QPushButton*>(QStringLiteral("seal"));
        dialog.findChild<QLineEdit*>(QStringLiteral("path"))->setText(there.fileName());
        dialog.findChild<QLineEdit*>(QStringLiteral("passphrase"))->setText(QStringLiteral("correct horse battery"));
        QCOMPARE(seal->isEnabled(), goesOn); // once is enough for a file that knows its passphrase
        QCOMPARE(dialog.findChild<QLineEdit*>(QStringLiteral("again"))->isEnabled(), !goesOn);
        seal->click();
        QCOMPARE(sealed.size(), goesOn ? 1 : 0);
    }
}

void TestEarlierDialogs::aMessageLeadsToTheEarlierContainments()
{
    SampleWindow sample;
    sample.window.show();
    auto* offer = sample.window.notices()->findChild<QPushButton*>(QStringLiteral("noticeOffer"));
    sample.window.notify({Meaning::Warning, QStringLiteral("mx2 did not answer"), {}});
    QVERIFY(!offer->isVisible());
    sample.window.notify({Meaning::Warning, QStringLiteral("A containment was not finished"), QStringLiteral("Go on with it, or take it back."), NoticeOffer::EarlierContainments});
    QVERIFY(offer->isVisible());
    QSignalSpy taken(sample.window.notices(), &NoticeBar::offerTaken);
    QTest::mouseClick(offer, Qt::LeftButton);
    QCOMPARE(taken.size(), 1);
    QCOMPARE(taken.first().first().value<NoticeOffer>(), NoticeOffer::EarlierContainments);
    QVERIFY(!offer->isVisible());
    QVERIFY(QTest::qWaitForWindowActive(&sample.window));
    QSignalSpy wished(&sample.window, &MainWindow::earlierRequested);
    QTest::keyClick(&sample.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(wished.size(), 1);
}

QTEST_MAIN(TestEarlierDialogs)
#include "tst_EarlierDialogs.moc"
