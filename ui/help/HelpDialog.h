// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;
class QToolButton;

namespace mailward {

/// The help inside the program: topics on the left, words on the right, nothing from the net. Stays beside the window, so
/// that a person can read and do.
class HelpDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit HelpDialog(QWidget* parent = nullptr);
    /// Opens the one help of a window at `topic`; an unknown topic shows the first.
    static HelpDialog* showFor(QWidget* window, const QString& topic);
    void showTopic(const QString& topic);
    [[nodiscard]] QString topic() const;
    /// The topic of the widget or of what holds it: their property "helpTopic".
    [[nodiscard]] static QString topicOf(const QWidget* widget);

    /// Names of all topics, in the order of the list.
    [[nodiscard]] static QStringList topics();

private:
    QListWidget* m_topics;
    QTextBrowser* m_text;
};

/// A small "?" that opens the help at `topic`; stands in a panel's header.
[[nodiscard]] QToolButton* helpButton(const QString& topic, const QString& accessibleName);

} // namespace mailward
