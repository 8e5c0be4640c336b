// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/ServerProfile.h"

#include <vector>

namespace mailward {

/// The profiles in `servers.json` of the config folder: versioned, replaced as a whole, readable by their
/// owner only. A file that cannot be read is an error and is never overwritten. One thread.
class ProfileStore
{
public:
    explicit ProfileStore(const QString& configFolder);

    /// All profiles in the order in which they were added; none when there is no file yet.
    [[nodiscard]] Result<std::vector<ServerProfile>> load() const;
    [[nodiscard]] Result<ServerProfile> find(const QString& name) const;
    /// Adds a profile. Conflict when the name is taken.
    [[nodiscard]] Result<void> add(const ServerProfile& profile);
    /// Replaces the profile of the same name.
    [[nodiscard]] Result<void> update(const ServerProfile& profile);
    [[nodiscard]] Result<void> remove(const QString& name);

    [[nodiscard]] const QString& path() const { return m_path; }

private:
    [[nodiscard]] Result<void> save(const std::vector<ServerProfile>& profiles) const;

    QString m_path;
};

} // namespace mailward
