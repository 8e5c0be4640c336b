// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ResponseController.h"

#include "app/controllers/History.h"
#include "app/controllers/PlanViews.h"
#include "models/respond/PlanJudge.h"
#include "models/tables/Format.h"

#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

/// The servers' timers may be a few seconds late; then we look whether they did it.
constexpr auto kGrace = 6s;

QString whoAmI() { return qEnvironmentVariable("USER", QStringLiteral("unknown")); }

} // namespace

/// What a plan is made from: a copy for the response thread.
struct ResponseController::Draft {
    std::vector<PlanItem> items;
    Ports ports;
    std::chrono::seconds ttl{};
    QStringList servers;
    std::optional<Plan> base; ///< the offer, when the draft answers an incident
    bool portsChosen = false;
    std::vector<AttackSource> attackers; ///< empty: whoever failed in the judged range
    std::shared_ptr<const std::vector<Incident>> incidents;

    [[nodiscard]] std::vector<AttackSource> against(const ColumnsSnapshot& history, TimeRange range) const { return attackers.empty() ? failingSources(history, range) : attackers; }
};

/// The three offers.
struct ResponseController::Answer {
    quint64 generation = 0;
    Incident incident;
    std::vector<Proposal> proposals;
    std::optional<Error> error;
};

/// A preview, and whom it concerns by name.
struct ResponseController::Previewed {
    PlanPreview preview;
    std::vector<CutOffPerson> people;
};

/// The meter of a draft.
struct ResponseController::Judged {
    std::optional<double> covered;
    std::optional<std::uint64_t> cutOff;
    QStringList refused;
};

/// What the servers enforce.
struct ResponseController::Read {
    std::vector<ServerBans> bans;
    std::vector<Plan> plans;
    std::vector<Error> errors;
};

ResponseController::ResponseController(DataPaths paths, LocalEventStore& store, Naming naming, std::function<QStringList()> serverNames,
                                       TargetSource targets, const Clock& clock, QObject* parent)
    : QObject(parent), m_paths(std::move(paths)), m_store(store), m_naming(std::move(naming)), m_serverNames(std::move(serverNames)),
      m_targets(std::move(targets)), m_clock(clock), m_jobs(QStringLiteral("response"))
{
    m_plan.ports = authPorts();
    m_plan.ttl = 24h;
    setConfirmWindow(m_window);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        setState(PlanState::Reverted, tr("Not confirmed in time: the servers took the plan back."));
        refreshBans();
    });
}

ResponseController::~ResponseController() = default;

void ResponseController::setConfirmWindow(std::chrono::seconds window)
{
    m_window = window;
    m_plan.windowSeconds = static_cast<std::uint64_t>(window.count());
}

template <class Work, class Then>
void ResponseController::run(Work work, Then then)
{
    m_jobs.post([this, work = std::move(work), then = std::move(then)]() mutable {
        if (!m_response) {
            auto opened = Response::open(m_paths, m_clock);
            if (!opened) {
                QMetaObject::invokeMethod(this, [this, error = opened.error()] {
                    setState(PlanState::Failed, error.text, error.hint);
                    emit noticed(Notice::of(error));
                }, Qt::QueuedConnection);
                return;
            }
            m_response = std::move(*opened);
        }
        auto answer = std::make_shared<decltype(work(*m_response))>(work(*m_response));
        QMetaObject::invokeMethod(this, [answer, then = std::move(then)] { then(*answer); }, Qt::QueuedConnection);
    });
}

void ResponseController::post(std::function<void(Response&)> work)
{
    run([work = std::move(work)](Response& response) {
            work(response);
            return true;
        },
        [](bool) {});
}

void ResponseController::readAudit()
{
    publishAudit();
}

