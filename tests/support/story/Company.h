// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/story/AddressPool.h"

#include <string>
#include <vector>

namespace mailward::story {

/// Where somebody works from.
enum class Habit { Desk, Home, Phone };

struct Mailbox {
    std::string account;
    Habit habit = Habit::Desk;
    std::size_t office = 0;
    std::uint32_t server = 0;
    IpAddress home;
};

/// The customers' side: an Indian company with offices behind NAT, homes and phones. Accounts are posts, not people.
class Company
{
public:
    Company(Rng rng, const AddressPool& pool, std::size_t mailboxes, std::uint32_t servers);

    [[nodiscard]] const std::vector<Mailbox>& mailboxes() const { return m_mailboxes; }
    [[nodiscard]] const std::vector<IpAddress>& offices() const { return m_offices; }
    /// The address that a phone has on this day; several phones share one.
    [[nodiscard]] IpAddress phoneAddress(std::size_t mailbox, int day) const;
    /// Homes get a new address now and then.
    [[nodiscard]] IpAddress homeAddress(std::size_t mailbox, int day) const;
    /// `count` different accounts, drawn by `rng`.
    [[nodiscard]] std::vector<std::string> someAccounts(Rng& rng, std::size_t count) const;
    [[nodiscard]] std::uint32_t serverOf(const std::string& account) const;

private:
    std::vector<Mailbox> m_mailboxes;
    std::vector<IpAddress> m_offices;
    std::vector<std::vector<IpAddress>> m_carrier; ///< a day's shared phone addresses
};

inline constexpr const char* kDomain = "example.com";
inline constexpr int kMaxDays = 60;

} // namespace mailward::story
