// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/AccountRiskDetector.h"

#include "models/core/Parallel.h"
#include "models/detect/IncidentWords.h"
#include "models/detect/Ordering.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace mailward::detect {

namespace {

constexpr double kOrgShare = 0.01;       // of the trusted networks: a country of this site
constexpr double kHeartShare = 0.2;      // where most customers live: a log-in from there is never strange
constexpr std::int64_t kHopTime = 3 * kHour;
constexpr std::int64_t kPast = 3 * kDay; // of the log: without it, every log-in is somebody's first
constexpr std::int64_t kGetsUsual = 3 * kDay; // a traveller's country is no news after this
constexpr std::size_t kNetworksPerHour = 5;
constexpr std::size_t kLeastEvents = 5'000; // that are worth a thread

struct Sign {
    std::int64_t time = 0;
    RiskSign kind = RiskSign::NewCountry;
    double points = 0;
};

/// One account's successes and mail, in the order of time.
class AccountHistory
{
public:
    AccountHistory(const Tape& tape, const Standing& standing, const DetectSettings& settings, std::uint32_t account)
        : m_tape(tape), m_standing(standing), m_settings(settings), m_account(account)
    {
    }

    /// `attacks`: what besieges everybody.
    std::vector<AccountRisk> judge(std::span<const std::uint32_t> logins, std::span<const std::uint32_t> steps, std::span<const Besieged> besieged,
                                   std::span<const Besieged> attacks)
    {
        m_besieged = besieged;
        m_attacks = attacks;
        for (const std::uint32_t index : logins) {
            login(index);
        }
        manyCountries();
        manyNetworks(logins);
        mail(steps);
        return alerts(steps);
    }

private:
    void sign(std::int64_t time, RiskSign kind, double points) { m_signs.push_back({time, kind, points}); }

    void login(std::uint32_t index)
    {
        const Attempt& a = m_tape.attempts[index];
        const AddressEntry& entry = m_tape.address(a.address);
        const CountryCode country = entry.facts.country;
        if (m_standing.isApart(a.address)) {
            return;
        }
        m_firstLogin = std::min(m_firstLogin, a.time);
        surroundings(a, entry);
        if (country == kNoCountry) {
            strangerWithoutCountry(index, entry);
            return;
        }
        const double share = m_standing.countryShare(country);
        auto [seen, isNew] = m_countries.try_emplace(country, a.time);
        const bool firstEver = isNew && m_countries.size() == 1;
        const bool knowsWhere = m_standing.trustedNetworks() >= kKnownNetworks;
        const bool home = firstEver && (share >= kHomeShare || !knowsWhere);
        const bool comesAfterTheThief = isNew && !m_hasHome && knowsWhere && share >= kHeartShare; // its owner, not seen before
        if (home || comesAfterTheThief) {
            m_hasHome = true;
            seen->second = INT64_MIN / 2;
        }
        if (a.time - seen->second >= kGetsUsual || m_standing.isShared(entry.networkId)) {
            return;
        }
        m_unusual.push_back(index);
        sign(a.time, RiskSign::NewCountry, share >= kOrgShare ? m_settings.riskOrgCountry : m_settings.riskNewCountry);
        for (const Besieged& b : m_besieged) {
            const bool theirs = std::find(b.countries.begin(), b.countries.end(), country) != b.countries.end();
            // Where customers live, an account that is at home elsewhere must be under heavy attack.
            const bool foreign = share < kHomeShare || (share < kHeartShare && b.heavily && m_countries.size() > 1 && a.time < b.end + kHour);
            // Who stays where he is for a day is a traveller, unless many were at this very account.
            const bool passing = b.heavily || !m_standing.isTrusted(entry.networkId);
            if (theirs && a.time >= b.from && a.time < b.until && foreign && passing) {
                sign(a.time, RiskSign::Besieged, b.heavily ? m_settings.riskBesieged : m_settings.riskTried);
            }
        }
        if (m_firstLogin == a.time && share < kHomeShare) {
            firstUse(a, entry);
        }
        if (m_unusual.size() > 1) {
            const Attempt& before = m_tape.attempts[m_unusual[m_unusual.size() - 2]];
            if (a.time - before.time <= kHopTime && m_tape.address(before.address).facts.country != country) {
                sign(a.time, RiskSign::Hop, m_settings.riskHop);
            }
        }
    }

