// SPDX-License-Identifier: GPL-3.0-or-later
// Names that an attacker or a server chose, in every page and dialog that can show one (Triage and containment: tst_Journeys,
// tst_Containment): shown as the text that they are.
#include "SampleWindow.h"
#include "WindowDriver.h"
#include "ui/theme/Theme.h"
#include "ui/dialogs/AllowListDialog.h"
#include "ui/dialogs/DetectSettingsDialog.h"
#include "ui/dialogs/EarlierDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/ImportServersDialog.h"
#include "ui/dialogs/OpenSealedDialog.h"
#include "ui/dialogs/PolicyDialog.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/WeakAuditDialog.h"

#include <QAbstractItemView>

using namespace mailward;

namespace {

/// A window with the name in it: a page in the main window, or a dialog that the caller owns.
using View = std::function<QWidget*(SampleWindow& sample, const UntrustedText& name)>;

QWidget* paged(SampleWindow& sample, Page* page)
{
    sample.window.showPage(page);
    return &sample.window;
}

QWidget* bansPage(SampleWindow& sample, const UntrustedText& name)
{
    sample.fillBans();
    BanRow row;
    row.prefix = *Prefix::parse("198.51.100.7");
    row.server = QStringLiteral("mx1");
    row.backend = QStringLiteral("nftables");
    row.reason = row.by = name;
    sample.bans.setRows({row});
    BanServerView server;
    server.name = QStringLiteral("mx1");
    server.problem = name;
    sample.bansPage->setServers({server}, {});
    return paged(sample, sample.bansPage);
}

QWidget* auditPage(SampleWindow& sample, const UntrustedText& name)
{
    AuditRow row;
    row.time = SampleWindow::at(60);
    row.action = QStringLiteral("ban applied");
    row.summary = name;
    sample.audit.setRows({row});
    return paged(sample, sample.auditPage);
}

QWidget* serversPage(SampleWindow& sample, const UntrustedText& name)
{
    ServerRow row;
    row.name = QStringLiteral("mx1");
    row.state = LinkState::Failed;
    row.message = name;
    row.unknown = 1;
    row.capabilities = {{QStringLiteral("Logs"), Meaning::Critical, name, {}}};
    row.notUnderstood = {{name, 1, name}};
    sample.servers.setRows({row});
    return paged(sample, sample.serversPage);
}

QWidget* accountsPage(SampleWindow& sample, const UntrustedText& name)
{
    AccountOverviewRow row;
    row.account = row.network = name;
    row.risk = Meaning::Critical;
    row.riskText = QStringLiteral("lost");
    row.letIn = 1;
    sample.overview.setRows({row});
    DetailView detail;
    detail.target = {TargetKind::Account, name.raw(), {}};
    detail.kind = QStringLiteral("Account");
    detail.title = name;
    detail.facts = {{QStringLiteral("From"), {{name, {}}}, Meaning::Plain}};
    sample.accountsPage->setDetail(detail);
    return paged(sample, sample.accountsPage);
}

QWidget* previewDialog(SampleWindow& sample, const UntrustedText& name)
{
    PreviewView view = sample.preview(true);
    view.servers.front().commands = name;
    view.refusals = {{name, QStringLiteral("It is on the allow-list.")}};
    CutOffRow cut;
    cut.account = cut.from = cut.servers = name;
    sample.cutOff.setRows({cut});
    return new PreviewDialog(view, &sample.cutOff, sample.window.verbs());
}

QWidget* secretDialog(SampleWindow&, const UntrustedText& name)
{
    SecretQuestion question;
    question.server = QStringLiteral("mx1");
    question.endpoint = QStringLiteral("mwops@mx1:22");
    question.kind = SecretQuestion::Kind::Challenge;
    question.prompt = name;
    return new SecretDialog(question);
}

QWidget* policyDialog(SampleWindow&, const UntrustedText& name)
{
    auto* dialog = new PolicyDialog;
    dialog->setPolicy({{QStringLiteral("mx1"), {{Meaning::Critical, QStringLiteral("weak"), QStringLiteral("Schemes"), name, {}}}, {}},
                       {QStringLiteral("mx2"), {}, name.plain()}});
    return dialog;
}

QWidget* weakAuditDialog(SampleWindow& sample, const UntrustedText& name)
{
    auto* dialog = new WeakAuditDialog(&sample.weak, sample.window.verbs());
    WeakAuditView view = sample.weakAudit(WeakAuditStage::Done);
    view.findings = {{name, QStringLiteral("mx1"), QStringLiteral("default")}};
    view.servers.front().words = name.plain();
    dialog->setView(view);
    sample.weak.setRows(view.findings);
    return dialog;
}

QWidget* importDialog(SampleWindow&, const UntrustedText& name)
{
    const QString shown = name.plain(); // of the admin's own file: what reads it makes it showable
    return new ImportServersDialog(QStringLiteral("config"), {{shown, shown, shown, {}, false}, {QStringLiteral("mx2"), shown, {}, shown, false}});
}

QWidget* allowDialog(SampleWindow& sample, const UntrustedText& name)
{
    return new AllowListDialog({{*Prefix::parse("192.0.2.0/24"), name.plain(), {}, 1}}, SampleWindow::at(0), sample.window.verbs());
}

QWidget* hostKeyDialog(SampleWindow&, const UntrustedText& name)
{
    HostKeyView key = SampleWindow::hostKey(KeyStanding::Changed);
    key.host = key.keyType = key.hint = name.plain();
    return new HostKeyDialog(key);
}

QWidget* detectDialog(SampleWindow&, const UntrustedText& name)
{
    ThresholdView view;
    ThresholdRow row;
    row.name = QStringLiteral("sources");
    row.meaning = QStringLiteral("sources at once");
    row.most = 100;
    view.rows = {row};
    view.history = {name.plain()};
    view.file = name.plain();
    return new DetectSettingsDialog(view);
}

QWidget* earlierDialog(SampleWindow& sample, const UntrustedText& name)
{
    auto* dialog = new EarlierDialog(&sample.earlier, sample.window.verbs());
    sample.fillEarlier();
    std::vector<EarlierRow> rows = sample.earlier.rows();
    rows.front().from = name;
    rows.front().who = rows.front().servers = name.plain(60);
    sample.earlier.setRows(rows);
    dialog->setRead();
    return dialog;
}

QWidget* openSealedDialog(SampleWindow&, const UntrustedText& name)
{
    auto* dialog = new OpenSealedDialog(QString());
    dialog->setProblem(name.plain(), name.plain());
    return dialog;
}

struct Named {
    const char* name;
    View view;
};

const std::array<Named, 14> kViews{{{"bans", bansPage}, {"audit", auditPage}, {"servers", serversPage}, {"accounts", accountsPage}, {"preview", previewDialog},
    {"secret", secretDialog}, {"policy", policyDialog}, {"weak audit", weakAuditDialog}, {"import", importDialog}, {"allow-list", allowDialog},
    {"host key", hostKeyDialog}, {"detectors", detectDialog}, {"earlier containments", earlierDialog}, {"sealed file", openSealedDialog}}};

/// What a model shows in all of its cells, and in their tool tips.
void collect(const QAbstractItemModel& model, const QModelIndex& parent, QStringList& cells, QStringList& tips)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            cells << index.data().toString();
            tips << index.data(Qt::ToolTipRole).toString();
        }
        collect(model, model.index(row, 0, parent), cells, tips);
    }
}

} // namespace

