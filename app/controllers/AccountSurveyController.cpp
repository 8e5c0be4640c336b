// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/AccountSurveyController.h"

#include "models/tables/Format.h"

#include <algorithm>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr auto kUsualCap = 6min; ///< a tenth of a core's hour

/// Connects and asks; an error of either is the answer.
template <class Ask>
auto askServer(const ExecutorTarget& target, Ask ask) -> decltype(ask(std::declval<AccountGate&>()))
{
    auto runner = target.connect();
    if (!runner) {
        return tl::unexpected(runner.error());
    }
    AccountGate gate(**runner, target.access);
    return ask(gate);
}

PolicyRow policyRow(const PolicyFinding& finding)
{
    const auto tr = [](const char* text) { return AccountSurveyController::tr(text); };
    PolicyRow row{Meaning::Muted, tr("not known"), finding.title, finding.evidence, finding.remedy};
    switch (finding.verdict) {
    case PolicyFinding::Verdict::Pass: row.meaning = Meaning::Good; row.verdict = tr("good"); break;
    case PolicyFinding::Verdict::Warn: row.meaning = Meaning::Warning; row.verdict = tr("weak"); break;
    case PolicyFinding::Verdict::Fail: row.meaning = Meaning::Critical; row.verdict = tr("missing"); break;
    case PolicyFinding::Verdict::Unknown: break;
    }
    return row;
}

} // namespace

AccountSurveyController::AccountSurveyController(TargetSource targets, Note note, const Clock& clock, QObject* parent)
    : QObject(parent), m_targets(std::move(targets)), m_note(std::move(note)), m_clock(clock), m_jobs(QStringLiteral("survey"))
{}

AccountSurveyController::~AccountSurveyController()
{
    m_stop.request_stop();
}

void AccountSurveyController::readFacts()
{
    const auto targets = m_targets({});
    if (m_reading || targets.empty()) {
        return;
    }
    m_reading = true;
    m_jobs.post([this, targets] {
        auto facts = std::make_shared<AccountFactsByName>();
        std::vector<Error> errors;
        QStringList read;
        for (const ExecutorTarget& target : targets) {
            auto answer = askServer(target, [](AccountGate& gate) { return gate.facts(); });
            if (!answer) {
                errors.push_back({answer.error().code, tr("%1: accounts could not be read: %2").arg(target.server, answer.error().text), answer.error().hint});
                continue;
            }
            read << target.server;
            for (AccountFacts& one : *answer) {
                (*facts)[one.row.account].emplace_back(target.server, std::move(one));
            }
        }
        const QString words = read.isEmpty() ? QString() : tr("passwords read from %1").arg(read.join(QStringLiteral(", ")));
        QMetaObject::invokeMethod(this, [this, facts, errors, words] {
            m_reading = false;
            for (const Error& error : errors) {
                emit noticed(Notice::of(error));
            }
            emit factsRead(facts, words);
        }, Qt::QueuedConnection);
    });
}

void AccountSurveyController::readPolicy()
{
    m_jobs.post([this, targets = m_targets({})] {
        std::vector<PolicyServer> servers;
        for (const ExecutorTarget& target : targets) {
            PolicyServer server{target.server, {}, {}};
            const auto facts = askServer(target, [](AccountGate& gate) { return gate.policy(); });
            if (!facts) {
                server.problem = facts.error().toString();
            } else {
                for (const PolicyFinding& finding : judgePolicy(*facts)) {
                    server.rows.push_back(policyRow(finding));
                }
            }
            servers.push_back(std::move(server));
        }
        QMetaObject::invokeMethod(this, [this, servers] { emit policyRead(servers); }, Qt::QueuedConnection);
    });
}

void AccountSurveyController::beginAudit()
{
    m_stop.request_stop();
    ++m_asked;
    m_audit = {};
    for (const char* kind : {"default", "name", "domain", "season", "common", "keyboard"}) {
        m_audit.kinds.push_back({QLatin1String(kind), weakKindText(QLatin1String(kind))});
    }
    for (const ExecutorTarget& target : m_targets({})) {
        m_audit.servers.push_back({target.server, {}, false, false, false});
    }
    m_findings.setRows({});
    emit auditChanged(m_audit);
}

Result<std::vector<WeakCandidate>> AccountSurveyController::candidates(const WeakAuditForm& form) const
{
    auto all = weakCandidates(form.defaults, m_clock.now(), static_cast<std::size_t>(form.candidates));
    if (all) {
        std::erase_if(*all, [&](const WeakCandidate& candidate) { return !form.kinds.contains(candidate.kind); });
        if (all->empty()) {
            return failure(ErrorCode::InvalidInput, tr("There is nothing to try."), tr("Choose at least one kind of password."));
        }
    }
    return all;
}

void AccountSurveyController::fail(const Error& error)
{
    m_audit.words = error.toString();
    emit auditChanged(m_audit);
}

void AccountSurveyController::estimate(const WeakAuditForm& form)
{
    const auto tries = candidates(form);
    if (!tries) {
        fail(tries.error());
        return;
    }
    const auto targets = m_targets(form.servers);
    const quint64 number = ++m_asked;
    m_audit.stage = WeakAuditStage::Estimating;
    m_audit.costly = false;
    m_audit.servers.clear();
    m_costs.assign(targets.size(), 0s);
    for (const ExecutorTarget& target : targets) {
        m_audit.servers.push_back({target.server, tr("one try of each scheme is being timed …"), false, false, false});
    }
    m_audit.words.clear();
    emit auditChanged(m_audit);
    m_jobs.post([this, number, targets, count = tries->size()] {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            auto cost = std::make_shared<Result<AuditCost>>(askServer(targets[i], [&](AccountGate& gate) { return gate.auditCost(count); }));
            QMetaObject::invokeMethod(this, [this, number, i, cost, last = i + 1 == targets.size()] {
                if (number == m_asked) {
                    takeCost(i, *cost, last);
                }
            }, Qt::QueuedConnection);
        }
    });
}

