// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Ordering.h"
#include "models/detect/Tape.h"

#include <map>
#include <span>

namespace mailward::detect {

/// Fewer trusted networks say nothing about where customers are.
inline constexpr std::size_t kKnownNetworks = 20;
/// Of the trusted networks: so many make a country one where customers live.
inline constexpr double kHomeShare = 0.05;

/// Who is known here: which networks people log in from, which of them are shared, which accounts exist. Learnt from the
/// successes alone; a network whose addresses fail at more accounts than they get into vouches for nobody.
class Standing
{
public:
    Standing(const Tape& tape, const DetectSettings& settings, const std::vector<Prefix>& allowed);

    /// Never a participant: allowed by the user, or not an address of the internet (loopback, private ...).
    [[nodiscard]] bool isApart(std::uint32_t address) const { return m_apart[address] != 0; }
    /// An office, a carrier, a webmail server: several accounts get in from there.
    [[nodiscard]] bool isShared(std::uint32_t network) const { return m_shared[network] != 0; }
    /// Shared, or somebody's for a good while.
    [[nodiscard]] bool isTrusted(std::uint32_t network) const { return m_shared[network] != 0 || m_established[network] != 0; }
    /// Has anybody ever got into it?
    [[nodiscard]] bool exists(std::uint32_t account) const { return account != kNobody && m_exists[account] != 0; }

    /// Did the account get in from this network within the 30 days before `time`?
    [[nodiscard]] bool isFamiliar(std::uint32_t account, std::uint32_t network, std::int64_t time) const;
    /// Time of the first success of the account from the network in [from, to); -1: none.
    [[nodiscard]] std::int64_t successIn(std::uint32_t account, std::uint32_t network, std::int64_t from, std::int64_t to) const;
    /// Did anybody get in from this very address in [from, to), under a name that looks like `account`?
    [[nodiscard]] bool similarSuccess(std::uint32_t address, std::uint32_t account, std::int64_t from, std::int64_t to) const;
    /// Did the account get in from anywhere in [from, to)?
    [[nodiscard]] bool anySuccess(std::uint32_t account, std::int64_t from, std::int64_t to) const;

    /// Did the account ever get in from the operator (AS; without that data: the /16 or /32) of this address? A phone that
    /// moves from one carrier address to the next is no crowd of strangers.
    [[nodiscard]] bool knowsSurroundings(std::uint32_t account, std::uint32_t address) const;

    /// Did the account get in from there before `time`?
    [[nodiscard]] bool cameFromAround(std::uint32_t account, std::uint32_t address, std::int64_t time) const;

    /// Accounts that ever got in from the operator of this address, or from its /16 or /32.
    [[nodiscard]] std::uint32_t residents(std::uint32_t address) const { return m_residents[m_surroundings[address]]; }

    /// Share of the trusted networks that lie in a country, 0 to 1. 0 for unknown countries. While hardly any is trusted yet (a log
    /// of hours), of all networks that got in and did not fail at many accounts.
    [[nodiscard]] double countryShare(CountryCode country) const;
    [[nodiscard]] std::size_t trustedNetworks() const { return m_trustedNetworks; }

    /// Successes from one address, in the order of time: indexes into the tape.
    [[nodiscard]] std::span<const std::uint32_t> successesFrom(std::uint32_t address) const { return m_byAddress.of(address); }
    /// Successes by account, in the order of time: indexes into the tape.
    [[nodiscard]] const Grouped& byAccount() const { return m_byAccount; }

private:
    struct Success {
        std::uint32_t network = 0;
        std::int64_t time = 0;
        auto operator<=>(const Success&) const = default;
    };
    void findSurroundings();
    void findApart(const std::vector<Prefix>& allowed);
    void collectSuccesses();
    [[nodiscard]] std::vector<std::uint64_t> placesOf(std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] std::span<const Success> pairsOf(std::size_t account) const;
    void judgeNetworks(const DetectSettings& settings);
    void countCountries(bool trustedOnly);

    const Tape& m_tape;
    std::vector<std::uint8_t> m_apart;       ///< by address
    std::vector<std::uint8_t> m_shared;      ///< by network
    std::vector<std::uint8_t> m_established; ///< by network
    std::vector<std::uint8_t> m_suspect;     ///< by network: fails at more accounts than it gets into
    std::vector<std::uint8_t> m_exists;      ///< by account
    Grouped m_byAccount;
    Grouped m_byAddress;
    std::vector<Success> m_pairs; ///< where in m_byAccount the account's successes are, by network and time
    std::vector<std::uint32_t> m_surroundings;      ///< by address
    std::vector<std::uint64_t> m_knownSurroundings; ///< account and surroundings, sorted
    std::vector<std::uint32_t> m_residents;         ///< by surroundings: accounts
    std::map<CountryCode, std::size_t> m_countries;
    std::size_t m_trustedNetworks = 0;
};

} // namespace mailward::detect
