// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/DetailBuilder.h"

#include "app/controllers/FilterTerms.h"
#include "app/controllers/TriageRows.h"
#include "app/controllers/ViewWords.h"
#include "models/tables/Format.h"


namespace mailward {

namespace {

constexpr std::size_t kPeersNamed = 6;

FactPart words(const QString& text) { return {UntrustedText(text.toStdString()), {}}; }
FactPart link(const std::string& text, TargetKind kind, const std::string& key) { return {UntrustedText(text), {kind, key, {}}}; }

/// One question about the target, and its answer, from which the facts are told.
class Detail
{
public:
    Detail(const LocalEventStore& store, const Target& target, const Filter& filter, const Naming& naming, std::size_t lines)
        : m_store(store), m_naming(naming), m_data(store.snapshot())
    {
        m_view.target = target;
        m_filter.after = filter.after;
        m_filter.before = filter.before;
        if (const auto term = termFor(target)) {
            m_filter.terms = {*term};
        }
        QuerySpec spec;
        spec.bins = 60;
        spec.groups = {Group::Address, Group::Account, Group::Service, Group::Country, Group::Asn};
        spec.topN = kPeersNamed;
        spec.pageOffset = 0;
        spec.pageLimit = lines;
        m_result = runQuery(*m_data, m_filter, spec);
    }

    [[nodiscard]] DetailView build()
    {
        switch (m_view.target.kind) {
        case TargetKind::Address: tellAddress(); break;
        case TargetKind::Account: tellAccount(); break;
        case TargetKind::Country: tellCountry(); break;
        case TargetKind::Asn: tellNetwork(); break;
        case TargetKind::Line: return lineOnly();
        default: m_view.title = UntrustedText(m_view.target.key); break;
        }
        m_view.timeline = timelineView(m_result.histogram);
        addRawLines();
        return m_view;
    }

private:
    void add(const QString& label, std::vector<FactPart> parts, Meaning meaning = Meaning::Plain)
    {
        if (!parts.empty()) {
            m_view.facts.push_back({label, std::move(parts), meaning});
        }
    }

    void tellAddress()
    {
        m_view.kind = tr("Address");
        m_view.title = UntrustedText(m_view.target.key);
        m_view.canBan = true;
        m_view.canAllow = true;
        const auto ip = IpAddress::parse(m_view.target.key);
        const AddressId id = ip ? m_data->findAddress(*ip) : AddressId();
        if (id.isValid()) {
            const AddressFacts& facts = m_data->address(id).facts;
            m_view.country = facts.country;
            add(tr("Network"), networkParts(facts, *ip));
            add(tr("Country"), countryParts(facts, *ip), disputed(*ip) ? Meaning::Warning : Meaning::Plain);
        }
        addSeen();
        add(tr("Tried"), accountParts(), Meaning::Plain);
        add(tr("Services"), serviceParts());
        addOthers();
    }

    void tellAccount()
    {
        m_view.kind = tr("Account");
        m_view.title = UntrustedText(m_view.target.key);
        addSeen();
        add(tr("From"), addressParts());
        add(tr("Countries"), groupCountryParts());
        add(tr("Services"), serviceParts());
        addLastGoodLogin();
    }

    void tellCountry()
    {
        m_view.kind = tr("Country");
        const CountryCode code = countryCodeOf(m_view.target.key);
        m_view.country = code;
        m_view.title = UntrustedText(code == kNoCountry ? tr("Unknown country").toStdString() : m_naming.countryName(code).toStdString());
        addSeen();
        add(tr("Addresses"), {words(formatCount(m_result.totals.addresses))});
        add(tr("Most active"), addressParts());
        add(tr("Accounts"), accountParts());
    }

    void tellNetwork()
    {
        m_view.kind = tr("Network");
        const auto asn = static_cast<std::uint32_t>(std::strtoul(m_view.target.key.c_str(), nullptr, 10));
        const std::string name = m_naming.networkName(asn);
        m_view.title = UntrustedText(asn == 0 ? tr("Unknown network").toStdString() : name.empty() ? "AS" + m_view.target.key : name);
        if (asn != 0) {
            add(tr("Number"), {words(QStringLiteral("AS%1").arg(asn))});
        }
        addSeen();
        add(tr("Addresses"), {words(formatCount(m_result.totals.addresses))});
        add(tr("Most active"), addressParts());
        add(tr("Accounts"), accountParts());
    }

