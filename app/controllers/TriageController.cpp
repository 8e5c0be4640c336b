// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/TriageController.h"

#include "app/controllers/DetailBuilder.h"
#include "app/controllers/FilterTerms.h"
#include "app/controllers/GeoImport.h"
#include "app/controllers/Overview.h"
#include "app/controllers/TriageRows.h"

#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kRowsShown = 1000;
/// While the brush moves: as many as a person can see.
constexpr std::size_t kRowsPreviewed = 100;
constexpr std::size_t kMostLines = 4000;
/// From so many events on, a change of the filter is answered twice: counts at once, then what needs a longer look.
constexpr std::uint64_t kManyRows = 1'000'000;
constexpr auto kThrottle = 250ms;

GroupSort sortOf(const QString& key)
{
    static const std::map<QString, GroupSort> kKeys{
        {QStringLiteral("failed"), GroupSort::Failed},       {QStringLiteral("succeeded"), GroupSort::Succeeded},
        {QStringLiteral("addresses"), GroupSort::Addresses}, {QStringLiteral("accounts"), GroupSort::Accounts},
        {QStringLiteral("first"), GroupSort::First},         {QStringLiteral("last"), GroupSort::Last}};
    const auto found = kKeys.find(key);
    return found == kKeys.end() ? GroupSort::Events : found->second;
}

} // namespace

/// All that one refresh brings, ready to be shown.
struct TriageController::Answer {
    bool complete = false;
    bool nothingStored = false;
    quint64 version = 0;
    TimelineView timeline;
    MapView map;
    std::vector<AddressRow> addresses;
    std::vector<NetworkRow> networks;
    std::vector<CountryRow> countries;
    std::vector<AccountRow> accounts;
    std::uint64_t addressTotal = 0, networkTotal = 0, countryTotal = 0, accountTotal = 0;
    std::vector<EventLine> lines;
    std::uint64_t eventTotal = 0;
    DetailView overview;
};

TriageController::TriageController(LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent)
    : QObject(parent), m_store(store), m_naming(std::move(naming)), m_clock(clock), m_preview(store, m_queries), m_queries(QStringLiteral("query"))
{
    m_throttle.setSingleShot(true);
    connect(&m_throttle, &QTimer::timeout, this, &TriageController::refresh);
    connect(&m_history, &FilterHistory::changed, this, [this] {
        emit filterChanged(filterView());
        m_isHurried = true; // somebody waits for this one
        refresh();
    });
    connect(&m_history, &FilterHistory::grown, this, [this] { emit filterChanged(filterView()); });
    connect(&m_history, &FilterHistory::moved, this, &TriageController::showStep);
    connect(&m_preview, &BrushPreview::answered, this, [this](const auto& result, const auto& index) { takePreview(*result, *index); });
    connect(&m_events, &EventTableModel::pageRequested, this, &TriageController::askPage);
    const std::vector<std::pair<TableModel*, Group>> sortable{
        {&m_addresses, Group::Address}, {&m_networks, Group::Asn}, {&m_countries, Group::Country}, {&m_accounts, Group::Account}};
    for (const auto& [model, group] : sortable) {
        connect(model, &TableModel::sortRequested, this, [this, which = group](const QString& key, Qt::SortOrder order) { sortBy(which, key, order); });
    }
}

TriageController::~TriageController()
{
    m_stop.request_stop();
}

FilterView TriageController::filterView() const
{
    return {chipTexts(m_history.filter(), m_naming.zone), m_history.canUndo(), m_history.canRedo()};
}

FilterVocabulary TriageController::vocabulary() const
{
    FilterVocabulary words;
    for (const QString& field : filterFieldNames()) {
        words.insert(field, {});
    }
    for (int i = 0; i < kServiceCount; ++i) {
        words[QStringLiteral("service")] << ascii(serviceName(static_cast<Service>(i)));
    }
    for (int i = 0; i < kEventKindCount; ++i) {
        words[QStringLiteral("kind")] << ascii(eventKindName(static_cast<EventKind>(i)));
    }
    words[QStringLiteral("outcome")] = QStringList{QStringLiteral("failure"), QStringLiteral("success")};
    for (const CountryCode country : m_naming.countries->codes()) {
        words[QStringLiteral("country")] << ascii(countryText(country));
    }
    for (const char* time : {"-1h", "-6h", "-1d", "-7d"}) {
        words[QStringLiteral("after")] << ascii(time);
    }
    return words;
}

