// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Theme.h"
#include "ui/widgets/TextLabel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLayout>
#include <QList>
#include <QVBoxLayout>

class QPushButton;
class QScrollArea;

namespace mailward {

/// A calm surface with a title line and a body.
class Panel final : public QFrame
{
    Q_OBJECT

public:
    explicit Panel(const QString& title = {}, QWidget* parent = nullptr);
    /// What stands right of the title; add a stretch to push things to the right edge.
    [[nodiscard]] QHBoxLayout* header() const { return m_header; }
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
};

/// Left to right, then the next line: chips, links, buttons that wrap.
class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(int gap, QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override { m_items.append(item); }
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override { return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr; }
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool place) const;
    QList<QLayoutItem*> m_items;
    int m_gap;
};

/// What a pane says while it has nothing to show, and the way out.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& title, const QString& sentence, QWidget* parent = nullptr);
    void setSentence(const QString& title, const QString& sentence);
    QPushButton* addButton(const QString& text, bool primary = true);

private:
    TextLabel* m_title;
    TextLabel* m_sentence;
    QHBoxLayout* m_buttons;
};

/// Ranks a button; "primary", "danger", "flat" and "button" are what the style sheet knows.
[[nodiscard]] QPushButton* rankedButton(const QString& text, const char* rank = nullptr, QWidget* parent = nullptr);
/// A frameless scroll area that shows the surface below it.
[[nodiscard]] QScrollArea* calmScroll(QWidget* inside);
/// Deletes all that a layout holds.
void clearLayout(QLayout* layout);
/// Shows what was added to a visible layout at once; left alone, it would come a frame later.
void showLayout(const QLayout* layout);

} // namespace mailward
