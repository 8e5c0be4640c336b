// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/MemberFacts.h"

#include "app/controllers/IncidentRows.h"
#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"

#include <algorithm>
#include <array>

namespace mailward {

namespace {

FactPart said(const QString& text) { return {UntrustedText(text.toStdString()), {}}; }

} // namespace

std::vector<Fact> memberFacts(const std::vector<Incident>& incidents, const IpAddress& address)
{
    std::vector<Fact> facts;
    for (const Incident& incident : incidents) {
        const auto source = std::ranges::lower_bound(incident.sources, address, {}, &IncidentSource::ip);
        if (incident.severity == Severity::Info || source == incident.sources.end() || source->ip != address) {
            continue;
        }
        const UntrustedText title(incidentTitle(incident).toStdString());
        facts.push_back({tr("Takes part in"), {{title, {TargetKind::Incident, incident.id, {}}}, said(tr("%1 sure").arg(formatPercent(100 * source->confidence)))}, Meaning::Failure});
        if (const QString why = memberReason(source->signs); !why.isEmpty()) {
            facts.push_back({tr("Why"), {said(why)}, Meaning::Plain});
        }
    }
    return facts;
}

std::vector<Fact> evidenceFacts(const Incident& incident)
{
    std::array<std::uint64_t, kMemberSigns> counts{};
    for (const IncidentSource& source : incident.sources) {
        for (std::size_t i = 0; i < kMemberSigns; ++i) {
            counts[i] += source.signs.has(static_cast<MemberSign>(i)) ? 1U : 0U;
        }
    }
    std::vector<Fact> facts;
    for (std::size_t i = 0; i < kMemberSigns; ++i) {
        if (counts[i] > 0) {
            facts.push_back({facts.empty() ? tr("Evidence") : QString(), {said(QStringLiteral("%1 × %2").arg(formatCount(counts[i]), memberSignText(static_cast<MemberSign>(i))))}, Meaning::Plain});
        }
    }
    return facts;
}

} // namespace mailward
