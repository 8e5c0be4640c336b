// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/Target.h"
#include "ui/theme/Theme.h"

#include <QLabel>

namespace mailward {

/// A label that never reads its text as markup, and takes its colour from a token in either theme. With word wrap it breaks words that
/// are longer than any real one, so that no stranger's text sets the width of a window.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString& text = {}, Token token = Token::Text, QWidget* parent = nullptr);
    void setToken(Token token);
    /// A badge: a soft ground of the same colour.
    void setSoft();
    /// Text that does not fit ends in an ellipsis, and the tip shows it whole.
    void setElided();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void colour();
    [[nodiscard]] bool breaksWords() const;
    Token m_token;
    bool m_soft = false;
    bool m_elided = false;
};

/// A name that leads somewhere, by mouse and by keyboard.
class LinkLabel final : public TextLabel
{
    Q_OBJECT

public:
    LinkLabel(const QString& text, Target target, Token token = Token::Text, QWidget* parent = nullptr);
    [[nodiscard]] const Target& target() const { return m_target; }

signals:
    void activated(const Target& target);
    void menuRequested(const Target& target, QPoint globalPosition);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    Target m_target;
    Token m_calm; ///< without the focus
};

/// A coloured dot with a word beside it: never colour alone.
class StateLight final : public QWidget
{
    Q_OBJECT

public:
    explicit StateLight(QWidget* parent = nullptr);
    void show(const QString& text, Token token, const QString& tip = {});

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override;

private:
    QString m_text;
    Token m_token = Token::Muted;
};

} // namespace mailward
