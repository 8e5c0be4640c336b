// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/Overview.h"

#include "app/controllers/TriageRows.h"
#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"


namespace mailward {

namespace {

constexpr std::size_t kNamed = 3;

FactPart words(const QString& text) { return {UntrustedText(text.toStdString()), {}}; }

QString share(std::uint64_t part, std::uint64_t whole)
{
    return formatPercent(whole == 0 ? 0 : static_cast<double>(part) * 100 / static_cast<double>(whole));
}

/// The rows with the most failed attempts, as links with their part of them.
template <class Name>
std::vector<FactPart> worst(const GroupResult* group, std::uint64_t failed, const Name& nameOf)
{
    std::vector<const GroupRow*> rows;
    for (const GroupRow& row : group->rows) {
        if (row.failed > 0) {
            rows.push_back(&row);
        }
    }
    const std::size_t named = std::min(kNamed, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(named), rows.end(),
                      [](const GroupRow* a, const GroupRow* b) { return a->failed > b->failed; });
    std::vector<FactPart> parts;
    for (std::size_t i = 0; i < named; ++i) {
        parts.push_back(nameOf(*rows[i]));
        parts.push_back(words(share(rows[i]->failed, failed) + (i + 1 < named ? QStringLiteral(" ·") : QString())));
    }
    return parts;
}

} // namespace

DetailView overviewOf(const QueryResult& answer, const ColumnsSnapshot& data, const Filter& filter, const Naming& naming)
{
    DetailView view;
    const Totals& totals = answer.totals;
    if (totals.events == 0) {
        return view;
    }
    view.kind = filter.isEmpty() ? tr("all events") : tr("the filter");
    view.title = UntrustedText(tr("At a glance").toStdString());
    const auto add = [&](const QString& label, std::vector<FactPart> parts, Meaning meaning = Meaning::Plain) {
        if (!parts.empty()) {
            view.facts.push_back({label, std::move(parts), meaning});
        }
    };
    const std::uint64_t failed = totals.series[static_cast<std::size_t>(Series::Failure)];
    const std::uint64_t succeeded = totals.series[static_cast<std::size_t>(Series::Success)];
    const TimeRange range = data.range();
    add(tr("Time"), {words(formatRange({filter.after.value_or(range.begin), filter.before.value_or(range.end)}, naming.zone))});
    add(tr("Seen"), {words(tr("%1 events of %2 addresses, %3 accounts").arg(formatCount(totals.events), formatCount(totals.addresses), formatCount(totals.accounts)))});
    add(tr("Failed"), {words(succeeded == 0 ? formatCount(failed) : tr("%1, that is %2 of all attempts").arg(formatCount(failed), share(failed, failed + succeeded)))}, Meaning::Failure);
    // A view ignores its own condition, so its figures are no parts of the whole filter's.
    const auto free = [&](FilterField field) {
        return std::none_of(filter.terms.begin(), filter.terms.end(), [field](const FilterTerm& term) { return term.field == field; });
    };
    if (free(FilterField::Country)) {
        add(tr("From"), worst(answer.group(Group::Country), failed, [&](const GroupRow& row) {
            const CountryCode country = countryCodeOf(row.label);
            const QString name = country == kNoCountry ? tr("unknown country") : naming.countryName(country);
            return FactPart{UntrustedText(name.toStdString()), {TargetKind::Country, row.label, {}}};
        }));
    }
    if (free(FilterField::Asn)) {
        add(tr("Networks"), worst(answer.group(Group::Asn), failed, [&](const GroupRow& row) {
            const std::uint32_t asn = data.asn(row.id);
            const std::string name = asn == 0 ? tr("unknown network").toStdString() : naming.networkName(asn);
            return FactPart{UntrustedText(name.empty() ? "AS" + row.label : name), {TargetKind::Asn, row.label, {}}};
        }));
    }
    if (free(FilterField::Account)) {
        add(tr("Tried most"), worst(answer.group(Group::Account), failed, [](const GroupRow& row) {
            return FactPart{UntrustedText(row.label), row.label.empty() ? Target{} : Target{TargetKind::Account, row.label, {}}};
        }));
    }
    if (succeeded > 0) {
        add(tr("Let in"), {words(formatCount(succeeded))}, Meaning::Success);
    }
    const std::uint64_t sent = totals.series[static_cast<std::size_t>(Series::Sent)];
    const std::uint64_t bounced = totals.series[static_cast<std::size_t>(Series::Bounced)];
    if (sent + bounced > 0) {
        add(tr("Mail"), {words(tr("%1 sent, %2 bounced").arg(formatCount(sent), formatCount(bounced)))});
    }
    return view;
}

} // namespace mailward
