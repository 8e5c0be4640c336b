// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleWindow.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/CommandPalette.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/ImportServersDialog.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/PreviewDialog.h"

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
    void aSecretIsHandedOverOnceAndGone();
    void importTakesTheChosenOnly();
    void busyFormTellsAndCanBeMended();
    void previewShowsTheCommandsAndApplies();
    void previewThatMayNotApply();
    void paletteRunsCommands();
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
    QCOMPARE(sample.window.currentPage(), static_cast<Page*>(sample.auditPage));
    QVERIFY(paletteScore(QStringLiteral("Go to Audit"), QStringLiteral("gta")) > 0);
    QVERIFY(paletteScore(QStringLiteral("Go to Audit"), QStringLiteral("xyz")) < 0);
    QTest::keyClick(&sample.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(sample.window.currentPage(), static_cast<Page*>(sample.triage));
}

QTEST_MAIN(TestDialogs)
#include "tst_Dialogs.moc"
