// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/Notice.h"
#include "ui/widgets/Layout.h"

#include <QHash>
#include <QTimer>

class QProgressBar;
class QPushButton;

namespace mailward {

/// Messages that do not steal the focus, and long work with its Cancel. Bad news stays until it is closed; good news goes
/// by itself.
class NoticeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);
    void show(const Notice& notice);
    void showProgress(const Progress& progress);
    void endProgress(const QString& id);
    [[nodiscard]] QString text() const { return m_text->text(); }

signals:
    /// The button beside the message was pressed.
    void offerTaken(mailward::NoticeOffer offer);
    void cancelRequested(const QString& id);

private:
    struct Work {
        QWidget* row = nullptr;
        TextLabel* text = nullptr;
        QProgressBar* bar = nullptr;
    };
    QFrame* m_notice;
    QLabel* m_icon;
    TextLabel* m_text;
    TextLabel* m_hint;
    QPushButton* m_offer;
    NoticeOffer m_offered = NoticeOffer::None;
    QTimer m_timer;
    QHash<QString, Work> m_work;
};

} // namespace mailward