    void addSeen()
    {
        const auto& series = m_result.totals.series;
        add(tr("Failed"), {words(formatCount(series[0]))}, series[0] > 0 ? Meaning::Failure : Meaning::Plain);
        add(tr("Let in"), {words(formatCount(series[1]))}, series[1] > 0 ? Meaning::Success : Meaning::Plain);
        if (series[3] + series[4] > 0) {
            add(tr("Mail"), {words(tr("%1 sent, %2 bounced").arg(formatCount(series[3]), formatCount(series[4])))});
        }
        const GroupResult* services = m_result.group(Group::Service);
        if (services && !services->rows.empty()) {
            Instant first = services->rows.front().first;
            Instant last = services->rows.front().last;
            for (const GroupRow& row : services->rows) {
                first = std::min(first, row.first);
                last = std::max(last, row.last);
            }
            const QString from = formatMoment(first, m_naming.zone, last);
            add(tr("Seen"), {words(first == last ? from : tr("%1 to %2").arg(from, formatMoment(last, m_naming.zone, last)))});
        }
    }

    [[nodiscard]] std::vector<FactPart> networkParts(const AddressFacts& facts, IpAddress ip) const
    {
        std::vector<FactPart> parts;
        if (facts.asn != 0) {
            const std::string name = m_naming.networkName(facts.asn);
            parts.push_back(link(name.empty() ? "AS" + std::to_string(facts.asn) : name, TargetKind::Asn, std::to_string(facts.asn)));
            parts.push_back(words(QStringLiteral(" · AS%1 · ").arg(facts.asn)));
        } else if (facts.cls != AddressClass::Public) {
            parts.push_back(words(ascii(addressClassName(facts.cls)) + QStringLiteral(" · ")));
        }
        const Prefix network(ip, ip.isV4() ? 24 : 64);
        parts.push_back(link(network.toString(), TargetKind::Network, network.toString()));
        return parts;
    }

    [[nodiscard]] bool disputed(IpAddress ip) const { return m_naming.geo && !m_naming.geo->otherCountries(ip).empty(); }

    /// Databases can be wrong, and a ban of a country must not rest on one of them unseen: where they disagree, all speak.
    [[nodiscard]] std::vector<FactPart> countryParts(const AddressFacts& facts, IpAddress ip) const
    {
        std::vector<FactPart> parts;
        if (facts.country != kNoCountry) {
            parts.push_back(link(m_naming.countryName(facts.country).toStdString(), TargetKind::Country, std::string(countryText(facts.country))));
        }
        if (!disputed(ip)) {
            return parts;
        }
        parts.push_back(words(tr("says %1;").arg(UntrustedText(m_naming.geo->countrySource().type.toStdString()).plain(40))));
        for (const OtherCountry& other : m_naming.geo->otherCountries(ip)) {
            parts.push_back(link(m_naming.countryName(other.country).toStdString(), TargetKind::Country, std::string(countryText(other.country))));
            parts.push_back(words(tr("says %1").arg(UntrustedText(other.database.toStdString()).plain(40))));
        }
        return parts;
    }

    /// Rows of a group as links with their counts, and how many more there are.
    template <class Part>
    [[nodiscard]] std::vector<FactPart> groupParts(Group which, const Part& part) const
    {
        std::vector<FactPart> parts;
        const GroupResult* group = m_result.group(which);
        std::uint64_t named = 0;
        for (const GroupRow& row : group->rows) {
            if (row.failed + row.succeeded == 0) {
                continue;
            }
            if (!parts.empty()) {
                parts.push_back(words(QStringLiteral(", ")));
            }
            parts.push_back(part(row));
            ++named;
        }
        if (named > 0 && group->total > group->rows.size()) {
            parts.push_back(words(tr(" and %1 more").arg(formatCount(group->total - group->rows.size()))));
        }
        return parts;
    }

    [[nodiscard]] std::vector<FactPart> accountParts() const
    {
        return groupParts(Group::Account, [](const GroupRow& row) {
            return row.label.empty() ? words(tr("no name")) : link(row.label, TargetKind::Account, row.label);
        });
    }
    [[nodiscard]] std::vector<FactPart> addressParts() const
    {
        return groupParts(Group::Address, [](const GroupRow& row) { return link(row.label, TargetKind::Address, row.label); });
    }
    [[nodiscard]] std::vector<FactPart> serviceParts() const
    {
        return groupParts(Group::Service, [](const GroupRow& row) { return words(QString::fromStdString(row.label)); });
    }
    [[nodiscard]] std::vector<FactPart> groupCountryParts() const
    {
        return groupParts(Group::Country, [this](const GroupRow& row) {
            const CountryCode code = countryCodeOf(row.label);
            return code == kNoCountry ? words(tr("unknown")) : link(m_naming.countryName(code).toStdString(), TargetKind::Country, row.label);
        });
    }

