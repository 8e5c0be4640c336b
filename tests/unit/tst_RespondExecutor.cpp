// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/Executor.h"
#include "tests/support/GateHost.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace mailward;
using namespace std::chrono_literals;

using Host = GateHost;

/// Does something on the server just before a request that contains `before` reaches it.
class MeddlingRunner final : public CommandRunner
{
public:
    MeddlingRunner(const GateHost& host, QByteArray before, std::function<void()> meddle) : m_runner(host, nullptr), m_before(std::move(before)), m_meddle(std::move(meddle)) {}
    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override
    {
        if (command.stdinData.contains(m_before)) {
            m_meddle();
        }
        return m_runner.run(command);
    }

private:
    GateHostRunner m_runner;
    QByteArray m_before;
    std::function<void()> m_meddle;
};

class TestRespondExecutor : public QObject
{
    Q_OBJECT

    struct Console {
        QTemporaryDir folder;
        SystemClock clock;
        NftablesBackend backend;
        std::unique_ptr<Journal> journal;
        std::unique_ptr<AuditLog> audit;
        std::unique_ptr<Executor> executor;

        Console() { restart(); }
        void restart()
        {
            executor.reset();
            audit = *AuditLog::open(folder.path(), clock);
            journal = *Journal::open(folder.filePath(QStringLiteral("journal.jsonl")), clock);
            executor = std::make_unique<Executor>(*journal, *audit, backend, clock);
        }
        Plan plan(const char* prefix) const
        {
            Plan plan;
            plan.id = newPlanId();
            plan.made = clock.now();
            BanEntry entry;
            entry.prefix = *Prefix::parse(prefix);
            plan.bans = {entry};
            return plan;
        }
    };

    static ExecutorTarget target(const Host& host, const char* name, int* countdown = nullptr, bool* reachable = nullptr)
    {
        return {QLatin1String(name), GateAccess::SentAsRoot, [&host, countdown, reachable]() -> Result<std::unique_ptr<CommandRunner>> {
                    if (reachable != nullptr && !*reachable) {
                        return failure(ErrorCode::Network, QStringLiteral("No route to host."));
                    }
                    return std::make_unique<GateHostRunner>(host, countdown);
                }};
    }

    /// Rules but for the seconds that go by, and the end that follows from them.
    static QByteArray withoutSeconds(const QByteArray& rules)
    {
        static const QRegularExpression passing(QStringLiteral("timeout [0-9]+s|@[0-9]+(?=\")|^ok .*$"), QRegularExpression::MultilineOption);
        return QString::fromUtf8(rules).remove(passing).trimmed().toUtf8();
    }

private slots:
    void initTestCase()
    {
        if (::geteuid() != 0) {
            QSKIP("needs root: network namespaces with real nftables");
        }
    }

