// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/AccountsController.h"

#include "app/controllers/History.h"
#include "models/respond/TrustedLogins.h"

#include <QElapsedTimer>
#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kLeastPause = 250ms;
constexpr auto kHiddenPause = 10s; ///< drill-downs elsewhere want the figures as well, but not at once
constexpr int kPauseTimes = 5;
constexpr auto kFreshLog = 24h; ///< a log that ends earlier is looked at as of its end: an old copy tells of its own days

std::vector<HonestFailures> waveAfter(const ResetTimes& resets, const ColumnsSnapshot& data, const std::vector<Incident>& incidents, Instant now)
{
    std::vector<RecentReset> recent;
    for (const auto& [account, at] : resets) {
        recent.push_back({account, {}, at});
    }
    return honestFailures(data, recent, trustedLogins(data, judgedPeriod(data, now), incidents));
}

} // namespace

struct AccountsController::Count {
    std::shared_ptr<const Items> items;
    TimeRange days;
    std::chrono::milliseconds took{0};
};

AccountsController::AccountsController(LocalEventStore& store, Naming naming, const Clock& clock, QObject* parent)
    : QObject(parent), m_store(store), m_naming(std::move(naming)), m_clock(clock), m_jobs(QStringLiteral("accounts"))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &AccountsController::count);
    connect(&m_model, &TableModel::sortRequested, this, &AccountsController::sortBy);
}

AccountsController::~AccountsController()
{
    m_stop.request_stop();
}

void AccountsController::setShown(bool shown)
{
    m_shown = shown;
    if (shown) {
        m_pause.stop();
        count();
    }
}

void AccountsController::storeChanged()
{
    m_stale = true;
    count();
}

void AccountsController::setRisks(const std::vector<Incident>& incidents, const std::vector<AccountScore>& scores)
{
    m_risks = std::make_shared<const AccountRiskNotes>(accountRiskNotes(incidents, scores, m_naming));
    m_incidents = std::make_shared<const std::vector<Incident>>(m_resets->empty() ? std::vector<Incident>() : incidents);
    storeChanged();
}

void AccountsController::setFacts(std::shared_ptr<const AccountFactsByName> facts)
{
    m_facts = std::move(facts);
    storeChanged();
}

void AccountsController::setResets(std::shared_ptr<const ResetTimes> resets)
{
    m_resets = std::move(resets);
    storeChanged();
}

void AccountsController::setScope(AccountScope scope)
{
    m_view.scope = scope;
    arrange();
}

void AccountsController::setSearch(const QString& text)
{
    m_view.search = text.trimmed();
    arrange();
}

void AccountsController::sortBy(const QString& key, Qt::SortOrder order)
{
    m_view.key = key;
    m_view.ascending = order == Qt::AscendingOrder;
    arrange();
}

void AccountsController::setZone(const QTimeZone& zone)
{
    m_naming.zone = zone;
    m_model.setZone(zone);
}

void AccountsController::count()
{
    if (!m_stale || m_counting || m_pause.isActive()) {
        return;
    }
    m_stale = false;
    m_counting = true;
    m_jobs.post([this, now = m_clock.now(), risks = m_risks, facts = m_facts, resets = m_resets, incidents = m_incidents, naming = m_naming, stop = m_stop.get_token()] {
        QElapsedTimer timer;
        timer.start();
        const auto data = m_store.snapshot();
        Instant until = now;
        if (const Instant end = data->range().end; data->rows() > 0 && end + kFreshLog < now) {
            until = end;
        }
        auto counted = std::make_shared<Count>();
        Items items = accountItems(accountActivity(*data, until, stop), *data, *risks, naming);
        addServerFacts(items, *facts, data->rows() > 0 ? std::optional(data->range().begin) : std::nullopt);
        if (!resets->empty()) {
            addResets(items, *resets, waveAfter(*resets, *data, *incidents, now), naming, now);
        }
        counted->items = std::make_shared<const Items>(std::move(items));
        counted->days = {until - std::chrono::days(kActivityDays), until};
        counted->took = std::chrono::milliseconds(timer.elapsed());
        QMetaObject::invokeMethod(this, [this, counted] { take(*counted); }, Qt::QueuedConnection);
    });
}

void AccountsController::take(const Count& done)
{
    m_counting = false;
    m_items = done.items;
    m_summary = accountsSummary(*m_items);
    m_summary.days = done.days;
    arrange();
    emit counted();
    m_pause.start(std::max<std::chrono::milliseconds>(m_shown ? kLeastPause : kHiddenPause, kPauseTimes * done.took));
}

/// Filters and sorts what was counted, in the background as well: a site under attack has hundreds of thousands of names.
void AccountsController::arrange()
{
    const quint64 number = ++m_arranged;
    m_jobs.post([this, number, items = m_items, view = m_view] {
        auto rows = std::make_shared<std::vector<AccountOverviewRow>>(chooseAccounts(*items, view.scope, view.search, view.key, view.ascending));
        QMetaObject::invokeMethod(this, [this, number, rows] {
            if (number != m_arranged) {
                return;
            }
            m_model.setNow(m_summary.known ? m_summary.days.end : m_clock.now());
            m_model.setRows(std::move(*rows));
            m_placed = number;
            m_summary.shown = static_cast<std::uint64_t>(m_model.rowCount());
            emit summaryChanged(m_summary);
        }, Qt::QueuedConnection);
    });
}

std::vector<Fact> AccountsController::facts(const Target& target) const
{
    if (target.kind != TargetKind::Account) {
        return {};
    }
    const auto found = std::find_if(m_items->begin(), m_items->end(), [&](const AccountItem& item) { return item.row.account.raw() == target.key; });
    return found == m_items->end() ? std::vector<Fact>() : accountFacts(*found);
}

} // namespace mailward
