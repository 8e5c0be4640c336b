// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Secret.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace mailward {

/// Puts a password on the clipboard and takes it away again. The clipboard asks us for it when somebody pastes: it is in
/// no string of ours before that. Clipboard histories that keep to the custom (KDE, KeePassXC) leave it out.
class SecretClipboard final : public QObject
{
    Q_OBJECT

public:
    explicit SecretClipboard(QObject* parent = nullptr);
    ~SecretClipboard() override;

    void put(std::shared_ptr<const Secret> secret);
    /// Takes it away now, unless something else was copied meanwhile.
    void clear();
    [[nodiscard]] std::chrono::milliseconds life() const { return m_life; }
    /// Until it is taken away; tests shorten it.
    void setLife(std::chrono::milliseconds life) { m_life = life; }

signals:
    void cleared();

private:
    QTimer m_timer;
    std::chrono::milliseconds m_life{30'000};
};

} // namespace mailward
