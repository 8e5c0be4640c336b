// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AuditAnchors.h"
#include "models/respond/BanBackend.h"
#include "models/respond/Guards.h"
#include "models/respond/Journal.h"
#include "models/respond/Preview.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <tuple>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const Instant kNow = *parseRfc3339("2026-11-23T12:00:00Z");

Prefix net(const char* text) { return *Prefix::parse(text); }

BanEntry ban(const char* text, std::chrono::seconds ttl = 600s)
{
    BanEntry entry;
    entry.prefix = net(text);
    entry.ttl = ttl;
    return entry;
}

Plan planOf(std::vector<BanEntry> bans, const QString& id = QStringLiteral("0123456789abcdef"))
{
    Plan plan;
    plan.id = id;
    plan.made = kNow;
    plan.bans = std::move(bans);
    return plan;
}

ServerState stateOf(std::vector<LiveBan> bans, Instant at = kNow)
{
    ServerState state;
    state.hash = QString(64, u'0');
    state.serverTime = at;
    state.bans = std::move(bans);
    return state;
}

bool banned(const std::vector<LiveBan>& bans, const char* address)
{
    return std::any_of(bans.begin(), bans.end(), [&](const LiveBan& b) { return b.prefix.contains(*IpAddress::parse(address)); });
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
}

/// So many entries in the log of `folder`, and the lines that a server holds when each was anchored.
QByteArray written(const QString& folder, int entries, const QString& who = QStringLiteral("kim"), Instant when = kNow)
{
    const FixedClock clock(when);
    auto log = *AuditLog::open(folder, clock);
    QByteArray lines;
    for (int i = 0; i < entries; ++i) {
        std::ignore = log->append({0, {}, who, QStringLiteral("confirm"), QStringLiteral("mx1"), {}, QStringLiteral("entry %1").arg(i), {}});
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
        lines += "anchor " + log->headHex() + ' ' + log->identity().chain + ' ' + log->identity().console + ' ' + QByteArray::number(qint64(seconds)) + '\n';
    }
    return lines;
}

AnchorReport judged(const QByteArray& lines, const QString& folder)
{
    return judgeAnchors({QStringLiteral("mx1"), parseAnchors(lines + "ok\n")}, *AuditLog::read(folder));
}

} // namespace

class TestRespond : public QObject
{
    Q_OBJECT

private slots:
    void peopleWithoutAWayInNeedTheirNumber()
    {
        GuardVerdict verdict;
        QVERIFY(verdict.isAgreed({}));
        verdict.collateral.onlyHere = {"anna", "bert"};
        QVERIFY(!verdict.isAgreed({}) && !verdict.isAgreed(QStringLiteral("1")) && !verdict.isAgreed(QStringLiteral("2 ")));
        QVERIFY(verdict.isAgreed(QStringLiteral("2")));
    }

