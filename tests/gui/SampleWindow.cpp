// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleWindow.h"

#include "models/geo/WorldMap.h"
#include "ui/widgets/FilterBar.h"

#include <QFile>
#include <cmath>

namespace mailward {

namespace {

UntrustedText text(const char* words)
{
    return UntrustedText(std::string(words));
}

Prefix prefix(const char* words)
{
    return *Prefix::parse(words);
}

struct Source {
    const char* address;
    const char* country;
    const char* countryName;
    std::uint32_t asn;
    const char* network;
    std::uint64_t failed;
    std::uint64_t succeeded;
    const char* account;
    std::uint64_t accounts;
    const char* state;
    Meaning meaning;
};

constexpr Source kSources[] = {
    {"36.101.44.18", "CN", "China", 4134, "CHINANET-BACKBONE", 1, 0, "rahul.menon7", 1, "in the plan", Meaning::High},
    {"223.68.190.77", "CN", "China", 56046, "CMNET-GD", 1, 0, "sales", 1, "in the plan", Meaning::High},
    {"114.82.5.201", "CN", "China", 4812, "CHINANET-SH", 1, 0, "asha.nair20", 1, "", Meaning::Plain},
    {"101.19.211.6", "CN", "China", 4837, "CHINA169-Hebei", 1, 0, "deepa.bose", 1, "banned on mx1, mx2", Meaning::Blocked},
    {"117.196.60.168", "IN", "India", 9829, "BSNL-NIB", 1491, 212, "lata.iyer12", 62, "many people behind it", Meaning::Success},
    {"42.229.73.140", "CN", "China", 4837, "CHINA169-Henan", 1, 0, "accounts", 1, "", Meaning::Plain},
    {"58.14.171.9", "CN", "China", 4837, "CHINA169-Guizhou", 1, 0, "ravi.shah51", 1, "", Meaning::Plain},
    {"203.0.113.77", "", "", 0, "", 12, 0, "info", 4, "documentation range", Meaning::Muted},
    {"2001:db8:4f2:19::2a", "", "", 0, "", 3, 0, "postmaster", 1, "documentation range", Meaning::Muted},
    {"10.20.0.14", "", "", 0, "", 6, 840, "scan", 3, "private", Meaning::Success},
};

std::vector<AddressRow> addressRows()
{
    std::vector<AddressRow> rows;
    for (int round = 0; round < 6; ++round) {
        for (const Source& source : kSources) {
            AddressRow row;
            row.address = *IpAddress::parse(source.address);
            if (round > 0) {
                row.address = IpAddress::fromV4(row.address.v4() + static_cast<std::uint32_t>(round) * 977U);
            }
            row.country = countryCodeOf(source.country);
            row.countryName = QString::fromUtf8(source.countryName);
            row.asn = source.asn;
            row.network = text(source.network);
            row.failed = source.failed;
            row.succeeded = source.succeeded;
            row.account = text(source.account);
            row.accounts = source.accounts;
            row.first = SampleWindow::at(9953 - round * 61);
            row.last = SampleWindow::at(9940 - round * 60);
            row.state = QString::fromUtf8(source.state);
            row.stateMeaning = source.meaning;
            rows.push_back(row);
        }
    }
    return rows;
}

TimelineView timelineOfTwoWeeks()
{
    TimelineView view;
    view.begin = SampleWindow::at(13 * 86400 + 6 * 3600);
    view.binWidth = std::chrono::hours(2);
    for (int bin = 0; bin < 168; ++bin) {
        const double hour = bin % 12 * 2.0;
        const double day = std::exp(-(hour - 11) * (hour - 11) / 16);
        const bool weekend = bin / 12 == 5 || bin / 12 == 6 || bin / 12 == 12 || bin / 12 == 13;
        const double people = (weekend ? 70 : 300) * day;
        TimelineBin counts{static_cast<std::uint64_t>(people * 0.2 + 2), static_cast<std::uint64_t>(people), 0, static_cast<std::uint64_t>(people * 0.1), 0};
        if (bin >= 121 && bin <= 125) {
            counts[0] += 560;
            counts[2] = bin > 123 ? 180 : 0;
        } else if (bin >= 112 && bin <= 113) {
            counts[1] += 420;
            counts[4] = 110;
        } else if (bin >= 144 && bin <= 150) {
            counts[0] += 430 + static_cast<std::uint64_t>(bin * 37 % 200);
        }
        view.bins.push_back(counts);
    }
    view.brush = TimeRange{view.begin + view.binWidth * 144, view.begin + view.binWidth * 151};
    return view;
}

} // namespace

SampleWindow::SampleWindow()
    : window({QStringLiteral("0.1.0"), QStringLiteral("Qt 6 · libssh"), {}, QStringLiteral("Map: Natural Earth (public domain).\nCountries: DB-IP Lite (CC BY 4.0).")}),
      triage(new TriagePage(window.verbs())), serversPage(new ServersPage(window.verbs())), bansPage(new BansPage(window.verbs(), {QStringLiteral("cidr"), QStringLiteral("ipset"), QStringLiteral("cisco-asa")})), accountsPage(new AccountsPage(window.verbs())), auditPage(new AuditPage(window.verbs()))
{
    for (TableModel* model : std::initializer_list<TableModel*>{&addresses, &networks, &countries, &accounts, &overview, &events, &servers, &bans, &audit, &cutOff}) {
        model->setNow(at(0));
    }
    triage->setTables({&addresses, &networks, &countries, &accounts, &events});
    triage->setShapes(shapes());
    serversPage->setTable(&servers);
    bansPage->setTable(&bans);
    accountsPage->setTable(&overview);
    auditPage->setTable(&audit);
    for (Page* page : std::initializer_list<Page*>{triage, serversPage, bansPage, accountsPage, auditPage}) {
        window.addPage(page);
    }
}

std::shared_ptr<const WorldShapes> SampleWindow::shapes()
{
    auto built = WorldMap::load(qEnvironmentVariable("MAILWARD_SHARE") + QStringLiteral("/map/world.bin"));
    if (built) {
        return std::make_shared<const WorldShapes>(std::move(*built));
    }
    auto world = std::make_shared<WorldShapes>();
    world->outline = {{0, 0}, {1, 0}, {1, kMapHeight}, {0, kMapHeight}};
    const auto square = [](const char* code, float x) {
        return MapShape{countryCodeOf(code), {}, {{{x, 0.1F}, {x + 0.3F, 0.1F}, {x + 0.3F, 0.4F}, {x, 0.4F}}}, {x + 0.15F, 0.25F}};
    };
    world->shapes = {square("CN", 0.1F), square("IN", 0.6F)};
    return world;
}

void SampleWindow::fillTriage()
{
    addresses.setRows(addressRows(), 3051);
    networks.setRows({{{TargetKind::Asn, "4134", {}}, text("CHINANET-BACKBONE"), countryCodeOf("CN"), QStringLiteral("China"), 1204, 1210, 0, 58, at(43000), at(600)},
                      {{TargetKind::Asn, "9829", {}}, text("BSNL-NIB"), countryCodeOf("IN"), QStringLiteral("India"), 41, 1502, 9214, 812, at(1100000), at(4)}},
                     412);
    countries.setRows({{countryCodeOf("CN"), QStringLiteral("China"), 2911, 2998, 0, 60, 0.71, at(43000), at(600)},
                       {countryCodeOf("IN"), QStringLiteral("India"), 88, 1210, 15640, 2311, 0.286, at(1100000), at(4)},
                       {kNoCountry, {}, 12, 21, 840, 9, 0.004, at(900000), at(900)}},
                      6);
    accounts.setRows({{text("rahul.menon7"), 50, 3, 52, at(36000), at(600), QStringLiteral("let in from a new country"), Meaning::Critical},
                      {text("sales"), 48, 0, 48, at(36000), at(800), {}, Meaning::Plain},
                      {text("lata.iyer12"), 1430, 0, 1, at(1000000), at(60), QStringLiteral("one wrong password, again and again"), Meaning::Warning},
                      {text("<img src=x onerror=alert(1)>"), 1, 0, 1, at(5000), at(5000), {}, Meaning::Plain}},
                     60);
    events.reset(3204);
    std::vector<EventLine> page;
    for (int i = 0; i < EventTableModel::kPageSize; ++i) {
        EventLine line;
        line.time = at(600 + i * 29);
        line.server = text(i % 2 == 0 ? "mx1" : "mx2");
        line.service = i % 3 == 0 ? Service::Imap : Service::Submission;
        line.kind = i % 9 == 0 ? EventKind::AuthSuccess : EventKind::AuthFailure;
        line.attempts = 1;
        line.address = *IpAddress::parse(kSources[i % 7].address);
        line.country = countryCodeOf(kSources[i % 7].country);
        line.account = text(kSources[i % 7].account);
        line.detail = text(line.kind == EventKind::AuthSuccess ? "logged-in" : "wrong-password");
        line.line = {FileId(1), static_cast<std::uint64_t>(i) * 120, 118, static_cast<std::uint64_t>(i) + 1};
        page.push_back(line);
    }
    events.setPage(0, page);
    triage->setTimeline(timelineOfTwoWeeks(), {9014, 15857, 312, 1210, 711});
    MapView map;
    const auto figure = [](const char* code, const char* name, std::uint64_t failing, std::uint64_t succeeded) {
        return MapFigure{countryCodeOf(code), QString::fromUtf8(name), failing, failing + 3, succeeded};
    };
    map.figures = {figure("CN", "China", 2911, 0), figure("IN", "India", 88, 15640), figure("BR", "Brazil", 21, 0), figure("US", "United States", 14, 3),
                   figure("RU", "Russia", 9, 0), figure("VN", "Vietnam", 5, 0), figure("SG", "Singapore", 3, 0)};
    map.home = countryCodeOf("IN");
    map.privateAddresses = 12;
    triage->setMap(map);
    triage->setHasData(true, true);
    window.filterBar()->setFilter({{QStringLiteral("14 Mar, 00:00 – 14:00"), QStringLiteral("outcome: failure")}, true, false});
    window.filterBar()->setLights({{QStringLiteral("mx1"), QStringLiteral("live"), {}, LinkState::Live}, {QStringLiteral("mx2"), QStringLiteral("live"), {}, LinkState::Live}});
}

void SampleWindow::showAddressDetail()
{
    DetailView view;
    view.target = {TargetKind::Address, "36.101.44.18", {}};
    view.kind = QStringLiteral("Address");
    view.title = text("36.101.44.18");
    view.country = countryCodeOf("CN");
    view.canBan = view.canAllow = true;
    const auto link = [](const char* words, TargetKind kind, const char* key) { return FactPart{text(words), {kind, key, {}}}; };
    view.facts = {{QStringLiteral("Network"), {link("CHINANET-BACKBONE (AS4134)", TargetKind::Asn, "4134"), link("36.96.0.0/11", TargetKind::Network, "36.96.0.0/11")}, Meaning::Plain},
                  {QStringLiteral("Seen"), {{text("once, 14 Mar 03:14:07, submission on mx1"), {}}}, Meaning::Plain},
                  {QStringLiteral("Tried"), {link("rahul.menon7", TargetKind::Account, "rahul.menon7"), {text("– also tried by 49 others"), {}}}, Meaning::Plain},
                  {QStringLiteral("Bans"), {{text("mx1 none · mx2 none"), {}}}, Meaning::Muted}};
    view.timeline = timelineOfTwoWeeks();
    view.timeline.brush.reset();
    view.lines = {{text("2026-03-14T03:14:05.118242+00:00 mx1 postfix/smtpd[2634]: connect from unknown[36.101.44.18]"), false},
                  {text("2026-03-14T03:14:07.402118+00:00 mx1 postfix/smtpd[2634]: warning: unknown[36.101.44.18]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=rahul.menon7@example.org"), true}};
    view.linesTotal = 3;
    triage->setDetail(view);
}

void SampleWindow::showIncidents(std::size_t more)
{
    IncidentCard first;
    first.target = {TargetKind::Incident, "1", {}};
    first.severity = Meaning::Critical;
    first.severityText = QStringLiteral("Critical");
    first.title = QStringLiteral("Distributed guessing, one try a source");
    first.when = QStringLiteral("since 01:00");
    first.summary = QStringLiteral("3,000 addresses · 60 accounts · 97 % China · 10 h 02 min · still running");
    first.openedText = QStringLiteral("1 account opened:");
    first.opened = {{TargetKind::Account, "rahul.menon7", {}}};
    first.canPropose = true;
    first.containText = QStringLiteral("Contain account");
    IncidentCard second = first;
    second.target.key = "2";
    second.severity = Meaning::High;
    second.severityText = QStringLiteral("High");
    second.title = QStringLiteral("Brute force on SMTP, 60 addresses");
    second.when = QStringLiteral("12 Mar");
    second.summary = QStringLiteral("2,240 failures · 40 accounts");
    second.opened.clear();
    second.openedText.clear();
    std::vector<IncidentCard> cards{first, second};
    for (std::size_t i = 0; i < more; ++i) {
        IncidentCard old;
        old.target = {TargetKind::Incident, "old-" + std::to_string(i), {}};
        old.severity = Meaning::Muted;
        old.severityText = QStringLiteral("For information");
        old.title = QStringLiteral("Old password in a device of user%1@example.org").arg(i);
        old.when = QStringLiteral("12 Mar");
        old.summary = QStringLiteral("%1 failures · 11 d 8 h · over").arg(440 - i % 400);
        cards.push_back(std::move(old));
    }
    triage->setIncidents(cards, more == 0 ? QStringLiteral("2 open") : QStringLiteral("2 to look at · %1 for information").arg(formatCount(more)));
}

void SampleWindow::fillPlan(PlanState state, const QString& message)
{
    PlanView plan;
    plan.state = state;
    plan.message = UntrustedText(message.toStdString());
    plan.id = QStringLiteral("p-1");
    plan.items = {{{TargetKind::Network, "36.96.0.0/11", {}}, text("36.96.0.0/11")}, {{TargetKind::Address, "223.68.190.77", {}}, text("223.68.190.77")}};
    plan.ports = {110, 143, 465, 587, 993, 995, 4190};
    plan.ttl = std::chrono::hours(24);
    plan.servers = {{QStringLiteral("mx1"), true, true, {}}, {QStringLiteral("mx2"), true, true, {}}, {QStringLiteral("mx3"), false, false, QStringLiteral("has no nftables")}};
    plan.coveredPercent = 98.4;
    plan.peopleCutOff = 0;
    plan.windowSeconds = 120;
    plan.deadline = fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count() + 96'000'000);
    if (state == PlanState::Draft) {
        plan.offers = {{QStringLiteral("gentle"), 1820, 95.2, 94.8, 0, 0}, {QStringLiteral("balanced"), 2, 98.4, 97.9, 0, 0}, {QStringLiteral("hard"), 5063, 99.1, 98.6, 3, 1}};
        plan.chosenOffer = 1;
        plan.answers = QStringLiteral("2,911 addresses, one try each");
    }
    triage->setPlan(plan);
    bansPage->setPlan(plan);
}

