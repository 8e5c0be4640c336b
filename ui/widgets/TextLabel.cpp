// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace mailward {

namespace {

constexpr qsizetype kLongestWord = 80; ///< characters; a fingerprint has 50
constexpr int kLeastColumns = 24;      ///< of a label that breaks words

} // namespace

TextLabel::TextLabel(const QString& text, Token token, QWidget* parent) : QLabel(parent), m_token(token)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    colour();
}

void TextLabel::setToken(Token token)
{
    m_token = token;
    colour();
}

void TextLabel::setSoft()
{
    m_soft = true;
    setAutoFillBackground(true);
    setContentsMargins(6, 1, 6, 1);
    colour();
}

void TextLabel::setElided()
{
    m_elided = true;
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

bool TextLabel::breaksWords() const
{
    const QString all = text();
    qsizetype word = 0;
    return wordWrap() && std::any_of(all.begin(), all.end(), [&word](QChar letter) {
        word = letter.isSpace() ? 0 : word + 1;
        return word > kLongestWord;
    });
}

QSize TextLabel::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * static_cast<int>(kLongestWord);
    return breaksWords() ? QSize(width, heightForWidth(width)) : QLabel::sizeHint();
}

QSize TextLabel::minimumSizeHint() const
{
    return breaksWords() ? QSize(fontMetrics().averageCharWidth() * kLeastColumns, fontMetrics().height()) : QLabel::minimumSizeHint();
}

int TextLabel::heightForWidth(int width) const
{
    if (!breaksWords()) {
        return QLabel::heightForWidth(width);
    }
    const QMargins around = contentsMargins();
    const QRect room(0, 0, std::max(1, width - around.left() - around.right()), QWIDGETSIZE_MAX);
    return fontMetrics().boundingRect(room, static_cast<int>(alignment()) | Qt::TextWrapAnywhere, text()).height() + around.top() + around.bottom();
}

void TextLabel::paintEvent(QPaintEvent* event)
{
    const QRect room = contentsRect();
    if (breaksWords()) {
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(room, static_cast<int>(alignment()) | Qt::TextWrapAnywhere, text());
        return;
    }
    if (!m_elided || fontMetrics().horizontalAdvance(text()) <= room.width()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(room, static_cast<int>(alignment()), fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        colour();
    }
}

void TextLabel::colour()
{
    // Asked of the application's palette: a badge has a Window colour of its own.
    const QColor wanted = color(m_token, QApplication::palette());
    const QColor ground = softColor(m_token, QApplication::palette());
    if (palette().color(QPalette::WindowText) == wanted && (!m_soft || palette().color(QPalette::Window) == ground)) {
        return;
    }
    QPalette own = palette();
    own.setColor(QPalette::WindowText, wanted);
    if (m_soft) {
        own.setColor(QPalette::Window, ground);
    }
    setPalette(own);
}

LinkLabel::LinkLabel(const QString& text, Target target, Token token, QWidget* parent)
    : TextLabel(text, token, parent), m_target(std::move(target)), m_calm(token)
{
    setElided(); // a long name gives way rather than making its panel wider
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setMinimumWidth(1);
    QFont underlined = font();
    underlined.setUnderline(true);
    setFont(underlined);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(text);
    setAccessibleDescription(tr("Link: opens the details"));
}

void LinkLabel::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) {
        emit activated(m_target);
    }
}

void LinkLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        emit activated(m_target);
        return;
    }
    TextLabel::keyPressEvent(event);
}

void LinkLabel::contextMenuEvent(QContextMenuEvent* event)
{
    emit menuRequested(m_target, event->globalPos());
}

void LinkLabel::focusInEvent(QFocusEvent* event)
{
    setToken(Token::Accent);
    TextLabel::focusInEvent(event);
}

void LinkLabel::focusOutEvent(QFocusEvent* event)
{
    setToken(m_calm);
    TextLabel::focusOutEvent(event);
}

StateLight::StateLight(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateLight::show(const QString& text, Token token, const QString& tip)
{
    m_text = text;
    m_token = token;
    setToolTip(tip.toHtmlEscaped());
    setAccessibleName(text);
    updateGeometry();
    if (parentWidget() != nullptr || text.isEmpty()) { // without a parent yet, it would open as a window of its own
        setVisible(!text.isEmpty());
    }
    update();
}

QSize StateLight::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 16, fontMetrics().height() + 4};
}

void StateLight::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(m_token, this));
    painter.drawEllipse(QPointF(5, height() / 2.0), 4, 4);
    painter.setPen(color(Token::Muted, this));
    painter.drawText(rect().adjusted(14, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace mailward
