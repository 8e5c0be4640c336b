// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/core/Secret.h"

#include <QString>
#include <QStringList>

#include <string>
#include <string_view>

namespace mailward {

/// What is made here. All are of crypt(3); a server lists which of them it can read.
enum class HashScheme { Sha512Crypt, Bcrypt, Sha256Crypt };

/// A scheme with its cost: rounds for SHA-crypt (5,000 to 999,999), log2 of the rounds for bcrypt (10 to 14).
struct HashChoice {
    HashScheme scheme = HashScheme::Sha512Crypt;
    unsigned cost = 5000;

    bool operator==(const HashChoice&) const = default;
};

/// Dovecot's name for it: "SHA512-CRYPT", "BLF-CRYPT", "SHA256-CRYPT".
[[nodiscard]] QString hashSchemeName(HashScheme scheme);
/// The best that is on the server's list. SHA512-CRYPT first: every back end reads it, and phones that log in every few
/// minutes do not make the server pay for it. NotFound when the list has none of ours.
[[nodiscard]] Result<HashChoice> chooseScheme(const QStringList& listedByServer);

/// "$6$..." with a fresh salt; takes milliseconds to a second. Thread-safe.
[[nodiscard]] Result<std::string> hashPassword(const Secret& password, const HashChoice& choice);
/// Whether `hash` (crypt's form, without a scheme in braces) is of `password`. In constant time for equal lengths.
[[nodiscard]] bool matchesHash(const Secret& password, std::string_view hash);

} // namespace mailward
