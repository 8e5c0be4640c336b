// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Company.h"

#include <array>

namespace mailward::story {

namespace {

constexpr std::array kPosts{"sales",   "stores",  "dispatch", "accounts", "plant1", "plant2", "quality", "purchase", "export",
                            "service", "support", "projects", "design",   "admin",  "hr",     "billing", "tender",   "site"};
constexpr std::size_t kOffices = 5;
constexpr std::size_t kPhoneAddressesPerDay = 60;
constexpr int kDaysPerHomeAddress = 9;

std::string accountName(std::size_t index)
{
    std::string number = std::to_string(index / kPosts.size() + 1);
    number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
    return std::string(kPosts[index % kPosts.size()]) + "." + number + "@" + kDomain;
}

} // namespace

Company::Company(Rng rng, const AddressPool& pool, std::size_t mailboxes, std::uint32_t servers)
{
    for (std::size_t i = 0; i < kOffices; ++i) {
        m_offices.push_back(pool.drawProvider(rng));
    }
    for (std::size_t i = 0; i < mailboxes; ++i) {
        const std::array<unsigned, 3> habits{62, 23, 15};
        m_mailboxes.push_back({accountName(i), static_cast<Habit>(rng.weighted(habits)),
                               static_cast<std::size_t>(rng.below(kOffices)), static_cast<std::uint32_t>(rng.below(servers)),
                               pool.drawProvider(rng)});
    }
    for (int day = 0; day < kMaxDays; ++day) {
        auto& addresses = m_carrier.emplace_back();
        for (std::size_t i = 0; i < kPhoneAddressesPerDay; ++i) {
            addresses.push_back(rng.perMille(200) ? pool.drawV6(rng, {'I', 'N'}) : pool.drawCarrier(rng));
        }
    }
}

IpAddress Company::phoneAddress(std::size_t mailbox, int day) const
{
    const auto& addresses = m_carrier[static_cast<std::size_t>(day % kMaxDays)];
    return addresses[(mailbox * 7 + static_cast<std::size_t>(day) * 13) % addresses.size()];
}

IpAddress Company::homeAddress(std::size_t mailbox, int day) const
{
    const IpAddress first = m_mailboxes[mailbox].home;
    const auto age = static_cast<std::uint32_t>((day + static_cast<int>(mailbox % kDaysPerHomeAddress)) / kDaysPerHomeAddress);
    // The provider's pool is a /16: the next address lies near the one before.
    return IpAddress::fromV4((first.v4() & 0xFFFF0000U) | ((first.v4() + age * 7'919U) & 0xFFFFU));
}

std::vector<std::string> Company::someAccounts(Rng& rng, std::size_t count) const
{
    std::vector<std::string> all;
    all.reserve(m_mailboxes.size());
    for (const Mailbox& mailbox : m_mailboxes) {
        all.push_back(mailbox.account);
    }
    rng.shuffle(all);
    all.resize(std::min(count, all.size()));
    return all;
}

std::uint32_t Company::serverOf(const std::string& account) const
{
    for (const Mailbox& mailbox : m_mailboxes) {
        if (mailbox.account == account) {
            return mailbox.server;
        }
    }
    return 0;
}

} // namespace mailward::story
