// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page and dialog over made-up rows, for looking at: mailward-gallery FOLDER [light|dark] [TRANSLATION.qm]
#include "SampleWindow.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/AllowListDialog.h"
#include "ui/dialogs/BanListDialog.h"
#include "ui/dialogs/ContainDialog.h"
#include "ui/dialogs/EarlierDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/ImportServersDialog.h"
#include "ui/dialogs/OpenSealedDialog.h"
#include "ui/dialogs/PolicyDialog.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/dialogs/SealDialog.h"
#include "ui/dialogs/SecretDialog.h"
#include "ui/dialogs/SlipsDialog.h"
#include "ui/dialogs/StorageDialog.h"
#include "ui/dialogs/WeakAuditDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentList.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QTranslator>

using namespace mailward;

namespace {

class Camera
{
public:
    Camera(QString folder, QString theme) : m_folder(std::move(folder)), m_theme(std::move(theme)) { QDir().mkpath(m_folder); }
    void take(QWidget* widget, const char* name) const
    {
        widget->show();
        QTest::qWait(60);
        widget->grab().save(QStringLiteral("%1/%2-%3.png").arg(m_folder, QLatin1String(name), m_theme));
    }

private:
    QString m_folder;
    QString m_theme;
};

void takePages(const Camera& camera)
{
    SampleWindow empty;
    camera.take(&empty.window, "triage-empty");
    empty.window.showPage(empty.serversPage);
    camera.take(&empty.window, "servers-empty");
    empty.window.showPage(empty.bansPage);
    camera.take(&empty.window, "bans-empty");
    empty.window.showPage(empty.accountsPage);
    camera.take(&empty.window, "accounts-empty");
    AccountsSummary known;
    known.inUse = 2511;
    auto* scope = empty.accountsPage->findChild<QComboBox*>(QStringLiteral("accountScope"));
    for (const auto& [wanted, name] : {std::pair{AccountScope::Never, "accounts-never-empty"}, std::pair{AccountScope::OneFactor, "accounts-factor-empty"}}) {
        scope->setCurrentIndex(scope->findData(static_cast<int>(wanted)));
        empty.accountsPage->setSummary(known);
        camera.take(&empty.window, name);
    }
    SampleWindow sample;
    sample.fillTriage();
    sample.showAddressDetail();
    sample.fillPlan(PlanState::Draft);
    camera.take(&sample.window, "triage");
    sample.window.filterBar()->edit()->setText(QStringLiteral("country:CN outcome:fialure after:-6h"));
    sample.window.filterBar()->setProblem({QStringLiteral("“fialure” is no outcome: say failure or success"), 19, 7});
    sample.triage->showTable(4);
    sample.fillPlan(PlanState::AwaitingConfirm);
    sample.window.notify({Meaning::Warning, QStringLiteral("mx2 did not answer in 10 s"), QStringLiteral("It is tried again in 30 s; nothing is lost meanwhile.")});
    camera.take(&sample.window, "triage-events");
    sample.fillPlan(PlanState::AwaitingConfirm, QStringLiteral("On mx1 only. mx2: The link was cut while the change was staged."));
    camera.take(&sample.window, "triage-one-server");
    sample.fillPlan(PlanState::AwaitingConfirm);
    sample.window.filterBar()->setProblem({});
    sample.window.filterBar()->edit()->clear();
    sample.triage->showTable(3);
    sample.showIncidents();
    camera.take(&sample.window, "triage-incidents");
    sample.showIncidents(2'300);
    QScrollBar* bar = sample.triage->findChild<IncidentList*>()->findChild<QScrollArea*>()->verticalScrollBar();
    std::ignore = QTest::qWaitFor([bar] { return bar->maximum() > 1'000; });
    bar->setValue(bar->maximum());
    camera.take(&sample.window, "triage-incidents-many");
    sample.showIncidents();
    sample.fillServers();
    sample.serversPage->setStorage({1'284'000'000, 512'000'000, 12'345'678, Instant(std::chrono::microseconds(1'730'000'000'000'000)), 365, 1'000'000'000, 10'000'000'000});
    sample.window.showPage(sample.serversPage);
    camera.take(&sample.window, "servers");
    sample.serversPage->findChild<DataTable*>()->setCurrentIndex(sample.servers.index(1, 0));
    camera.take(&sample.window, "servers-key");
    sample.fillBans();
    sample.window.showPage(sample.bansPage);
    camera.take(&sample.window, "bans");
    sample.bansPage->setAnswer({QStringLiteral("mx1 bans 36.96.0.0/11 (Mailward, anna), because of: distributed guessing since 01:00, since 04:47:00, until 15 Mar 04:46:40."), Meaning::Plain});
    sample.fillPlan(PlanState::AwaitingConfirm);
    camera.take(&sample.window, "bans-asked");
    sample.fillAccounts();
    sample.showAccountDetail();
    sample.window.showPage(sample.accountsPage);
    camera.take(&sample.window, "accounts");
    sample.fillAudit();
    sample.window.showPage(sample.auditPage);
    camera.take(&sample.window, "audit");
}

void takeServerDialogs(const Camera& camera)
{
    SecretQuestion password{QStringLiteral("mx1"), QStringLiteral("mwops@mx1.example.org:22"), SecretQuestion::Kind::Password, {}, false, true};
    SecretDialog ask(password);
    camera.take(&ask, "secret");
    SecretQuestion code{QStringLiteral("mx1"), QStringLiteral("mwops@mx1.example.org:22"), SecretQuestion::Kind::Challenge, UntrustedText(std::string("Verification code (6 digits):")), true, false};
    SecretDialog challenge(code);
    camera.take(&challenge, "secret-code");
    ImportServersDialog import(QStringLiteral("/home/anna/.ssh/config"),
                               {{QStringLiteral("mx1"), QStringLiteral("mwops@192.0.2.11:22"), {}, {}, true},
                                {QStringLiteral("mx2"), QStringLiteral("root@192.0.2.12:2222 through gate.example.org"), QStringLiteral("ForwardAgent is left out."), {}, false},
                                {QStringLiteral("old"), {}, {}, QStringLiteral("ProxyCommand would run a command here; name the jump host as ProxyJump."), false}});
    camera.take(&import, "import");
    StorageView storage{1'284'000'000, 512'000'000, 12'345'678, Instant(std::chrono::microseconds(1'730'000'000'000'000)), 365, 1'000'000'000, 10'000'000'000};
    StorageDialog kept(storage);
    camera.take(&kept, "storage");
    AboutDialog about(QStringLiteral("0.1.0"), QStringLiteral("Qt 6.4.2 · libssh 0.10.6 (Debian 0.10.6-0+deb12u2)"),
                      QStringLiteral("This libssh lacks the security fixes of 2026. Update libssh: apt-get install --only-upgrade libssh-4"), QStringLiteral("Countries: DB-IP Lite (CC BY 4.0)."));
    camera.take(&about, "about");
}