void SampleWindow::fillServers()
{
    ServerRow mx1;
    mx1.name = QStringLiteral("mx1");
    mx1.host = QStringLiteral("mx1.example.org");
    mx1.state = LinkState::Live;
    mx1.following = true;
    mx1.lastPull = at(4);
    mx1.lines = 1204311;
    mx1.events = 403218;
    mx1.unknown = 17;
    mx1.lag = std::chrono::seconds(2);
    mx1.message = text("following 2 logs");
    mx1.capabilities = {{QStringLiteral("Mail log"), Meaning::Good, text("/var/log/mail.log, readable, 214 MB"), {}},
                        {QStringLiteral("nftables"), Meaning::Good, text("nftables v1.0.6"), {}},
                        {QStringLiteral("Timer for self-undo"), Meaning::Warning, text("systemd-run is not there; a plain background timer is used"), QStringLiteral("apt install systemd")},
                        {QStringLiteral("Helper"), Meaning::Critical, text("mailward-gate is not installed, and this user is not root"), QStringLiteral("scp installer/server/mailward-gate root@mx1:/usr/local/sbin/")}};
    mx1.notUnderstood = {{text("opendkim"), 12, text("Nov 23 14:42:31 mx1 opendkim[611]: 4jY8763LzKzZY: DKIM-Signature field added (s=mail, d=example.org)")},
                         {text("clamd"), 5, text("Nov 23 14:42:33 mx1 clamd[702]: SelfCheck: Database status OK.")}};
    ServerRow mx2 = mx1;
    mx2.name = QStringLiteral("mx2");
    mx2.host = QStringLiteral("198.51.100.25");
    mx2.state = LinkState::Failed;
    mx2.following = false;
    mx2.lag.reset();
    mx2.message = text("The key of 198.51.100.25 is not the one that was accepted");
    mx2.hint = QStringLiteral("Nothing was sent. Ask who runs the server whether it was set up anew.");
    mx2.capabilities.clear();
    mx2.replacedKey = QStringLiteral("SHA256:uX0SjPvPBmDhPoTpkdO6zkWBJPjPDvlQC9k2S4jEwGs");
    mx2.legacy = true;
    mx2.notUnderstood.clear();
    servers.setRows({mx1, mx2});
}