void AccountSurveyController::takeCost(std::size_t index, const Result<AuditCost>& cost, bool last)
{
    WeakAuditServer& server = m_audit.servers[index];
    if (!cost) {
        server.failed = true;
        server.words = cost.error().toString();
    } else {
        server.words = cost->text();
        server.costly = cost->isCostly();
        m_audit.costly = m_audit.costly || server.costly;
        m_costs[index] = cost->duration();
    }
    if (last) {
        m_audit.stage = WeakAuditStage::Estimated;
        const bool any = std::any_of(m_audit.servers.begin(), m_audit.servers.end(), [](const WeakAuditServer& s) { return !s.failed; });
        m_audit.words = !any ? tr("No server can be tested.")
                        : m_audit.costly ? tr("This is more than six minutes of one core: it goes on at the lowest priority, but it is felt. Without your word it ends after six minutes.")
                                         : QString();
    }
    emit auditChanged(m_audit);
}

void AccountSurveyController::startAudit(const WeakAuditForm& form)
{
    const auto tries = candidates(form);
    if (!tries) {
        fail(tries.error());
        return;
    }
    if (m_audit.stage != WeakAuditStage::Estimated) {
        return;
    }
    const quint64 number = ++m_asked;
    m_stop = std::stop_source();
    const auto targets = m_targets(form.servers);
    m_audit.stage = WeakAuditStage::Working;
    m_audit.done = m_audit.total = 0;
    m_audit.words.clear();
    m_audit.findings.clear();
    m_findings.setRows({});
    for (const ExecutorTarget& target : targets) {
        m_note(QStringLiteral("weak-password-audit"), target.server, tr("%1 candidates; authority in writing confirmed").arg(tries->size()));
    }
    emit auditChanged(m_audit);
    m_jobs.post([this, number, targets, tries = *tries, costs = m_costs, whatever = form.whateverItCosts, stop = m_stop.get_token()] {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const auto cap = whatever && i < costs.size() ? std::max<std::chrono::seconds>(kUsualCap, costs[i] * 2) : std::chrono::seconds(kUsualCap);
            const auto progress = [this, number, i](std::size_t done, std::size_t total) {
                QMetaObject::invokeMethod(this, [this, number, i, done, total] {
                    if (number == m_asked) {
                        m_audit.done = done;
                        m_audit.total = total;
                        m_audit.servers[i].words = tr("%1 of %2 accounts").arg(formatCount(done), formatCount(total));
                        emit auditChanged(m_audit);
                    }
                }, Qt::QueuedConnection);
            };
            auto audit = std::make_shared<Result<WeakAudit>>(askServer(targets[i], [&](AccountGate& gate) { return gate.audit(tries, cap, progress, stop); }));
            QMetaObject::invokeMethod(this, [this, number, i, audit, last = i + 1 == targets.size()] {
                if (number == m_asked) {
                    takeAudit(i, *audit, last);
                }
            }, Qt::QueuedConnection);
        }
    });
}

void AccountSurveyController::takeAudit(std::size_t index, const Result<WeakAudit>& audit, bool last)
{
    WeakAuditServer& server = m_audit.servers[index];
    if (!audit) {
        server.failed = true;
        server.words = audit.error().toString();
    } else {
        QStringList words{tr("%1 of %2 accounts tested").arg(formatCount(audit->tested), formatCount(audit->total))};
        if (audit->untestable > 0) {
            words << tr("%1 in a scheme that cannot be tested there").arg(formatCount(audit->untestable));
        }
        if (!audit->unread.isEmpty()) {
            words << tr("%1 could not be read: nobody there was tested").arg(audit->unread.join(QStringLiteral(", ")));
        }
        server.failed = false;
        server.partial = !audit->complete || audit->untestable > 0;
        words << (audit->complete || !audit->unread.isEmpty() ? counted(audit->findings.size(), tr("%1 weak password"), tr("%1 weak passwords")) : tr("ended before all were tested"));
        server.words = words.join(QStringLiteral(" · "));
        for (const WeakFinding& finding : audit->findings) {
            m_audit.findings.push_back({UntrustedText(finding.account), server.name, weakKindText(finding.kind)});
        }
        m_note(QStringLiteral("weak-password-audit"), server.name, server.words);
    }
    m_findings.setRows(m_audit.findings);
    if (last) {
        m_audit.stage = WeakAuditStage::Done;
        const bool whole = std::none_of(m_audit.servers.begin(), m_audit.servers.end(), [](const WeakAuditServer& s) { return s.failed || s.partial; });
        m_audit.words = m_audit.findings.empty() ? (whole ? tr("No password that was tried opens an account.") : tr("Nothing was found, but not every account was tested: see each server above."))
                                                 : counted(m_audit.findings.size(), tr("%1 account opens with a password that anybody would try. What it is, nobody learnt."),
                                                           tr("%1 accounts open with passwords that anybody would try. What they are, nobody learnt."));
    }
    emit auditChanged(m_audit);
}

void AccountSurveyController::stopAudit()
{
    m_stop.request_stop();
}

} // namespace mailward