void TriageController::storeChanged()
{
    if (!m_throttle.isActive()) {
        m_throttle.start(kThrottle);
    }
}

void TriageController::applyFilterText(const QString& text)
{
    auto parsed = parseFilter(text, m_clock.now());
    if (!parsed) {
        checkFilterText(text);
        return;
    }
    Filter next = m_history.filter();
    next.after = parsed->after ? parsed->after : next.after;
    next.before = parsed->before ? parsed->before : next.before;
    for (const FilterTerm& term : parsed->terms) {
        std::erase(next.terms, term);
        next.terms.push_back(term);
    }
    m_history.set(std::move(next));
}

void TriageController::checkFilterText(const QString& text)
{
    const auto parsed = parseFilter(text, m_clock.now());
    FilterProblem problem;
    if (!parsed) {
        problem = {parsed.error().error.toString(), parsed.error().position, parsed.error().length};
    }
    emit filterProblemChanged(problem);
}

void TriageController::removeChip(int index)
{
    const Filter& now = m_history.filter();
    const int timeChips = now.after || now.before ? 1 : 0;
    if (index < timeChips) {
        m_history.setTimes({}, {});
    } else {
        m_history.removeTerm(static_cast<std::size_t>(index - timeChips));
    }
}

void TriageController::brush(const std::optional<TimeRange>& range)
{
    const bool wasMoving = m_preview.isActive();
    m_preview.end();
    const Filter before = m_history.filter();
    if (range) {
        m_history.setTimes(range->begin, range->end);
    } else {
        m_history.setTimes({}, {});
    }
    if (wasMoving && m_history.filter() == before) {
        refresh(); // back where it was: the tables must follow
    }
}

void TriageController::previewBrush(const TimeRange& range)
{
    QuerySpec spec;
    spec.groups = {Group::Address, Group::Asn, Group::Country, Group::Account};
    spec.topN = kRowsPreviewed;
    spec.crossfilter = true;
    m_preview.move(range, m_history.filter(), spec);
}

void TriageController::takePreview(const QueryResult& result, const BrushIndex& index)
{
    const GroupResult& countries = *result.group(Group::Country);
    m_addresses.setRows(named(addressRows(*result.group(Group::Address), index.data(), m_history.filter(), m_naming)), result.group(Group::Address)->total);
    m_networks.setRows(networkRows(*result.group(Group::Asn), index.data(), m_naming), result.group(Group::Asn)->total);
    m_countries.setRows(countryRows(countries, result.totals.series[static_cast<std::size_t>(Series::Failure)], m_naming), countries.total);
    m_accounts.setRows(accountRows(*result.group(Group::Account)), result.group(Group::Account)->total);
    showMap(mapView(countries, result.totals.specialFailing, m_naming));
}

void TriageController::zoom(const std::optional<TimeRange>& window)
{
    m_window = window;
    refresh();
}

void TriageController::filterTo(const Targets& targets) { setFilterTerms(targets, false); }
void TriageController::exclude(const Targets& targets) { setFilterTerms(targets, true); }

void TriageController::setFilterTerms(const Targets& targets, bool negate)
{
    Filter next = m_history.filter();
    for (const Target& target : targets) {
        if (auto term = termFor(target)) {
            std::erase_if(next.terms, [&](const FilterTerm& t) { return t.field == term->field && t.value == term->value; });
            term->negate = negate;
            next.terms.push_back(*term);
        }
    }
    m_history.set(std::move(next));
}

void TriageController::open(const Target& target)
{
    m_isAside = target.kind == TargetKind::Incident;
    m_detail = m_isAside ? Target{} : target;
    m_detailLines = kDetailLines;
    m_history.setDetail(target);
    if (m_detail.isValid()) {
        askDetail();
    } else if (!m_isAside) {
        emit detailChanged(m_overview);
    }
}

void TriageController::refreshDetail()
{
    if (m_detail.isValid()) {
        askDetail();
    }
}

void TriageController::moreLines()
{
    m_detailLines = std::min(m_detailLines * 4, kMostLines);
    askDetail();
}

void TriageController::notePage(int page)
{
    if (!m_isStepping) {
        m_history.setPage(page);
    }
}

