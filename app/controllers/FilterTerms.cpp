// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/FilterTerms.h"

#include "models/core/UntrustedText.h"
#include "models/tables/Format.h"

namespace mailward {

std::optional<FilterTerm> termFor(const Target& target)
{
    switch (target.kind) {
    case TargetKind::Address: return FilterTerm{FilterField::Address, target.key};
    case TargetKind::Network: return FilterTerm{FilterField::Network, target.key};
    case TargetKind::Asn: return FilterTerm{FilterField::Asn, target.key};
    case TargetKind::Country: return FilterTerm{FilterField::Country, target.key.empty() ? "??" : target.key};
    case TargetKind::Account: return FilterTerm{FilterField::Account, literalPattern(target.key)};
    case TargetKind::Service: return FilterTerm{FilterField::Service, target.key};
    case TargetKind::Server: return FilterTerm{FilterField::Server, literalPattern(target.key)};
    case TargetKind::None:
    case TargetKind::Line:
    case TargetKind::Incident: break;
    }
    return std::nullopt;
}

QStringList chipTexts(const Filter& filter, const QTimeZone& zone)
{
    QStringList chips;
    if (filter.after && filter.before) {
        chips << formatRange({*filter.after, *filter.before}, zone);
    } else if (filter.after) {
        chips << QStringLiteral("from ") + formatMoment(*filter.after, zone, *filter.after);
    } else if (filter.before) {
        chips << QStringLiteral("until ") + formatMoment(*filter.before, zone, *filter.before);
    }
    for (const FilterTerm& term : filter.terms) {
        const QString name = filterFieldName(term.field);
        chips << (term.negate ? QStringLiteral("not ") : QString()) + (name.isEmpty() ? QString() : name + QStringLiteral(": ")) +
                     UntrustedText(term.value).plain(60);
    }
    return chips;
}

std::string literalPattern(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        if (c == '*' || c == '?' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern;
}

} // namespace mailward
