// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/story/Scribe.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mailward::story {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kMailHost = "mail.example.com";

std::string peer(IpAddress ip)
{
    return "unknown[" + ip.toString() + "]";
}

std::string secondsText(std::int64_t tries)
{
    return std::to_string(tries * 2);
}

std::string twoDigits(unsigned value)
{
    std::string out(2, '0');
    out[0] = static_cast<char>('0' + value / 10 % 10);
    out[1] = static_cast<char>('0' + value % 10);
    return out;
}

} // namespace

void Scribe::put(Instant at, std::uint32_t server, std::string text)
{
    m_lines.push_back({at, server, static_cast<std::uint32_t>(m_lines.size()), std::move(text)});
}

std::string Scribe::listenAddress(std::uint32_t server) const
{
    return "192.0.2." + std::to_string(11 + server);
}

std::string Scribe::queueId()
{
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string id(10, '0');
    std::uint64_t value = (++m_queueIds << 20) | m_rng.below(1U << 20); // never the same twice in a run
    for (std::size_t i = id.size(); i-- > 0; value >>= 4) {
        id[i] = kDigits[value & 15U];
    }
    return id;
}

std::string Scribe::session()
{
    static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string id(16, 'A');
    for (char& c : id) {
        c = kLetters[static_cast<std::size_t>(m_rng.below(kLetters.size()))];
    }
    return id;
}

void Scribe::wrongPassword(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip,
                           bool accountExists, int tries)
{
    switch (door) {
    case Door::Imap:
    case Door::Pop3:
        wrongOverImap(at, server, door, account, ip, accountExists, tries);
        break;
    case Door::Submission:
        wrongOverSmtp(at, server, account, ip, accountExists, tries);
        break;
    case Door::Ssh:
        wrongOverSsh(at, server, account, ip, accountExists, tries);
        break;
    }
}

void Scribe::wrongOverImap(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip, bool exists,
                           int tries)
{
    const std::string id = session();
    for (int i = 0; i < tries; ++i) {
        put(at + seconds(2 * i), server, "dovecot: auth: passwd-file(" + account + "," + ip.toString() + ",<" + id + ">): " +
                                             (exists ? "Password mismatch" : "unknown user"));
    }
    const bool polite = m_rng.perMille(600);
    const bool tls = m_rng.perMille(500);
    put(at + seconds(2 * tries) + soon(0, 60), server,
        std::string("dovecot: ") + (door == Door::Imap ? "imap-login" : "pop3-login") + ": Disconnected: " +
            (polite ? "Aborted login by logging out" : "Connection closed") + " (auth failed, " + std::to_string(tries) +
            " attempts in " + secondsText(tries) + " secs): user=<" + account + ">, method=PLAIN, rip=" + ip.toString() +
            ", lip=" + listenAddress(server) + (tls ? ", TLS" : "") + ", session=<" + id + ">");
}

void Scribe::wrongOverSmtp(Instant at, std::uint32_t server, const std::string& account, IpAddress ip, bool exists, int tries)
{
    const std::string daemon = "postfix/submission/smtpd[" + pid() + "]: ";
    const std::string method = m_rng.perMille(700) ? "LOGIN" : "PLAIN";
    put(at, server, daemon + "connect from " + peer(ip));
    Instant now = at + soon(80, 400);
    for (int i = 0; i < tries; ++i) {
        put(now, server, "dovecot: auth: passwd-file(" + account + "," + ip.toString() + "): " +
                             (exists ? "Password mismatch" : "unknown user"));
        now += seconds(2) + soon(0, 40);
        put(now, server, daemon + "warning: " + peer(ip) + ": SASL " + method +
                             " authentication failed: (reason unavailable), sasl_username=" + account);
    }
    const std::string n = std::to_string(tries);
    const bool quits = m_rng.perMille(300);
    put(now + soon(20, 300), server,
        daemon + "disconnect from " + peer(ip) + " ehlo=1 auth=0/" + n + (quits ? " quit=1" : "") + " commands=" +
            (quits ? "2/" : "1/") + std::to_string(tries + (quits ? 2 : 1)));
}