    /// For an address that tried one account: how many others tried it too. The sign of distributed guessing.
    void addOthers()
    {
        const GroupResult* accounts = m_result.group(Group::Account);
        if (accounts->total != 1 || accounts->rows.front().label.empty()) {
            return;
        }
        Filter others = m_filter;
        others.terms = {{FilterField::Account, literalPattern(accounts->rows.front().label)}, {FilterField::Outcome, "failure"}};
        QuerySpec spec;
        spec.bins = 0;
        const std::uint64_t addresses = runQuery(*m_data, others, spec).totals.addresses;
        if (addresses > 1) {
            add(tr("Also tried by"), {words(counted(addresses - 1, tr("%1 other address"), tr("%1 other addresses")))});
        }
    }

    void addLastGoodLogin()
    {
        Filter good = m_filter;
        good.terms.push_back({FilterField::Outcome, "success"});
        QuerySpec spec;
        spec.bins = 0;
        spec.pageOffset = 0;
        spec.pageLimit = 1;
        const QueryResult found = runQuery(*m_data, good, spec);
        if (found.page.rows.empty() || !found.page.rows.front().event.ip) {
            add(tr("Last let in"), {words(tr("never in these logs"))});
            return;
        }
        const EventRow& row = found.page.rows.front();
        const std::string address = row.event.ip->toString();
        const QString when = formatMoment(row.event.time, m_naming.zone, row.event.time) + tr(" from ");
        add(tr("Last let in"), {words(when), link(address, TargetKind::Address, address)});
    }

    void addRawLines()
    {
        m_view.linesTotal = m_result.page.total;
        for (const EventRow& row : m_result.page.rows) {
            const auto line = m_store.rawLine(row.event.line);
            if (line) {
                m_view.lines.push_back({UntrustedText(line->text), true});
            } else if (m_view.notice.isEmpty()) {
                sayMissing(line.error(), row.event.line);
            }
        }
        if (m_result.page.rows.empty()) {
            m_view.notice = tr("Nothing about this in the time shown.");
        }
    }

    /// A line that is not kept here may still be on its server.
    void sayMissing(const Error& error, const LineRef& line)
    {
        m_view.notice = error.text;
        Result<std::optional<EventDatabase::MissingRaw>> missing = std::nullopt;
        m_store.withDatabase([&](const EventDatabase& database) { missing = database.missingRaw(line); });
        if (error.code == ErrorCode::NotFound && missing && *missing) {
            m_view.fetchFrom = QString::fromStdString((*missing)->server);
            m_view.missingLine = {TargetKind::Line, {}, line};
        } else {
            m_view.notice = error.toString();
        }
    }

    [[nodiscard]] DetailView lineOnly()
    {
        m_view.kind = tr("Line");
        m_view.title = UntrustedText(tr("Log line and its neighbours").toStdString());
        const auto lines = m_store.rawContext(m_view.target.line, 8, 8);
        if (!lines) {
            sayMissing(lines.error(), m_view.target.line);
            return m_view;
        }
        for (const auto& line : *lines) {
            m_view.lines.push_back({UntrustedText(line.text), line.ref.offset == m_view.target.line.offset});
        }
        m_view.linesTotal = lines->size();
        return m_view;
    }

    const LocalEventStore& m_store;
    const Naming& m_naming;
    std::shared_ptr<const ColumnsSnapshot> m_data;
    Filter m_filter;
    QueryResult m_result;
    DetailView m_view;
};

} // namespace

DetailView buildDetail(const LocalEventStore& store, const Target& target, const Filter& filter, const Naming& naming, std::size_t lines)
{
    return Detail(store, target, filter, naming, lines).build();
}

void addBanFacts(DetailView& view, const std::function<QStringList(const IpAddress&)>& facts)
{
    if (view.target.kind != TargetKind::Address || !facts) {
        return;
    }
    if (const auto ip = IpAddress::parse(view.target.key)) {
        const QStringList texts = facts(*ip);
        if (!texts.isEmpty()) {
            view.facts.push_back({tr("Bans"), {words(texts.join(QStringLiteral(" · ")))}, Meaning::Plain});
        }
    }
}

} // namespace mailward
