// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/PlanView.h"
#include "ui/widgets/Layout.h"

#include <QTimer>

class QProgressBar;
class QPushButton;
class QSlider;
class QToolButton;

namespace mailward {

/// What is about to be changed, or waits for a person's word: always in sight at the bottom of Triage.
class PlanTray final : public QWidget
{
    Q_OBJECT

public:
    explicit PlanTray(QWidget* parent = nullptr);
    void setPlan(const PlanView& view);

signals:
    void removeRequested(const mailward::Target& target);
    void clearRequested();
    void portsRequested(const std::vector<std::uint16_t>& ports); ///< empty: all ports
    void ttlRequested(std::chrono::seconds ttl);
    void serverToggleRequested(const QString& server, bool chosen);
    void offerChosen(int index); ///< into PlanView::offers
    void previewRequested();
    void applyRequested(); ///< opens the preview, too: nothing is applied unseen
    void confirmRequested(const QString& planId);
    void undoRequested(const QString& planId);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildDraft();
    void buildOffers();
    void turnDraft();
    void buildWaiting(QHBoxLayout* line);
    void fillDraft();
    void fillMenus();
    void fillMeter();
    void fillOffers();
    [[nodiscard]] QString nextText() const;
    void tick();

    PlanView m_view;
    Panel* m_panel;
    TextLabel* m_title;
    TextLabel* m_text;
    QWidget* m_draft;
    QBoxLayout* m_parts = nullptr; ///< of the draft: what is chosen, and what it does
    QWidget* m_choices;
    QWidget* m_effects;
    QToolButton* m_items;
    QToolButton* m_ports;
    QToolButton* m_ttl;
    QToolButton* m_servers;
    QWidget* m_offers; ///< hidden when the plan answers no incident
    QSlider* m_strength;
    TextLabel* m_offerName;
    QProgressBar* m_meter;
    TextLabel* m_covers;
    TextLabel* m_people;
    QPushButton* m_clear;
    QPushButton* m_preview;
    QPushButton* m_apply;
    QWidget* m_waiting;
    QProgressBar* m_left;
    TextLabel* m_countdown;
    QPushButton* m_confirm;
    QPushButton* m_undo;
    QTimer m_timer;
};

} // namespace mailward