/// A step back or forward: the bar knows whether there are more, and the drawer and the page follow (the filter has its own signal).
void TriageController::showStep(const Step& step)
{
    m_isStepping = true;
    emit filterChanged(filterView());
    const Target shown = m_detail;
    if (step.detail.isValid() && !(step.detail == shown)) {
        emit detailRequested(step.detail);
    } else if (!step.detail.isValid()) {
        emit detailRequested({}); // whoever showed something falls silent
    }
    emit pageRequested(step.page);
    m_isStepping = false;
}

void TriageController::setZone(const QTimeZone& zone)
{
    m_naming.zone = zone;
    const std::array<TableModel*, 5> models{&m_addresses, &m_networks, &m_countries, &m_accounts, &m_events};
    for (TableModel* model : models) {
        model->setZone(m_naming.zone);
    }
    emit filterChanged(filterView());
    refresh();
}

void TriageController::sortBy(Group group, const QString& key, Qt::SortOrder order)
{
    m_orders[group] = {sortOf(key), order == Qt::AscendingOrder};
    refresh();
}

void TriageController::refresh()
{
    if (m_preview.isActive()) { // nobody wants the picture to jump under the brush
        m_throttle.start(kThrottle);
        return;
    }
    m_throttle.stop();
    m_stop.request_stop();
    m_stop = std::stop_source();
    const quint64 generation = ++m_generation;
    m_queries.post([this, generation, hurried = std::exchange(m_isHurried, false), filter = m_history.filter(), window = m_window, orders = m_orders,
                    naming = m_naming, stop = m_stop.get_token()] {
        const auto give = [&](bool details) {
            auto answer = std::make_shared<const Answer>(ask(m_store, filter, window, orders, naming, details, stop));
            QMetaObject::invokeMethod(this, [this, generation, answer] {
                if (generation == m_generation) {
                    take(*answer);
                }
            }, Qt::QueuedConnection);
        };
        if (hurried && !stop.stop_requested() && m_store.snapshot()->rows() >= kManyRows) {
            give(false);
        }
        if (!stop.stop_requested()) {
            give(true);
        }
    });
    if (m_detail.isValid()) {
        askDetail();
    }
}

QueryResult TriageController::askTables(const ColumnsSnapshot& data, const Filter& filter, QuerySpec spec, const std::map<Group, Order>& orders)
{
    for (const auto& [group, order] : orders) {
        spec.sort[group] = order.sort;
    }
    QueryResult all = runQuery(data, filter, spec);
    // The order is one for all groups of a query: a table that is sorted the other way is asked for by itself.
    spec.ascending = true;
    spec.bins = 0;
    spec.pageOffset.reset();
    for (const auto& [group, order] : orders) {
        if (!order.ascending) {
            continue;
        }
        spec.groups = {group};
        QueryResult one = runQuery(data, filter, spec);
        const auto place = std::find_if(all.groups.begin(), all.groups.end(), [which = group](const GroupResult& g) { return g.group == which; });
        if (place != all.groups.end() && !one.groups.empty()) {
            *place = std::move(one.groups.front());
        }
        all.complete = all.complete && one.complete;
    }
    return all;
}

TriageController::Answer TriageController::ask(const LocalEventStore& store, const Filter& filter, const std::optional<TimeRange>& window,
                                               const std::map<Group, Order>& orders, const Naming& naming, bool details, const std::stop_token& stop)
{
    Answer answer;
    const auto data = store.snapshot();
    answer.nothingStored = data->rows() == 0;
    answer.version = data->version();
    QuerySpec spec;
    spec.window = window;
    spec.groups = {Group::Address, Group::Asn, Group::Country, Group::Account};
    spec.topN = kRowsShown;
    spec.crossfilter = true;
    spec.details = details;
    spec.pageOffset = 0;
    spec.pageLimit = EventTableModel::kPageSize;
    spec.zone = &naming.zone;
    spec.stop = stop;
    const QueryResult all = askTables(*data, filter, spec, orders);
    if (!all.complete) {
        return answer;
    }
    answer.timeline = timelineView(all.histogram);
    answer.addresses = addressRows(*all.group(Group::Address), *data, filter, naming);
    answer.networks = networkRows(*all.group(Group::Asn), *data, naming);
    answer.countries = countryRows(*all.group(Group::Country), all.totals.series[static_cast<std::size_t>(Series::Failure)], naming);
    answer.accounts = accountRows(*all.group(Group::Account));
    answer.addressTotal = all.group(Group::Address)->total;
    answer.networkTotal = all.group(Group::Asn)->total;
    answer.countryTotal = all.group(Group::Country)->total;
    answer.accountTotal = all.group(Group::Account)->total;
    answer.map = mapView(*all.group(Group::Country), all.totals.specialFailing, naming);
    answer.lines = eventLines(all.page, naming);
    answer.eventTotal = all.page.total;
    answer.overview = overviewOf(all, *data, filter, naming);
    answer.complete = !stop.stop_requested();
    return answer;
}

