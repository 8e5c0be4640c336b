// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>
#include <QWidget>

namespace mailward {

/// A full view of the rail. MainWindow::addPage() makes it appear.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(QString title, QString iconName, QWidget* parent) : QWidget(parent), m_title(std::move(title)), m_iconName(std::move(iconName)) {}
    [[nodiscard]] const QString& title() const { return m_title; }
    [[nodiscard]] const QString& iconName() const { return m_iconName; }
    /// Times are shown in this zone from now on.
    virtual void setZone(const QTimeZone& zone) = 0;
    /// What Escape gives up: a selection, a brush.
    virtual void escape() {}
    /// Splitters and the like, for the session.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray&) {}

private:
    QString m_title;
    QString m_iconName;
};

} // namespace mailward