    /// Nobody ever used the mailbox, and then somebody from where an attack comes from: the password that it was given, guessed.
    void firstUse(const Attempt& a, const AddressEntry& entry)
    {
        if (a.time - m_tape.attempts.front().time < kPast || m_standing.isTrusted(entry.networkId)) {
            return;
        }
        for (const Besieged& attack : m_attacks) {
            const bool theirs = std::find(attack.countries.begin(), attack.countries.end(), entry.facts.country) != attack.countries.end();
            if (theirs && a.time >= attack.from && a.time < attack.until) {
                sign(a.time, RiskSign::FirstUse, m_settings.riskFirstUse);
                return;
            }
        }
    }

    /// Nothing is known of countries: under heavy attack, a log-in from where neither this account nor any other was ever seen.
    void strangerWithoutCountry(std::uint32_t index, const AddressEntry& entry)
    {
        const Attempt& a = m_tape.attempts[index];
        const bool hasPast = a.time - m_firstLogin >= kDay;
        if (!hasPast || m_standing.residents(a.address) > 1 || m_standing.isTrusted(entry.networkId) || entry.networkId == m_oldNetwork) {
            return;
        }
        for (const Besieged& b : m_besieged) {
            if (b.heavily && a.time >= b.from && a.time < b.until) {
                m_unusual.push_back(index);
                sign(a.time, RiskSign::Besieged, m_settings.riskBesieged);
                return;
            }
        }
    }

    /// Mail from a part of the net (/16, /32) that the account was never seen in: all there is to say without countries.
    void surroundings(const Attempt& a, const AddressEntry& entry)
    {
        if (entry.networkId == m_oldNetwork) {
            return; // where it was a day ago as well
        }
        const Prefix around(entry.ip, entry.ip.isV4() ? 16 : 32);
        const bool first = m_surroundings.empty();
        const auto [seen, isNew] = m_surroundings.try_emplace(around, first ? INT64_MIN / 2 : a.time);
        m_oldNetwork = a.time - seen->second >= kDay ? entry.networkId : kNobody;
        const bool sends = a.service == Service::Submission || a.service == Service::Smtp;
        if (sends && a.time - seen->second < kDay && !m_standing.isTrusted(entry.networkId)) {
            sign(a.time, RiskSign::NewNetwork, m_settings.riskNewNetwork);
        }
    }

    /// Slides a window over the log-ins and counts different keys in it.
    template <class Key, class Found>
    void distinctIn(std::span<const std::uint32_t> logins, std::int64_t window, Key key, Found found) const
    {
        std::map<decltype(key(std::uint32_t{})), std::size_t> inside;
        std::size_t begin = 0;
        for (const std::uint32_t index : logins) {
            const std::int64_t now = m_tape.attempts[index].time;
            for (; m_tape.attempts[logins[begin]].time <= now - window; ++begin) {
                const auto gone = inside.find(key(logins[begin]));
                if (--gone->second == 0) {
                    inside.erase(gone);
                }
            }
            ++inside[key(index)];
            found(now, inside.size());
        }
    }

    /// Unusual ones only: a device that stays at home is no sign.
    void manyCountries()
    {
        distinctIn(m_unusual, kDay, [&](std::uint32_t i) { return m_tape.address(m_tape.attempts[i].address).facts.country; },
                   [&](std::int64_t now, std::size_t count) {
                       if (count >= 3) {
                           sign(now, RiskSign::ManyCountries, count >= 5 ? m_settings.riskFiveCountries : m_settings.riskThreeCountries);
                       }
                   });
    }

    void manyNetworks(std::span<const std::uint32_t> logins)
    {
        std::vector<std::uint32_t> sending;
        for (const std::uint32_t index : logins) {
            const Attempt& a = m_tape.attempts[index];
            if ((a.service == Service::Submission || a.service == Service::Smtp) && !m_standing.isTrusted(m_tape.network(a.address))) {
                sending.push_back(index);
            }
        }
        distinctIn(sending, kHour, [&](std::uint32_t i) { return m_tape.network(m_tape.attempts[i].address); },
                   [&](std::int64_t now, std::size_t count) {
                       if (count >= kNetworksPerHour) {
                           sign(now, RiskSign::ManyNetworks, m_settings.riskSubmissionNetworks);
                       }
                   });
    }

