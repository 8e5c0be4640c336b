// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/IncidentList.h"

#include "models/tables/TableText.h"
#include "ui/widgets/Verbs.h"

#include <QPushButton>
#include <QScrollArea>

namespace mailward {

namespace {

/// A strip in the colour of the severity; the word stands beside it.
class Strip final : public QWidget
{
public:
    explicit Strip(Token token) : m_token(token) { setFixedWidth(4); }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), color(m_token, this)); }

private:
    Token m_token;
};

} // namespace

IncidentList::IncidentList(Verbs* verbs, QWidget* parent)
    : QWidget(parent), m_verbs(verbs), m_caption(new TextLabel({}, Token::Muted)), m_cards(new QVBoxLayout)
{
    auto* panel = new Panel(tr("Incidents"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(panel);
    panel->header()->addWidget(m_caption);
    panel->header()->addStretch();
    auto* inside = new QWidget;
    m_cards->setContentsMargins(0, 0, kSpace, 0);
    m_cards->setSpacing(kGap);
    inside->setLayout(m_cards);
    panel->body()->addWidget(calmScroll(inside));
}

void IncidentList::setIncidents(const std::vector<IncidentCard>& cards, const QString& caption)
{
    m_caption->setText(caption);
    clearLayout(m_cards);
    for (const IncidentCard& incident : cards) {
        m_cards->addWidget(card(incident));
    }
    if (cards.empty()) {
        m_cards->addWidget(new EmptyState(QStringLiteral("check"), tr("Nothing out of the ordinary"),
                                          tr("No attack is seen in what is shown. Widen the time or clear the filter to look further.")));
        return;
    }
    m_cards->addStretch();
}

QWidget* IncidentList::card(const IncidentCard& incident)
{
    auto* frame = new QFrame;
    frame->setProperty("panel", true);
    frame->setAccessibleName(QStringLiteral("%1: %2").arg(incident.severityText, incident.title));
    auto* line = new QHBoxLayout(frame);
    line->setContentsMargins(1, 1, kPadding, 1);
    line->addWidget(new Strip(tokenOf(incident.severity)));
    auto* words = new QVBoxLayout;
    words->setContentsMargins(kSpace, kGap, 0, kGap);
    words->setSpacing(kSpace);
    auto* head = new QHBoxLayout;
    auto* severity = new TextLabel(incident.severityText, tokenOf(incident.severity));
    severity->setFont(captionFont());
    severity->setSoft();
    head->addWidget(severity);
    auto* title = new LinkLabel(incident.title, incident.target);
    title->setFont(titleFont());
    connect(title, &LinkLabel::activated, m_verbs, &Verbs::drillDownRequested);
    head->addWidget(title);
    head->addStretch();
    head->addWidget(new TextLabel(incident.when, Token::Muted));
    words->addLayout(head);
    auto* summary = new TextLabel(incident.summary, Token::Muted);
    summary->setWordWrap(true);
    words->addWidget(summary);
    auto* foot = new QHBoxLayout;
    if (!incident.openedText.isEmpty()) {
        foot->addWidget(new TextLabel(incident.openedText, Token::Critical));
        for (const Target& account : incident.opened) {
            auto* link = new LinkLabel(targetText(account), account, Token::Critical);
            connect(link, &LinkLabel::activated, m_verbs, &Verbs::drillDownRequested);
            foot->addWidget(link);
        }
    }
    foot->addStretch();
    if (incident.canPropose) {
        auto* propose = rankedButton(tr("Propose block"), "primary");
        connect(propose, &QPushButton::clicked, this, [this, target = incident.target] { emit proposeRequested(target); });
        foot->addWidget(propose);
    }
    if (!incident.openedText.isEmpty() || incident.canPropose) {
        words->addLayout(foot);
    }
    line->addLayout(words, 1);
    return frame;
}

} // namespace mailward
