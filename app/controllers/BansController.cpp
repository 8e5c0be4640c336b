// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/BansController.h"

#include "app/controllers/PlanViews.h"
#include "models/tables/Format.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace mailward {

BansController::BansController(ResponseDesk& desk, QObject* parent) : QObject(parent), m_desk(desk) {}

void BansController::refresh()
{
    m_desk.run([&desk = m_desk, targets = m_desk.targets()](Response& response) -> Result<BanFacts> {
            BanFacts facts;
            for (const ExecutorTarget& target : targets) {
                auto bans = response.executor().bans(target);
                if (bans) {
                    facts.servers.push_back(std::move(*bans));
                } else {
                    facts.silent.emplace_back(target.server, bans.error().toString());
                }
            }
            facts.plans = pastPlans(response.journal(), response.audit().entries());
            auto allow = AllowList::load(Response::allowListPath(desk.paths()));
            if (!allow) {
                return tl::unexpected(allow.error());
            }
            facts.allow = std::move(*allow);
            return facts;
        },
        [this](const Result<BanFacts>& facts) {
            if (!facts) {
                emit noticed(Notice::of(facts.error()));
                return;
            }
            m_facts = *facts;
            m_rows = banRows(m_facts);
            show();
        });
}

void BansController::show()
{
    const Instant now = m_desk.clock().now();
    std::vector<BanRow> rows;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(rows), [this](const BanRow& row) { return concerns(row, m_query); });
    emit answered(m_query.trimmed().isEmpty() ? BanAnswer{} : answerTo(m_query, m_facts, rows, m_desk.naming(), now));
    m_bans.setNow(now);
    m_bans.setRows(std::move(rows));
    m_allowed.setNow(now);
    m_allowed.setRows(allowRows(m_facts, now));
    emit serversRead(serverViews(m_facts), tr("read at %1").arg(formatMoment(now, m_desk.naming().zone, now)));
}

void BansController::search(const QString& query)
{
    m_query = query;
    show();
}

QStringList BansController::banFacts(const IpAddress& address) const
{
    QStringList words;
    for (const ServerBans& server : m_facts.servers) {
        const auto found = std::find_if(server.state.bans.begin(), server.state.bans.end(), [&](const LiveBan& ban) { return ban.prefix.contains(address); });
        words << (found == server.state.bans.end() ? tr("%1 none").arg(server.server)
                                                   : tr("%1 until %2").arg(server.server, formatMoment(found->expires, m_desk.naming().zone, m_desk.clock().now())));
    }
    return words;
}

void BansController::propose(const Result<Plan>& plan)
{
    if (plan) {
        emit planMade(*plan);
    } else {
        emit noticed({Meaning::Warning, plan.error().text, plan.error().hint});
    }
}

void BansController::lift(const std::vector<BanRow>& rows)
{
    propose(planToLift(rows, m_desk.clock().now()));
}

void BansController::liftEverywhere(const std::vector<BanRow>& rows)
{
    std::vector<BanRow> all;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(all), [&](const BanRow& row) {
        return row.drift != BanDrift::MissingOnServer && std::any_of(rows.begin(), rows.end(), [&](const BanRow& chosen) { return chosen.prefix == row.prefix; });
    });
    propose(planToLift(all, m_desk.clock().now()));
}

void BansController::changeEnd(const std::vector<BanRow>& rows, std::chrono::seconds left)
{
    propose(planToEnd(rows, left, m_desk.clock().now()));
}

void BansController::restore(const QString& server)
{
    const auto it = std::find_if(m_facts.servers.begin(), m_facts.servers.end(), [&](const ServerBans& bans) { return bans.server == server; });
    if (it != m_facts.servers.end()) {
        propose(planToRestore(*it, m_facts.plans, m_desk.clock().now()));
    }
}

QStringList BansController::formats()
{
    QStringList names;
    for (const BanListFormat format : kBanListFormats) {
        names << banListFormatName(format);
    }
    return names;
}

QString BansController::exported(const std::vector<BanRow>& rows, const QString& format) const
{
    const auto known = banListFormat(format);
    return known ? QString::fromLatin1(exportBans(listedBans(rows.empty() ? m_bans.rows() : rows), *known, m_desk.clock().now())) : QString();
}

namespace {

constexpr qint64 kMostListBytes = 64LL * 1024 * 1024 + 1; ///< one more than importBans() takes, so that it says so

BanListView listView(const QString& name, const Result<ImportedList>& list)
{
    return list ? BanListView{name, list->prefixes, list->unreadable, list->firstUnreadable, {}} : BanListView{name, {}, 0, 0, list.error().toString()};
}

} // namespace

