// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/Tour.h"

#include <QKeyEvent>
#include <QPushButton>

namespace mailward {

namespace {

constexpr int kCardWidth = 380;

} // namespace

Tour::Tour(std::vector<TourStop> stops, QWidget* window)
    : QFrame(window), m_stops(std::move(stops)), m_frame(new QFrame(window)), m_title(new TextLabel), m_words(new TextLabel),
      m_count(new TextLabel({}, Token::Muted)), m_back(rankedButton(tr("Back"), "flat")), m_next(rankedButton(tr("Next"), "primary"))
{
    setObjectName(QStringLiteral("tour"));
    setProperty("panel", true);
    setAttribute(Qt::WA_DeleteOnClose);
    setAutoFillBackground(true);
    m_frame->setObjectName(QStringLiteral("tourFrame"));
    m_frame->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kPadding, kPadding, kPadding, kGap);
    m_title->setFont(titleFont());
    m_words->setWordWrap(true);
    all->addWidget(m_title);
    all->addWidget(m_words);
    auto* foot = new QHBoxLayout;
    auto* end = rankedButton(tr("End the tour"), "flat");
    foot->addWidget(m_count);
    foot->addStretch();
    foot->addWidget(end);
    foot->addWidget(m_back);
    foot->addWidget(m_next);
    all->addLayout(foot);
    setFixedWidth(kCardWidth);
    window->installEventFilter(this);
    connect(end, &QPushButton::clicked, this, &QWidget::close);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_stop - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { m_stop + 1 < m_stops.size() ? go(m_stop + 1) : void(close()); });
    go(0);
    show();
    m_next->setFocus();
}

Tour::~Tour()
{
    delete m_frame;
}

void Tour::go(std::size_t stop)
{
    m_stop = std::min(stop, m_stops.size() - 1);
    m_title->setText(m_stops[m_stop].title);
    m_words->setText(m_stops[m_stop].words);
    m_count->setText(tr("%1 of %2").arg(m_stop + 1).arg(m_stops.size()));
    m_back->setEnabled(m_stop > 0);
    m_next->setText(m_stop + 1 < m_stops.size() ? tr("Next") : tr("Done"));
    m_count->setToken(Token::Muted);
    m_watching = std::make_unique<QObject>();
    if (m_stops[m_stop].watch) {
        m_stops[m_stop].watch(m_watching.get(), [this] { noteTried(); });
    }
    setAccessibleName(m_stops[m_stop].title);
    setAccessibleDescription(m_stops[m_stop].words);
    place();
}

void Tour::noteTried()
{
    m_count->setText(tr("%1 of %2 · you did it").arg(m_stop + 1).arg(m_stops.size()));
    m_count->setToken(Token::Good);
}

/// The frame around the place; the card in the corner that is farther from it.
void Tour::place()
{
    QWidget* window = parentWidget();
    setFixedHeight(heightForWidth(kCardWidth) > 0 ? heightForWidth(kCardWidth) : sizeHint().height());
    const QWidget* target = m_stops[m_stop].place;
    const bool seen = target != nullptr && target->isVisible();
    QRect around;
    if (seen) {
        around = QRect(target->mapTo(window, QPoint(0, 0)), target->size()).adjusted(-2, -2, 2, 2);
        m_frame->setGeometry(around);
        m_frame->raise();
    }
    m_frame->setVisible(seen);
    const bool top = seen && around.center().y() > window->height() / 2;
    move(window->width() - width() - 24, top ? 64 : window->height() - height() - 24);
    raise();
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace mailward