void SampleWindow::fillBans()
{
    const std::vector<std::uint16_t> ports{465, 587, 143, 993, 110, 995};
    BanRow enforced{prefix("36.96.0.0/11"), QStringLiteral("mx1"), QStringLiteral("nftables"), ports, at(-82000), text("distributed guessing since 01:00"), text("Mailward, anna"), at(4400), BanDrift::None, 48213, 2893120, QStringLiteral("anna"), {}, true};
    BanRow gone = enforced;
    gone.prefix = prefix("223.68.190.77");
    gone.server = QStringLiteral("mx2");
    gone.drift = BanDrift::MissingOnServer;
    gone.packets = std::nullopt;
    BanRow theirs;
    theirs.prefix = prefix("198.51.100.7");
    theirs.server = QStringLiteral("mx1");
    theirs.backend = QStringLiteral("fail2ban");
    theirs.reason = text("postfix-sasl");
    theirs.by = text("fail2ban");
    theirs.since = at(86400);
    theirs.drift = BanDrift::NotOurs;
    bans.setRows({enforced, gone, theirs});
    BanServerView mx1;
    mx1.name = QStringLiteral("mx1");
    mx1.backend = QStringLiteral("nftables");
    mx1.beside = QStringList{QStringLiteral("fail2ban"), QStringLiteral("docker")};
    mx1.ours = 1;
    mx1.others = 1;
    mx1.packets = 48213;
    mx1.bytes = 2893120;
    mx1.survivesReboot = true;
    BanServerView mx2 = mx1;
    mx2.name = QStringLiteral("mx2");
    mx2.beside.clear();
    mx2.others = 0;
    mx2.packets = 0;
    mx2.missing = 1;
    mx2.rulesChanged = true;
    mx2.survivesReboot = false;
    BanServerView mx3;
    mx3.name = QStringLiteral("mx3");
    mx3.problem = text("no answer within 10 s");
    bansPage->setServers({mx1, mx2, mx3}, QStringLiteral("read at 06:00:00"));
}

