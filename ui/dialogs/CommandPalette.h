// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QPixmap>

class QAction;
class QLineEdit;
class QListWidget;

namespace mailward {

/// Finds any action by a few of its letters.
class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(const QList<QAction*>& actions, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void run();

    QList<QAction*> m_actions;
    QLineEdit* m_edit;
    QListWidget* m_list;
    QPixmap m_noIcon; ///< keeps the names of commands without a picture in line
};

/// How well `wanted` fits `text`: all its letters in order, better when they stand together and at the start of words.
/// Negative: not at all.
[[nodiscard]] int paletteScore(const QString& text, const QString& wanted);

} // namespace mailward