    void guardsObject_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("forced");
        QTest::newRow("fine") << "198.51.100.0/24" << "" << false;
        QTest::newRow("console") << "203.0.113.0/24" << "console" << false;
        QTest::newRow("console, forced") << "203.0.113.0/24" << "console" << true;
        QTest::newRow("server") << "192.0.2.11" << "server" << false;
        QTest::newRow("allow-list, inside") << "198.18.7.7" << "allow-list" << false;
        QTest::newRow("allow-list, around") << "198.16.0.0/12" << "allow-list" << false;
        QTest::newRow("private") << "10.1.0.0/16" << "special-range" << false;
        QTest::newRow("private, forced") << "10.1.0.0/16" << "" << true;
        QTest::newRow("loopback, forced") << "127.0.0.0/8" << "special-range" << true;
        QTest::newRow("broad") << "32.0.0.0/7" << "too-broad" << false;
        QTest::newRow("broad v6") << "2000::/18" << "too-broad" << false;
        QTest::newRow("gateway") << "198.51.101.0/24" << "gateway" << false;
    }
    void guardsObject()
    {
        QFETCH(QString, prefix);
        QFETCH(QString, rule);
        QFETCH(bool, forced);
        GuardContext context;
        context.now = kNow;
        context.consoles = {{net("203.0.113.5"), QStringLiteral("this console")}};
        context.servers = {{net("192.0.2.11"), QStringLiteral("mx1")}};
        context.allow = *AllowList::parse(QStringLiteral("198.18.0.0/16 # office\n198.51.100.0/24 until 2026-01-01T00:00:00Z # over"));
        context.goodLogins = {{*IpAddress::parse("198.51.101.9"), "a@example.org", 30}, {*IpAddress::parse("192.0.2.99"), "b@example.org", 5}};
        BanEntry entry = ban(prefix.toLatin1().constData());
        entry.forced = forced;
        const auto verdict = checkBans({entry}, context);
        QStringList rules;
        for (const auto& objection : verdict.objections) {
            rules << guardRuleName(objection.rule);
        }
        QVERIFY2(rule.isEmpty() ? verdict.isAllowed() : rules.contains(rule), qPrintable(rules.join(u' ')));
    }

    void twoHalvesAreTooMuch()
    {
        std::vector<BanEntry> bans;
        for (int i = 11; i < 74; ++i) {
            bans.push_back(ban(qPrintable(QStringLiteral("%1.0.0.0/8").arg(i))));
        }
        QVERIFY(checkBans(bans, {}).isAllowed());
        GuardContext context;
        context.enforced = {net("80.0.0.0/8"), net("81.0.0.0/8")};
        const auto verdict = checkBans(bans, context);
        QCOMPARE(verdict.objections.size(), std::size_t(1));
        QCOMPARE(verdict.objections[0].rule, GuardRule::TooMuch);
    }

    void collateralCountsPeople()
    {
        GuardContext context;
        context.goodLogins = {{*IpAddress::parse("198.51.100.1"), "here", 3}, {*IpAddress::parse("198.51.100.2"), "both", 2},
                              {*IpAddress::parse("203.0.113.2"), "both", 2}, {*IpAddress::parse("203.0.113.3"), "there", 1}};
        const auto cut = checkBans({ban("198.51.100.0/24"), ban("198.51.100.0/25")}, context).collateral;
        QCOMPARE(cut.goodLogins, 5U);
        QCOMPARE(cut.totalGoodLogins, 8U);
        QCOMPARE(cut.accounts, (std::vector<std::string>{"both", "here"}));
        QCOMPARE(cut.onlyHere, (std::vector<std::string>{"here"}));
        QCOMPARE(cut.totalAccounts, 3U);
    }

    /// Whatever is in a plan, what goes to the server never meets the allow-list; also after merging with what stands there.
    void allowListAndBansNeverMeet()
    {
        std::mt19937 random(20261123);
        const auto anyPrefix = [&](int shortest) {
            const auto length = std::uniform_int_distribution<int>(shortest, 32)(random);
            // A small space, so that they do meet.
            return Prefix(IpAddress::fromV4(0xC6120000U | (random() & 0xFFFFU)), length);
        };
        int refused = 0;
        int granted = 0;
        for (int round = 0; round < 10'000; ++round) {
            GuardContext context;
            context.now = kNow;
            for (int i = 0; i < 3; ++i) {
                context.allow.add({anyPrefix(20), {}, {}});
            }
            Plan plan = planOf({});
            for (int i = 0; i < 6; ++i) {
                plan.bans.push_back({anyPrefix(18), authPorts(), std::chrono::seconds(60 + random() % 1000), {}, 0, (random() & 1U) != 0});
            }
            std::ignore = refuseUnsafe(plan, context);
            refused += int(plan.refused.size());
            granted += int(plan.bans.size());
            std::vector<LiveBan> standing;
            if (const Prefix old = anyPrefix(18); context.allow.meets(old, kNow) == nullptr) {
                standing.push_back({old, authPorts(), kNow + 300s, QStringLiteral("fedcba9876543210")});
            }
            const auto state = stateOf(standing);
            const auto after = afterDelta(state, deltaFor(plan, state), plan.id);
            for (std::size_t i = 0; i < after.size(); ++i) {
                QVERIFY2(context.allow.meets(after[i].prefix, kNow) == nullptr, qPrintable(QStringLiteral("round %1").arg(round)));
                QVERIFY(i == 0 || !after[i].prefix.overlaps(after[i - 1].prefix));
            }
            for (const auto& wanted : plan.bans) {
                QVERIFY(banned(after, wanted.prefix.address().toString().c_str()) && banned(after, wanted.prefix.last().toString().c_str()));
            }
            QVERIFY(deltaFor(plan, stateOf(after)).isEmpty());
        }
        QVERIFY(refused > 1000 && granted > 1000);
    }

    void deltaSplitsAndLifts()
    {
        const QString old = QStringLiteral("fedcba9876543210");
        const auto state = stateOf({{net("198.51.100.0/24"), authPorts(), kNow + 100s, old}, {net("203.0.113.7"), authPorts(), kNow + 9000s, old}});
        const auto longer = afterDelta(state, deltaFor(planOf({ban("198.51.100.0/26", 600s), ban("203.0.113.0/24", 600s)}), state), planOf({}).id);
        for (const auto& item : longer) {
            const bool wanted = net("198.51.100.0/26").contains(item.prefix) || (net("203.0.113.0/24").contains(item.prefix) && item.prefix != net("203.0.113.7"));
            QCOMPARE(item.expires, kNow + (wanted ? 600s : item.prefix == net("203.0.113.7") ? 9000s : 100s));
        }
        QVERIFY(banned(longer, "198.51.100.255") && banned(longer, "203.0.113.255"));
        Plan lift = planOf({});
        lift.unbans = {{net("198.51.100.9"), {}}, {net("203.0.113.0/24"), {}}};
        const auto lifted = afterDelta(state, deltaFor(lift, state), lift.id);
        QVERIFY(!banned(lifted, "198.51.100.9") && banned(lifted, "198.51.100.8") && banned(lifted, "198.51.100.10") && !banned(lifted, "203.0.113.7"));
    }

    void planTravelsAsJson()
    {
        Plan plan = planOf({ban("198.51.100.0/24"), ban("2001:db8:bad::/48")});
        plan.bans[0].reason = QStringLiteral("guessing");
        plan.bans[0].covers = 12;
        plan.unbans = {{net("203.0.113.7"), {25}}};
        plan.expected.attemptsStoppedPct = 98.5;
        plan.refused = {{net("10.0.0.0/8"), QStringLiteral("private")}};
        plan.servers = QStringList{QStringLiteral("mx1")};
        const auto text = QJsonDocument(toJson(plan)).toJson();
        QCOMPARE(*planFromJson(text), plan);
        for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"\"version\": 1", "\"version\": 2"}, {"198.51.100.0/24", "198.51.100.1/24"}, {"198.51.100.0/24", "; id"}, {"\"ttl_s\": 600", "\"ttl_s\": 0"},
                 {"110,", "53,"}, {"0123456789abcdef", "../../etc/passwd"}}) {
            QVERIFY2(!planFromJson(QByteArray(text).replace(from, to)), to);
        }
    }

    void answersAreReadStrictly()
    {
        const NftablesBackend backend;
        const QByteArray tail = "ok " + QByteArray(64, 'a') + " intact 1795479985";
        const QByteArray good = "ban v4_110_143 198.51.100.0/24 1795483585 0123456789abcdef\nban v6_25 2001:db8::1 0 -\ndrop v4_110_143 5 300\n" + tail + '\n';
        const auto state = backend.parseState(good);
        QVERIFY(state);
        QCOMPARE(state->bans.size(), std::size_t(2));
        QCOMPARE(state->bans[0].ports, (Ports{110, 143}));
        QVERIFY(!state->bans[1].isOurs());
        QCOMPARE(state->drops[0].packets, 5U);
        const auto apart = backend.parseState("ban v4_25.198 198.51.100.0/24 1795483585 0123456789abcdef\nban v6_25_143.2001 2001:db8::/32 1795483585 0123456789abcdef\n" + tail);
        QVERIFY(apart && apart->bans[0].apart && !state->bans[0].apart);
        QCOMPARE(apart->bans[0].ports, Ports{25});
        QCOMPARE(apart->bans[1].ports, (Ports{25, 143}));
        for (const char* bad : {"", "ok", "ban v4_110 198.51.100.0/24 1\n", "ban v4 198.51.100.0/24 1 0123456789abcdef\n", "ban v4_x 1.2.3.4 1 0123456789abcdef\n",
                                "ban v6_25 1.2.3.4 1 0123456789abcdef\n", "ban v4_25 host 1 0123456789abcdef\n", "ban v4_25 1.2.3.4 -1 0123456789abcdef\n", "ban v4_25 1.2.3.4 1 <b>\n", "<img>\n",
                                "ban v4_25.9 1.2.3.4 1 0123456789abcdef\n", "ban v4_25. 1.2.3.4 1 0123456789abcdef\n", "ban v4_25.1.2 1.2.3.4 1 0123456789abcdef\n"}) {
            QVERIFY2(!backend.parseState(bad) && (*bad == 0 || !backend.parseState(QByteArray(bad) + tail)), bad);
        }
        std::mt19937 random(5);
        for (int i = 0; i < 20'000; ++i) {
            QByteArray text = good;
            text[qsizetype(random() % std::uint32_t(text.size()))] = char(random());
            std::ignore = backend.parseState(text);
        }
    }

    void previewCountsAttackers()
    {
        const NftablesBackend backend;
        const auto at = [](const char* text, std::uint64_t n) { return AttackSource{*IpAddress::parse(text), n}; };
        const auto preview = previewPlan(planOf({ban("198.51.100.0/24"), ban("198.51.100.8/29"), ban("2001:db8::/32")}),
                                         {at("198.51.100.200", 2), at("198.51.100.9", 1), at("2001:db8::7", 4), at("203.0.113.1", 1)}, {}, {{QStringLiteral("mx1"), GateAccess::Installed, stateOf({})}}, backend);
        QCOMPARE(preview.attackersCovered, 3U);
        QCOMPARE(preview.attemptsCovered, 7U);
        QCOMPARE(preview.coveredPct(), 75.0);
        QCOMPARE(preview.servers[0].command, QStringLiteral("sudo -n /usr/local/sbin/mailward-gate"));
        QCOMPARE(preview.servers[0].batch, QByteArray("ban 198.51.100.0/24 110,143,465,587,993,995,4190 600\nban 2001:db8::/32 110,143,465,587,993,995,4190 600\n"));
        QVERIFY(preview.servers[0].rules.contains("198.51.100.0/24 timeout 600s"));
    }

    void auditFindsEveryTampering()
    {
        QTemporaryDir folder;
        const FixedClock clock(kNow);
        {
            auto log = AuditLog::open(folder.path(), clock);
            QVERIFY(log);
            for (int i = 0; i < 40; ++i) {
                QVERIFY((*log)->append({0, {}, QStringLiteral("kim"), QStringLiteral("apply"), QStringLiteral("mx1"), {}, QStringLiteral("entry %1").arg(i), {}}));
            }
        }
        QVERIFY(AuditLog::verify(folder.path())->sound);
        QCOMPARE((*AuditLog::open(folder.path(), clock))->entries().size(), std::size_t(40));
        const QString path = folder.filePath(QStringLiteral("audit.jsonl"));
        const QByteArray good = contentOf(path);
        std::mt19937 random(99);
        for (int i = 0; i < 1000; ++i) {
            QByteArray bad = good;
            auto lines = good.chopped(1).split('\n');
            const auto any = [&](qsizetype n) { return qsizetype(random() % std::uint32_t(n)); };
            switch (i % 5) {
            case 0: bad[any(bad.size())] = char(bad[any(bad.size())] ^ char(1 + random() % 255)); break;
            case 1: lines.removeAt(any(lines.size())); bad = lines.join('\n') + '\n'; break;
            case 2: lines.swapItemsAt(any(20), 20 + any(20)); bad = lines.join('\n') + '\n'; break;
            case 3: bad.truncate(any(bad.size())); break;
            default: lines.insert(any(lines.size()), lines[any(lines.size())]); bad = lines.join('\n') + '\n'; break;
            }
            if (bad == good) {
                continue;
            }
            overwrite(path, bad);
            QVERIFY2(!AuditLog::verify(folder.path())->sound, qPrintable(QString::number(i)));
        }
        overwrite(path, good.left(good.size() / 2));
        QVERIFY(!AuditLog::open(folder.path(), clock));
        QFile::remove(path);
        QVERIFY(!AuditLog::verify(folder.path())->sound);
    }

    /// A chain that was written anew is sound by itself: only what the servers hold of the old one tells.
    void anchorsFindAChainThatWasReplaced()
    {
        QTemporaryDir folder;
        const QByteArray held = written(folder.path(), 8);
        QCOMPARE(judged(held, folder.path()).count(AnchorFate::Found), std::size_t(8));
        QCOMPARE(judged(held, folder.path()).anchors[2].entry, std::uint64_t(3));
        QVERIFY(judged(held, folder.path()).problem.isEmpty());

        // With the key at hand.
        for (const char* file : {"audit.jsonl", "audit.head"}) {
            QVERIFY(QFile::remove(folder.filePath(QLatin1String(file))));
        }
        written(folder.path(), 9, QStringLiteral("somebody else"));
        QVERIFY(AuditLog::verify(folder.path())->sound);
        AnchorReport report = judged(held, folder.path());
        QCOMPARE(report.count(AnchorFate::Missing), std::size_t(8));
        QVERIFY2(report.problem.contains(QStringLiteral("rewritten")), qPrintable(report.problem));
        QCOMPARE(auditProblem(*AuditLog::read(folder.path()), {report}), report.problem);

        // With a new key, or with nothing at all.
        for (const bool again : {true, false}) {
            for (const char* file : {"audit.jsonl", "audit.head", "audit.key"}) {
                QVERIFY(QFile::remove(folder.filePath(QLatin1String(file))));
            }
            if (again) {
                written(folder.path(), 8);
            }
            QVERIFY(AuditLog::verify(folder.path())->sound);
            report = judged(held, folder.path());
            QCOMPARE(report.count(AnchorFate::Replaced), std::size_t(8));
            QVERIFY2(report.problem.contains(QStringLiteral("replaced")), qPrintable(report.problem));
        }
    }

    void anchorsFindAChainThatWasTakenBack()
    {
        QTemporaryDir folder;
        const QByteArray early = written(folder.path(), 3);
        const QList<QByteArray> names{"audit.jsonl", "audit.head"};
        const QList<QByteArray> copy{contentOf(folder.filePath(QStringLiteral("audit.jsonl"))), contentOf(folder.filePath(QStringLiteral("audit.head")))};
        const QByteArray late = written(folder.path(), 2, QStringLiteral("kim"), kNow + 48h);
        QVERIFY(judged(early + late, folder.path()).problem.isEmpty());
        for (qsizetype i = 0; i < names.size(); ++i) {
            overwrite(folder.filePath(QLatin1String(names[i])), copy[i]);
        }
        QVERIFY(AuditLog::verify(folder.path())->sound);
        const AnchorReport report = judged(early + late, folder.path());
        QCOMPARE(report.count(AnchorFate::Found), std::size_t(3));
        QCOMPARE(report.count(AnchorFate::Missing), std::size_t(2));
        QVERIFY2(report.problem.contains(QStringLiteral("older copy")) && report.problem.contains(QStringLiteral("2026-11-25T12:00:00")), qPrintable(report.problem));
    }

    /// Another operator's chain on the same server is no alarm, and old lines do not say whose they are.
    void anchorsOfOthersAreNoAlarm()
    {
        QTemporaryDir ours, theirs;
        const QByteArray held = written(ours.path(), 3) + written(theirs.path(), 4) + "anchor " + QByteArray(64, 'a') + '\n';
        const AnchorReport report = judged(held, ours.path());
        QCOMPARE(report.count(AnchorFate::Found), std::size_t(3));
        QCOMPARE(report.count(AnchorFate::Others), std::size_t(4));
        QCOMPARE(report.count(AnchorFate::Unsigned), std::size_t(1));
        QVERIFY2(report.problem.isEmpty(), qPrintable(report.problem));
        const auto chain = AuditLog::read(ours.path());
        const AnchorReport old = judged("anchor " + chain->entries[1].mac + "\n", ours.path());
        QCOMPARE(old.anchors.at(0).entry, std::uint64_t(2)); // found without its ids, too
        QVERIFY(AuditLog::read(theirs.path())->identity.chain != chain->identity.chain && AuditLog::read(theirs.path())->identity.console != chain->identity.console);
    }

    void hostileAnchorLinesComeToNothing()
    {
        const QByteArray head(64, 'b'), id(16, 'c');
        const QByteArray good = "anchor " + head + ' ' + id + ' ' + id + " 1795000000";
        QCOMPARE(parseAnchors(good + "\nok\n").anchors.size(), std::size_t(1));
        QVERIFY(!parseAnchors(good + "\nok\n").cut && parseAnchors(good + "\nok cut").cut);
        for (const QByteArray& bad : {"x" + good, good + " 1", good + "x", QByteArray("anchor"), "anchor " + head.left(63), "anchor " + head.toUpper(), "anchor " + head + ' ' + id + ' ' + id,
                                      "anchor " + head + ' ' + id + ' ' + id + " -5", "anchor " + head + ' ' + id + ' ' + id + " 999999999999999999999", "anchor " + head + "  ",
                                      "anchor " + head + ' ' + id + " $(reboot)0123456 1795000000", QByteArray("anchor \0\x1b[2J<b>", 14), QByteArray(300'000, 'a')}) {
            QVERIFY2(parseAnchors(bad + "\nok").anchors.empty(), bad.left(120).constData());
        }
        QByteArray many;
        for (int i = 0; i < 5000; ++i) {
            many += good + '\n';
        }
        QCOMPARE(parseAnchors(many).anchors.size(), std::size_t(1000));
    }

    void journalSurvivesATornLine()
    {
        QTemporaryDir folder;
        const FixedClock clock(kNow);
        const QString path = folder.filePath(QStringLiteral("journal.jsonl"));
        const Plan plan = planOf({ban("198.51.100.0/24")});
        {
            auto journal = *Journal::open(path, clock);
            QVERIFY(journal->addPlan(plan));
            QVERIFY(journal->add({{}, plan.id, QStringLiteral("mx1"), ApplyState::Applying, {}, {}, kNow + 60s, {}}));
            QVERIFY(journal->add({{}, plan.id, QStringLiteral("mx1"), ApplyState::Confirmed, {}, {}, kNow + 60s, {}}));
            QVERIFY(journal->add({{}, plan.id, QStringLiteral("mx2"), ApplyState::Applied, {}, {}, kNow + 60s, {}}));
        }
        const QByteArray whole = contentOf(path);
        const qsizetype lastLine = whole.lastIndexOf('\n', -2) + 1;
        for (qsizetype cut = lastLine; cut <= whole.size(); ++cut) {
            overwrite(path, whole.left(cut));
            auto journal = Journal::open(path, clock);
            QVERIFY(journal);
            QCOMPARE(*(*journal)->plan(plan.id), plan);
            QCOMPARE((*journal)->unfinished().size(), std::size_t(cut == whole.size() ? 1 : 0));
            QCOMPARE((*journal)->expected(QStringLiteral("mx1")).size(), std::size_t(1));
            QVERIFY((*journal)->expected(QStringLiteral("mx2")).empty());
        }
        overwrite(path, QByteArray(whole).replace("applying", "nonsense"));
        QVERIFY(!Journal::open(path, clock));
    }
};

QTEST_GUILESS_MAIN(TestRespond)
#include "tst_Respond.moc"