class TestHostileViews : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void namesStayText_data();
    void namesStayText();

private:
    WindowDriver m_driver;
};

void TestHostileViews::namesStayText_data()
{
    QTest::addColumn<int>("view");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("seen"); // of it, once it is shown
    for (int i = 0; i < static_cast<int>(kViews.size()); ++i) {
        const QByteArray view = kViews[static_cast<std::size_t>(i)].name;
        QTest::newRow((view + ": marks").constData()) << i << QByteArray("=<img src=file:///etc/passwd>\x1b[2J\xe2\x80\xae" "gnp.exe\xe2\x80\x8b\xff") << QStringLiteral("img src=");
        QTest::newRow((view + ": 8 kB").constData()) << i << QByteArray(8192, 'A') << QStringLiteral("AAAAAAAA");
    }
}

void TestHostileViews::namesStayText()
{
    QFETCH(int, view);
    QFETCH(QByteArray, name);
    QFETCH(QString, seen);
    SampleWindow sample;
    QWidget* window = kViews[static_cast<std::size_t>(view)].view(sample, UntrustedText(name.toStdString()));
    const std::unique_ptr<QWidget> owner(window == &sample.window ? nullptr : window);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window));
    QVERIFY(!window->grab().isNull());
    QStringList cells, tips;
    for (const QAbstractItemView* table : window->findChildren<QAbstractItemView*>()) {
        if (table->isVisible() && table->model() != nullptr) {
            collect(*table->model(), {}, cells, tips);
        }
    }
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        tips << widget->toolTip();
    }
    const QStringList shown = m_driver.visibleTexts(window) + cells;
    QVERIFY(std::any_of(shown.begin(), shown.end(), [&](const QString& text) { return text.contains(seen); }));
    for (const QString& text : shown) {
        for (const QString& line : text.split(QLatin1Char('\n'))) {
            QVERIFY2(m_driver.isHarmless(line), qPrintable(line.left(200)));
        }
    }
    for (const QString& tip : tips) {
        QVERIFY2(!Qt::mightBeRichText(tip) || !tip.contains(QLatin1String("<img")), qPrintable(tip.left(200)));
    }
    const QStringList leaks = m_driver.richTextLeaks(*window);
    QVERIFY2(leaks.isEmpty(), qPrintable(leaks.join(QLatin1Char('\n')).left(500)));
    QString widest;
    int width = 0;
    for (const QLabel* label : window->findChildren<QLabel*>()) {
        if (label->isVisible() && label->minimumSizeHint().width() > width && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored) {
            width = label->minimumSizeHint().width();
            widest = QStringLiteral("%1 px: %2").arg(width).arg(label->text().left(60));
        }
    }
    QVERIFY2(window->minimumSizeHint().width() < 1600, qPrintable(widest)); // no name makes a window as wide as itself
}

QTEST_MAIN(TestHostileViews)
#include "tst_HostileViews.moc"
