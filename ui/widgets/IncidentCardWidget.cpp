// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/IncidentCardWidget.h"

#include "models/tables/Format.h"
#include "models/tables/TableText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Verbs.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>

namespace mailward {

namespace {

constexpr int kStrip = 4;
constexpr int kNarrow = 480;
constexpr int kMenuRoom = 44; ///< of the button at the end of the first line

/// A line that is cut with an ellipsis rather than making the card wider.
TextLabel* quiet(const QString& text)
{
    auto* label = new TextLabel(text, Token::Muted);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

} // namespace

IncidentCardWidget::IncidentCardWidget(Verbs* verbs, const IncidentCard& card, QWidget* parent)
    : QFrame(parent), m_verbs(verbs), m_card(card), m_words(new QVBoxLayout(this))
{
    setProperty("panel", true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    m_words->setContentsMargins(kStrip + kGap, kGap - 1, kPadding, kGap - 1);
    m_words->setSpacing(kSpace);
    build();
}

void IncidentCardWidget::setCard(const IncidentCard& card)
{
    if (card != m_card) {
        m_card = card;
        build();
    }
}

void IncidentCardWidget::setChosen(bool chosen)
{
    m_chosen = chosen;
    update();
}

void IncidentCardWidget::build()
{
    clearLayout(m_words);
    m_foot = nullptr;
    setAccessibleName(QStringLiteral("%1: %2").arg(m_card.severityText, m_card.title));
    setAccessibleDescription(m_card.summary);
    buildHead();
    m_summary = quiet(m_card.summary);
    m_words->addWidget(m_summary);
    if (!m_card.evidence.isEmpty()) {
        TextLabel* evidence = quiet(m_card.evidence);
        evidence->setFont(captionFont());
        m_words->addWidget(evidence);
    }
    buildFoot();
    giveTitleRoom();
    if (isVisible()) {
        showLayout(m_words);
    }
}

void IncidentCardWidget::buildHead()
{
    auto* head = new QHBoxLayout;
    head->setSpacing(kGap);
    auto* severity = new TextLabel(m_card.severityText, tokenOf(m_card.severity));
    severity->setFont(captionFont());
    severity->setSoft();
    head->addWidget(severity);
    m_title = new TextLabel(m_card.title);
    m_title->setFont(titleFont());
    m_title->setToolTip(m_card.title.toHtmlEscaped());
    m_title->setElided();
    head->addWidget(m_title, 1);
    m_when = new TextLabel(m_card.when, Token::Muted);
    head->addWidget(m_when);
    auto* more = rankedButton({}, "flat");
    more->setIcon(icon(QStringLiteral("menu")));
    more->setAccessibleName(tr("What can be done with this incident"));
    connect(more, &QPushButton::clicked, this, [this, more] { popUp(more->mapToGlobal(QPoint(0, more->height()))); });
    head->addWidget(more);
    m_words->addLayout(head);
}

QPushButton* IncidentCardWidget::button(const QString& text, const char* rank, void (IncidentCardWidget::*wish)(const Target&))
{
    QPushButton* made = rankedButton(text, rank);
    connect(made, &QPushButton::clicked, this, [this, wish] { emit (this->*wish)(m_card.target); });
    return made;
}

void IncidentCardWidget::buildFoot()
{
    if (m_card.openedText.isEmpty() && !m_card.canPropose && m_card.containText.isEmpty()) {
        return;
    }
    m_foot = new QBoxLayout(QBoxLayout::LeftToRight);
    m_foot->setSpacing(kGap);
    auto* names = new QWidget;
    auto* flow = new FlowLayout(6, names);
    if (!m_card.openedText.isEmpty()) {
        flow->addWidget(new TextLabel(m_card.openedText, Token::Critical));
        for (const Target& account : m_card.opened) {
            auto* link = new LinkLabel(targetText(account), account, Token::Critical);
            connect(link, &LinkLabel::activated, m_verbs, &Verbs::drillDownRequested);
            connect(link, &LinkLabel::menuRequested, this, [this](const Target& target, QPoint at) { m_verbs->popUp(this, {target}, at); });
            flow->addWidget(link);
        }
        if (m_card.openedMore > 0) {
            flow->addWidget(new TextLabel(tr("and %1 more").arg(formatCount(m_card.openedMore)), Token::Critical));
        }
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    names->setSizePolicy(policy);
    m_foot->addWidget(names, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch();
    if (m_card.canPropose) {
        buttons->addWidget(button(tr("Propose block"), "primary", &IncidentCardWidget::proposeRequested), 0, Qt::AlignBottom);
    }
    if (!m_card.containText.isEmpty()) {
        buttons->addWidget(button(m_card.containText, nullptr, &IncidentCardWidget::containRequested), 0, Qt::AlignBottom);
    }
    m_foot->addLayout(buttons);
    m_words->addLayout(m_foot);
    turnFoot();
}

/// Names and buttons side by side, or one above the other where a card is narrow.
void IncidentCardWidget::turnFoot()
{
    if (m_foot != nullptr) {
        m_foot->setDirection(width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    }
}

/// What happens comes first: where it and its time do not fit into one line, the time begins the next one.
void IncidentCardWidget::giveTitleRoom()
{
    const QMargins margins = m_words->contentsMargins();
    const int room = width() - margins.left() - margins.right() - fontMetrics().horizontalAdvance(m_card.severityText) - 2 * kPadding - kMenuRoom;
    const bool fits = m_title->fontMetrics().horizontalAdvance(m_card.title) + fontMetrics().horizontalAdvance(m_card.when) + 2 * kGap <= room;
    m_when->setText(fits ? m_card.when : QString());
    m_summary->setText(fits ? m_card.summary : QStringLiteral("%1 · %2").arg(m_card.when, m_card.summary));
}

void IncidentCardWidget::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    turnFoot();
    giveTitleRoom();
}

void IncidentCardWidget::popUp(QPoint globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Target target = m_card.target;
    menu->addAction(icon(QStringLiteral("detail")), tr("Open"), this, [this, target] { emit openRequested(target); });
    menu->addAction(icon(QStringLiteral("filter")), tr("Filter to"), this, [this, target] { emit filterRequested(target); });
    menu->addSeparator();
    const bool wrong = !m_card.falseAlarm;
    menu->addAction(icon(QStringLiteral(u"remove")), wrong ? tr("Mark as a false alarm") : tr("No false alarm after all"), this,
                    [this, target, wrong] { emit falseAlarmRequested(target, wrong); });
    menu->addAction(icon(QStringLiteral("info")), tr("Detectors …"), this, &IncidentCardWidget::thresholdsRequested);
    menu->popup(globalPosition);
}

void IncidentCardWidget::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(QRect(1, 1, kStrip, height() - 2), color(tokenOf(m_card.severity), this));
    if (m_chosen || hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(Token::Accent, this), m_chosen ? 2 : 1, hasFocus() && !m_chosen ? Qt::DotLine : Qt::SolidLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kCorner, kCorner);
    }
}

void IncidentCardWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        emit openRequested(m_card.target);
    }
}

void IncidentCardWidget::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: emit openRequested(m_card.target); return;
    case Qt::Key_Down: focusNextChild(); return;
    case Qt::Key_Up: focusPreviousChild(); return;
    default: QFrame::keyPressEvent(event);
    }
}

void IncidentCardWidget::contextMenuEvent(QContextMenuEvent* event)
{
    popUp(event->globalPos());
}

} // namespace mailward
