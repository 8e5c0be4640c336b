// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/DetailView.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/TimelineChart.h"

class QGridLayout;
class QPlainTextEdit;
class QPushButton;
class QStackedLayout;

namespace mailward {

class Verbs;

/// Everything about the one thing that was chosen; every name in it leads on.
class DetailDrawer final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailDrawer(Verbs* verbs, QWidget* parent = nullptr);
    void setDetail(const DetailView& view);
    void clear();
    void setZone(const QTimeZone& zone) { m_timeline->setZone(zone); }
    [[nodiscard]] const Target& target() const { return m_view.target; }

signals:
    void moreLinesRequested(const mailward::Target& target);
    /// The lines that are no longer kept here, from their server.
    void fetchRequested(const mailward::Target& line);

private:
    void buildHead(QHBoxLayout* head);
    void fillFacts();
    void fillLines();
    QWidget* factWidget(const Fact& fact);

    Verbs* m_verbs;
    DetailView m_view;
    QStackedLayout* m_stack;
    TextLabel* m_kind;
    TextLabel* m_title;
    TextLabel* m_country;
    QPushButton* m_ban;
    QPushButton* m_allow;
    QPushButton* m_contain;
    QPushButton* m_more;
    TextLabel* m_notice;
    QPushButton* m_fetch;
    QGridLayout* m_facts;
    TimelineChart* m_timeline;
    TextLabel* m_linesTitle;
    QPushButton* m_moreLines;
    QPlainTextEdit* m_lines;
};

} // namespace mailward
