// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/ResponseDesk.h"
#include "app/controllers/ServerRoom.h"
#include "models/respond/Proposal.h"
#include "models/tables/CutOffTableModel.h"
#include "models/tables/PlanView.h"

#include <QObject>
#include <QTimer>
#include <set>

namespace mailward {

/// From chosen addresses or an incident to a ban that holds: draft, preview, apply, countdown, confirm or undo. Lives in the
/// window's thread; all that speaks to servers or disks is the desk's.
class ResponseController final : public QObject
{
    Q_OBJECT

public:
    explicit ResponseController(ResponseDesk& desk, QObject* parent = nullptr);
    ~ResponseController() override;

    /// Opens journal and audit, asks the servers about plans that a crash left unfinished. One that still waits for a word is taken
    /// up: it can be confirmed or undone as if nothing had happened.
    void start();

    [[nodiscard]] CutOffTableModel& cutOff() { return m_cutOff; }

    /// The stretch of history in which failing addresses count as attackers; nothing: the last 30 days.
    void setJudgedRange(const std::optional<TimeRange>& range);
    void serversChanged();
    /// All that are known now: their participants are no witnesses for whom a block would hurt.
    void setIncidents(const std::vector<Incident>& all);
    /// What the servers said of themselves: an offer has no more bans than each of the chosen ones takes.
    void setServersRead(const std::vector<mailward::BanServerView>& servers) { m_room.read(servers); }
    /// How long the servers wait for confirm() before they undo a change; 5 to 600 s.
    void setConfirmWindow(std::chrono::seconds window);

    void addToDraft(const Targets& targets);
    /// Fills the tray with the balanced answer to `incident`; `all` as in setIncidents().
    void planFor(const Incident& incident, const std::vector<Incident>& all);
    /// Another of the offers that planFor() made.
    void chooseOffer(int index);
    void removeFromDraft(const Target& target);
    void clearDraft();
    void setPorts(const std::vector<std::uint16_t>& ports);
    void setTtl(std::chrono::seconds ttl);
    void toggleServer(const QString& server, bool chosen);
    void preview();
    /// Shows a plan that was made elsewhere, such as a change of bans that stand. It does not touch the draft.
    void previewPlan(const mailward::Plan& plan);
    /// Applies what the last preview showed, and nothing else: when a server has changed meanwhile, nothing is done, and previewed() comes
    /// once more with what is different. `typed`: the number of people that was asked for, for the audit.
    void apply(const QString& typed = {});
    void confirm(const QString& planId);
    void undo(const QString& planId);

signals:
    void planChanged(const mailward::PlanView& view);
    void previewed(const mailward::PreviewView& view);
    /// What the servers enforce may be something else now.
    void enforcedChanged();
    void noticed(const mailward::Notice& notice);

private:
    struct Draft;
    struct Answer;
    struct Previewed;
    struct Judged;

    [[nodiscard]] Draft draft() const;
    [[nodiscard]] static Result<Plan> planOf(const Draft& draft, const Naming& naming, Instant now);
    void judge();
    void takeAnswer(const Answer& answer);
    void dropAnswer();
    void fillFromOffer();
    void takePreview(const Result<Previewed>& previewed);
    void readAndPreview(const Draft& draft, const std::optional<Plan>& given);
    void lift(const Plan& plan);
    [[nodiscard]] bool isUnderWay(); ///< and says so
    void takeUnfinished(const std::vector<ApplyReport>& reports);
    void takeReport(const Result<ApplyReport>& report, PlanState good);
    void previewAgain(const PlanPreview& before);
    static constexpr int kMaxAsks = 10; ///< whether a plan was taken back: a server whose timer is late gets so many chances
    void awaitConfirm(const ApplyReport& report, const QString& said = {});
    void askAfterWindow(int again);
    void takeExpiry(const Result<std::vector<ApplyReport>>& reports, int again);
    void setState(PlanState state, const QString& message = {}, const QString& hint = {});

    ResponseDesk& m_desk;
    PlanView m_plan;
    ServerRoom m_room;
    std::set<QString> m_leftOut; ///< servers that the person took out of the plan
    std::optional<TimeRange> m_range;
    std::chrono::seconds m_window{60};
    std::optional<PlanPreview> m_preview;
    std::optional<PlanPreview> m_outdated; ///< what the person agreed to, while it is made again
    QTimer m_deadline;
    quint64 m_judged = 0;
    std::vector<Proposal> m_offers;                                ///< of the incident that the draft answers
    std::shared_ptr<const std::vector<Incident>> m_incidents = std::make_shared<const std::vector<Incident>>();
    std::vector<AttackSource> m_attackers;                         ///< its sources
    bool m_portsChosen = false;                                    ///< the person wants other ports than the offer's
    quint64 m_asked = 0;
    CutOffTableModel m_cutOff;
};

} // namespace mailward
