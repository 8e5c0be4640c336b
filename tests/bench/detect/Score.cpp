// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/detect/Score.h"

#include "models/logs/Correlator.h"
#include "models/logs/StreamParser.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <stdexcept>

namespace mailward::story {

namespace {

std::set<IpAddress> membersOf(const std::vector<Incident>& incidents)
{
    std::set<IpAddress> out;
    for (const Incident& incident : incidents) {
        for (const IncidentSource& source : incident.sources) {
            out.insert(source.ip);
        }
    }
    return out;
}

/// The incident that names most of an attack's sources; null when none names a tenth.
const Incident* matchOf(const Attack& attack, const std::vector<Incident>& incidents)
{
    const Incident* best = nullptr;
    std::size_t most = attack.sources.size() / 10;
    for (const Incident& incident : incidents) {
        std::size_t shared = 0;
        for (const IncidentSource& source : incident.sources) {
            shared += attack.sources.contains(source.ip) ? 1U : 0U;
        }
        if (shared > most) {
            most = shared;
            best = &incident;
        }
    }
    return best;
}

/// Over how many cards is it scattered?
std::size_t cardsOf(const Attack& attack, const std::vector<Incident>& incidents)
{
    return static_cast<std::size_t>(std::count_if(incidents.begin(), incidents.end(), [&](const Incident& incident) {
        const auto shared = std::count_if(incident.sources.begin(), incident.sources.end(), [&](const IncidentSource& source) { return attack.sources.contains(source.ip); });
        return incident.severity > Severity::Info && static_cast<std::size_t>(shared) * 100 > attack.sources.size();
    }));
}

/// Of the first incident that names it.
std::string titleNaming(IpAddress ip, const std::vector<Incident>& incidents)
{
    for (const Incident& incident : incidents) {
        if (std::any_of(incident.sources.begin(), incident.sources.end(), [&](const IncidentSource& source) { return source.ip == ip; })) {
            return incident.title.toStdString();
        }
    }
    return {};
}

void scoreAttack(const Attack& attack, const std::vector<Incident>& incidents, const std::set<IpAddress>& members, Score& score)
{
    std::size_t named = 0;
    for (const auto& [ip, part] : attack.sources) {
        named += members.contains(ip) ? 1U : 0U;
    }
    score.membersNamed = std::min(score.membersNamed, static_cast<double>(named) / static_cast<double>(attack.sources.size()));
    score.cards.push_back(static_cast<double>(cardsOf(attack, incidents)));
    const Incident* match = matchOf(attack, incidents);
    if (!match) {
        ++score.missedAttacks;
        score.remarks.push_back("missed: " + attack.id + ", " + std::to_string(attack.sources.size()) + " sources, " + std::to_string(attack.attempts) + " tries");
        return;
    }
    score.kindsRight += incidentKindName(match->kind) == attack.kind ? 1U : 0U;
    if (incidentKindName(match->kind) != attack.kind) {
        score.remarks.push_back(attack.id + " is called " + std::string(incidentKindName(match->kind)));
    }
    if (score.cards.back() != 1) {
        score.remarks.push_back(attack.id + " is on " + std::to_string(static_cast<int>(score.cards.back())) + " cards");
    }
    const double minutes = static_cast<double>((match->alarm - attack.when.begin).count()) / 6e7;
    score.alarmMinutes = std::max(score.alarmMinutes.value_or(minutes), minutes);
}

} // namespace

std::shared_ptr<const ColumnsSnapshot> parseRun(const Run& run, GeoLookup geo)
{
    const auto rules = RuleBook::load();
    if (!rules) {
        throw std::runtime_error(rules.error().toString().toStdString());
    }
    EventColumns columns(std::move(geo));
    for (std::uint32_t server = 0; server < run.servers.size(); ++server) {
        StreamOptions options;
        options.timezone = "UTC";
        options.year = static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(run.range.begin)).year());
        StreamParser parser(*rules, options, FileId{server}, 0, 0);
        Correlator correlator;
        std::string bytes;
        const auto flush = [&](bool last) {
            ParsedBatch batch;
            parser.feed(bytes, batch);
            if (last) {
                parser.finish(batch);
            }
            correlator.process(batch);
            columns.append(batch.events, batch.amendments);
            bytes.clear();
        };
        for (std::size_t i = 0; i < run.lines.size(); ++i) {
            if (run.lines[i].server == server) {
                bytes += run.rendered[i];
                bytes += '\n';
                if (bytes.size() > (1U << 20U)) {
                    flush(false);
                }
            }
        }
        flush(true);
    }
    return columns.snapshot();
}

