// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/IncidentView.h"
#include "ui/widgets/Layout.h"

#include <map>

namespace mailward {

class IncidentCardWidget;
class Verbs;

/// Incidents as cards, worst first. Triage shows the panel once somebody finds incidents (TriagePage::setIncidents). Cards stay
/// while their incident is told of, so that focus and place survive what comes in live.
class IncidentList final : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentList(Verbs* verbs, QWidget* parent = nullptr);
    void setIncidents(const std::vector<IncidentCard>& cards, const QString& caption);
    /// Whether there is anything in which nothing may be found.
    void setHasLog(bool any);
    /// Whether lost accounts can be contained; else no card offers it.
    void setCanContain(bool possible);
    /// The card of what the drawer speaks of; any other target: none.
    void setChosen(const Target& target);

signals:
    void openRequested(const mailward::Target& incident);
    void filterRequested(const mailward::Target& incident);
    void proposeRequested(const mailward::Target& incident);
    void containRequested(const mailward::Target& incident);
    void falseAlarmRequested(const mailward::Target& incident, bool wrong);
    void thresholdsRequested();

private:
    [[nodiscard]] IncidentCardWidget* makeCard(const IncidentCard& card);
    void showEmpty();
    /// The first m_most of them, and the one that the drawer speaks of.
    void showCards();
    void showMore();
    void orderFocus();
    /// As it may be shown.
    [[nodiscard]] IncidentCard shown(IncidentCard card) const;

    Verbs* m_verbs;
    TextLabel* m_caption;
    QVBoxLayout* m_layout;
    EmptyState* m_quiet;
    EmptyState* m_noLog;
    QPushButton* m_more;
    std::map<std::string, IncidentCardWidget*> m_cards; ///< by id; they belong to the layout's widget
    Target m_chosen;
    std::size_t m_most; ///< cards shown, until a person asks for more
    std::vector<IncidentCard> m_given; ///< as they came
    bool m_canContain = false;
    bool m_hasLog = false;
};

} // namespace mailward