void Scribe::wrongOverSsh(Instant at, std::uint32_t server, const std::string& account, IpAddress ip, bool exists, int tries)
{
    const std::string daemon = "sshd[" + pid() + "]: ";
    const std::string port = std::to_string(m_rng.between(32'768, 60'999));
    const std::string from = " from " + ip.toString() + " port " + port;
    Instant now = at;
    if (!exists) {
        put(now, server, daemon + "Invalid user " + account + from);
    }
    for (int i = 0; i < tries; ++i) {
        now += soon(50, 200);
        if (!exists) {
            put(now, server, daemon + "pam_unix(sshd:auth): check pass; user unknown");
        }
        put(now, server, daemon + "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=" +
                             ip.toString() + (exists ? "  user=" + account : " "));
        now += seconds(2) + soon(0, 100);
        put(now, server, daemon + "Failed password for " + (exists ? "" : "invalid user ") + account + from + " ssh2");
    }
    put(now + soon(1, 90), server,
        daemon + "Connection closed by " + (exists ? "authenticating user " : "invalid user ") + account + " " +
            ip.toString() + " port " + port + " [preauth]");
}

void Scribe::login(Instant at, std::uint32_t server, Door door, const std::string& account, IpAddress ip)
{
    if (door == Door::Ssh) {
        const std::string daemon = "sshd[" + pid() + "]: ";
        const std::string from = ip.toString() + " port " + std::to_string(m_rng.between(32'768, 60'999));
        put(at, server, daemon + "Accepted publickey for " + account + " from " + from +
                            " ssh2: ED25519 SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDRoBQHkEWvvUTzzzk");
        put(at + seconds(m_rng.between(20, 3'000)), server, daemon + "Disconnected from user " + account + " " + from);
        return;
    }
    const bool imap = door == Door::Imap;
    const std::string id = session();
    const std::string process = pid();
    put(at, server, std::string("dovecot: ") + (imap ? "imap" : "pop3") + "-login: Login: user=<" + account +
                        ">, method=PLAIN, rip=" + ip.toString() + ", lip=" + listenAddress(server) + ", mpid=" + process +
                        ", TLS, session=<" + id + ">");
    const std::string in = std::to_string(m_rng.between(90, 4'000));
    const std::string out = std::to_string(m_rng.between(600, 90'000));
    put(at + seconds(m_rng.between(2, imap ? 5'400 : 20)), server,
        imap ? "dovecot: imap(" + account + ")<" + process + "><" + id + ">: Disconnected: Logged out in=" + in + " out=" + out +
                   " deleted=0 expunged=0 trashed=0 hdr_count=0 hdr_bytes=0 body_count=0 body_bytes=0"
             : "dovecot: pop3(" + account + ")<" + process + "><" + id +
                   ">: Disconnected: Logged out top=0/0, retr=1/" + out + ", del=0/1, size=" + out);
}

Submitted Scribe::submit(Instant at, std::uint32_t server, const std::string& account, IpAddress ip,
                         const std::vector<Recipient>& to)
{
    Submitted result{queueId(), {}, 0};
    const std::string daemon = "postfix/submission/smtpd[" + pid() + "]: ";
    const std::string cleanup = "postfix/cleanup[" + pid() + "]: ";
    const std::string& id = result.queueId;
    put(at, server, daemon + "connect from " + peer(ip));
    Instant now = at + soon(300, 1'500);
    put(now, server, daemon + id + ": client=" + peer(ip) + ", sasl_method=PLAIN, sasl_username=" + account);
    now += soon(10, 60);
    put(now, server, cleanup + id + ": message-id=<" + std::to_string(m_rng.below(1'000'000'000'000)) + "@client.example.com>");
    now += soon(10, 400);
    put(now, server, "postfix/qmgr[286]: " + id + ": from=<" + account + ">, size=" + std::to_string(m_rng.between(900, 60'000)) +
                         ", nrcpt=" + std::to_string(to.size()) + " (queue active)");
    const std::string count = std::to_string(to.size());
    put(now + soon(10, 80), server, daemon + "disconnect from " + peer(ip) + " ehlo=2 starttls=1 auth=1 mail=1 rcpt=" + count +
                                        " data=1 quit=1 commands=" + std::to_string(to.size() + 7));
    const std::string smtp = "postfix/smtp[" + pid() + "]: ";
    bool deferred = false;
    for (const Recipient& recipient : to) {
        now += soon(200, 2'500);
        const std::string host = "mx." + recipient.address.substr(recipient.address.find('@') + 1);
        const std::string relay = host + "[198.51.100." + std::to_string(m_rng.between(1, 254)) + "]";
        const std::string head = smtp + id + ": to=<" + recipient.address + ">, relay=";
        switch (recipient.fate) {
        case Fate::Delivered:
            put(now, server, head + relay + ":25, delay=1.4, delays=0.3/0/0.6/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as " +
                                 std::to_string(m_rng.below(1'000'000'000)) + ")");
            break;
        case Fate::Bounced:
            ++result.bounced;
            put(now, server, head + relay + ":25, delay=1.1, delays=0.3/0/0.6/0.2, dsn=5.1.1, status=bounced (host " + relay +
                                 " said: 550 5.1.1 <" + recipient.address + ">: Recipient address rejected: User unknown (in reply to RCPT TO command))");
            break;
        case Fate::Deferred:
            deferred = true;
            put(now, server, head + "none, delay=30, delays=0.3/0/30/0, dsn=4.4.1, status=deferred (connect to " + relay +
                                 ":25: Connection timed out)");
            break;
        }
    }
    if (result.bounced > 0) {
        now += soon(5, 30);
        result.bounceId = notifySender(now, server, id, account);
    }
    if (!deferred) {
        put(now + milliseconds(8), server, "postfix/qmgr[286]: " + id + ": removed");
    }
    return result;
}

std::string Scribe::notifySender(Instant at, std::uint32_t server, const std::string& id, const std::string& account)
{
    const std::string dsn = queueId();
    const std::string cleanup = "postfix/cleanup[" + pid() + "]: ";
    put(at, server, cleanup + dsn + ": message-id=<" + std::to_string(m_rng.below(1'000'000'000)) + "." + dsn + "@" + kMailHost + ">");
    put(at + milliseconds(2), server, "postfix/bounce[" + pid() + "]: " + id + ": sender non-delivery notification: " + dsn);
    put(at + milliseconds(4), server, "postfix/qmgr[286]: " + dsn + ": from=<>, size=" +
                                          std::to_string(m_rng.between(2'000, 6'000)) + ", nrcpt=1 (queue active)");
    put(at + milliseconds(30), server, "postfix/virtual[" + pid() + "]: " + dsn + ": to=<" + account +
                                           ">, relay=virtual, delay=0.03, delays=0.01/0.01/0/0.01, dsn=2.0.0, status=sent (delivered to maildir)");
    put(at + milliseconds(32), server, "postfix/qmgr[286]: " + dsn + ": removed");
    return dsn;
}

void Scribe::receive(Instant at, std::uint32_t server, const std::string& from, const std::string& account,
                     const std::string& host, IpAddress ip)
{
    const std::string id = queueId();
    const std::string daemon = "postfix/smtpd[" + pid() + "]: ";
    const std::string client = host + "[" + ip.toString() + "]";
    put(at, server, daemon + "connect from " + client);
    put(at + milliseconds(310), server, daemon + id + ": client=" + client);
    const std::string cleanup = "postfix/cleanup[" + pid() + "]: ";
    put(at + milliseconds(350), server, cleanup + id + ": message-id=<" +
                                            std::to_string(m_rng.below(1'000'000'000'000)) + "@" + host + ">");
    put(at + milliseconds(400), server, "postfix/qmgr[286]: " + id + ": from=<" + from + ">, size=" +
                                            std::to_string(m_rng.between(1'500, 200'000)) + ", nrcpt=1 (queue active)");
    put(at + milliseconds(420), server, daemon + "disconnect from " + client + " ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7");
    put(at + milliseconds(440), server, "postfix/virtual[" + pid() + "]: " + id + ": to=<" + account +
                                            ">, relay=virtual, delay=0.13, delays=0.1/0.01/0/0.02, dsn=2.0.0, status=sent (delivered to maildir)");
    put(at + milliseconds(445), server, "postfix/qmgr[286]: " + id + ": removed");
}

void Scribe::backscatter(Instant at, std::uint32_t server, const std::string& account, const std::string& host, IpAddress ip,
                         bool accountExists)
{
    if (accountExists) {
        receive(at, server, {}, account, host, ip);
        return;
    }
    const std::string daemon = "postfix/smtpd[" + pid() + "]: ";
    const std::string client = host + "[" + ip.toString() + "]";
    put(at, server, daemon + "connect from " + client);
    put(at + milliseconds(300), server, daemon + "NOQUEUE: reject: RCPT from " + client + ": 550 5.1.1 <" + account +
                                            ">: Recipient address rejected: User unknown in virtual mailbox table; from=<> to=<" +
                                            account + "> proto=ESMTP helo=<" + host + ">");
    put(at + milliseconds(340), server, daemon + "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
}

void Scribe::relayAttempt(Instant at, std::uint32_t server, IpAddress ip, const std::string& to)
{
    const std::string daemon = "postfix/smtpd[" + pid() + "]: ";
    put(at, server, daemon + "connect from " + peer(ip));
    put(at + milliseconds(400), server, daemon + "NOQUEUE: reject: RCPT from " + peer(ip) + ": 554 5.7.1 <" + to +
                                            ">: Relay access denied; from=<probe@example.net> to=<" + to + "> proto=ESMTP helo=<example.net>");
    put(at + milliseconds(480), server, daemon + "disconnect from " + peer(ip) + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
}

void Scribe::connectOnly(Instant at, std::uint32_t server, IpAddress ip)
{
    put(at, server, "dovecot: imap-login: Disconnected: Connection closed (no auth attempts in 0 secs): user=<>, rip=" +
                        ip.toString() + ", lip=" + listenAddress(server) + ", session=<" + session() + ">");
}

void Scribe::ban(Instant at, std::uint32_t server, const std::string& jail, IpAddress ip, bool lifted)
{
    put(at, server, "fail2ban.actions[812]: NOTICE [" + jail + "] " + (lifted ? "Unban " : "Ban ") + ip.toString());
}

std::vector<Line> Scribe::takeLines()
{
    std::sort(m_lines.begin(), m_lines.end(), [](const Line& a, const Line& b) {
        return a.at != b.at ? a.at < b.at : a.order < b.order;
    });
    return std::exchange(m_lines, {});
}

std::string Scribe::render(const Line& line, StampFormat format) const
{
    const std::string& host = m_servers[line.server];
    const std::string rfc3339 = formatRfc3339(line.at);
    if (format == StampFormat::Rfc3339) {
        return rfc3339.substr(0, rfc3339.size() - 1) + "+00:00 " + host + " " + line.text;
    }
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(line.at));
    std::string number = twoDigits(static_cast<unsigned>(day.day()));
    if (number[0] == '0') {
        number[0] = ' ';
    }
    return std::string(kMonths[static_cast<unsigned>(day.month()) - 1]) + " " + number + " " + rfc3339.substr(11, 8) + " " + host +
           " " + line.text;
}

} // namespace mailward::story