void ResponseController::start()
{
    run([targets = m_targets({})](Response& response) { return targets.empty() ? Result<std::vector<ServerOutcome>>{} : response.executor().recover(targets); },
        [this](const Result<std::vector<ServerOutcome>>& outcomes) {
            if (!outcomes) {
                emit noticed(Notice::of(outcomes.error()));
            } else {
                for (const ServerOutcome& outcome : *outcomes) {
                    emit noticed({Meaning::Warning, tr("%1: an unfinished plan stands at '%2'").arg(outcome.server, applyStateName(outcome.state)), {}});
                }
            }
            publishAudit();
        });
    serversChanged();
}

void ResponseController::setJudgedRange(const std::optional<TimeRange>& range)
{
    if (range != m_range) {
        m_range = range;
        judge();
    }
}

void ResponseController::serversChanged()
{
    m_plan.servers.clear();
    for (const QString& name : m_serverNames()) {
        m_plan.servers.push_back({name, !m_leftOut.contains(name), true, {}});
    }
    emit planChanged(m_plan);
}

void ResponseController::addToDraft(const Targets& targets)
{
    if (m_plan.state == PlanState::Working || m_plan.state == PlanState::AwaitingConfirm) {
        emit noticed({Meaning::Warning, tr("A plan is under way: confirm it or undo it first."), {}});
        return;
    }
    for (const Target& target : targets) {
        const bool there = std::any_of(m_plan.items.begin(), m_plan.items.end(), [&](const PlanItem& item) { return item.target == target; });
        if (target.isBannable() && !there) {
            m_plan.items.push_back({target, UntrustedText(target.key)});
        }
    }
    setState(m_plan.items.empty() ? PlanState::Empty : PlanState::Draft);
    judge();
}

void ResponseController::removeFromDraft(const Target& target)
{
    std::erase_if(m_plan.items, [&](const PlanItem& item) { return item.target == target; });
    setState(m_plan.items.empty() ? PlanState::Empty : PlanState::Draft);
    judge();
}

/// From here on the draft is what the person puts together, and answers no incident.
void ResponseController::dropAnswer()
{
    m_offers.clear();
    m_attackers.clear();
    m_portsChosen = false;
    m_plan.offers.clear();
    m_plan.chosenOffer = -1;
    m_plan.answers.clear();
}

void ResponseController::planFor(const Incident& incident, const std::vector<Incident>& all)
{
    if (m_plan.state == PlanState::Working || m_plan.state == PlanState::AwaitingConfirm) {
        emit noticed({Meaning::Warning, tr("A plan is under way: confirm it or undo it first."), {}});
        return;
    }
    m_plan.items.clear();
    dropAnswer();
    m_incidents = std::make_shared<const std::vector<Incident>>(all);
    setState(PlanState::Working, tr("Looking for the smallest block that ends it ..."));
    const quint64 generation = ++m_asked;
    run([this, generation, incident, incidents = m_incidents, geo = m_naming.geo](Response& response) {
            Answer answer{generation, incident, {}, {}};
            const auto history = m_store.snapshot();
            auto guards = response.guards(*history, *incidents);
            if (!guards) {
                answer.error = guards.error();
                return answer;
            }
            const Instant end = history->range().isEmpty() ? m_clock.now() : history->range().end;
            answer.proposals = proposePlans(*history, {incident}, *incidents, {geo, std::move(*guards), end, 8000});
            return answer;
        },
        [this](const Answer& answer) { takeAnswer(answer); });
}

void ResponseController::takeAnswer(const Answer& answer)
{
    if (answer.generation != m_asked || m_plan.state != PlanState::Working) {
        return;
    }
    const bool any = std::any_of(answer.proposals.begin(), answer.proposals.end(), [](const Proposal& proposal) { return !proposal.plan.bans.empty(); });
    if (answer.error || !any) {
        setState(PlanState::Empty);
        emit noticed(answer.error ? Notice::of(*answer.error)
                                  : Notice{Meaning::Warning, tr("No block helps against this without cutting off your own people."), tr("Contain the accounts, or choose addresses by hand.")});
        return;
    }
    m_offers = answer.proposals;
    m_plan.offers = planOffers(m_offers);
    m_plan.answers = answer.incident.title;
    for (const IncidentSource& source : answer.incident.sources) {
        m_attackers.push_back({source.ip, source.attempts});
    }
    m_plan.chosenOffer = m_offers[1].plan.bans.empty() ? 2 : 1;
    fillFromOffer();
}

