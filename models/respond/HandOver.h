// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Secret.h"
#include "models/core/Time.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mailward {

/// A new password on its way to its owner. Shown or printed once, then let go of: destroying it wipes the password.
struct PasswordSlip {
    std::string account;
    QStringList servers;
    Instant made{};
    Secret password;

    [[nodiscard]] PasswordSlip clone() const; ///< a second copy in locked memory, for a second sink
};

/// A file of slips behind a passphrase: Argon2id (RFC 9106; 64 MiB, 3 passes) makes the key, XChaCha20-Poly1305 seals each record, bound
/// to its place, and an end bound to their count. Grows by append(); what append() returned is on the disk, and a crash leaves it whole. Read with open() or "mailward-cli accounts open FILE". Blocking
/// (the key takes about 0.2 s); one thread at a time.
class HandOverFile
{
public:
    /// Makes a new file (0600). InvalidInput: it exists, or the passphrase has fewer than 12 bytes.
    [[nodiscard]] static Result<std::unique_ptr<HandOverFile>> create(const QString& path, const Secret& passphrase);
    /// AuthRefused: wrong passphrase. Corrupt: no such file, changed, or cut anywhere.
    [[nodiscard]] static Result<std::unique_ptr<HandOverFile>> open(const QString& path, const Secret& passphrase);
    /// For a containment that goes on: the file that it began with, or a new one where there is none.
    [[nodiscard]] static Result<std::unique_ptr<HandOverFile>> openOrCreate(const QString& path, const Secret& passphrase);
    ~HandOverFile();

    [[nodiscard]] Result<void> append(std::span<const PasswordSlip> slips);
    /// The latest slip of each account, sorted by account.
    [[nodiscard]] Result<std::vector<PasswordSlip>> read() const;
    [[nodiscard]] QString path() const;

private:
    class Private;
    explicit HandOverFile(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace mailward
