// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/RawFetch.h"

#include "models/servers/LogBytes.h"

namespace mailward {

Result<void> fetchRawLines(LocalEventStore& store, const LineRef& line, const ConnectByName& connect, const std::stop_token& stop)
{
    Result<std::optional<EventDatabase::MissingRaw>> missing = std::nullopt;
    store.withDatabase([&](const EventDatabase& database) { missing = database.missingRaw(line); });
    if (!missing || !*missing) {
        return missing ? Result<void>{} : Result<void>{tl::unexpected(missing.error())};
    }
    const EventDatabase::MissingRaw& stretch = **missing;
    auto connection = connect(QString::fromStdString(stretch.server));
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    PulledFile file;
    file.path = stretch.file.path;
    file.device = stretch.file.device;
    file.inode = stretch.file.inode;
    file.fingerprint = stretch.file.fingerprint;
    const auto bytes = fetchLogBytes((*connection)->session(), file, stretch.start, stretch.end, stop);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    Result<void> restored;
    store.withDatabase([&](EventDatabase& database) { restored = database.restoreRaw(stretch, *bytes); });
    return restored;
}

} // namespace mailward