Score scoreRun(const Run& run, const std::vector<Incident>& incidents)
{
    Score score;
    const std::set<IpAddress> members = membersOf(incidents);
    std::set<std::string> opened, named;
    for (const Attack& attack : run.truth.attacks) {
        scoreAttack(attack, incidents, members, score);
        for (const auto& [account, at] : attack.opened) {
            opened.insert(account);
        }
    }
    for (const Incident& incident : incidents) {
        score.worst = std::max(score.worst, incident.severity);
        for (const OpenedAccount& account : incident.opened) {
            named.insert(account.name.raw());
        }
    }
    score.opened = opened.size();
    for (const std::string& account : named) {
        (opened.contains(account) ? score.openedNamed : score.openedWrongly) += 1;
        if (!opened.contains(account)) {
            score.remarks.push_back("not opened: " + account);
        }
    }
    for (const std::string& account : opened) {
        if (!named.contains(account)) {
            score.remarks.push_back("opened, not named: " + account);
        }
    }
    score.innocents = run.truth.innocents.size();
    for (const auto& [ip, roles] : run.truth.innocents) {
        if (members.contains(ip)) {
            ++score.innocentsNamed;
            std::string& remark = score.remarks.emplace_back("innocent: " + ip.toString());
            for (const std::string& role : roles) {
                remark += ' ' + role;
            }
            remark += ", by: " + titleNaming(ip, incidents);
            score.sharedNamed += roles.contains("office") || roles.contains("mobile") || roles.contains("webmail") || roles.contains("monitoring") ? 1U : 0U;
        }
    }
    return score;
}

void scoreBounces(const Run& run, const ColumnsSnapshot& data, Score& score)
{
    std::set<std::pair<std::string, std::string>> traced; // queue id, account
    std::map<std::string, std::string> notified;          // queue id of a notification -> account
    for (RowId row = 0; row < data.rows(); ++row) {
        const Event event = data.event(row);
        if (event.kind == EventKind::Bounced && !event.account.empty()) {
            traced.emplace(event.qid, event.account);
        } else if (event.kind == EventKind::Dsn) {
            std::string& account = notified[event.qid];
            account = event.account.empty() ? account : event.account;
        }
    }
    std::set<std::string> own;
    for (const Bounce& bounce : run.truth.bounces) {
        const auto notice = notified.find(bounce.bounceId);
        const bool noticeRight = bounce.bounceId.empty() || (notice != notified.end() && notice->second == bounce.account);
        score.bouncesTraced += traced.contains({bounce.queueId, bounce.account}) && noticeRight ? 1U : 0U;
        own.insert(bounce.queueId); // the line that says that a notice was sent bears it
        own.insert(bounce.bounceId);
    }
    score.bounces = run.truth.bounces.size();
    score.strays = run.truth.backscatter;
    for (const auto& [qid, account] : notified) {
        score.straysBlamed += !own.contains(qid) && !account.empty() ? 1U : 0U;
    }
}

namespace {

constexpr double kNever = 1e6;

/// Minutes after the start of the attack at which the log as it was then shows an incident with half of the sources that had come.
struct Seen {
    double minutes = kNever; ///< above info
    double serious = kNever; ///< above low
};

Seen seenAfter(const Attack& attack, const ColumnsSnapshot& data)
{
    Seen seen;
    for (int minutes = 5; minutes <= 24 * 60 && seen.serious == kNever; minutes += minutes < 60 ? 5 : 30) {
        DetectRequest request;
        request.window = TimeRange{attack.when.begin - std::chrono::hours(1), attack.when.begin + std::chrono::minutes(minutes)};
        request.now = request.window->end;
        const auto incidents = findIncidents(data, DetectSettings(), request);
        const auto came = std::count_if(attack.sources.begin(), attack.sources.end(), [&](const auto& source) { return source.second.first < request.now; });
        for (const Incident& incident : incidents) {
            const auto named = std::count_if(incident.sources.begin(), incident.sources.end(), [&](const IncidentSource& s) { return attack.sources.contains(s.ip); });
            if (named > 0 && 2 * named >= came && incident.severity > Severity::Info && incident.end >= attack.when.begin) {
                seen.minutes = std::min<double>(seen.minutes, minutes);
                seen.serious = isSerious(incident) ? minutes : seen.serious;
            }
        }
    }
    return seen;
}

} // namespace

Score play(const Run& run, const GeoLookup& geo)
{
    const auto data = parseRun(run, geo);
    const DetectSettings settings;
    DetectRequest request;
    request.now = run.range.end;
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<Incident> incidents = findIncidents(*data, settings, request);
    Score score = scoreRun(run, incidents);
    score.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    scoreBounces(run, *data, score);
    for (const Attack& attack : run.truth.attacks) {
        const Seen seen = seenAfter(attack, *data);
        score.seenMinutes = std::max(score.seenMinutes.value_or(0), seen.minutes);
        score.seriousMinutes = std::max(score.seriousMinutes.value_or(0), seen.serious);
    }
    return score;
}

} // namespace mailward::story