void ResponseController::chooseOffer(int index)
{
    if (index >= 0 && index < static_cast<int>(m_offers.size()) && m_plan.state == PlanState::Draft) {
        m_plan.chosenOffer = index;
        fillFromOffer();
    }
}

void ResponseController::fillFromOffer()
{
    const Plan& plan = m_offers[static_cast<std::size_t>(m_plan.chosenOffer)].plan;
    m_plan.items.clear();
    for (const BanEntry& ban : plan.bans) {
        const std::string text = ban.prefix.toString();
        m_plan.items.push_back({{ban.prefix.isHost() ? TargetKind::Address : TargetKind::Network, text, {}}, UntrustedText(text)});
    }
    if (!plan.bans.empty()) {
        m_plan.ports = plan.bans.front().ports;
        m_plan.ttl = plan.bans.front().ttl;
    }
    m_portsChosen = false;
    setState(PlanState::Draft);
    judge();
}

void ResponseController::clearDraft()
{
    dropAnswer();
    m_plan.items.clear();
    m_plan.id.clear();
    setState(PlanState::Empty);
}

void ResponseController::setPorts(const std::vector<std::uint16_t>& ports)
{
    m_plan.ports = ports;
    m_portsChosen = true;
    m_preview.reset();
    emit planChanged(m_plan);
}

void ResponseController::setTtl(std::chrono::seconds ttl)
{
    m_plan.ttl = ttl;
    m_preview.reset();
    emit planChanged(m_plan);
}

void ResponseController::toggleServer(const QString& server, bool chosen)
{
    chosen ? void(m_leftOut.erase(server)) : void(m_leftOut.insert(server));
    m_preview.reset();
    serversChanged();
}

ResponseController::Draft ResponseController::draft() const
{
    Draft draft{m_plan.items, m_plan.ports, m_plan.ttl, {}, {}, m_portsChosen, m_attackers, m_incidents};
    if (m_plan.chosenOffer >= 0) {
        draft.base = m_offers[static_cast<std::size_t>(m_plan.chosenOffer)].plan;
    }
    for (const PlanServer& server : m_plan.servers) {
        if (server.chosen) {
            draft.servers << server.name;
        }
    }
    return draft;
}

Result<Plan> ResponseController::planOf(const Draft& draft, const Naming& naming, Instant now)
{
    Plan plan;
    plan.id = newPlanId();
    plan.made = now;
    plan.from = QStringLiteral("chosen by hand");
    plan.servers = draft.servers;
    auto ports = normalPorts(draft.ports.empty() ? bannablePorts() : draft.ports);
    if (!ports) {
        return tl::unexpected(ports.error());
    }
    std::map<Prefix, BanEntry> offered;
    if (draft.base) {
        plan.from = draft.base->from;
        plan.resets = draft.base->resets;
        plan.holds = draft.base->holds;
        plan.expected = draft.base->expected;
        plan.refused = draft.base->refused;
        for (const BanEntry& ban : draft.base->bans) {
            offered.emplace(ban.prefix, ban);
        }
    }
    for (const PlanItem& item : draft.items) {
        const auto prefixes = prefixesOf(item.target, naming);
        if (!prefixes) {
            return tl::unexpected(prefixes.error());
        }
        for (const Prefix& prefix : *prefixes) {
            BanEntry ban;
            if (const auto known = offered.find(prefix); known != offered.end()) {
                ban = known->second; // its reason, and its ports: an attack on SSH is answered at other ports than one on mailboxes
            } else {
                ban.prefix = prefix;
                ban.ports = *ports;
                ban.reason = plan.from;
            }
            ban.ports = draft.portsChosen ? *ports : ban.ports;
            ban.ttl = draft.ttl;
            plan.bans.push_back(std::move(ban));
        }
    }
    return plan;
}