void TriageController::take(const Answer& answer)
{
    if (!answer.complete) {
        return;
    }
    m_seen = answer.version;
    emit emptied(answer.nothingStored);
    TimelineView timeline = answer.timeline;
    const Filter& filter = m_history.filter();
    if (filter.after || filter.before) {
        timeline.brush = TimeRange{filter.after.value_or(timeline.range().begin), filter.before.value_or(timeline.range().end)};
    }
    const Instant now = m_clock.now();
    const std::array<TableModel*, 5> models{&m_addresses, &m_networks, &m_countries, &m_accounts, &m_events};
    for (TableModel* model : models) {
        model->setNow(now);
    }
    m_addresses.setRows(named(answer.addresses), answer.addressTotal);
    m_networks.setRows(answer.networks, answer.networkTotal);
    m_countries.setRows(answer.countries, answer.countryTotal);
    m_accounts.setRows(answer.accounts, answer.accountTotal);
    m_events.reset(answer.eventTotal);
    m_events.setPage(0, answer.lines);
    emit timelineChanged(timeline);
    showMap(answer.map);
    m_overview = answer.overview;
    if (!m_detail.isValid() && !m_isAside) {
        emit detailChanged(m_overview);
    }
}

/// The rows with what else is known of each address: what an incident makes of it, whether it is banned.
std::vector<AddressRow> TriageController::named(std::vector<AddressRow> rows) const
{
    for (AddressRow& row : rows) {
        if (const AddressState state = m_states ? m_states(row.address) : AddressState{}; !state.text.isEmpty()) {
            row.state = state.text;
            row.stateMeaning = state.meaning;
        }
    }
    return rows;
}

void TriageController::showMap(MapView map)
{
    map.source = m_naming.geo ? geoSourceText(m_naming.geo->countrySource(), m_clock.now()) : QString();
    emit mapChanged(map);
}

void TriageController::setGeography(std::shared_ptr<const GeoDatabase> geo)
{
    m_naming.geo = std::move(geo);
    refresh();
}

void TriageController::statesChanged()
{
    m_addresses.setRows(named(m_addresses.rows()), m_addresses.total());
}

void TriageController::askPage(quint64 offset)
{
    m_queries.post([this, generation = m_generation, filter = m_history.filter(), naming = m_naming, offset, stop = m_stop.get_token()] {
        QuerySpec spec;
        spec.bins = 0;
        spec.pageOffset = offset;
        spec.pageLimit = EventTableModel::kPageSize;
        spec.stop = stop;
        const QueryResult result = runQuery(*m_store.snapshot(), filter, spec);
        auto lines = std::make_shared<const std::vector<EventLine>>(eventLines(result.page, naming));
        QMetaObject::invokeMethod(this, [this, generation, offset, lines] {
            if (generation == m_generation) {
                m_events.setPage(offset, *lines);
            }
        }, Qt::QueuedConnection);
    });
}

void TriageController::askDetail()
{
    m_queries.post([this, target = m_detail, filter = m_history.filter(), naming = m_naming, lines = m_detailLines] {
        auto view = std::make_shared<DetailView>(buildDetail(m_store, target, filter, naming, lines));
        QMetaObject::invokeMethod(this, [this, view, target] {
            if (target == m_detail) {
                addBanFacts(*view, m_banFacts);
                for (const auto* facts : {&m_firstFacts, &m_memberFacts}) {
                    const std::vector<Fact> first = *facts ? (*facts)(target) : std::vector<Fact>();
                    view->facts.insert(view->facts.begin(), first.begin(), first.end());
                }
                emit detailChanged(*view);
            }
        }, Qt::QueuedConnection);
    });
}

} // namespace mailward
