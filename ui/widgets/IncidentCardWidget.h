// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/IncidentView.h"
#include "ui/widgets/Layout.h"

namespace mailward {

class Verbs;

/// One incident: how bad, what, since when, the figures, why, which accounts are lost, what to do. A click or Return opens it.
class IncidentCardWidget final : public QFrame
{
    Q_OBJECT

public:
    IncidentCardWidget(Verbs* verbs, const IncidentCard& card, QWidget* parent = nullptr);
    /// Builds its inside anew when something changed.
    void setCard(const IncidentCard& card);
    void setChosen(bool chosen);
    [[nodiscard]] const IncidentCard& card() const { return m_card; }

signals:
    void openRequested(const mailward::Target& incident);
    void filterRequested(const mailward::Target& incident);
    void proposeRequested(const mailward::Target& incident);
    void containRequested(const mailward::Target& incident);
    void falseAlarmRequested(const mailward::Target& incident, bool wrong);
    void thresholdsRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void build();
    void buildHead();
    void buildFoot();
    void turnFoot();
    void giveTitleRoom();
    void popUp(QPoint globalPosition);
    [[nodiscard]] QPushButton* button(const QString& text, const char* rank, void (IncidentCardWidget::*wish)(const Target&));

    Verbs* m_verbs;
    IncidentCard m_card;
    QVBoxLayout* m_words;
    QBoxLayout* m_foot = nullptr; ///< null without a foot
    TextLabel* m_title = nullptr;
    TextLabel* m_when = nullptr;
    TextLabel* m_summary = nullptr;
    bool m_chosen = false;
};

} // namespace mailward