    void mail(std::span<const std::uint32_t> steps)
    {
        std::vector<std::uint32_t> busyHours; // recipients of each past hour in which it sent
        std::size_t dayBegin = 0;
        std::uint32_t inDay = 0, bouncedInDay = 0, inHour = 0;
        std::int64_t hour = 0;
        for (const std::uint32_t index : steps) {
            const MailFact& fact = m_tape.mail[index];
            if (!reached(fact)) {
                continue;
            }
            if (fact.time / kHour != hour) {
                busyHours.push_back(inHour);
                hour = fact.time / kHour;
                inHour = 0;
            }
            ++inHour;
            ++inDay;
            bouncedInDay += fact.kind == EventKind::Bounced ? 1 : 0;
            for (; m_tape.mail[steps[dayBegin]].time <= fact.time - kDay; ++dayBegin) {
                const MailFact& gone = m_tape.mail[steps[dayBegin]];
                inDay -= reached(gone) ? 1U : 0U;
                bouncedInDay -= gone.kind == EventKind::Bounced ? 1U : 0U;
            }
            if (inHour > m_settings.sendPerHour && inHour > m_settings.sendTimesUsual * usualHour(busyHours)) {
                sign(fact.time, RiskSign::SendBurst, m_settings.riskSendBurst);
            }
            if (inDay >= m_settings.bounceRecipients && bouncedInDay >= m_settings.bounceShare * inDay) {
                sign(fact.time, RiskSign::Bounces, m_settings.riskBounces);
            }
        }
    }

    static bool reached(const MailFact& fact) { return fact.kind == EventKind::Sent || fact.kind == EventKind::Bounced; }

    static double usualHour(std::vector<std::uint32_t> hours)
    {
        const auto high = hours.begin() + static_cast<std::ptrdiff_t>(hours.size() * 95 / 100);
        std::nth_element(hours.begin(), high, hours.end());
        return *high;
    }

    /// Stretches in which the signs of 24 hours reach the alert.
    std::vector<AccountRisk> alerts(std::span<const std::uint32_t> steps)
    {
        std::stable_sort(m_signs.begin(), m_signs.end(), [](const Sign& a, const Sign& b) { return a.time < b.time; });
        std::vector<AccountRisk> out;
        std::array<double, kRiskSigns> points{};
        std::array<std::int64_t, kRiskSigns> times{}, firsts{};
        for (const Sign& sign : m_signs) {
            const auto kind = static_cast<std::size_t>(sign.kind);
            const bool again = points[kind] > 0 && sign.time - times[kind] <= kDay;
            firsts[kind] = again ? firsts[kind] : sign.time;
            if (!again || sign.points >= points[kind]) {
                points[kind] = sign.points;
                times[kind] = sign.time;
            }
            double score = 0;
            std::int64_t begin = sign.time;
            for (std::size_t i = 0; i < kRiskSigns; ++i) {
                points[i] = sign.time - times[i] <= kDay ? points[i] : 0;
                score += points[i];
                begin = points[i] > 0 ? std::min(begin, firsts[i]) : begin;
            }
            // A new country is a new network too: one fact, not two.
            score -= std::min(points[static_cast<std::size_t>(RiskSign::NewCountry)], points[static_cast<std::size_t>(RiskSign::NewNetwork)]);
            if (score < m_settings.riskAlert) {
                continue;
            }
            if (out.empty() || sign.time - out.back().end > kDay) {
                out.push_back({m_account, begin, sign.time, sign.time, score, points, {}, {}, 0, 0, 0, 0, false});
            }
            AccountRisk& risk = out.back();
            risk.end = sign.time;
            if (score >= risk.score) {
                risk.score = score;
                risk.points = points;
            }
        }
        for (AccountRisk& risk : out) {
            complete(risk, steps);
        }
        return out;
    }

