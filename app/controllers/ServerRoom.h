// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/Proposal.h"
#include "models/tables/BanView.h"
#include "models/tables/PlanView.h"

#include <algorithm>
#include <map>

namespace mailward {

/// How many more bans each server takes, as it said when it was last read: those that look at one after the other take few.
class ServerRoom
{
public:
    void read(const std::vector<BanServerView>& servers)
    {
        for (const BanServerView& server : servers) {
            if (!server.backend.isEmpty()) { // else it did not answer, and what was known of it goes on to hold
                m_room[server.name] = server.room;
            }
        }
    }

    /// The most that a plan for the chosen ones of `servers` may have.
    [[nodiscard]] std::size_t of(const std::vector<PlanServer>& servers) const
    {
        std::size_t most = ProposalInput{}.maxRules;
        for (const PlanServer& server : servers) {
            if (const auto known = m_room.find(server.name); server.chosen && known != m_room.end()) {
                most = std::min<std::size_t>(most, std::max<std::uint64_t>(known->second, 1)); // a full one says so in the preview
            }
        }
        return most;
    }

private:
    std::map<QString, std::uint64_t> m_room;
};

} // namespace mailward
