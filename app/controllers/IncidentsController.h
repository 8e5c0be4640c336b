// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/IncidentRows.h"
#include "app/controllers/JobThread.h"
#include "models/core/Clock.h"
#include "models/core/DataPaths.h"
#include "models/detect/AccountScore.h"
#include "models/detect/SiteThresholds.h"
#include "models/store/LocalEventStore.h"
#include "models/tables/AddressTableModel.h"
#include "models/tables/Notice.h"
#include "models/tables/ThresholdView.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <unordered_map>

namespace mailward {

/// Looks for incidents whenever the store grows, in a thread of its own, and tells of them: cards, marks of the timeline, the
/// drill-down, the thresholds. Never takes more than a fifth of a core: the longer a look lasts, the longer the pause behind it;
/// but when many strangers begin to fail, the next look does not wait.
/// Lives in the window's thread.
class IncidentsController final : public QObject
{
    Q_OBJECT

public:
    IncidentsController(DataPaths paths, LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent = nullptr);
    ~IncidentsController() override;

    /// Reads the thresholds; what is wrong with them is noticed, and the defaults are used.
    void start();
    /// New events are in the store. Coalesced.
    void storeChanged();

    /// The last answer, worst first.
    [[nodiscard]] const std::vector<Incident>& incidents() const { return m_incidents; }
    /// The same as cards.
    [[nodiscard]] const std::vector<IncidentCard>& cards() const { return m_cards; }
    [[nodiscard]] const Incident* incident(const Target& target) const;
    /// What speaks for single accounts being in wrong hands, as of the last answer.
    [[nodiscard]] const std::vector<AccountScore>& accountScores() const { return m_scores; }
    [[nodiscard]] const std::vector<TimelineMark>& marks() const { return m_marks; }
    [[nodiscard]] ThresholdView thresholds() const;
    /// What the last answer makes of an address: a participant, or one that got in.
    [[nodiscard]] AddressState stateOf(const IpAddress& address) const;
    /// Which incidents count the address among their sources, why, and how sure that is.
    [[nodiscard]] std::vector<Fact> factsOf(const Target& target) const;
    /// Version of the events (ColumnsSnapshot::version) that the last answer saw.
    [[nodiscard]] quint64 seenVersion() const { return m_seen; }

    void setZone(const QTimeZone& zone);
    /// Whose passwords were reset lately: what their devices do then is honest, and is told so.
    void setResets(std::shared_ptr<const std::map<std::string, Instant, std::less<>>> resets);
    void setGeography(std::shared_ptr<const GeoDatabase> geo) { m_naming.geo = std::move(geo); }
    /// Filters to the incident and drills down; any other target closes the drill-down.
    void open(const Target& target);
    void filterTo(const Target& target);
    void propose(const Target& target);
    void contain(const Target& target);
    /// Tunes the threshold of the incident's detector; taken back with `wrong` = false.
    void markFalseAlarm(const Target& target, bool wrong);
    void editThresholds(const ThresholdEdit& edit);

signals:
    void incidentsChanged(const std::vector<mailward::IncidentCard>& cards, const QString& caption);
    void marksChanged();
    void filterRequested(const mailward::Filter& filter);
    void incidentOpened(const mailward::Incident& incident);
    void detailChanged(const mailward::DetailView& view);
    /// A block is wanted against its sources.
    void answerRequested(const mailward::Incident& incident);
    /// Its opened accounts are to be contained.
    void containRequested(const mailward::Incident& incident);
    void thresholdsChanged();
    void noticed(const mailward::Notice& notice);

private:
    struct Answer;
    struct Look;
    class Watcher;

    void look();
    void glance();
    void lookNow();
    void take(const Answer& answer);
    void publish();
    void tellReset(IncidentCard& card, const Incident& incident) const;
    void askDetail();
    void keepThresholds(SiteThresholds next);
    [[nodiscard]] QString thresholdsPath() const { return m_paths.config + QStringLiteral("/thresholds.toml"); }
    [[nodiscard]] std::optional<JailNote> jailNote(std::size_t index) const;

    DataPaths m_paths;
    LocalEventStore& m_store;
    Naming m_naming;
    const Clock& m_clock;
    SiteThresholds m_thresholds;
    bool m_broken = false; ///< the file could not be read
    std::vector<Incident> m_incidents;
    std::vector<AccountScore> m_scores;
    std::vector<JailEffect> m_effects; ///< one for one; empty while unknown
    JailComparison m_jailTotals;
    std::unordered_map<IpAddress, bool> m_named; ///< participants; true: got into an account
    std::vector<IncidentCard> m_cards;
    std::vector<TimelineMark> m_marks;
    std::shared_ptr<const std::map<std::string, Instant, std::less<>>> m_resets; ///< may be null
    Target m_open;
    QTimer m_pause;
    bool m_looking = false;
    bool m_again = false;
    bool m_glancing = false;
    bool m_hurry = false; ///< somebody waits for the answer: no pause
    QElapsedTimer m_sinceEarly;
    std::chrono::milliseconds m_took{0};
    quint64 m_generation = 0;
    quint64 m_seen = ~quint64{0}; ///< nothing yet
    std::unique_ptr<Watcher> m_watcher; ///< detect thread only
    JobThread m_jobs;                   ///< last: its jobs use the above
};

} // namespace mailward
