// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/IncidentView.h"
#include "ui/widgets/Layout.h"

namespace mailward {

class Verbs;

/// Incidents as cards, worst first. Triage shows the panel once somebody finds incidents (TriagePage::setIncidents).
class IncidentList final : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentList(Verbs* verbs, QWidget* parent = nullptr);
    void setIncidents(const std::vector<IncidentCard>& cards, const QString& caption);

signals:
    void proposeRequested(const mailward::Target& incident);

private:
    QWidget* card(const IncidentCard& incident);

    Verbs* m_verbs;
    TextLabel* m_caption;
    QVBoxLayout* m_cards;
};

} // namespace mailward
