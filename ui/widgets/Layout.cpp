// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Layout.h"

#include "ui/theme/Icons.h"

#include <QPushButton>
#include <QScrollArea>

namespace mailward {

namespace {

constexpr int kWidestSentence = 600; ///< longer lines are hard to read, and leave a single word on the next

} // namespace

Panel::Panel(const QString& title, QWidget* parent) : QFrame(parent), m_header(new QHBoxLayout), m_body(new QVBoxLayout)
{
    setProperty("panel", true);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kPadding, kGap, kPadding, kGap);
    all->setSpacing(kSpace);
    m_header->setSpacing(kPadding);
    m_body->setSpacing(kGap);
    if (!title.isEmpty()) {
        auto* label = new TextLabel(title);
        label->setFont(titleFont());
        m_header->addWidget(label);
        setAccessibleName(title);
    }
    all->addLayout(m_header);
    all->addLayout(m_body, 1);
}

FlowLayout::FlowLayout(int gap, QWidget* parent) : QLayout(parent), m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        const QSize hint = item->sizeHint();
        size = {size.width() + hint.width() + m_gap, std::max(size.height(), hint.height())};
    }
    return size;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        size = size.expandedTo(item->minimumSize());
    }
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool place) const
{
    int x = rect.x();
    int y = rect.y();
    int line = 0;
    for (QLayoutItem* item : m_items) {
        const QSize wanted = item->sizeHint();
        const QSize size(std::min(wanted.width(), rect.width()),
                         wanted.width() > rect.width() && item->hasHeightForWidth() ? item->heightForWidth(rect.width())
                                                                                    : wanted.height());
        if (x > rect.x() && x + size.width() > rect.x() + rect.width()) {
            x = rect.x();
            y += line + m_gap / 2;
            line = 0;
        }
        if (place) {
            item->setGeometry(QRect(QPoint(x, y), size));
        }
        x += size.width() + m_gap;
        line = std::max(line, size.height());
    }
    return y + line - rect.y();
}

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& sentence, QWidget* parent)
    : QWidget(parent), m_title(new TextLabel), m_sentence(new TextLabel({}, Token::Muted)), m_buttons(new QHBoxLayout)
{
    auto* all = new QVBoxLayout(this);
    all->setSpacing(kGap);
    all->addStretch();
    auto* picture = new QLabel;
    picture->setPixmap(icon(iconName, Token::Faint).pixmap(36, 36));
    all->addWidget(picture, 0, Qt::AlignHCenter);
    m_title->setFont(titleFont());
    m_title->setAlignment(Qt::AlignCenter);
    all->addWidget(m_title);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setMaximumWidth(kWidestSentence);
    auto* line = new QHBoxLayout;
    line->addStretch(1);
    line->addWidget(m_sentence, 20);
    line->addStretch(1);
    all->addLayout(line);
    all->addLayout(m_buttons);
    all->addStretch();
    m_buttons->addStretch();
    m_buttons->addStretch();
    setSentence(title, sentence);
}

void EmptyState::setSentence(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
}

QPushButton* EmptyState::addButton(const QString& text, bool primary)
{
    QPushButton* button = rankedButton(text, primary ? "primary" : nullptr, this);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

QPushButton* rankedButton(const QString& text, const char* rank, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    if (rank != nullptr) {
        button->setProperty(rank, true);
    }
    button->setAutoDefault(false);
    return button;
}

QScrollArea* calmScroll(QWidget* inside)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false); // setWidget() switched it on
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            clearLayout(inner);
        }
        delete item;
    }
}

void showLayout(const QLayout* layout)
{
    for (int i = 0; i < layout->count(); ++i) {
        if (QWidget* widget = layout->itemAt(i)->widget()) {
            if (widget->parentWidget() != nullptr) { // else it would flash up as a window of its own; in its place it is shown by itself
                widget->show();
            }
        } else if (const QLayout* inner = layout->itemAt(i)->layout()) {
            showLayout(inner);
        }
    }
}

} // namespace mailward