/// The meter of the tray: what the draft would stop and whom it would cut off, without asking a server.
void ResponseController::judge()
{
    m_preview.reset();
    if (m_plan.items.empty()) {
        return;
    }
    const quint64 generation = ++m_judged;
    run([this, draft = draft(), naming = m_naming, range = m_range](Response& response) {
            Judged judged;
            const auto history = m_store.snapshot();
            const auto guards = response.guards(*history, *draft.incidents);
            const auto plan = planOf(draft, naming, m_clock.now());
            if (guards && plan) {
                const auto attackers = draft.against(*history, range.value_or(judgedPeriod(*history, m_clock.now())));
                const PlanPreview preview = previewPlan(*plan, attackers, *guards, {}, NftablesBackend());
                judged.covered = preview.coveredPct();
                judged.cutOff = preview.verdict.collateral.onlyHere.size();
            }
            return judged;
        },
        [this, generation](const Judged& judged) {
            if (generation == m_judged) {
                m_plan.coveredPercent = judged.covered;
                m_plan.peopleCutOff = judged.cutOff;
                emit planChanged(m_plan);
            }
        });
}

void ResponseController::preview()
{
    const Draft now = draft();
    if (now.items.empty()) {
        return;
    }
    if (now.servers.isEmpty()) {
        setState(PlanState::Draft, tr("No server is chosen."), tr("Add a server on the page Servers, or choose one in the tray."));
        return;
    }
    setState(PlanState::Working, tr("Reading what the servers enforce now ..."));
    run([this, now, naming = m_naming, range = m_range, targets = m_targets(now.servers)](Response& response) -> Result<Previewed> {
            const auto history = m_store.snapshot();
            auto guards = response.guards(*history, *now.incidents);
            if (!guards) {
                return tl::unexpected(guards.error());
            }
            auto plan = planOf(now, naming, m_clock.now());
            if (!plan) {
                return tl::unexpected(plan.error());
            }
            refuseUnsafe(*plan, *guards);
            const TimeRange judged = judgedPeriod(*history, m_clock.now());
            const auto attackers = now.against(*history, range.value_or(judged));
            return response.executor().preview(*plan, targets, attackers, *guards).map([&](PlanPreview&& preview) {
                auto people = peopleCutOff(*history, judged, preview.plan, participantsOf(*now.incidents));
                return Previewed{std::move(preview), std::move(people)};
            });
        },
        [this](const Result<Previewed>& previewed) { takePreview(previewed); });
}

void ResponseController::takePreview(const Result<Previewed>& previewed)
{
    if (!previewed) {
        m_preview.reset();
        setState(PlanState::Draft, previewed.error().text, previewed.error().hint);
        return;
    }
    const PlanPreview* preview = &previewed->preview;
    m_preview = *preview;
    m_plan.coveredPercent = preview->coveredPct();
    m_plan.peopleCutOff = preview->verdict.collateral.onlyHere.size();
    setState(PlanState::Draft);
    m_cutOff.setRows(cutOffRows(previewed->people));
    emit this->previewed(previewView(*preview, m_plan, static_cast<std::uint64_t>(m_window.count())));
}

