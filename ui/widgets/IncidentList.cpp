// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/IncidentList.h"

#include "models/tables/Format.h"
#include "ui/widgets/IncidentCardWidget.h"
#include "ui/widgets/Verbs.h"

#include <QPushButton>
#include <QScrollArea>

namespace mailward {

namespace {

/// A log of a bad month holds thousands of incidents, most of them for information: a widget for each of them keeps the window busy for minutes.
constexpr std::size_t kAtOnce = 40;

} // namespace

IncidentList::IncidentList(Verbs* verbs, QWidget* parent)
    : QWidget(parent), m_verbs(verbs), m_caption(new TextLabel({}, Token::Muted)), m_layout(new QVBoxLayout),
      m_quiet(new EmptyState(QStringLiteral("check"), tr("Nothing out of the ordinary"),
                             tr("No attack, no lost account and no spam is seen in the log. What turns up will stand here, the worst first."))),
      m_noLog(new EmptyState(QStringLiteral("triage"), tr("No log lines yet"), tr("Attacks, lost accounts and spam will stand here, the worst first."))),
      m_more(rankedButton({}, "flat")), m_most(kAtOnce)
{
    auto* panel = new Panel(tr("Incidents"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(panel);
    panel->header()->addWidget(m_caption);
    panel->header()->addStretch();
    auto* detectors = rankedButton(tr("Detectors …"), "flat");
    detectors->setToolTip(tr("Thresholds, and the fail2ban jail that incidents are compared with"));
    connect(detectors, &QPushButton::clicked, this, &IncidentList::thresholdsRequested);
    panel->header()->addWidget(detectors);
    auto* inside = new QWidget;
    m_layout->setContentsMargins(0, 0, kSpace, 0);
    m_layout->setSpacing(kGap);
    inside->setLayout(m_layout);
    m_layout->addWidget(m_quiet);
    m_layout->addWidget(m_noLog);
    m_layout->addWidget(m_more);
    connect(m_more, &QPushButton::clicked, this, &IncidentList::showMore);
    showEmpty();
    m_layout->addStretch();
    QScrollArea* scroll = calmScroll(inside);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // cards fit themselves to the width
    panel->body()->addWidget(scroll);
}

void IncidentList::setIncidents(const std::vector<IncidentCard>& cards, const QString& caption)
{
    m_caption->setText(caption);
    m_given = cards;
    showCards();
}

void IncidentList::showCards()
{
    std::map<std::string, IncidentCardWidget*> kept;
    int place = 0;
    for (std::size_t i = 0; i < m_given.size(); ++i) {
        const IncidentCard& card = m_given[i];
        if (i >= m_most && card.target != m_chosen) {
            continue;
        }
        const auto known = m_cards.find(card.target.key);
        IncidentCardWidget* widget = known == m_cards.end() ? makeCard(shown(card)) : known->second;
        if (known != m_cards.end()) {
            widget->setCard(shown(card));
            m_cards.erase(known);
        }
        widget->setChosen(card.target == m_chosen);
        if (m_layout->indexOf(widget) != place) {
            m_layout->removeWidget(widget);
            m_layout->insertWidget(place, widget);
        }
        ++place;
        kept.emplace(card.target.key, widget);
    }
    for (const auto& [id, gone] : m_cards) {
        gone->hide();
        gone->deleteLater();
    }
    m_cards = std::move(kept);
    m_more->setText(tr("Show more (%1 left)").arg(formatCount(m_given.size() - m_cards.size())));
    orderFocus();
    showEmpty();
}

void IncidentList::showMore()
{
    const std::size_t before = m_most;
    m_most += kAtOnce;
    showCards();
    if (m_more->isHidden()) { // what has the focus is gone: it goes on with what came
        const auto first = m_cards.find(m_given[before].target.key);
        first->second->setFocus();
    }
}

/// The keyboard goes through the cards as they stand, whenever they or their buttons were made.
void IncidentList::orderFocus()
{
    QWidget* last = nullptr;
    const auto then = [&last](QWidget* next) {
        last != nullptr ? setTabOrder(last, next) : void();
        last = next;
    };
    for (int place = 0; place < m_layout->count(); ++place) {
        auto* card = qobject_cast<IncidentCardWidget*>(m_layout->itemAt(place)->widget());
        if (card == nullptr) {
            continue;
        }
        then(card);
        for (QWidget* child : card->findChildren<QWidget*>()) {
            (child->focusPolicy() & Qt::TabFocus) != 0 ? then(child) : void();
        }
    }
    then(m_more);
}

void IncidentList::setHasLog(bool any)
{
    m_hasLog = any;
    showEmpty();
}

void IncidentList::showEmpty()
{
    m_quiet->setVisible(m_cards.empty() && m_hasLog);
    m_noLog->setVisible(m_cards.empty() && !m_hasLog);
    m_more->setVisible(m_cards.size() < m_given.size());
}

IncidentCard IncidentList::shown(IncidentCard card) const
{
    if (!m_canContain) {
        card.containText.clear();
    }
    return card;
}

void IncidentList::setCanContain(bool possible)
{
    if (possible != m_canContain) {
        m_canContain = possible;
        showCards();
    }
}

void IncidentList::setChosen(const Target& target)
{
    if (target != m_chosen) {
        m_chosen = target;
        showCards();
    }
}

IncidentCardWidget* IncidentList::makeCard(const IncidentCard& card)
{
    auto* widget = new IncidentCardWidget(m_verbs, card);
    connect(widget, &IncidentCardWidget::openRequested, this, &IncidentList::openRequested);
    connect(widget, &IncidentCardWidget::filterRequested, this, &IncidentList::filterRequested);
    connect(widget, &IncidentCardWidget::proposeRequested, this, &IncidentList::proposeRequested);
    connect(widget, &IncidentCardWidget::containRequested, this, &IncidentList::containRequested);
    connect(widget, &IncidentCardWidget::falseAlarmRequested, this, &IncidentList::falseAlarmRequested);
    connect(widget, &IncidentCardWidget::thresholdsRequested, this, &IncidentList::thresholdsRequested);
    return widget;
}

} // namespace mailward
