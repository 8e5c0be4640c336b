// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/NoticeBar.h"

#include "ui/theme/Icons.h"

#include <QAccessible>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace mailward {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), m_notice(new QFrame), m_icon(new QLabel), m_text(new TextLabel), m_hint(new TextLabel({}, Token::Muted)), m_offer(rankedButton(tr("Earlier containments …")))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kSpace);
    m_notice->setProperty("panel", true);
    auto* line = new QHBoxLayout(m_notice);
    line->setContentsMargins(kPadding, kSpace, kSpace, kSpace);
    line->setSpacing(kGap);
    line->addWidget(m_icon);
    m_text->setWordWrap(true);
    m_hint->setWordWrap(true);
    m_text->setFont(titleFont());
    for (TextLabel* label : {m_text, m_hint}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_text);
    words->addWidget(m_hint);
    line->addLayout(words, 1);
    m_offer->setObjectName(QStringLiteral("noticeOffer"));
    m_offer->hide();
    line->addWidget(m_offer);
    auto* close = new QToolButton;
    close->setProperty("flat", true);
    close->setIcon(icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close the message"));
    line->addWidget(close);
    all->addWidget(m_notice);
    m_notice->hide();
    m_timer.setSingleShot(true);
    connect(m_offer, &QPushButton::clicked, this, [this] {
        m_notice->hide();
        emit offerTaken(m_offered);
    });
    connect(close, &QToolButton::clicked, m_notice, &QWidget::hide);
    connect(&m_timer, &QTimer::timeout, m_notice, &QWidget::hide);
}

void NoticeBar::show(const Notice& notice)
{
    const bool bad = notice.meaning == Meaning::Critical || notice.meaning == Meaning::Warning || notice.meaning == Meaning::High;
    const QString picture = bad ? QStringLiteral("warning") : notice.meaning == Meaning::Good ? QStringLiteral("check") : QStringLiteral("info");
    m_icon->setPixmap(icon(picture, tokenOf(notice.meaning)).pixmap(20, 20));
    m_text->setText(notice.text);
    m_text->setToken(bad ? tokenOf(notice.meaning) : Token::Text);
    m_hint->setText(notice.hint);
    m_hint->setVisible(!notice.hint.isEmpty());
    m_offered = notice.offer;
    m_offer->setVisible(notice.offer != NoticeOffer::None);
    m_notice->setAccessibleName(notice.text);
    m_notice->setAccessibleDescription(notice.hint);
    m_notice->setVisible(!notice.text.isEmpty());
    QAccessibleEvent alert(m_notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    m_timer.stop();
    if (!bad) {
        m_timer.start(8000);
    }
}

void NoticeBar::showProgress(const Progress& progress)
{
    if (!m_work.contains(progress.id)) {
        Work work{new QWidget, new TextLabel({}, Token::Muted), new QProgressBar};
        auto* line = new QHBoxLayout(work.row);
        line->setContentsMargins(0, 0, 0, 0);
        work.bar->setTextVisible(false);
        work.bar->setFixedWidth(180);
        line->addWidget(work.text, 1);
        line->addWidget(work.bar);
        if (progress.cancellable) {
            auto* cancel = rankedButton(tr("Cancel"), "flat");
            connect(cancel, &QPushButton::clicked, this, [this, id = progress.id] { emit cancelRequested(id); });
            line->addWidget(cancel);
        }
        layout()->addWidget(work.row);
        m_work.insert(progress.id, work);
    }
    const Work work = m_work.value(progress.id);
    work.text->setText(progress.text);
    work.bar->setRange(0, progress.total == 0 ? 0 : 1000);
    work.bar->setValue(progress.total == 0 ? 0 : static_cast<int>(progress.done * 1000 / progress.total));
    work.bar->setAccessibleName(progress.text);
}

void NoticeBar::endProgress(const QString& id)
{
    if (const Work work = m_work.take(id); work.row != nullptr) {
        work.row->deleteLater();
    }
}

} // namespace mailward
