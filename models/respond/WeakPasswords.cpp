// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/WeakPasswords.h"

#include <QDate>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace mailward {

namespace {

constexpr std::size_t kLongestCandidate = 128;
constexpr std::chrono::seconds kCheap{360}; // a tenth of an hour of one core

struct Template {
    const char* kind;
    const char* text;
};

// In the order in which attackers try them: see the leading lines of any leaked list, and what mail servers' logs show.
constexpr std::array kNameVariants{Template{"name", "%n"}, Template{"name", "%n123"}, Template{"name", "%N123"}, Template{"name", "%n1234"}, Template{"name", "%N@123"},
                                   Template{"name", "%n@123"}, Template{"name", "%N1234"}, Template{"domain", "%d"}, Template{"domain", "%d123"}, Template{"domain", "%D123"},
                                   Template{"domain", "%D@123"}, Template{"domain", "%d1234"}};
constexpr std::array kCommon{Template{"common", "123456"}, Template{"common", "password"}, Template{"common", "12345678"}, Template{"common", "123456789"},
                             Template{"keyboard", "qwerty"}, Template{"common", "Password1"}, Template{"common", "Password123"}, Template{"common", "P@ssw0rd"},
                             Template{"common", "welcome"}, Template{"common", "Welcome1"}, Template{"common", "admin123"}, Template{"common", "abc123"},
                             Template{"keyboard", "qwerty123"}, Template{"keyboard", "1q2w3e4r"}, Template{"keyboard", "1qaz2wsx"}, Template{"common", "changeme"},
                             Template{"common", "letmein"}, Template{"common", "test123"}, Template{"common", "12345"}, Template{"common", "passw0rd"}, Template{"common", "iloveyou"}};
constexpr std::array kSeasons{"Spring", "Summer", "Autumn", "Winter"};

/// A percent sign that a person typed is a percent sign.
std::string literal(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        result += c;
        if (c == '%') {
            result += '%';
        }
    }
    return result;
}

std::vector<WeakCandidate> dated(Instant now)
{
    const QDate today = QDateTime::fromSecsSinceEpoch(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count(), Qt::UTC).date();
    std::vector<WeakCandidate> result;
    for (const int year : {today.year(), today.year() - 1}) {
        const std::string number = std::to_string(year);
        result.push_back({QStringLiteral("name"), "%N" + number});
        result.push_back({QStringLiteral("name"), "%n" + number});
        result.push_back({QStringLiteral("domain"), "%D" + number});
        for (const char* season : kSeasons) {
            result.push_back({QStringLiteral("season"), season + number});
        }
        result.push_back({QStringLiteral("season"), "Welcome" + number});
    }
    return result;
}

} // namespace

Result<std::vector<WeakCandidate>> weakCandidates(const QStringList& companyDefaults, Instant now, std::size_t most)
{
    std::vector<WeakCandidate> all;
    for (const QString& word : companyDefaults) {
        const std::string text = word.toStdString();
        const bool clean = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
        if (text.empty() || text.size() > kLongestCandidate || !clean) {
            return failure(ErrorCode::InvalidInput, QStringLiteral("A candidate is empty, longer than 128 bytes or has control characters."));
        }
        all.push_back({QStringLiteral("default"), literal(text)});
    }
    const auto add = [&](const auto& list) {
        for (const auto& one : list) {
            all.push_back({QLatin1String(one.kind), one.text});
        }
    };
    add(kNameVariants);
    const auto withYears = dated(now);
    all.insert(all.end(), withYears.begin(), withYears.end());
    add(kCommon);
    std::set<std::string> seen;
    std::vector<WeakCandidate> result;
    for (auto& candidate : all) {
        if (result.size() < std::min(most, kMostCandidates) && seen.insert(candidate.text).second) {
            result.push_back(std::move(candidate));
        }
    }
    return result;
}

QString weakKindText(const QString& kind)
{
    static constexpr std::array kTexts{std::pair{"default", "the company's default password"}, std::pair{"name", "made from the account's name"},
                                       std::pair{"domain", "made from the domain"}, std::pair{"season", "a season or a greeting with a year"},
                                       std::pair{"common", "on top of every leaked list"}, std::pair{"keyboard", "a row of keys"}};
    const auto found = std::find_if(kTexts.begin(), kTexts.end(), [&](const auto& text) { return kind == QLatin1String(text.first); });
    return found == kTexts.end() ? QStringLiteral("easy to guess") : QLatin1String(found->second);
}

std::size_t AuditCost::accounts() const
{
    return std::accumulate(schemes.begin(), schemes.end(), std::size_t{0}, [](std::size_t sum, const Scheme& scheme) { return sum + scheme.accounts; });
}

std::chrono::seconds AuditCost::duration() const
{
    double ms = 0;
    for (const Scheme& scheme : schemes) {
        ms += scheme.testable ? double(scheme.accounts) * double(candidates) * scheme.msPerTry : 0;
    }
    return std::chrono::seconds(std::chrono::seconds::rep(ms / 1000 + 0.5));
}

bool AuditCost::isCostly() const
{
    return duration() > kCheap;
}

QString AuditCost::text() const
{
    const QLocale numbers(QLocale::English);
    const auto minutes = (duration().count() + 30) / 60;
    const QString time = duration().count() < 90 ? QStringLiteral("%1 s").arg(duration().count())
                         : minutes < 90         ? QStringLiteral("%1 min").arg(minutes)
                                                : QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    QStringList parts;
    for (const Scheme& scheme : schemes) {
        const QString name = scheme.cost > 0 ? QStringLiteral("%1 %2").arg(scheme.name, numbers.toString(scheme.cost)) : scheme.name;
        parts << (scheme.testable ? QStringLiteral("%1: %2 ms a try").arg(name, numbers.toString(scheme.msPerTry, 'f', scheme.msPerTry < 10 ? 1 : 0))
                                  : QStringLiteral("%1: cannot be tested there").arg(name));
    }
    return QStringLiteral("%1 accounts x %2 candidates: at least %3 of one core (%4).")
        .arg(numbers.toString(qulonglong(accounts())), numbers.toString(qulonglong(candidates)), time, parts.join(QStringLiteral(", ")));
}

} // namespace mailward
