// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/FilterMask.h"

#include "models/store/FilterWords.h"

#include <algorithm>
#include <charconv>

namespace mailward {

namespace {

/// The conditions on one field: alternatives, and what must not be.
struct FieldTerms {
    FieldTerms(const Filter& filter, FilterField field)
    {
        for (const FilterTerm& term : filter.terms) {
            if (term.field == field) {
                (term.negate ? unwanted : wanted).push_back(term.value);
            }
        }
    }

    [[nodiscard]] bool isEmpty() const { return wanted.empty() && unwanted.empty(); }

    template <class Matches>
    [[nodiscard]] bool fails(Matches&& matches) const
    {
        return (!wanted.empty() && std::none_of(wanted.begin(), wanted.end(), matches))
               || std::any_of(unwanted.begin(), unwanted.end(), matches);
    }

    std::vector<std::string> wanted, unwanted;
};

/// Address and network conditions, read once instead of once an address.
struct PrefixTerms {
    PrefixTerms(const Filter& filter, FilterField field)
    {
        for (const FilterTerm& term : filter.terms) {
            if (term.field == field) {
                (term.negate ? unwanted : wanted).push_back(Prefix::parse(term.value));
            }
        }
    }

    /// `ip` nothing: an event without an address, which only an empty value matches.
    [[nodiscard]] bool fails(std::optional<IpAddress> ip) const
    {
        const auto matches = [&](const std::optional<Prefix>& p) { return p ? ip && p->contains(*ip) : !ip; };
        return (!wanted.empty() && std::none_of(wanted.begin(), wanted.end(), matches))
               || std::any_of(unwanted.begin(), unwanted.end(), matches);
    }

    std::vector<std::optional<Prefix>> wanted, unwanted;
};

/// A wanted country: its code, or public addresses that nobody could place ("??").
struct CountryTerms {
    explicit CountryTerms(const Filter& filter) : terms(filter, FilterField::Country)
    {
        for (const auto& [from, to] : {std::pair(&terms.wanted, &wanted), std::pair(&terms.unwanted, &unwanted)}) {
            for (const std::string& value : *from) {
                to->push_back(value == "??" ? kNoCountry : countryCodeOf(value));
            }
        }
    }

    [[nodiscard]] bool fails(const AddressFacts& facts) const
    {
        // Private and shared ranges have no country by nature.
        const auto matches = [&](CountryCode code) {
            return code == facts.country && (code != kNoCountry || facts.cls == AddressClass::Public);
        };
        return (!wanted.empty() && std::none_of(wanted.begin(), wanted.end(), matches))
               || std::any_of(unwanted.begin(), unwanted.end(), matches);
    }