void takeDialogs(const Camera& camera)
{
    SampleWindow sample;
    PreviewDialog calm(sample.preview(false), &sample.cutOff, sample.window.verbs());
    camera.take(&calm, "preview");
    const PreviewView bad = sample.preview(true);
    PreviewDialog cutting(bad, &sample.cutOff, sample.window.verbs());
    camera.take(&cutting, "preview-cuts");
    PreviewView lifts = sample.preview(false);
    lifts.title = QStringLiteral("2 bans are lifted");
    lifts.liftsOnly = true;
    PreviewDialog lifting(lifts, &sample.cutOff, sample.window.verbs());
    camera.take(&lifting, "preview-lifts");
    AllowListDialog allowed({{*Prefix::parse("203.0.113.0/28"), QStringLiteral("head office, fixed line"), std::nullopt, 1}, {*Prefix::parse("2001:db8:7::/48"), QStringLiteral("branch"), SampleWindow::at(-86400 * 20), 0}},
                            SampleWindow::at(0), sample.window.verbs());
    camera.take(&allowed, "allow-list");
    BanListDialog list({{QStringLiteral("CN"), QStringLiteral("China")}}, {QStringLiteral("mx1"), QStringLiteral("mx2")});
    list.setList({QStringLiteral("drop.txt"), {*Prefix::parse("198.51.100.0/24"), *Prefix::parse("203.0.113.0/24")}, 2, 17, {}});
    camera.take(&list, "ban-list");
    HostKeyDialog first(SampleWindow::hostKey(KeyStanding::Unknown));
    camera.take(&first, "hostkey");
    HostKeyDialog changed(SampleWindow::hostKey(KeyStanding::Changed));
    camera.take(&changed, "hostkey-changed");
    AddServerDialog add({});
    add.setProblems({{QStringLiteral("name"), QStringLiteral("A server of this name is there already.")}});
    camera.take(&add, "addserver");
    AddServerDialog red({});
    red.setCanRemember(true);
    red.show();
    red.findChild<QPushButton*>(QStringLiteral("moreFields"))->click();
    red.findChild<QCheckBox*>(QStringLiteral("allowLegacy"))->setChecked(true);
    red.setFailure(QStringLiteral("mwops@mx1:22 refused the log-in with password."), QStringLiteral("Check the user and what the server allows for it. It was not tried again, so that the server does not ban this console."));
    camera.take(&red, "addserver-failed");
    ServerForm there;
    there.name = QStringLiteral("mx1");
    there.host = QStringLiteral("mx1.example.org");
    there.user = QStringLiteral("mwops");
    there.method = LoginMethod::KeyFile;
    there.keyFile = QStringLiteral("/home/anna/.ssh/id_ed25519");
    AddServerDialog edit(there);
    edit.setEditing();
    camera.take(&edit, "editserver");
    sample.fillServers();
    AddServerDialog done({});
    done.setConnected(QStringLiteral("mx1"));
    done.setCapabilities(sample.servers.rows().front().capabilities);
    camera.take(&done, "addserver-done");
    takeServerDialogs(camera);
}

