// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/JobThread.h"
#include "app/controllers/Naming.h"
#include "app/controllers/Response.h"
#include "models/respond/Proposal.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/AuditTableModel.h"
#include "models/tables/BanTableModel.h"
#include "models/tables/CutOffTableModel.h"
#include "models/tables/Notice.h"
#include "models/tables/PlanView.h"

#include <QObject>
#include <QTimer>
#include <set>

namespace mailward {

/// From chosen addresses to a ban that holds: draft, preview, apply, countdown, confirm or undo; what is enforced; the audit.
/// Lives in the window's thread; all that speaks to servers or disks runs in a thread of its own, one thing at a time.
class ResponseController final : public QObject
{
    Q_OBJECT

public:
    using TargetSource = std::function<std::vector<ExecutorTarget>(const QStringList&)>;

    /// `serverNames` and `targets` are asked in the window's thread.
    ResponseController(DataPaths paths, LocalEventStore& store, Naming naming, std::function<QStringList()> serverNames,
                       TargetSource targets, const Clock& clock, QObject* parent = nullptr);
    ~ResponseController() override;

    /// Opens journal and audit, asks the servers about plans that a crash left unfinished.
    void start();

    [[nodiscard]] BanTableModel& bans() { return m_bans; }
    [[nodiscard]] AuditTableModel& audit() { return m_audit; }
    [[nodiscard]] CutOffTableModel& cutOff() { return m_cutOff; }
    /// "banned on mx1 until ...", for the drawer.
    [[nodiscard]] QStringList banFacts(const IpAddress& address) const;

    /// The stretch of history in which failing addresses count as attackers; nothing: the last 30 days.
    void setJudgedRange(const std::optional<TimeRange>& range);
    void serversChanged();
    /// How long the servers wait for confirm() before they undo a change; 5 to 600 s.
    void setConfirmWindow(std::chrono::seconds window);
    void setGeography(std::shared_ptr<const GeoDatabase> geo) { m_naming.geo = std::move(geo); }

    void addToDraft(const Targets& targets);
    /// Fills the tray with the balanced answer to `incident`; `all` are the incidents known now, whose participants are no
    /// witnesses for whom a block would hurt.
    void planFor(const Incident& incident, const std::vector<Incident>& all);
    /// Another of the offers that planFor() made.
    void chooseOffer(int index);
    void allow(const Targets& targets);
    void removeFromDraft(const Target& target);
    void clearDraft();
    void setPorts(const std::vector<std::uint16_t>& ports);
    void setTtl(std::chrono::seconds ttl);
    void toggleServer(const QString& server, bool chosen);
    void preview();
    /// Applies what the last preview showed, and nothing else. `typed`: the number of people that was asked for, for the audit.
    void apply(const QString& typed = {});
    void confirm(const QString& planId);
    void undo(const QString& planId);
    void refreshBans();
    void unban(const std::vector<BanRow>& rows);
    void verifyAudit();
    /// A thing that was done outside of a plan, such as an accepted host key.
    void note(const QString& action, const QString& server, const QString& detail);

signals:
    void planChanged(const mailward::PlanView& view);
    void previewed(const mailward::PreviewView& view);
    void bansRead(const QString& caption);
    void auditVerified(bool sound, const QString& text);
    void noticed(const mailward::Notice& notice);

private:
    struct Draft;
    struct Answer;
    struct Previewed;
    struct Judged;
    struct Read;

    [[nodiscard]] Draft draft() const;
    [[nodiscard]] static Result<Plan> planOf(const Draft& draft, const Naming& naming, Instant now);
    void judge();
    void takeAnswer(const Answer& answer);
    void dropAnswer();
    void fillFromOffer();
    void takePreview(const Result<Previewed>& previewed);
    void takeReport(const Result<ApplyReport>& report, PlanState good);
    void takeBans(const Read& read);
    void publishAudit();
    void setState(PlanState state, const QString& message = {}, const QString& hint = {});
    /// Runs `work` with the answering side in the response thread, then `then` with its answer in the window's thread.
    template <class Work, class Then>
    void run(Work work, Then then);

    DataPaths m_paths;
    LocalEventStore& m_store;
    Naming m_naming;
    std::function<QStringList()> m_serverNames;
    TargetSource m_targets;
    const Clock& m_clock;
    PlanView m_plan;
    std::set<QString> m_leftOut; ///< servers that the person took out of the plan
    std::optional<TimeRange> m_range;
    std::chrono::seconds m_window{60};
    std::optional<PlanPreview> m_preview;
    QTimer m_deadline;
    quint64 m_judged = 0;
    std::vector<Proposal> m_offers;                                ///< of the incident that the draft answers
    std::shared_ptr<const std::vector<Incident>> m_incidents = std::make_shared<const std::vector<Incident>>();
    std::vector<AttackSource> m_attackers;                         ///< its sources
    bool m_portsChosen = false;                                    ///< the person wants other ports than the offer's
    quint64 m_asked = 0;
    BanTableModel m_bans;
    AuditTableModel m_audit;
    CutOffTableModel m_cutOff;
    std::vector<ServerBans> m_enforced;
    std::unique_ptr<Response> m_response; ///< response thread only
    JobThread m_jobs;                     ///< last: its jobs use the above
};

} // namespace mailward