void SampleWindow::fillAudit()
{
    audit.setRows({{3, at(4300), QStringLiteral("anna"), QStringLiteral("mx1"), QStringLiteral("plan confirmed"), text("p-1: 2 prefixes, 24 h"), QStringLiteral("9f2ac31d07e45b8896a1"), true},
                   {2, at(4400), QStringLiteral("anna"), QStringLiteral("mx1"), QStringLiteral("plan applied"), text("p-1: 36.96.0.0/11, 223.68.190.77"), QStringLiteral("51be77a0c2d94e0f3311"), true},
                   {1, at(9000), QStringLiteral("anna"), QStringLiteral("mx1"), QStringLiteral("host key accepted"), text("SHA256:uX0…"), QStringLiteral("07d1c0a9e3b2f4a51122"), true}});
    auditPage->setVerified({Meaning::Warning, QStringLiteral("The chain is whole: 3 entries; 1 of 2 servers compared"),
                            {QStringLiteral("mx3 was not compared: no answer within 10 s"), QStringLiteral("mx1: 1 anchor of this log, the last at entry 3")}});
}

TimelineView SampleWindow::twoWeeks()
{
    return timelineOfTwoWeeks();
}

PreviewView SampleWindow::preview(bool cutsPeople)
{
    PreviewView view;
    view.title = QStringLiteral("2 prefixes · log-in ports · 24 h · mx1, mx2");
    const char* commands = "add element inet mailward banned4 { 36.96.0.0/11 timeout 86400s comment \"p-1\" }\n"
                           "add element inet mailward banned4 { 223.68.190.77 timeout 86400s comment \"p-1\" }\n";
    view.servers = {{QStringLiteral("mx1"), text(commands), {QStringLiteral("Goes first; mx2 follows when it is well.")}}, {QStringLiteral("mx2"), text(commands), {}}};
    view.addressesHit = 2911;
    view.failuresHit = 2998;
    if (cutsPeople) {
        view.loginsCut = 212;
        view.peopleCut = 2;
        view.peopleCutOnlyHere = 1;
        view.refusals = {{text("117.196.60.168"), QStringLiteral("212 good log-ins in 30 days came from here")}};
        cutOff.setRows({{text("lata.iyer12"), text("117.196.60.168"), 198, at(300), true}, {text("scan"), text("117.196.60.168"), 14, at(90000), false}});
    } else {
        cutOff.setRows({});
    }
    return view;
}

HostKeyView SampleWindow::hostKey(KeyStanding standing)
{
    HostKeyView key;
    key.server = QStringLiteral("mx1");
    key.host = QStringLiteral("mx1.example.org");
    key.keyType = QStringLiteral("ED25519");
    key.fingerprint = QStringLiteral("SHA256:uX0kPq7Hh2rD9m4yT1sVwzB3fJcLeNaGiKoMxQvRtY8");
    key.randomart = QStringLiteral("+--[ED25519 256]--+\n|        .o+      |\n|       . oo.     |\n|      . o. o     |\n|     o =. +      |\n|    . B S. .     |\n|     * B o       |\n|    o @ = .      |\n|   . B.Eo=       |\n|    +o*B=.       |\n+----[SHA256]-----+");
    key.state = standing;
    if (standing == KeyStanding::Changed) {
        key.knownFingerprint = QStringLiteral("SHA256:aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9f");
    }
    return key;
}

} // namespace mailward
