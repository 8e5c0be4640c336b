// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

class QPushButton;
class QTableView;

namespace mailward {

/// What a person does with a window and sees in it; for tests that use the real one.
class WindowDriver
{
public:
    /// The words that stand on `widget` now: labels, buttons, read-only texts; not what a table or chart paints.
    [[nodiscard]] QStringList visibleTexts(const QWidget* widget) const;
    /// The first visible button whose text begins so; nullptr when there is none.
    [[nodiscard]] QPushButton* visibleButton(const QWidget* widget, const QString& text) const;
    /// Clicks it as soon as it is there and enabled; false when it does not come.
    [[nodiscard]] bool press(const QWidget* widget, const QString& text) const;
    /// An open dialog by its name; nullptr when there is none.
    [[nodiscard]] QWidget* dialog(const QString& name) const;
    /// Opens the table's context menu as the keyboard does and picks what begins so.
    [[nodiscard]] bool pickFromMenu(QTableView* table, const QString& text) const;
    /// Rows of the table in sight.
    [[nodiscard]] int currentRows(const QWidget* page) const;

    /// Is this one of the names that the rig's hostile clients log in with?
    [[nodiscard]] bool isCanary(const QString& text) const;
    /// No byte that turns text around, hides in it, ends a line or drives a terminal.
    [[nodiscard]] bool isHarmless(const QString& text) const;
    /// Widgets that would read a hostile name as markup, and what they show.
    [[nodiscard]] QStringList richTextLeaks(const QWidget& window) const;

    /// Saves a picture in the folder MAILWARD_SHOTS, when that is set.
    void picture(QWidget& widget, const QString& name);
    [[nodiscard]] int pictures() const { return m_pictures; }

private:
    int m_pictures = 0;
};

} // namespace mailward
