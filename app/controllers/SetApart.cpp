// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/SetApart.h"

#include "app/controllers/Response.h"
#include "models/respond/AllowList.h"
#include "models/servers/ProfileStore.h"

namespace mailward {

namespace {

void addServer(const SshEndpoint& endpoint, std::vector<Prefix>& prefixes)
{
    if (const auto ip = IpAddress::parse(endpoint.host.toStdString())) {
        prefixes.emplace_back(*ip, ip->isV4() ? 32 : 128);
    }
}

} // namespace

SetApart setApart(const DataPaths& paths, Instant now)
{
    SetApart apart;
    if (const auto list = AllowList::load(Response::allowListPath(paths))) {
        for (const AllowEntry& entry : list->entries()) {
            if (!entry.expires || *entry.expires > now) {
                apart.prefixes.push_back(entry.prefix);
            }
        }
    } else {
        apart.errors.push_back(list.error());
    }
    if (const auto profiles = ProfileStore(paths.config).load()) {
        for (const ServerProfile& profile : *profiles) {
            addServer(profile.endpoint, apart.prefixes);
            for (const SshEndpoint& jump : profile.jumpHosts) {
                addServer(jump, apart.prefixes);
            }
        }
    } else {
        apart.errors.push_back(profiles.error());
    }
    return apart;
}

} // namespace mailward
