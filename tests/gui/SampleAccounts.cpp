// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts in all their states, made up.
#include "SampleWindow.h"
#include "ui/dialogs/ContainDialog.h"

namespace mailward {

namespace {

UntrustedText text(const char* words)
{
    return UntrustedText(std::string(words));
}

constexpr const char* kLost[] = {"rahul.menon7@example.org", "tara.das43@example.org", "vijay.roy@example.org", "scan@example.org",
                                 "meena.joshi2@example.org", "arun.kale19@example.org", "info@example.org", "sunil.rao88@example.org"};

} // namespace

void SampleWindow::fillAccounts()
{
    struct Sample {
        const char* name;
        Meaning risk;
        const char* word;
        double score;
        const char* reason;
        const char* country;
        const char* countryName;
        const char* network;
        std::uint64_t networks, letIn, failed, mails, bounced;
        std::uint32_t usual, last;
        const char* trend;
        Meaning trendMeaning;
    };
    static constexpr Sample kSamples[] = {
        {"rahul.menon7@example.org", Meaning::Critical, "lost", 105, "opened 14 Mar 03:14:07 from 36.101.44.18: log-ins of a stranger while its password was being guessed", "CN", "China", "CHINANET-BACKBONE", 3, 84, 50, 318, 96, 4, 305, "mail × 76", Meaning::High},
        {"tara.das43@example.org", Meaning::Critical, "lost", 75, "opened 11 Mar 08:40:51 from 45.12.9.77: log-ins from a country that it never came from", "VN", "Vietnam", "VNPT-AS-VN", 4, 60, 2, 240, 71, 5, 88, "mail × 18", Meaning::High},
        {"priya.k@example.org", Meaning::High, "unusual", 25, "log-ins from a country that it never came from", "SG", "Singapore", "STARHUB-NGNBN", 3, 212, 1, 31, 0, 3, 2, "as usual", Meaning::Muted},
        {"sales@example.org", Meaning::Warning, "attacked", 0, "guessed at by 48 addresses until 14 Mar 11:02:00", "IN", "India", "BSNL-NIB", 2, 903, 48, 420, 3, 14, 15, "as usual", Meaning::Muted},
        {"lata.iyer12@example.org", Meaning::Muted, "old password", 0, "a device of its owner tries it", "IN", "India", "BSNL-NIB", 1, 512, 1430, 66, 0, 2, 0, "quiet", Meaning::Muted},
        {"<img src=x onerror=alert(1)>@example.org", Meaning::Muted, "", 0, "", "IN", "India", "RELIANCEJIO-IN", 1, 60, 0, 2, 0, 1, 1, "as usual", Meaning::Muted},
    };
    std::vector<AccountOverviewRow> rows;
    for (int round = 0; round < 8; ++round) {
        for (const Sample& sample : kSamples) {
            if (round > 0 && sample.score > 0) {
                continue;
            }
            AccountOverviewRow row;
            row.account = UntrustedText((round == 0 ? std::string() : "user" + std::to_string(round) + ".") + sample.name);
            row.risk = sample.risk;
            row.riskText = QString::fromUtf8(sample.word);
            row.score = sample.score;
            row.reasons = *sample.reason == '\0' ? QStringList() : QStringList{QString::fromUtf8(sample.reason)};
            row.lastGood = at(600 + 977 * round);
            row.country = countryCodeOf(sample.country);
            row.countryName = QString::fromUtf8(sample.countryName);
            row.network = text(sample.network);
            row.networkTarget = {TargetKind::Asn, "4134", {}};
            row.countries = sample.networks > 2 ? QStringList{QStringLiteral("India"), QStringLiteral("China"), QStringLiteral("Vietnam")} : QStringList{QStringLiteral("India")};
            row.networks = sample.networks;
            row.letIn = sample.letIn;
            row.failed = sample.failed;
            row.mails = sample.mails;
            row.bounced = sample.bounced;
            for (std::uint32_t day = 0; day < 29; ++day) {
                row.trend.days.push_back(day % 7 > 4 ? 0 : sample.usual + day * 5 % 3);
            }
            row.trend.days.push_back(sample.last);
            row.trend.text = QString::fromUtf8(sample.trend);
            row.trend.meaning = sample.trendMeaning;
            row.protocols = QStringLiteral("submission, imap");
            rows.push_back(row);
        }
    }
    const auto shown = static_cast<std::uint64_t>(rows.size());
    overview.setRows(std::move(rows));
    accountsPage->setSummary({2511, 2, 1, 60, 14, 412, shown, {at(30 * 86400), at(0)}, true});
}

void SampleWindow::showAccountDetail()
{
    DetailView view;
    view.target = {TargetKind::Account, "rahul.menon7@example.org", {}};
    view.kind = QStringLiteral("Account");
    view.title = text("rahul.menon7@example.org");
    const auto words = [](const char* sentence) { return std::vector<FactPart>{{text(sentence), {}}}; };
    view.facts = {{QStringLiteral("Risk"), words("lost · 105 points"), Meaning::Critical},
                  {QStringLiteral("Why"), words("opened 14 Mar 03:14:07 from 36.101.44.18: log-ins of a stranger while its password was being guessed"), Meaning::Plain},
                  {QStringLiteral("Own past"), words("Mails: 305 in the last 24 h, 4 on a usual day. Log-ins: 6 in the last 24 h, 5 on a usual day."), Meaning::High},
                  {QStringLiteral("Failed"), words("50"), Meaning::Failure},
                  {QStringLiteral("From"), {{text("36.101.44.18"), {TargetKind::Address, "36.101.44.18", {}}}, {text("117.196.60.168"), {TargetKind::Address, "117.196.60.168", {}}}}, Meaning::Plain}};
    view.timeline = twoWeeks();
    view.timeline.brush.reset();
    view.lines = {{text("2026-03-14T03:14:07.402118+00:00 mx1 postfix/smtpd[2634]: 4F1A2: client=unknown[36.101.44.18], sasl_method=LOGIN, sasl_username=rahul.menon7@example.org"), true}};
    view.linesTotal = 1;
    accountsPage->setDetail(view);
}

ContainView SampleWindow::containment(ContainStage stage)
{
    ContainView view;
    view.stage = stage;
    view.title = stage == ContainStage::Done ? QStringLiteral("8 accounts contained") : QStringLiteral("Contain 8 accounts");
    view.from = QStringLiteral("8 accounts send spam from foreign addresses");
    view.characters = {12, 20, {}};
    for (int length = 12; length <= 64; ++length) {
        view.characters.bits.push_back(5.95 * length);
    }
    view.words = {4, 5, {64, 80, 96, 112}};
    view.willChange = 8;
    const bool done = stage == ContainStage::Done;
    int number = 0;
    for (const char* name : kLost) {
        ContainRow row;
        row.account = text(name);
        row.server = number % 3 == 0 ? QStringLiteral("mx2") : QStringLiteral("mx1");
        row.place = number % 3 == 0 ? QStringLiteral("sql pgsql mail.mailbox, open") : QStringLiteral("passwd-file /etc/dovecot/users, open");
        row.sessions = done ? 0 : static_cast<unsigned>(number % 4);
        row.smtp = done ? 0 : static_cast<unsigned>(number % 3);
        row.mails = static_cast<unsigned>(number * 7 % 23);
        row.rules = number == 1 ? 1 : 0;
        row.state = done ? QStringLiteral("new password · 3 sessions ended") : QStringLiteral("gets a new password");
        row.meaning = done ? Meaning::Good : Meaning::Plain;
        view.rows.push_back(row);
        ++number;
    }
    view.servers = {{QStringLiteral("mx1"), text("sudo -n /usr/local/sbin/mailward-gate\naccount-write 9f2ac31d07e45b88 dovecot-1 51be77a0c2d94e0f reset 120\ntara.das43@example.org {SHA512-CRYPT}HASH\n"),
                     {QStringLiteral("Passwords are kept in: passwd-file /etc/dovecot/users")}},
                    {QStringLiteral("mx2"), text("sudo -n /usr/local/sbin/mailward-gate\naccount-write 9f2ac31d07e45b88 postfixadmin 07d1c0a9e3b2f4a5 reset 120\n"), {}}};
    view.rules = {{text("tara.das43@example.org"), QStringLiteral("mx1"), QStringLiteral("Sieve redirect"), text("/home/vmail/tara.das43/sieve/main.sieve"), text("drop.4481@mail.example.net")}};
    if (stage == ContainStage::Working) {
        view.step = QStringLiteral("mx1: ending sessions · 3 of 8");
        view.done = 3;
        view.total = 8;
    } else if (stage == ContainStage::Preview) {
        view.step = QStringLiteral("Each server takes the passwords back by itself after 2 min unless we get in again.");
    } else if (done) {
        view.changed = 8;
        view.slips = 8;
        view.canUndo = true;
        for (int i = 0; i < 6; ++i) {
            view.held.push_back({text(kLost[i]), QStringLiteral("mx1"), QStringLiteral("4F1A2%1").arg(i), text(kLost[i]), text("a81@mail.example.net, b22@mail.example.net and 38 more"),
                                 text("36.101.44.18"), static_cast<std::uint64_t>(2311 + i * 977), at(600 + i * 40), true});
        }
    }
    return view;
}

void SampleWindow::fillContainment(ContainDialog& dialog, ContainStage stage)
{
    const ContainView view = containment(stage);
    contained.setRows(view.rows);
    held.setRows(view.held);
    rules.setRows(view.rules);
    dialog.setView(view);
}

std::vector<SlipView> SampleWindow::slips(int count)
{
    std::vector<SlipView> slips;
    for (int i = 0; i < count; ++i) {
        slips.push_back({text(kLost[i % 8]), QStringLiteral("mx1, mx2"), QStringLiteral("14 Mar 2026 06:00:00"),
                         std::make_shared<const Secret>(std::string_view("Kp7mX-q4RtW-zH9bN-cV3sD"))});
    }
    return slips;
}

WeakAuditView SampleWindow::weakAudit(WeakAuditStage stage)
{
    WeakAuditView view;
    view.stage = stage;
    view.kinds = {{QStringLiteral("default"), QStringLiteral("the company's default password")}, {QStringLiteral("name"), QStringLiteral("made of the account's name")},
                  {QStringLiteral("domain"), QStringLiteral("made of the domain's name")}, {QStringLiteral("season"), QStringLiteral("a season or month with a year")},
                  {QStringLiteral("common"), QStringLiteral("on every leaked list")}, {QStringLiteral("keyboard"), QStringLiteral("a walk over the keyboard")}};
    view.servers = {{QStringLiteral("mx1"), {}, false, false}, {QStringLiteral("mx2"), {}, false, false}};
    if (stage == WeakAuditStage::Estimated) {
        view.servers[0].words = QStringLiteral("2,500 accounts x 50 candidates: at least 2 h 43 min of one core (BLF-CRYPT 12: 4.7 s an account).");
        view.servers[0].costly = view.costly = true;
        view.servers[1].words = QStringLiteral("11 accounts x 50 candidates: at least 1 s of one core.");
        view.words = QStringLiteral("This is more than six minutes of one core: it goes on at the lowest priority, but it is felt. Without your word it ends after six minutes.");
    } else if (stage == WeakAuditStage::Done) {
        view.servers[0].words = QStringLiteral("2,500 of 2,500 accounts tested · 40 weak passwords");
        for (int i = 0; i < 8; ++i) {
            view.findings.push_back({text(kLost[i]), QStringLiteral("mx1"), view.kinds[static_cast<std::size_t>(i % 6)].text});
        }
        view.words = QStringLiteral("8 accounts open with passwords that anybody would try. What they are, nobody learnt.");
    }
    weak.setRows(view.findings);
    return view;
}

ContainView SampleWindow::earlierContainment(ContainTask task)
{
    const bool undo = task == ContainTask::Undo;
    ContainView view = containment(ContainStage::Preview);
    view.task = task;
    view.willChange = 3;
    view.title = undo ? QStringLiteral("Take 3 accounts back to what they were") : QStringLiteral("Go on with 3 accounts");
    view.warnings = {undo ? QStringLiteral("The old passwords hold again, and whoever knows one gets in: take back only what was contained by mistake. Held mail stays held.")
                          : QStringLiteral("Accounts whose new password nobody holds get another one. If it was kept in a sealed file, go on with that file: what it holds stays."),
                     QStringLiteral("mx2 is left out, and nothing is done there: mx2 did not answer in 10 s (Is it up?)")};
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        view.rows[i].state = i >= 3 ? QStringLiteral("This was done before: it is left as it is.") : undo ? QStringLiteral("gets its old password back") : QStringLiteral("gets a new password");
        view.rows[i].meaning = i >= 3 ? Meaning::High : Meaning::Plain;
    }
    contained.setRows(view.rows);
    return view;
}