void takeEarlier(const Camera& camera)
{
    SampleWindow sample;
    EarlierDialog earlier(&sample.earlier, sample.window.verbs());
    earlier.setRead();
    camera.take(&earlier, "earlier-empty");
    sample.fillEarlier();
    camera.take(&earlier, "earlier");
    for (const auto& [task, name] : {std::pair{ContainTask::Resume, "earlier-resume"}, std::pair{ContainTask::Undo, "earlier-undo"}}) {
        ContainDialog dialog({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
        dialog.setView(sample.earlierContainment(task));
        camera.take(&dialog, name);
    }
    OpenSealedDialog open(QStringLiteral("/home/anna"));
    camera.take(&open, "open-sealed");
    open.setProblem(QStringLiteral("The passphrase does not open /home/anna/new-passwords.sealed."), QStringLiteral("Check its letters; there is no way around it."));
    camera.take(&open, "open-sealed-refused");
    SealDialog onward(QStringLiteral("/home/anna"), true);
    camera.take(&onward, "seal-resume");
    sample.window.notify({Meaning::Warning, QStringLiteral("A containment of 8 accounts was not finished: distributed guessing since 01:00, 2026-03-14 05:20:00."),
                          QStringLiteral("Go on with it, or take it back."), NoticeOffer::EarlierContainments});
    camera.take(&sample.window, "notice-offer");
}

void takeContainment(const Camera& camera)
{
    SampleWindow sample;
    ContainDialog contain({&sample.contained, &sample.held, &sample.rules}, sample.window.verbs());
    sample.fillContainment(contain, ContainStage::Preview);
    camera.take(&contain, "contain");
    sample.fillContainment(contain, ContainStage::Working);
    camera.take(&contain, "contain-working");
    sample.fillContainment(contain, ContainStage::Done);
    camera.take(&contain, "contain-done");
    SlipsDialog slips(SampleWindow::slips(8));
    camera.take(&slips, "slips");
    SealDialog seal(QStringLiteral("/home/anna"));
    camera.take(&seal, "seal");
    takeEarlier(camera);
    WeakAuditDialog weak(&sample.weak, sample.window.verbs());
    for (const auto& [stage, name] : {std::pair{WeakAuditStage::Form, "weak"}, std::pair{WeakAuditStage::Estimated, "weak-cost"}, std::pair{WeakAuditStage::Done, "weak-done"}}) {
        weak.setView(sample.weakAudit(stage));
        camera.take(&weak, name);
    }
    PolicyDialog policy;
    policy.setPolicy(SampleWindow::policy());
    camera.take(&policy, "policy");
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() < 2) {
        qWarning("use: mailward-gallery FOLDER [light|dark] [TRANSLATION.qm]");
        return 2;
    }
    const QString theme = words.value(2, QStringLiteral("light"));
    applyTheme(application, theme == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::Light);
    QTranslator translator;
    if (words.size() > 3 && (!translator.load(words[3]) || !QCoreApplication::installTranslator(&translator))) {
        qWarning("no translation in %s", qUtf8Printable(words[3]));
        return 2;
    }
    const Camera camera(words[1], theme);
    takePages(camera);
    takeDialogs(camera);
    takeContainment(camera);
    return 0;
}