    void complete(AccountRisk& risk, std::span<const std::uint32_t> steps) const
    {
        const std::int64_t from = risk.begin - kDay, until = risk.end + kDay;
        std::int64_t begin = risk.begin;
        for (const std::uint32_t index : m_unusual) {
            const std::int64_t time = m_tape.attempts[index].time;
            if (time >= from && time < until) {
                risk.logins.push_back(index);
                begin = std::min(begin, time);
                risk.end = std::max(risk.end, time);
            }
        }
        for (const std::uint32_t index : steps) {
            const MailFact& fact = m_tape.mail[index];
            if (fact.time < begin || fact.time > risk.end + kHour) {
                continue;
            }
            risk.steps.push_back(index);
            risk.mails += fact.kind == EventKind::Accepted ? 1U : 0U;
            risk.recipients += reached(fact) ? 1U : 0U;
            risk.bounces += fact.kind == EventKind::Bounced ? 1U : 0U;
            risk.strangeMails += fact.kind == EventKind::Accepted && fact.address != kNobody && !m_standing.isTrusted(m_tape.network(fact.address)) ? 1U : 0U;
        }
        risk.begin = begin;
        risk.fromUsualPlace = risk.logins.empty() && risk.strangeMails == 0;
    }

    const Tape& m_tape;
    const Standing& m_standing;
    const DetectSettings& m_settings;
    std::uint32_t m_account;
    std::span<const Besieged> m_besieged;
    std::span<const Besieged> m_attacks;
    std::map<CountryCode, std::int64_t> m_countries;         ///< first seen
    bool m_hasHome = false;                                  ///< a country whose log-ins are never strange
    std::map<Prefix, std::int64_t> m_surroundings;           ///< first seen
    std::uint32_t m_oldNetwork = kNobody;
    std::int64_t m_firstLogin = INT64_MAX;
    std::vector<std::uint32_t> m_unusual;
    std::vector<Sign> m_signs;
};

} // namespace

QString riskSignText(RiskSign sign)
{
    switch (sign) {
    case RiskSign::NewCountry: return tr("log-ins from a country that it never came from");
    case RiskSign::ManyCountries: return tr("log-ins from many countries within a day");
    case RiskSign::Hop: return tr("log-ins from different unusual countries within hours");
    case RiskSign::ManyNetworks: return tr("mail from many networks within an hour");
    case RiskSign::SendBurst: return tr("far more recipients an hour than usual");
    case RiskSign::Bounces: return tr("a high share of recipients that do not exist");
    case RiskSign::NewNetwork: return tr("mail from a part of the net that it was never seen in");
    case RiskSign::FirstUse: return tr("the first log-in that it ever had, from where an attack came from");
    case RiskSign::Besieged: return tr("log-ins of a stranger while its password was being guessed");
    }
    return {};
}

std::vector<AccountRisk> findAccountRisks(const Tape& tape, const Standing& standing, const std::vector<Besieged>& besieged, const DetectSettings& settings)
{
    std::vector<std::uint32_t> all(tape.mail.size());
    std::iota(all.begin(), all.end(), 0U);
    const std::size_t accounts = tape.data->accountCount();
    const Grouped steps(all, accounts, [&](std::uint32_t i) { return tape.mail[i].account; });
    const Grouped& logins = standing.byAccount();
    const auto siegeOf = [&](std::uint32_t account) {
        const auto siege = std::ranges::equal_range(besieged, account, {}, &Besieged::account);
        return std::span<const Besieged>(siege.begin(), siege.end());
    };
    auto parts = inStretches(accounts, stretchesOf(logins.size() + steps.size(), kLeastEvents), [&](std::size_t begin, std::size_t end) {
        std::vector<AccountRisk> part;
        for (auto account = static_cast<std::uint32_t>(begin); account < end; ++account) {
            if (!logins.of(account).empty() || !steps.of(account).empty()) {
                auto risks = AccountHistory(tape, standing, settings, account).judge(logins.of(account), steps.of(account), siegeOf(account), siegeOf(kNobody));
                std::move(risks.begin(), risks.end(), std::back_inserter(part));
            }
        }
        return part;
    });
    std::vector<AccountRisk> found = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        std::move(parts[i].begin(), parts[i].end(), std::back_inserter(found));
    }
    return found;
}

} // namespace mailward::detect
