// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Layout.h"

#include <QPointer>
#include <functional>
#include <memory>
#include <vector>

class QPushButton;

namespace mailward {

/// One stop of the tour: what to look at, and what to try there.
struct TourStop {
    /// Calls its second argument when it was tried; what it connects lives as long as the first.
    using Watch = std::function<void(QObject* context, const std::function<void()>& tried)>;
    QPointer<QWidget> place; ///< null: nothing to point at
    QString title;
    QString words;
    Watch watch; ///< empty: nothing to try
};

/// A walk through the window: a card in its corner and a frame around what it speaks of. Everything stays usable
/// meanwhile, so that a person can try it. Goes when it is closed, ended, or Escape is pressed on it.
class Tour final : public QFrame
{
    Q_OBJECT

public:
    Tour(std::vector<TourStop> stops, QWidget* window);
    ~Tour() override;
    [[nodiscard]] std::size_t stop() const { return m_stop; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void go(std::size_t stop);
    void place();
    void noteTried();

    std::vector<TourStop> m_stops;
    std::size_t m_stop = 0;
    QPointer<QFrame> m_frame;
    std::unique_ptr<QObject> m_watching; ///< of the stop that is shown
    TextLabel* m_title;
    TextLabel* m_words;
    TextLabel* m_count;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace mailward
