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

QString reasonWords(MemberSigns signs)
{
    QStringList all;
    for (std::size_t i = 0; i < kMemberSigns; ++i) {
        if (signs.has(static_cast<MemberSign>(i))) {
            all << memberSignWords(static_cast<MemberSign>(i));
        }
    }
    return all.join(QStringLiteral("; "));
}

} // namespace

QString memberSignWords(MemberSign sign)
{
    switch (sign) {
    case MemberSign::Loud: return tr("failed many times in a day");
    case MemberSign::Sprayed: return tr("its network tried a few passwords at many accounts");
    case MemberSign::BusyHours: return tr("came while unusually many strangers failed");
    case MemberSign::Besieged: return tr("tried an account with many strangers at the door");
    case MemberSign::SharedTarget: return tr("tried an account that others of the attack tried");
    case MemberSign::Neighbours: return tr("others of the attack are in its network");
    case MemberSign::Country: return tr("the attack comes from its country far more than people here do");
    case MemberSign::LetIn: return tr("was let in to an account that was being guessed at");
    case MemberSign::Misuse: return tr("used an account that is in wrong hands");
    case MemberSign::Refused: return tr("was refused again and again");
    case MemberSign::OwnerNearby: return tr("but the account's owner comes from around there, too");
    case MemberSign::OwnerElsewhere: return tr("but the account's owner got in elsewhere soon after");
    }
    return {};
}

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
        if (const QString why = reasonWords(source->signs); !why.isEmpty()) {
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
            facts.push_back({facts.empty() ? tr("Evidence") : QString(), {said(QStringLiteral("%1 × %2").arg(formatCount(counts[i]), memberSignWords(static_cast<MemberSign>(i))))}, Meaning::Plain});
        }
    }
    return facts;
}

} // namespace mailward
