// SPDX-License-Identifier: GPL-3.0-or-later
// What is pure of the accounts: names, plans, passwords, hashes, journal, hand-over file, candidates, policy.
#include "models/core/SecretsAtWork.h"
#include "models/respond/AccountJournal.h"
#include "models/respond/AccountPolicy.h"
#include "models/respond/HandOver.h"
#include "models/respond/Plan.h"
#include "models/respond/ResetWave.h"
#include "models/respond/WeakPasswords.h"
#include "models/store/EventColumns.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>

using namespace mailward;

namespace {

const Instant kNow = *parseRfc3339("2026-11-28T12:00:00Z");

std::string text(const Secret& secret) { return {secret.data(), secret.size()}; }

std::vector<PasswordSlip> slips(std::initializer_list<std::pair<const char*, const char*>> list)
{
    std::vector<PasswordSlip> result;
    for (const auto& [account, password] : list) {
        result.push_back({account, {QStringLiteral("mx1"), QStringLiteral("mx2")}, kNow, Secret(password)});
    }
    return result;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_Accounts : public QObject
{
    Q_OBJECT

private slots:
    void hostileNamesGoNowhere()
    {
        for (const char* good : {"alice@example.org", "o'brien@example.org", "a.b+c_d=e-f@x", "_x", "7"}) {
            QVERIFY2(isAccountName(good), good);
        }
        const std::vector<std::string> bad{"", "-x", ".x", "@x", "'x", "a b", "a\tb", "a\nb", "a:b", "a\\b", "a\"b", "a$(id)", "a`id`", "a;b", "a|b", "../x/y", "a/b", "a*", "a?", "a%u", "a(b)", "a,b",
                                           "a#b", "a<b>", "a{b}", "a[b]", "a!b", "a&b", "a~b", "a^b", std::string("a\0b", 3), "a\x7F", "\xC3\xA4@x", "a\xFF", std::string(255, 'a'), std::string(8192, 'a')};
        for (const std::string& name : bad) {
            QVERIFY2(!isAccountName(name), name.c_str());
            QVERIFY(!makeAccountPlan(AccountAction::Lock, {"alice", name}, kNow, {}));
        }
    }

    void planSurvivesJson()
    {
        auto plan = *makeAccountPlan(AccountAction::Reset, {"b@x", "a@x", "b@x"}, kNow, QStringLiteral("Distributed guessing"));
        QCOMPARE(plan.accounts, (std::vector<std::string>{"a@x", "b@x"}));
        plan.servers = QStringList{QStringLiteral("mx1")};
        plan.hash = HashChoice{HashScheme::Bcrypt, 12};
        plan.steps.cutSilent = true;
        plan.recipe = {PasswordStyle::Words, 5};
        QCOMPARE(*accountPlanFromJson(toJson(plan)), plan);
        auto json = toJson(plan);
        json[QStringLiteral("accounts")] = QJsonArray{QStringLiteral("a\nroot")};
        QVERIFY(!accountPlanFromJson(json));
    }

    /// T23: no bias (chi square over 10^5 draws, p > 0.001), no repeats, never fewer than 64 bits.
    void passwordsAreRandom()
    {
        std::set<std::string> seen;
        std::map<char, int> counts;
        const PasswordRecipe recipe{PasswordStyle::Characters, 20};
        constexpr int kCount = 5000;
        for (int i = 0; i < kCount; ++i) {
            const auto word = text(makePassword(recipe));
            QVERIFY(seen.insert(word).second);
            for (const char c : word) {
                ++counts[c];
            }
        }
        QCOMPARE(counts['-'], 3 * kCount);
        counts.erase('-');
        QCOMPARE(counts.size(), std::size_t{56});
        double chi = 0;
        for (const auto& [c, count] : counts) {
            const double expected = 20.0 * kCount / 56;
            chi += (count - expected) * (count - expected) / expected;
        }
        QVERIFY2(chi < 93.2, qPrintable(QString::number(chi))); // 55 degrees of freedom, p = 0.001
        QVERIFY(std::abs(entropyBits(recipe) - 116.15) < 0.1);
        QCOMPARE(entropyBits({PasswordStyle::Words, 5}), 80.0);
        QCOMPARE(QString::fromStdString(text(makePassword({PasswordStyle::Words, 5}))).split(QLatin1Char('-')).size(), 5);
        QVERIFY(!checkRecipe({PasswordStyle::Characters, 11}));
        QVERIFY(!checkRecipe({PasswordStyle::Words, 3}));
        QVERIFY(checkRecipe({PasswordStyle::Words, 4}));
        QVERIFY(!checkRecipe({PasswordStyle::Characters, 65}));
    }

    void hashesFitTheirPassword()
    {
        const Secret password("lusab-babad-gutih");
        for (const HashChoice& choice : {HashChoice{HashScheme::Sha512Crypt, 5000}, HashChoice{HashScheme::Sha512Crypt, 6000}, HashChoice{HashScheme::Bcrypt, 5}, HashChoice{HashScheme::Sha256Crypt, 5000}}) {
            const auto hash = hashPassword(password, choice);
            QVERIFY(hash && matchesHash(password, *hash));
            QVERIFY(!matchesHash(Secret("lusab-babad-gutij"), *hash));
            QVERIFY(*hash != *hashPassword(password, choice));
        }
        QCOMPARE(chooseScheme({QStringLiteral("PLAIN"), QStringLiteral("BLF-CRYPT")})->scheme, HashScheme::Bcrypt);
        QCOMPARE(chooseScheme({QStringLiteral("BLF-CRYPT"), QStringLiteral("SHA512-CRYPT")})->scheme, HashScheme::Sha512Crypt);
        QVERIFY(!chooseScheme({QStringLiteral("PLAIN")}));
    }

    void coreDumpsAreOffWhileSecretsLive()
    {
        rlimit before{};
        getrlimit(RLIMIT_CORE, &before);
        const int dumpable = prctl(PR_GET_DUMPABLE);
        {
            const SecretsAtWork outer;
            {
                const SecretsAtWork inner;
            }
            rlimit now{};
            getrlimit(RLIMIT_CORE, &now);
            QCOMPARE(now.rlim_cur, rlim_t{0});
            QCOMPARE(prctl(PR_GET_DUMPABLE), 0);
        }
        rlimit after{};
        getrlimit(RLIMIT_CORE, &after);
        QCOMPARE(after.rlim_cur, before.rlim_cur);
        QCOMPARE(prctl(PR_GET_DUMPABLE), dumpable);
    }

    void handOverFileOpensWithItsPassphraseOnly()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("new.mwp"));
        const Secret passphrase("correct horse battery");
        {
            auto file = HandOverFile::create(path, passphrase);
            QVERIFY(file);
            QVERIFY(QFile::copy(path, folder.filePath(QStringLiteral("older"))));
            QVERIFY((*file)->append(slips({{"bob@x", "CANARY-1"}, {"alice@x", "CANARY-2"}})));
            QVERIFY((*file)->append(slips({{"bob@x", "CANARY-3"}})));
        }
        const QByteArray sealed = contentOf(path);
        QVERIFY(!sealed.contains("CANARY") && !sealed.contains("bob"));
        QCOMPARE(QFile::permissions(path) & 0x0FFF, QFile::Permissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser) & 0x0FFF);
        auto file = HandOverFile::open(path, passphrase);
        QVERIFY(file);
        const auto read = (*file)->read();
        QVERIFY(read && read->size() == 2);
        QCOMPARE(read->at(0).account, std::string("alice@x"));
        QCOMPARE(text(read->at(1).password), std::string("CANARY-3"));
        QCOMPARE(read->at(1).servers.size(), 2);
        QCOMPARE(HandOverFile::open(path, Secret("correct horse batterx")).error().code, ErrorCode::AuthRefused);
        QVERIFY(!HandOverFile::create(path, passphrase));
        QVERIFY(!HandOverFile::create(folder.filePath(QStringLiteral("b")), Secret("short")));
        // A changed, dropped or swapped record does not open.
        auto lines = sealed.split('\n');
        const auto older = contentOf(folder.filePath(QStringLiteral("older"))).split('\n');
        QCOMPARE(lines.size(), 6); // header, check, two of slips, the end, and what is behind its newline
        for (const auto& changed : {QList<QByteArray>{lines[0], lines[1], lines[3], lines[2], lines[4], {}}, QList<QByteArray>{lines[0], lines[1], lines[3], lines[4], {}}, lines.mid(0, 4) + QList<QByteArray>{{}},
                                    lines.mid(0, 3) + QList<QByteArray>{lines[4], {}}, lines.mid(0, 3) + QList<QByteArray>{{}}, lines.mid(0, 2) + QList<QByteArray>{{}}, lines.mid(0, 2) + QList<QByteArray>{lines[4], {}},
                                    lines.mid(0, 1) + QList<QByteArray>{{}}, lines.mid(0, 5), QList<QByteArray>{lines[0], lines[1], lines[2], older[2], {}}}) {
            QFile other(folder.filePath(QStringLiteral("c")));
            QVERIFY(other.open(QIODevice::WriteOnly | QIODevice::Truncate));
            other.write(changed.join('\n'));
            other.close();
            QCOMPARE(HandOverFile::open(other.fileName(), passphrase).error().code, ErrorCode::Corrupt);
        }
    }

    void journalKnowsWhoWaits()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("accounts.jsonl"));
        FixedClock clock(kNow);
        const auto plan = *makeAccountPlan(AccountAction::Reset, {"a@x", "b@x"}, kNow, QStringLiteral("test"));
        const auto entry = [&](const char* account, AccountState state) { return AccountJournalEntry{{}, plan.id, QStringLiteral("mx1"), account, state, {}, {}}; };
        {
            auto journal = *AccountJournal::open(path, clock);
            QVERIFY(journal->addPlan(plan));
            QVERIFY(journal->add({entry("a@x", AccountState::Planned), entry("b@x", AccountState::Planned)}));
            QVERIFY(journal->add({entry("a@x", AccountState::Confirmed)}));
        }
        const QByteArray whole = contentOf(path);
        {   // a batch that a crash cut short is not there at all
            QFile file(path);
            QVERIFY(file.open(QIODevice::Append));
            file.write(whole.mid(whole.trimmed().lastIndexOf('\n') + 1, 60));
        }
        auto journal = *AccountJournal::open(path, clock);
        QCOMPARE(contentOf(path), whole);
        QCOMPARE(journal->unfinished(), std::vector<QString>{plan.id});
        QCOMPARE(journal->last(plan.id, QStringLiteral("mx1"), "b@x")->state, AccountState::Planned);
        QVERIFY(journal->add({entry("a@x", AccountState::Delivered), entry("b@x", AccountState::Failed)}));
        QVERIFY(journal->unfinished().empty());
        QCOMPARE(journal->resetsSince(kNow - std::chrono::hours(1)).size(), std::size_t{1});
        QVERIFY(journal->resetsSince(kNow + std::chrono::hours(1)).empty());
    }

    /// The office of alice tries her old password after the reset; a stranger does so, too. Only the office is spared, and for three days.
    void phonesAfterAResetAreNoAttack()
    {
        const IpAddress office = *IpAddress::parse("192.0.2.7");
        const IpAddress stranger = *IpAddress::parse("203.0.113.9");
        std::vector<Event> events;
        for (const auto& [ip, hours] : {std::pair{office, -1}, std::pair{office, 1}, std::pair{office, 2}, std::pair{stranger, 1}}) {
            Event event;
            event.time = kNow + std::chrono::hours(hours);
            event.service = Service::Imap;
            event.kind = EventKind::AuthFailure;
            event.outcome = Outcome::Failure;
            event.attempts = 3;
            event.ip = ip;
            event.account = "alice@x";
            events.push_back(event);
        }
        EventColumns columns;
        columns.append(events);
        const std::vector<RecentReset> resets{{"alice@x", QStringLiteral("mx1"), kNow - std::chrono::hours(5)}, {"alice@x", QStringLiteral("mx2"), kNow}};
        const std::vector<GoodLogin> trusted{{office, "alice@x", 40}, {office, "bob@x", 2}, {*IpAddress::parse("192.0.2.8"), "bob@x", 9}};
        const auto wave = honestFailures(*columns.snapshot(), resets, trusted);
        QCOMPARE(wave.size(), std::size_t{1});
        QCOMPARE(wave.front().address, office);
        QCOMPARE(wave.front().attempts, std::uint64_t{6}); // not the one before the reset
        QCOMPARE(wave.front().last, kNow + std::chrono::hours(2));

        GuardContext guards;
        guards.now = kNow + std::chrono::hours(1);
        guards.goodLogins = trusted;
        for (const auto& entry : sparedAfterResets(resets, trusted)) {
            guards.allow.add(entry);
        }
        QCOMPARE(guards.allow.entries().size(), std::size_t{1});
        const std::vector<BanEntry> bans{{Prefix(office, 32), authPorts(), std::chrono::hours(10), {}, 1, true}, {Prefix(stranger, 32), authPorts(), std::chrono::hours(10), {}, 1, true}};
        const auto objections = checkBans(bans, guards).objections;
        QVERIFY(!objections.empty() && std::all_of(objections.begin(), objections.end(), [&](const Objection& one) { return one.prefix == bans[0].prefix; }));
        QVERIFY2(objections.front().why.contains(QStringLiteral("alice@x")), qPrintable(objections.front().why));
        guards.now = kNow + kResetWave + std::chrono::seconds(1);
        const auto later = checkBans(bans, guards).objections;
        QVERIFY(std::none_of(later.begin(), later.end(), [](const Objection& one) { return one.rule == GuardRule::AllowList; }));
    }

    void candidatesAndCost()
    {
        const auto candidates = *weakCandidates({QStringLiteral("Welcome2026"), QStringLiteral("50%off")}, kNow);
        QCOMPARE(candidates.size(), std::size_t{50});
        QCOMPARE(candidates[0], (WeakCandidate{QStringLiteral("default"), "Welcome2026"}));
        QCOMPARE(candidates[1].text, std::string("50%%off"));
        std::set<std::string> texts;
        for (const auto& one : candidates) {
            QVERIFY(texts.insert(one.text).second);
        }
        QVERIFY(texts.contains("%n123") && texts.contains("Winter2026") && texts.contains("%D2025"));
        QVERIFY(!weakCandidates({QStringLiteral("a\nb")}, kNow));
        const AuditCost cheap{{{QStringLiteral("SHA512-CRYPT"), 5000, 2500, 1.07, true}}, 50};
        QCOMPARE(cheap.duration().count(), 134);
        QVERIFY(!cheap.isCostly());
        const AuditCost dear{{{QStringLiteral("BLF-CRYPT"), 12, 2500, 189, true}}, 50};
        QVERIFY(dear.isCostly());
        QCOMPARE(dear.text(), QStringLiteral("2,500 accounts x 50 candidates: at least 6 h 34 min of one core (BLF-CRYPT 12: 189 ms a try)."));
    }

    void policyIsJudgedByTheStandard()
    {
        const auto verdicts = [](const std::vector<PolicyFact>& facts) {
            std::map<std::string, QString> result;
            for (const auto& finding : judgePolicy(facts)) {
                result[finding.id.toStdString()] = policyVerdictName(finding.verdict);
                if (finding.verdict != PolicyFinding::Verdict::Pass && finding.remedy.isEmpty()) {
                    result[finding.id.toStdString()] += QStringLiteral(" without a remedy");
                }
            }
            return result;
        };
        const auto fact = [](const char* name, const char* value) { return PolicyFact{QLatin1String(name), UntrustedText(std::string_view(value))}; };
        auto bad = verdicts({fact("dovecot.version", "2.3.19"), fact("dovecot.disable_plaintext_auth", "no"), fact("dovecot.auth_username_chars", ""), fact("dovecot.auth_failure_delay", "0 secs"),
                             fact("dovecot.auth_verbose_passwords", "plain"), fact("login.defs.PASS_MAX_DAYS", "90"), fact("pwquality.minlen", "6"), fact("pwquality.dcredit", "-1"),
                             fact("accounts.schemes", "PLAIN=3 SHA512-CRYPT=4")});
        QCOMPARE(bad["minimum-length"], QStringLiteral("fail"));
        QCOMPARE(bad["plaintext"], QStringLiteral("fail"));
        QCOMPARE(bad["rotation"], QStringLiteral("warn"));
        QCOMPARE(bad["composition"], QStringLiteral("warn"));
        QCOMPARE(bad["hashes"], QStringLiteral("warn"));
        QCOMPARE(bad["passwords-in-log"], QStringLiteral("fail"));
        QCOMPARE(bad["name-characters"], QStringLiteral("fail"));
        auto good = verdicts({fact("dovecot.version", "2.3.19"), fact("dovecot.disable_plaintext_auth", "yes"), fact("dovecot.auth_username_chars", "abc"), fact("dovecot.auth_failure_delay", "2 secs"),
                              fact("dovecot.auth_policy_server_url", "http://127.0.0.1"), fact("pwquality.minlen", "15"), fact("pam.pwquality", "common-password"), fact("login.defs.PASS_MAX_DAYS", "99999"),
                              fact("ldap.pwdMustChange", "TRUE"), fact("accounts.schemes", "SHA512-CRYPT=4")});
        for (const auto& [id, verdict] : good) {
            QVERIFY2(verdict == QStringLiteral("pass"), id.c_str());
        }
        QCOMPARE(verdicts({})["minimum-length"], QStringLiteral("unknown"));
    }
};

QTEST_GUILESS_MAIN(tst_Accounts)
#include "tst_Accounts.moc"
