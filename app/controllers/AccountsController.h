// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/AccountRows.h"
#include "app/controllers/JobThread.h"
#include "models/core/Clock.h"
#include "models/store/LocalEventStore.h"

#include <QObject>
#include <QTimer>

namespace mailward {

/// The page Accounts: who each account is used by, beside its own past, and what speaks for its being in wrong hands. Counts
/// in a thread of its own and takes at most a fifth of a core, less while the page is not in front. Lives in the window's
/// thread.
class AccountsController final : public QObject
{
    Q_OBJECT

public:
    AccountsController(LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent = nullptr);
    ~AccountsController() override;

    [[nodiscard]] AccountOverviewModel& model() { return m_model; }
    [[nodiscard]] const AccountsSummary& summary() const { return m_summary; }

    /// All that came in is counted and in the table.
    [[nodiscard]] bool isUpToDate() const { return !m_stale && !m_counting && m_placed == m_arranged; }

    /// The page is in front: it is kept up to date at once.
    void setShown(bool shown);
    void storeChanged();
    /// What the detectors found last.
    void setRisks(const std::vector<Incident>& incidents, const std::vector<AccountScore>& scores);
    /// What the servers say of passwords.
    void setFacts(std::shared_ptr<const AccountFactsByName> facts);
    /// Whose passwords were reset lately.
    void setResets(std::shared_ptr<const ResetTimes> resets);
    void setScope(AccountScope scope);
    void setSearch(const QString& text);
    void setZone(const QTimeZone& zone);
    /// What is known of an account beyond its events; empty while nothing was counted.
    [[nodiscard]] std::vector<Fact> facts(const Target& target) const;

signals:
    void summaryChanged(const mailward::AccountsSummary& summary);
    /// Everything was counted anew: facts() may say something else.
    void counted();

private:
    using Items = std::vector<AccountItem>;
    struct View {
        AccountScope scope = AccountScope::InUse;
        QString search;
        QString key = QStringLiteral("risk");
        bool ascending = false;
    };
    struct Count;

    void sortBy(const QString& key, Qt::SortOrder order);
    void count();
    void take(const Count& done);
    void arrange();

    LocalEventStore& m_store;
    Naming m_naming;
    const Clock& m_clock;
    AccountOverviewModel m_model;
    std::shared_ptr<const AccountRiskNotes> m_risks = std::make_shared<const AccountRiskNotes>();
    std::shared_ptr<const std::vector<Incident>> m_incidents = std::make_shared<const std::vector<Incident>>(); ///< while there are resets
    std::shared_ptr<const AccountFactsByName> m_facts = std::make_shared<const AccountFactsByName>();
    std::shared_ptr<const ResetTimes> m_resets = std::make_shared<const ResetTimes>();
    std::shared_ptr<const Items> m_items = std::make_shared<const Items>();
    AccountsSummary m_summary;
    View m_view;
    QTimer m_pause;
    bool m_shown = false;
    bool m_counting = false;
    bool m_stale = true; ///< something came in since the last count
    quint64 m_arranged = 0; ///< arrangements asked for
    quint64 m_placed = 0;   ///< the last one in the table
    std::stop_source m_stop;
    JobThread m_jobs; ///< last: its jobs use the above
};

} // namespace mailward
