// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Secret.h"

#include <QObject>
#include <functional>
#include <optional>

namespace mailward {

/// Passwords and passphrases in the desktop's secret service (GNOME Keyring, KWallet), where there is one. Nothing is ever
/// kept in plain text instead. For the window's thread; answers come later, and none when the asker is gone.
class Keychain
{
public:
    /// Is there a session bus that a secret service could answer on?
    Keychain();

    /// False from the first answer on that said that there is no secret service.
    [[nodiscard]] bool isUsable() const { return m_usable; }

    using Found = std::function<void(std::optional<Secret> secret)>;
    using Done = std::function<void(const Result<void>& done)>;
    /// `name` is e.g. "password mwops@mx1:22". A service that does not answer within 20 s has nothing.
    void read(const QString& name, QObject* asker, Found found);
    void write(const QString& name, const Secret& secret, QObject* asker, Done done);
    void forget(const QString& name);

private:
    bool m_usable = false;
};

} // namespace mailward