void ResponseController::apply(const QString& typed)
{
    if (!m_preview || !m_preview->verdict.isAllowed()) {
        return;
    }
    const auto locked = m_preview->verdict.collateral.onlyHere.size();
    if (locked > 0 && typed != QString::number(locked)) {
        setState(PlanState::Draft, tr("%1 people would lose their only way in: the preview asks for that number.").arg(locked));
        return;
    }
    ApplyOptions options;
    options.window = m_window;
    options.who = whoAmI();
    options.override = typed;
    for (const ServerPreview& server : m_preview->servers) {
        options.previewed[server.server] = server.stateHash;
    }
    m_plan.id = m_preview->plan.id;
    setState(PlanState::Working, tr("Applying, one server after the other ..."));
    run([this, plan = m_preview->plan, options, incidents = m_incidents, targets = m_targets(m_preview->plan.servers)](Response& response) -> Result<ApplyReport> {
            auto guards = response.guards(*m_store.snapshot(), *incidents);
            if (!guards) {
                return tl::unexpected(guards.error());
            }
            return response.executor().apply(plan, targets, *guards, options);
        },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::AwaitingConfirm); });
}

void ResponseController::confirm(const QString& planId)
{
    m_deadline.stop();
    setState(PlanState::Working, tr("Confirming over a new connection ..."));
    run([planId, targets = m_targets({})](Response& response) { return response.executor().confirm(planId, targets, whoAmI()); },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::Confirmed); });
}

void ResponseController::undo(const QString& planId)
{
    m_deadline.stop();
    setState(PlanState::Working, tr("Taking it back ..."));
    run([planId, targets = m_targets({})](Response& response) { return response.executor().revert(planId, targets, whoAmI()); },
        [this](const Result<ApplyReport>& report) { takeReport(report, PlanState::Reverted); });
}

void ResponseController::takeReport(const Result<ApplyReport>& report, PlanState good)
{
    m_preview.reset();
    publishAudit();
    refreshBans();
    if (!report) {
        setState(PlanState::Failed, report.error().text, report.error().hint);
        return;
    }
    Instant deadline{};
    for (const ServerOutcome& outcome : report->servers) {
        if (outcome.error) {
            setState(PlanState::Failed, tr("%1: %2").arg(outcome.server, outcome.error->text), outcome.error->hint);
            return;
        }
        if (!outcome.unchanged && outcome.deadline != Instant{}) {
            deadline = deadline == Instant{} ? outcome.deadline : std::min(deadline, outcome.deadline);
        }
    }
    if (good == PlanState::AwaitingConfirm && deadline == Instant{}) {
        setState(PlanState::Confirmed, tr("Nothing was to change: all of it is enforced already."));
        return;
    }
    if (good == PlanState::AwaitingConfirm) {
        m_plan.deadline = deadline;
        m_deadline.start(std::chrono::ceil<std::chrono::milliseconds>(deadline - m_clock.now()) + kGrace);
    }
    setState(good);
}

void ResponseController::setState(PlanState state, const QString& message, const QString& hint)
{
    m_plan.state = state;
    m_plan.message = UntrustedText(message.toStdString());
    m_plan.hint = hint;
    if (state != PlanState::AwaitingConfirm) {
        m_plan.deadline.reset();
    }
    emit planChanged(m_plan);
}

void ResponseController::refreshBans()
{
    run([targets = m_targets({})](Response& response) {
            Read read;
            for (const ExecutorTarget& target : targets) {
                auto bans = response.executor().bans(target);
                if (bans) {
                    read.bans.push_back(std::move(*bans));
                } else {
                    read.errors.push_back({bans.error().code, target.server + QStringLiteral(": ") + bans.error().text, bans.error().hint});
                }
            }
            read.plans = response.journal().plans();
            return read;
        },
        [this](const Read& read) { takeBans(read); });
}

void ResponseController::takeBans(const Read& read)
{
    m_enforced = read.bans;
    m_bans.setNow(m_clock.now());
    m_bans.setRows(banRows(read.bans, read.plans));
    QStringList names;
    for (const ServerBans& bans : read.bans) {
        names << bans.server;
    }
    for (const Error& error : read.errors) {
        emit noticed(Notice::of(error));
    }
    emit bansRead(names.isEmpty() ? tr("No server was read.")
                                  : tr("Read from %1 at %2.").arg(names.join(QStringLiteral(", ")), formatMoment(m_clock.now(), m_naming.zone, m_clock.now())));
}