    void applyConfirmBansRevert()
    {
        Host one, two;
        QVERIFY(one.start() && two.start());
        Console console;
        const std::vector<ExecutorTarget> targets{target(one, "mx1"), target(two, "mx2")};
        const Plan plan = console.plan("198.51.100.0/24");
        const auto preview = console.executor->preview(plan, targets, {}, {});
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().toString()));
        QCOMPARE(preview->servers.size(), std::size_t(2));
        QVERIFY(one.ruleset().isEmpty());

        ApplyOptions options;
        options.who = QStringLiteral("kim");
        options.previewed = {{QStringLiteral("mx1"), preview->servers[0].stateHash}};
        const auto applied = console.executor->apply(plan, targets, {}, options);
        QVERIFY(applied && applied->isComplete());
        QVERIFY(one.ruleset().contains("198.51.100.0/24") && two.ruleset().contains("198.51.100.0/24"));
        // What the preview showed is what the server ran, but for the seconds that went by.
        QVERIFY(preview->servers[0].rules.contains("tcp dport { 110, 143, 465, 587, 993, 995, 4190 } ip saddr @v4_110_143_465_587_993_995_4190 iifname != \"lo\" counter drop"));
        QVERIFY(one.ruleset().contains("ip saddr @v4_110_143_465_587_993_995_4190 iifname != \"lo\" counter drop"));

        const auto again = console.executor->apply(plan, targets, {}, options);
        QVERIFY2(again && again->servers[0].error && again->servers[0].error->code == ErrorCode::Conflict, "the preview is old by now");
        options.previewed.clear();
        const auto unchanged = console.executor->apply(plan, targets, {}, options);
        QVERIFY(unchanged && unchanged->isComplete() && unchanged->servers[1].unchanged);

        QVERIFY(console.executor->confirm(plan.id, targets, QStringLiteral("kim"))->isComplete());
        auto bans = console.executor->bans(targets[0]);
        QVERIFY(bans && !bans->hasDrifted() && bans->state.bans.size() == 1);
        std::ignore = one.run({QStringLiteral("nft"), QStringLiteral("flush"), QStringLiteral("ruleset")});
        bans = console.executor->bans(targets[0]);
        QVERIFY(bans && bans->rulesChanged && bans->missing.size() == 1);
        const auto healed = console.executor->apply(plan, {targets[0]}, {}, options);
        QVERIFY(healed && healed->isComplete() && !healed->servers[0].unchanged);

        const auto reverted = console.executor->revert(plan.id, targets, QStringLiteral("kim"));
        QVERIFY(reverted && !reverted->servers[0].error && !reverted->servers[1].error);
        QVERIFY(one.ruleset().isEmpty() && two.ruleset().isEmpty());
        QVERIFY(AuditLog::verify(console.folder.path())->sound);
        QVERIFY(console.audit->entries().size() >= 7);
    }

    /// The second server is another one by now: the first is not touched either, and the same plan goes where the new preview says.
    void whatChangedSinceThePreviewIsPreviewedAgain()
    {
        Host one, two;
        QVERIFY(one.start() && two.start());
        Console console;
        const std::vector<ExecutorTarget> targets{target(one, "mx1"), target(two, "mx2")};
        const Plan plan = console.plan("198.51.100.0/24");
        ApplyOptions options;
        options.who = QStringLiteral("kim");
        const auto agree = [&] {
            const auto preview = console.executor->preview(plan, targets, {}, {});
            for (const auto& server : preview->servers) {
                options.previewed[server.server] = server.stateHash;
            }
            return *preview;
        };
        QVERIFY(agree().servers[1].standing.empty());
        Console other;
        const Plan theirs = other.plan("203.0.113.0/24");
        QVERIFY(other.executor->apply(theirs, {targets[1]}, {}, {})->isComplete() && other.executor->confirm(theirs.id, {targets[1]}, {})->isComplete());

        const auto refused = console.executor->apply(plan, targets, {}, options);
        QVERIFY(refused && refused->isOutdated() && !refused->isComplete());
        QCOMPARE(refused->servers.size(), std::size_t(1));
        QCOMPARE(refused->servers[0].server, QStringLiteral("mx2"));
        QVERIFY(one.ruleset().isEmpty() && !two.ruleset().contains("198.51.100.0/24"));
        QVERIFY(console.journal->lastOf(plan.id).empty());

        const auto again = agree();
        QVERIFY(again.servers[1].standing.size() == 1 && again.servers[1].standing[0].prefix == *Prefix::parse("203.0.113.0/24"));
        const auto applied = console.executor->apply(plan, targets, {}, options);
        QVERIFY(applied && applied->isComplete() && !applied->isOutdated());
        QVERIFY(two.ruleset().contains("198.51.100.0/24") && two.ruleset().contains("203.0.113.0/24"));
        QVERIFY(!console.executor->revert(plan.id, targets, {})->servers[1].error);
    }

    /// Between our last look and the change only the server itself can tell.
    void whatChangesAtTheLastMomentIsOutdatedToo()
    {
        Host host;
        QVERIFY(host.start());
        Console console;
        const Plan first = console.plan("203.0.113.0/24"), plan = console.plan("198.51.100.0/24");
        QVERIFY(console.executor->apply(first, {target(host, "mx1")}, {}, {})->isComplete() && console.executor->confirm(first.id, {target(host, "mx1")}, {})->isComplete());
        auto meddled = target(host, "mx1");
        meddled.connect = [&]() -> Result<std::unique_ptr<CommandRunner>> {
            return std::make_unique<MeddlingRunner>(host, "\napply\n" + plan.id.toLatin1(), [&] {
                std::ignore = host.run({QStringLiteral("nft"), QStringLiteral("add"), QStringLiteral("chain"), QStringLiteral("inet"), QStringLiteral("mailward"), QStringLiteral("theirs")});
            });
        };
        const auto refused = console.executor->apply(plan, {meddled}, {}, {});
        QVERIFY(refused && refused->isOutdated());
        QVERIFY(host.ruleset().contains("theirs") && !host.ruleset().contains("198.51.100.0/24"));
        QCOMPARE(console.journal->last(plan.id, QStringLiteral("mx1"))->state, ApplyState::Undone);
        QVERIFY(console.executor->preview(plan, {meddled}, {}, {})->servers[0].restores);
        QVERIFY(console.executor->apply(plan, {target(host, "mx1")}, {}, {})->isComplete());
        QVERIFY(!host.ruleset().contains("theirs") && host.ruleset().contains("198.51.100.0/24"));
    }

    /// Whoever calls: a plan that leaves somebody no way in goes nowhere before that number was typed.
    void aPlanThatLeavesNoWayInNeedsItsNumber()
    {
        Host host;
        QVERIFY(host.start());
        Console console;
        const std::vector<ExecutorTarget> targets{target(host, "mx1")};
        const Plan plan = console.plan("198.51.100.0/24");
        GuardContext guards;
        guards.goodLogins = {{*IpAddress::parse("198.51.100.7"), "ann", 3}, {*IpAddress::parse("198.51.100.8"), "bob", 1}, {*IpAddress::parse("203.0.113.8"), "bob", 1}};
        ApplyOptions options;
        for (const char* typed : {"", "2", "yes"}) {
            options.override = QLatin1String(typed);
            const auto refused = console.executor->apply(plan, targets, guards, options);
            QVERIFY(!refused && refused.error().code == ErrorCode::Refused && refused.error().text.contains(QStringLiteral("leaves 1 people")));
        }
        QVERIFY(host.ruleset().isEmpty());
        QCOMPARE(console.audit->entries().back().action, QStringLiteral("refused"));
        options.override = QStringLiteral("1");
        const auto applied = console.executor->apply(plan, targets, guards, options);
        QVERIFY2(applied && applied->isComplete(), applied ? "" : qPrintable(applied.error().toString()));
        QVERIFY(console.executor->revert(plan.id, targets, {}));
    }

    /// What the preview shows is what the server runs: on an empty server, beside bans of ours (whose sets are kept, so that no packet
    /// falls between an old one and a new one), and where somebody has changed our table.
    void previewIsWhatTheServerRuns()
    {
        Host host;
        QVERIFY(host.start());
        Console console;
        const std::vector<ExecutorTarget> targets{target(host, "mx1")};
        auto runner = GateHostRunner(host, nullptr);
        GateClient gate(runner, GateAccess::SentAsRoot, console.backend);
        Plan plan = console.plan("198.51.100.0/24");
        const auto rules = [&] { return withoutSeconds(console.executor->preview(plan, targets, {}, {}).value().servers.at(0).rules); };
        const auto shown = [&] {
            return withoutSeconds(gate.show(console.executor->preview(plan, targets, {}, {}).value().servers.at(0).batch).value()).replace("0000000000000000", plan.id.toLatin1());
        };
        QCOMPARE(rules(), shown());
        QVERIFY(rules().contains("delete table"));
        ApplyOptions options;
        options.who = QStringLiteral("kim");
        QVERIFY(console.executor->apply(plan, targets, {}, options)->isComplete() && console.executor->confirm(plan.id, targets, options.who)->isComplete());
        plan = console.plan("203.0.113.0/24");
        plan.bans.push_back(plan.bans[0]);
        plan.bans[1].prefix = *Prefix::parse("2001:db8:bad::/48");
        plan.bans[1].ports = {25, 143};
        QCOMPARE(rules(), shown());
        QVERIFY(!rules().contains("delete table") && rules().contains("flush set inet mailward v4_110_143_465_587_993_995_4190"));
        QVERIFY(console.executor->apply(plan, targets, {}, options)->isComplete() && console.executor->confirm(plan.id, targets, options.who)->isComplete());
        QVERIFY(host.ruleset().contains("198.51.100.0/24") && host.ruleset().contains("203.0.113.0/24") && host.ruleset().contains("ip6 saddr @v6_25_143"));
        QVERIFY(!console.executor->bans(targets[0])->hasDrifted());
        // A long list beside a short one, then one less of its octets.
        plan = console.plan("61.0.0.0/24");
        plan.bans.resize(4200, plan.bans[0]);
        for (std::size_t i = 0; i < plan.bans.size(); ++i) {
            plan.bans[i].prefix = *Prefix::parse(i == 0 ? "62.1.0.0/16" : "61." + std::to_string(i / 256) + '.' + std::to_string(i % 256) + ".0/24");
        }
        QCOMPARE(rules(), shown());
        QVERIFY(rules().contains("61.0.0.0 : jump v4_110_143_465_587_993_995_4190.61"));
        QVERIFY(console.executor->apply(plan, targets, {}, options)->isComplete() && console.executor->confirm(plan.id, targets, options.who)->isComplete());
        QVERIFY(!console.executor->bans(targets[0])->hasDrifted());
        plan = console.plan("198.51.101.0/24");
        plan.unbans = {{*Prefix::parse("62.1.0.0/16"), {}}};
        QCOMPARE(rules(), shown());
        QVERIFY(rules().contains("delete chain inet mailward v4_110_143_465_587_993_995_4190.62") && rules().contains("jump v4_110_143_465_587_993_995_4190.198"));
        std::ignore = host.run({QStringLiteral("nft"), QStringLiteral("add"), QStringLiteral("chain"), QStringLiteral("inet"), QStringLiteral("mailward"), QStringLiteral("theirs")});
        plan = console.plan("192.0.2.128/25");
        QVERIFY(rules().contains("delete table"));
        QCOMPARE(rules(), shown());
    }

    void badProbeStopsTheRestAndComesBack()
    {
        Host one, two;
        QVERIFY(one.start() && two.start());
        Console console;
        bool reachable = true;
        int connections = 0;
        std::vector<ExecutorTarget> targets{target(one, "mx1"), target(two, "mx2")};
        targets[0].connect = [&]() -> Result<std::unique_ptr<CommandRunner>> {
            reachable = ++connections == 1; // the plan locks us out: no new connection after it
            return target(one, "mx1", nullptr, &reachable).connect();
        };
        ApplyOptions options;
        options.window = 5s;
        const Plan plan = console.plan("198.51.100.0/24");
        const auto report = console.executor->apply(plan, targets, {}, options);
        QVERIFY(report && !report->isComplete());
        QCOMPARE(report->servers.size(), std::size_t(1));
        QCOMPARE(report->servers[0].state, ApplyState::Undone);
        QVERIFY(one.ruleset().isEmpty() && two.ruleset().isEmpty());
    }

    /// The link dies before the n-th command, and the console with it. In the end the server is all-old or all-new, and the
    /// journal of the next start says which.
    void crashAnywhereIsRecovered()
    {
        Host host;
        QVERIFY(host.start());
        for (int dieBefore = 1; dieBefore < 8; ++dieBefore) {
            Console console;
            int countdown = dieBefore;
            ApplyOptions options;
            options.window = 5s;
            const Plan plan = console.plan("198.51.100.0/24");
            const auto report = console.executor->apply(plan, {target(host, "mx1", &countdown)}, {}, options);
            console.restart();
            const auto reports = console.executor->recover({target(host, "mx1")});
            QVERIFY(reports);
            QVERIFY(reports->empty() || (reports->size() == 1 && reports->front().planId == plan.id && reports->front().servers.size() == 1));
            const auto* last = console.journal->last(plan.id, QStringLiteral("mx1"));
            const bool stands = host.ruleset().contains("198.51.100.0/24");
            if (last != nullptr && last->state == ApplyState::Probed) {
                QVERIFY(stands);
                QTRY_VERIFY_WITH_TIMEOUT(host.ruleset().isEmpty(), 10'000);
                QVERIFY(console.executor->confirm(plan.id, {target(host, "mx1")}, {})->servers[0].error);
            } else if (last != nullptr && last->state == ApplyState::Failed) {
                QTRY_VERIFY_WITH_TIMEOUT(host.ruleset().isEmpty(), 10'000);
            } else {
                QVERIFY(!stands);
            }
            std::ignore = console.executor->revert(plan.id, {target(host, "mx1")}, {});
            QVERIFY(host.ruleset().isEmpty());
        }
    }

    void guardsHoldOnTheWay()
    {
        Host host;
        QVERIFY(host.start());
        Console console;
        for (const char* prefix : {"192.0.2.0/24", "127.0.0.0/8", "10.0.0.0/8"}) {
            const auto report = console.executor->apply(console.plan(prefix), {target(host, "mx1")}, {}, {});
            QVERIFY2(!report && report.error().code == ErrorCode::Refused, prefix);
        }
        QVERIFY(host.ruleset().isEmpty());
        QCOMPARE(console.audit->entries().back().action, QStringLiteral("refused"));
        auto installed = target(host, "mx1");
        installed.access = GateAccess::Installed;
        const auto missing = console.executor->apply(console.plan("198.51.100.7"), {installed}, {}, {});
        QVERIFY(!missing && missing.error().hint.contains(QStringLiteral("installer/server")));
    }

    void unbanLiftsAtOnce()
    {
        Host host;
        QVERIFY(host.start());
        Console console;
        const auto mx = target(host, "mx1");
        const Plan plan = console.plan("198.51.100.0/24");
        QVERIFY(console.executor->apply(plan, {mx}, {}, {})->isComplete());
        QVERIFY(console.executor->confirm(plan.id, {mx}, {})->isComplete());
        QVERIFY(!console.executor->unban({{*Prefix::parse("198.51.100.7"), {}}}, mx, {}));
        QVERIFY(!console.executor->unban({{*Prefix::parse("203.0.113.7"), {}}}, mx, {}));
        QVERIFY(console.executor->unban({{*Prefix::parse("198.51.100.0/24"), {}}}, mx, QStringLiteral("kim")));
        QVERIFY(host.ruleset().isEmpty());
        QVERIFY(!console.executor->bans(mx)->hasDrifted());
    }
};

QTEST_GUILESS_MAIN(TestRespondExecutor)
#include "tst_RespondExecutor.moc"