void BansController::readFile(const QString& path)
{
    m_desk.run([path](Response&) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? importBans(file.read(kMostListBytes)) : Result<ImportedList>(failure(ErrorCode::Io, tr("%1 cannot be read: %2").arg(path, file.errorString())));
        },
        [this, name = QFileInfo(path).fileName()](const Result<ImportedList>& list) { emit listRead(listView(name, list)); });
}

void BansController::readText(const QString& text)
{
    m_desk.run([bytes = text.toUtf8()](Response&) { return importBans(bytes); },
        [this](const Result<ImportedList>& list) { emit listRead(listView(tr("pasted list"), list)); });
}

void BansController::readCountry(CountryCode country)
{
    const QString name = QStringLiteral("%1 (%2)").arg(m_desk.naming().countryName(country), formatCountry(country));
    m_desk.run([country, &desk = m_desk](Response&) { return prefixesOf({TargetKind::Country, std::string(countryText(country)), {}}, desk.naming()); },
        [this, name](const Result<std::vector<Prefix>>& prefixes) {
            emit listRead(prefixes ? BanListView{name, *prefixes, 0, 0, {}} : BanListView{name, {}, 0, 0, prefixes.error().toString()});
        });
}

QList<std::pair<QString, QString>> BansController::countries() const
{
    QList<std::pair<QString, QString>> list;
    for (const CountryCode code : m_desk.naming().countries->codes()) {
        list.append({formatCountry(code), m_desk.naming().countryName(code)});
    }
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return QString::localeAwareCompare(a.second, b.second) < 0; });
    return list;
}

void BansController::banList(const BanListView& list, const BanListTerms& terms)
{
    propose(planOfList(list, terms, m_desk.clock().now()));
}

/// Reads the list, changes it, saves it and writes that down; `change` says in a sentence what it did.
void BansController::changeAllowList(std::function<Result<QString>(AllowList&)> change)
{
    m_desk.run([&desk = m_desk, change = std::move(change)](Response& response) -> Result<QString> {
            const QString path = Response::allowListPath(desk.paths());
            auto list = AllowList::load(path);
            if (!list) {
                return tl::unexpected(list.error());
            }
            auto said = change(*list);
            if (!said) {
                return said;
            }
            if (auto saved = list->save(path); !saved) {
                return tl::unexpected(saved.error());
            }
            AuditEntry entry;
            entry.who = whoIsHere();
            entry.action = QStringLiteral("allow");
            entry.detail = *said;
            const auto written = response.audit().append(entry);
            return written ? said : tl::unexpected(written.error());
        },
        [this](const Result<QString>& said) {
            emit noticed(said ? Notice{Meaning::Good, *said, {}} : Notice::of(said.error()));
            m_desk.publishAudit();
            refresh();
        });
}

void BansController::allow(const Targets& targets)
{
    changeAllowList([targets, &desk = m_desk](AllowList& list) -> Result<QString> {
        std::uint64_t added = 0;
        for (const Target& target : targets) {
            const auto prefixes = prefixesOf(target, desk.naming());
            for (const Prefix& prefix : prefixes.value_or(std::vector<Prefix>{})) {
                list.add({prefix, QStringLiteral("allowed in Triage"), {}});
                ++added;
            }
        }
        return counted(added, tr("%1 network will never be banned"), tr("%1 networks will never be banned"));
    });
}

void BansController::setAllowList(const std::vector<AllowRow>& rows)
{
    changeAllowList([rows](AllowList& list) -> Result<QString> {
        const auto before = list.entries();
        list = AllowList();
        for (const AllowRow& row : rows) {
            list.add({row.prefix, row.comment, row.expires});
        }
        QStringList gone, fresh;
        const auto difference = [](const std::vector<AllowEntry>& from, const std::vector<AllowEntry>& without, QStringList& names) {
            for (const AllowEntry& entry : from) {
                if (std::find(without.begin(), without.end(), entry) == without.end()) {
                    names << QString::fromStdString(entry.prefix.toString());
                }
            }
        };
        difference(before, list.entries(), gone);
        difference(list.entries(), before, fresh);
        const auto some = [](const QStringList& names) { return names.isEmpty() ? tr("none") : names.mid(0, 10).join(QStringLiteral(", ")) + (names.size() > 10 ? QStringLiteral(" ...") : QString()); };
        return tr("The allow-list has %1 entries; new: %2; gone: %3").arg(formatCount(list.entries().size()), some(fresh), some(gone));
    });
}

} // namespace mailward
