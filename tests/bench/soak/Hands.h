// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Wiring.h"

#include <QObject>
#include <QTimer>

namespace mailward {

/// A person's clicks and keys, the same ones over and over, some every second: tables, brush, map, incidents, filter, palette, pages.
class Hands final : public QObject
{
    Q_OBJECT

public:
    explicit Hands(Wiring& wiring);
    [[nodiscard]] int done() const { return m_done; }

private:
    void act();
    void inTables(int what);
    void inPictures(int what);
    void inFrame(int what);

    Wiring& m_wiring;
    QTimer m_timer;
    int m_done = 0;
};

} // namespace mailward