    FieldTerms terms;
    std::vector<CountryCode> wanted, unwanted;
};

std::uint8_t bitIf(bool fails, FilterMask::Bit bit) { return fails ? static_cast<std::uint8_t>(bit) : std::uint8_t{0}; }

void fillAddresses(FilterMask& mask, const ColumnsSnapshot& data, const Filter& filter)
{
    const PrefixTerms addresses(filter, FilterField::Address);
    const PrefixTerms networks(filter, FilterField::Network);
    const FieldTerms asns(filter, FilterField::Asn);
    const CountryTerms countries(filter);
    const FieldTerms classes(filter, FilterField::AddressKind);
    const std::uint32_t count = data.addressCount();
    mask.address.resize(count + 1);
    if (std::none_of(filter.terms.begin(), filter.terms.end(), [](const FilterTerm& term) {
            return term.field >= FilterField::Address && term.field <= FilterField::AddressKind;
        })) {
        return;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        const AddressEntry& entry = data.address(AddressId{i});
        mask.address[i] = static_cast<std::uint8_t>(
            bitIf(addresses.fails(entry.ip), FilterMask::Address) | bitIf(networks.fails(entry.ip), FilterMask::Network)
            | bitIf(!asns.isEmpty() && asns.fails([&](const std::string& v) { return v == std::to_string(entry.facts.asn); }),
                    FilterMask::Asn)
            | bitIf(countries.fails(entry.facts), FilterMask::Country)
            | bitIf(!classes.isEmpty() && classes.fails([&](const std::string& v) { return v == addressClassName(entry.facts.cls); }),
                    FilterMask::Other));
    }
    const auto never = [](const std::string&) { return false; };
    mask.address[count] = static_cast<std::uint8_t>(
        bitIf(addresses.fails(std::nullopt), FilterMask::Address) | bitIf(networks.fails(std::nullopt), FilterMask::Network)
        | bitIf(asns.fails(never), FilterMask::Asn) | bitIf(countries.terms.fails(never), FilterMask::Country)
        | bitIf(classes.fails(never), FilterMask::Other));
}

void fillNames(FilterMask& mask, const ColumnsSnapshot& data, const Filter& filter)
{
    const FieldTerms accounts(filter, FilterField::Account);
    mask.account.resize(data.accountCount() + 1);
    for (std::uint32_t i = 0; i <= data.accountCount() && !accounts.isEmpty(); ++i) {
        const std::string_view name = i < data.accountCount() ? std::string_view(data.account(AccountId{i})) : std::string_view();
        mask.account[i] = bitIf(accounts.fails([&](const std::string& v) { return matchesPattern(name, v); }),
                                FilterMask::Account);
        if (i == data.accountCount()) { // "*" is any account, but an account it must be
            mask.account[i] = bitIf(accounts.fails([](const std::string& v) { return v.empty(); }), FilterMask::Account);
        }
    }
    const FieldTerms servers(filter, FilterField::Server);
    for (std::uint32_t i = 0; i < data.serverCount(); ++i) {
        mask.server.push_back(bitIf(servers.fails([&](const std::string& v) { return matchesPattern(data.server(ServerId{i}), v); }),
                                    FilterMask::Server));
    }
}

void fillEnumerations(FilterMask& mask, const Filter& filter)
{
    const FieldTerms services(filter, FilterField::Service);
    for (int i = 0; i < kServiceCount; ++i) {
        const std::string_view name = serviceName(static_cast<Service>(i));
        mask.service[static_cast<std::size_t>(i)] = bitIf(services.fails([&](const std::string& v) { return v == name; }),
                                                          FilterMask::Service);
    }
    const FieldTerms kinds(filter, FilterField::Kind);
    const FieldTerms outcomes(filter, FilterField::Outcome);
    for (int kind = 0; kind < kEventKindCount; ++kind) {
        for (int outcome = 0; outcome < 3; ++outcome) {
            const std::string_view kindText = eventKindName(static_cast<EventKind>(kind));
            const std::string_view word = outcomeName(static_cast<Outcome>(outcome));
            const std::string_view outcomeText = word.empty() ? "none" : word;
            const bool fails = kinds.fails([&](const std::string& v) { return v == kindText; })
                               || outcomes.fails([&](const std::string& v) { return v == outcomeText; });
            mask.verdict[verdictOf(static_cast<EventKind>(kind), static_cast<Outcome>(outcome))] = bitIf(fails, FilterMask::Other);
        }
    }
}

void fillWords(FilterMask& mask, const ColumnsSnapshot& data, const Filter& filter)
{
    std::vector<std::string> words;
    for (const FilterTerm& term : filter.terms) {
        if (term.field == FilterField::Word && words.size() < 32) {
            (term.negate ? mask.unwantedWords : mask.wantedWords) |= 1U << words.size();
            words.push_back(term.value);
        }
    }
    if (words.empty()) {
        return;
    }
    const auto found = [&](std::string_view text) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            bits |= containsText(text, words[i]) ? 1U << i : 0U;
        }
        return bits;
    };
    for (std::uint32_t i = 0; i < data.addressCount(); ++i) {
        mask.addressWords.push_back(found(data.address(AddressId{i}).ip.toString()));
    }
    for (std::uint32_t i = 0; i < data.accountCount(); ++i) {
        mask.accountWords.push_back(found(data.account(AccountId{i})));
    }
    mask.addressWords.push_back(0);
    mask.accountWords.push_back(0);
}

} // namespace

FilterMask::FilterMask(const ColumnsSnapshot& data, const Filter& filter)
{
    fillAddresses(*this, data, filter);
    fillNames(*this, data, filter);
    fillEnumerations(*this, filter);
    fillWords(*this, data, filter);
    m_looksAtValues = std::any_of(filter.terms.begin(), filter.terms.end(),
                                  [](const FilterTerm& term) { return term.field != FilterField::Word; });
    const auto hasAny = [this](const std::vector<std::uint8_t>& fails) { return hasWords() || std::any_of(fails.begin(), fails.end(), [](std::uint8_t bits) { return bits != 0; }); };
    m_looksAtAddresses = hasAny(address);
    m_looksAtAccounts = hasAny(account);
    begin = filter.after ? toMicros(*filter.after) : begin;
    end = filter.before ? toMicros(*filter.before) : end;
}

} // namespace mailward