QStringList ResponseController::banFacts(const IpAddress& address) const
{
    QStringList facts;
    for (const ServerBans& server : m_enforced) {
        const auto found = std::find_if(server.state.bans.begin(), server.state.bans.end(), [&](const LiveBan& ban) { return ban.prefix.contains(address); });
        facts << (found == server.state.bans.end() ? tr("%1 none").arg(server.server)
                                                   : tr("%1 until %2").arg(server.server, formatMoment(found->expires, m_naming.zone, m_clock.now())));
    }
    return facts;
}

void ResponseController::unban(const std::vector<BanRow>& rows)
{
    std::map<QString, std::vector<UnbanEntry>> wanted;
    for (const BanRow& row : rows) {
        wanted[row.server].push_back({row.prefix, row.ports});
    }
    for (const auto& [server, entries] : wanted) {
        run([entries = entries, targets = m_targets({server})](Response& response) -> Result<void> {
                if (targets.empty()) {
                    return failure(ErrorCode::NotFound, QStringLiteral("this server is no longer in the inventory"));
                }
                return response.executor().unban(entries, targets.front(), whoAmI());
            },
            [this, name = server](const Result<void>& done) {
                if (!done) {
                    emit noticed({Meaning::Critical, tr("%1: %2").arg(name, done.error().text), done.error().hint});
                }
                publishAudit();
                refreshBans();
            });
    }
}

void ResponseController::allow(const Targets& targets)
{
    run([this, targets, naming = m_naming](Response& response) -> Result<int> {
            auto list = AllowList::load(Response::allowListPath(m_paths));
            if (!list) {
                return tl::unexpected(list.error());
            }
            int added = 0;
            for (const Target& target : targets) {
                const auto prefixes = prefixesOf(target, naming);
                for (const Prefix& prefix : prefixes.value_or(std::vector<Prefix>{})) {
                    list->add({prefix, QStringLiteral("allowed in Triage"), {}});
                    ++added;
                }
            }
            if (auto saved = list->save(Response::allowListPath(m_paths)); !saved) {
                return tl::unexpected(saved.error());
            }
            AuditEntry entry;
            entry.who = whoAmI();
            entry.action = QStringLiteral("allow");
            entry.detail = QStringLiteral("%1 prefixes added to the allow-list").arg(added);
            const auto written = response.audit().append(entry);
            return written ? Result<int>(added) : tl::unexpected(written.error());
        },
        [this](const Result<int>& added) {
            emit noticed(added ? Notice{Meaning::Good, tr("%n prefix(es) will never be banned", nullptr, *added), {}} : Notice::of(added.error()));
            publishAudit();
            judge();
        });
}

void ResponseController::note(const QString& action, const QString& server, const QString& detail)
{
    run([action, server, detail](Response& response) {
            AuditEntry entry;
            entry.who = whoAmI();
            entry.action = action;
            entry.server = server;
            entry.detail = detail;
            return response.audit().append(entry);
        },
        [this](const Result<AuditEntry>& written) {
            if (!written) {
                emit noticed(Notice::of(written.error()));
            }
            publishAudit();
        });
}

void ResponseController::publishAudit()
{
    run([](Response& response) { return auditRows(response.audit().entries()); },
        [this](const std::vector<AuditRow>& rows) {
            m_audit.setNow(m_clock.now());
            m_audit.setRows(rows);
        });
}

void ResponseController::verifyAudit()
{
    run([this](Response&) { return AuditLog::verify(m_paths.state); },
        [this](const Result<AuditLog::Verification>& found) {
            if (!found) {
                emit auditVerified(false, found.error().toString());
            } else {
                emit auditVerified(found->sound, found->sound ? tr("The chain is whole: %n entries", nullptr, static_cast<int>(found->entries)) : found->problem);
            }
        });
}

} // namespace mailward
