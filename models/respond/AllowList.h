// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"

#include <QString>

#include <optional>
#include <vector>

namespace mailward {

/// A network that must never be banned.
struct AllowEntry {
    Prefix prefix;
    QString comment;                ///< one line
    std::optional<Instant> expires; ///< the entry has no effect from then on

    bool operator==(const AllowEntry&) const = default;
};

/// The admin's allow-list: a text file, one "PREFIX [until TIME] [# comment]" a line. Values, no I/O of its own but load and save.
class AllowList
{
public:
    /// An unreadable line is an error with its number: the list never shrinks silently.
    [[nodiscard]] static Result<AllowList> parse(const QString& text);
    /// A file that does not exist is an empty list.
    [[nodiscard]] static Result<AllowList> load(const QString& path);
    /// Replaces the file atomically.
    [[nodiscard]] Result<void> save(const QString& path) const;
    [[nodiscard]] QString toText() const;

    void add(AllowEntry entry); ///< replaces the entry of the same prefix
    bool remove(const Prefix& prefix);
    [[nodiscard]] const std::vector<AllowEntry>& entries() const { return m_entries; }
    /// The entry, in force at `now`, that meets `prefix` (either contains the other), or null.
    [[nodiscard]] const AllowEntry* meets(const Prefix& prefix, Instant now) const;

private:
    std::vector<AllowEntry> m_entries;
};

} // namespace mailward