void SampleWindow::fillEarlier()
{
    const auto row = [](const char* id, std::int64_t secondsAgo, const char* who, const char* action, std::uint64_t count, const char* where, const char* from, const char* state,
                        Meaning meaning, bool resume, bool undo, const char* words) {
        return EarlierRow{QString::fromLatin1(id), at(secondsAgo), QString::fromLatin1(who), QString::fromLatin1(action), count, QString::fromLatin1(where), text(from), QString::fromUtf8(state), meaning,
                          resume, undo, QString::fromUtf8(words)};
    };
    earlier.setNow(at(0));
    earlier.setRows({row("a1", 2400, "anna", "new passwords", 8, "mx1, mx2", "distributed guessing since 01:00", "3 not finished · 5 done", Meaning::High, true, true,
                         "It was cut half-way: Resume does the rest, Undo takes back what was done."),
                     row("a2", 90'000, "anna", "new passwords", 2, "mx1", "leaked password of info@example.org", "2 done", Meaning::Good, false, true,
                         "Undo brings the old rows back until 20 Mar 05:00:00, where nobody changed them since."),
                     row("a3", 400'000, "ravi", "locked", 1, "mx2", "chosen by hand", "1 done", Meaning::Good, false, true, "Undo opens what it locked, as long as nobody else changed it."),
                     row("a4", 700'000, "ravi", "new passwords", 14, "mx1, mx2", "spray from one network operator", "14 taken back", Meaning::Muted, false, false, "It was taken back."),
                     row("a5", 2'000'000, "", "sessions and mail", 1, "mx1", "command line", "1 done", Meaning::Good, false, false,
                         "Ended sessions stay ended, and held mail is released in the queue: nothing here to take back.")});
}

std::vector<PolicyServer> SampleWindow::policy()
{
    return {{QStringLiteral("mx1"),
             {{Meaning::Critical, QStringLiteral("missing"), QStringLiteral("Passwords need 8 characters"), text("/etc/security/pwquality.conf: minlen = 8"),
               QStringLiteral("In /etc/security/pwquality.conf: minlen = 15")},
              {Meaning::Warning, QStringLiteral("weak"), QStringLiteral("Passwords must be changed every 90 days"), text("login.defs: PASS_MAX_DAYS 90"),
               QStringLiteral("In /etc/login.defs: PASS_MAX_DAYS 99999")},
              {Meaning::Good, QStringLiteral("good"), QStringLiteral("Failed log-ins are slowed down"), text("auth_failure_delay = 2 secs"), {}}},
             {}},
            {QStringLiteral("mx2"), {}, QStringLiteral("mx2 did not answer in 10 s")}};
}

} // namespace mailward
