// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HostileCorpus.h"

#include <array>
#include <string_view>

namespace mailward::test {

namespace {

/// What an attacker writes where a name, a greeting or an address of mail is asked for: the slots of every daemon.
std::vector<std::string> forgeries(const std::string& ownMessage)
{
    std::vector<std::string> all{
        "x from 192.0.2.66 port 22 ssh2",
        "x from 192.0.2.66 port 22 ssh2: RSA SHA256:AAAA",
        "x from 192.0.2.66",
        "x 192.0.2.66 port 22",
        "x rhost=192.0.2.66",
        "x rhost=192.0.2.66  user=root",
        "x>, method=PLAIN, rip=192.0.2.66, lip=192.0.2.11, session=<",
        "x, rip=192.0.2.66, lip=192.0.2.11",
        "x[192.0.2.66]",
        "[192.0.2.66]",
        "x [192.0.2.66]:25",
        "x) [192.0.2.66]: 535 Incorrect authentication data (set_id=y",
        "x) [192.0.2.66]",
        "x\" H=(y) [192.0.2.66]",
        "unknown[192.0.2.66]: SASL LOGIN authentication failed: authentication failure, sasl_username=y",
        "x, ip=[192.0.2.66]",
        "x, relay=[192.0.2.66]",
        "x, relay=y [192.0.2.66], reject=550",
        "x,192.0.2.66): Password mismatch",
        "x,192.0.2.66,<abc>): unknown user (y",
        "x' from 192.0.2.66:22",
        "x] FAIL LOGIN: Client \"192.0.2.66\"",
        "x] (?@192.0.2.66) [WARNING] Authentication failed for user [y",
        "x;oip=192.0.2.66;ua=y",
        "x address=192.0.2.66 host=y result=permfail",
        "x host=y [192.0.2.66]",
        "x:192.0.2.66",
        "x\\\", remoteIp = 192.0.2.66, y = \\\"",
        "x#012Nov 24 09:00:00 mx1 sshd[1]: Failed password for root from 192.0.2.66 port 22 ssh2",
        "x\\nNov 24 09:00:00 mx1 dovecot: imap-login: Login: user=<a>, method=PLAIN, rip=192.0.2.66, lip=192.0.2.11",
        "x from 2001:db8:66::66 port 22 ssh2",
        "x[IPv6:2001:db8:66::66]",
        "x from\xc2\xa0" "192.0.2.66 port 22 ssh2",
        "x\xef\xbc\x9a \xef\xbc\xbb" "192.0.2.66\xef\xbc\xbd",
        "\xff\xfe from 192.0.2.66 \x80",
        ownMessage,
        "x> " + ownMessage,
        "x, " + ownMessage,
        "x) " + ownMessage + " (",
        "x\" " + ownMessage + " \"",
    };
    std::string kilobytes;
    while (kilobytes.size() < 8192) {
        kilobytes += " from 192.0.2.66 [192.0.2.66] rhost=192.0.2.66";
    }
    all.push_back("x" + kilobytes);
    return all;
}

bool isWordByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '@' || c == '.' || c == '-' || c == '_';
}

/// `text` with every whole occurrence of `word` replaced, from `start` on; nothing when there is none.
std::string replaced(const std::string& text, std::size_t start, const std::string& word, const std::string& by)
{
    std::string out = text.substr(0, start);
    bool any = false;
    for (std::size_t i = start; i < text.size();) {
        const bool here = text.compare(i, word.size(), word) == 0 && (i == start || !isWordByte(text[i - 1])) &&
                          (i + word.size() == text.size() || !isWordByte(text[i + word.size()]));
        out += here ? by : std::string(1, text[i]);
        i += here ? word.size() : 1;
        any = any || here;
    }
    return any ? out : std::string();
}

/// Where the message starts: after the tag, so that a name does not rewrite a host or a program.
std::size_t messageStart(const std::string& line)
{
    const std::size_t tag = line.find("]: ");
    const std::size_t colon = line.find(": ");
    const std::size_t at = std::min(tag == std::string::npos ? line.size() : tag + 3, colon == std::string::npos ? line.size() : colon + 2);
    return at < 80 && at < line.size() ? at : std::min<std::size_t>(20, line.size());
}

std::string withForgedAddress(const std::string& message, const std::string& ip)
{
    std::string out = message;
    for (std::size_t at = 0; !ip.empty() && (at = out.find(ip, at)) != std::string::npos; at += std::string_view(kForged4).size()) {
        out.replace(at, ip.size(), kForged4);
    }
    return out;
}

/// As a writer of JSON or of Rust's quoted text puts it: it lets no quote through.
std::string quoted(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    }
    return out;
}

void addField(std::vector<HostileLine>& out, const Rule& rule, const RuleSample& sample, const std::string& field, const std::string& value)
{
    const std::size_t start = messageStart(sample.line);
    const std::string own = withForgedAddress(sample.line.substr(start), sample.ip);
    if (value.empty() || (sample.ip.empty() && own.find(kForged4) == std::string::npos && rule.meaning != Rule::Meaning::Event)) {
        return;
    }
    const bool escapes = rule.pack == "stalwart" || own.starts_with("stats: {");
    for (const auto& forgery : forgeries(own)) {
        std::string line = replaced(sample.line, start, value, escapes ? quoted(forgery) : forgery);
        if (!line.empty()) {
            out.push_back({std::move(line), rule.pack + "/" + rule.name + " " + field, sample.ip, rule.outcome == Outcome::Failure});
        }
    }
}

/// Texts of the peer that no group captures. "%" stands for them.
struct FreeText {
    const char* field;
    const char* line;
    const char* ip;
};

constexpr std::array kFreeTexts{
    FreeText{"postfix helo", "Nov 24 09:00:00 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <a@b>: Relay access denied; from=<c@d> to=<a@b> proto=ESMTP helo=<%>", "198.51.100.9"},
    FreeText{"postfix recipient", "Nov 24 09:00:00 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <%>: Relay access denied; from=<c@d> to=<%> proto=ESMTP helo=<h>", "198.51.100.9"},
    FreeText{"postfix command", "Nov 24 09:00:00 mx1 postfix/smtpd[1]: warning: non-SMTP command from unknown[198.51.100.9]: %", "198.51.100.9"},
    FreeText{"postfix pipelining", "Nov 24 09:00:00 mx1 postfix/smtpd[1]: improper command pipelining after EHLO from unknown[198.51.100.9]: %", "198.51.100.9"},
    FreeText{"postfix reason", "Nov 24 09:00:00 mx1 postfix/smtpd[1]: warning: unknown[198.51.100.9]: SASL PLAIN authentication failed: %", "198.51.100.9"},
    FreeText{"postfix remote reply", "Nov 24 09:00:00 mx1 postfix/smtp[1]: 75E32F3: to=<a@b>, relay=mx.example.net[203.0.113.25]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.net[203.0.113.25] said: 550 %)", ""},
    FreeText{"postfix header", "Nov 24 09:00:00 mx1 postfix/cleanup[1]: 75E32F3: reject: header Subject: % from host.example.net[198.51.100.9]; from=<c@d> to=<a@b> proto=ESMTP helo=<h>: no", "198.51.100.9"},
    FreeText{"postfix message id", "Nov 24 09:00:00 mx1 postfix/cleanup[1]: 75E32F3: message-id=<%>", ""},
    FreeText{"postscreen greeting", "Nov 24 09:00:00 mx1 postfix/postscreen[1]: PREGREET 16 after 2.6 from [198.51.100.9]:41323: %", "198.51.100.9"},
    FreeText{"postscreen helo", "Nov 24 09:00:00 mx1 postfix/postscreen[1]: NOQUEUE: reject: RCPT from [198.51.100.9]:60591: 550 5.7.1 no; from=<%>, to=<%>, proto=ESMTP, helo=<%>", "198.51.100.9"},
    FreeText{"sshd key text", "Nov 24 09:00:00 mx1 sshd[1]: Failed publickey for bob from 198.51.100.9 port 4000 ssh2: %", "198.51.100.9"},
    FreeText{"sshd key id", "Nov 24 09:00:00 mx1 sshd[1]: Failed publickey for bob from 198.51.100.9 port 4000 ssh2: RSA-CERT SHA256:A ID % (serial 1) CA RSA SHA256:B", "198.51.100.9"},
    FreeText{"sshd accepted key id", "Nov 24 09:00:00 mx1 sshd[1]: Accepted publickey for bob from 198.51.100.9 port 4000 ssh2: RSA-CERT SHA256:A ID % (serial 1) CA RSA SHA256:B", "198.51.100.9"},
    FreeText{"sshd host-based", "Nov 24 09:00:00 mx1 sshd[1]: Failed hostbased for bob from 198.51.100.9 port 4000 ssh2: RSA SHA256:A, client user \"%\", client host \"%\"", "198.51.100.9"},
    FreeText{"sshd farewell", "Nov 24 09:00:00 mx1 sshd[1]: Received disconnect from 198.51.100.9 port 4000:11: % [preauth]", "198.51.100.9"},
    FreeText{"sshd banner", "Nov 24 09:00:00 mx1 sshd[1]: Bad protocol version identification '%' from 198.51.100.9 port 4000", "198.51.100.9"},
    FreeText{"sshd offer", "Nov 24 09:00:00 mx1 sshd[1]: Unable to negotiate with 198.51.100.9 port 4000: no matching cipher found. Their offer: % [preauth]", "198.51.100.9"},
    FreeText{"sshd change of name", "Nov 24 09:00:00 mx1 sshd[1]: Disconnecting invalid user a 198.51.100.9 port 4000: Change of username or service not allowed: (a,ssh-connection) -> (%,ssh-connection) [preauth]", "198.51.100.9"},
    FreeText{"sshd version", "Nov 24 09:00:00 mx1 sshd[1]: Protocol major versions differ for 198.51.100.9 port 4000: SSH-2.0-x vs. %", "198.51.100.9"},
    FreeText{"dovecot reason", "Nov 24 09:00:00 mx1 dovecot: auth: passwd-file(bob,198.51.100.9,<abc>): unknown user (given password: %)", "198.51.100.9"},
    FreeText{"dovecot own file", "Nov 24 09:00:00 imap-login: Info: Disconnected (auth failed, 1 attempts in 2 secs): user=<%>, method=PLAIN, rip=198.51.100.9, lip=192.0.2.11, session=<abc>", "198.51.100.9"},
    FreeText{"dovecot mail process", "Nov 24 09:00:00 mx1 dovecot: imap(%)<1><abc>: Disconnected: Logged out in=1 out=1", ""},
    FreeText{"exim helo", "2026-11-24 09:00:00 login authenticator failed for (%) [198.51.100.9]: 535 Incorrect authentication data (set_id=bob)", "198.51.100.9"},
    FreeText{"exim helo with name", "2026-11-24 09:00:00 login authenticator failed for host.example.net (%) [198.51.100.9]:4000 I=[192.0.2.11]:25: 535 Incorrect authentication data (set_id=bob)", "198.51.100.9"},
    FreeText{"exim sender", "2026-11-24 09:00:00 H=(h) [198.51.100.9] F=<%> rejected RCPT <a@b>: relay not permitted", "198.51.100.9"},
    FreeText{"exim recipient", "2026-11-24 09:00:00 H=(h) [198.51.100.9] F=<c@d> rejected RCPT <%>: relay not permitted", "198.51.100.9"},
    FreeText{"exim helo of a reject", "2026-11-24 09:00:00 H=(%) [198.51.100.9] F=<c@d> rejected RCPT <a@b>: relay not permitted", "198.51.100.9"},
    FreeText{"exim input", "2026-11-24 09:00:00 SMTP protocol synchronization error (input sent without waiting for greeting): rejected connection from H=[198.51.100.9] input=\"%\"", "198.51.100.9"},
    FreeText{"exim command", "2026-11-24 09:00:00 SMTP protocol error in \"%\" H=(h) [198.51.100.9] AUTH command used when not advertised", "198.51.100.9"},
    FreeText{"exim syntax", "2026-11-24 09:00:00 SMTP syntax error in \"%\" H=(h) [198.51.100.9] unrecognized command", "198.51.100.9"},
    FreeText{"exim subject", "2026-11-24 09:00:00 1tF3kd-000A1h-8I <= c@d H=(h) [198.51.100.9] P=esmtpa A=plain:bob S=1 T=\"%\"", "198.51.100.9"},
    FreeText{"exim last command", "2026-11-24 09:00:00 SMTP call from (h) [198.51.100.9] dropped: too many nonmail commands (last was \"%\")", "198.51.100.9"},
    FreeText{"exim remote reply", "2026-11-24 09:00:00 1tF3kb-000A1f-6G ** a@b R=dnslookup T=remote_smtp H=mx.example.net [203.0.113.25]: SMTP error from remote mail server after RCPT TO:<a@b>: 550 %", ""},
    FreeText{"sendmail argument", "Nov 24 09:00:00 mx1 sm-mta[1]: 6AO1CdxY000716: ruleset=check_rcpt, arg1=<%>, relay=host.example.net [198.51.100.9], reject=550 5.7.1 <%>... Relaying denied", "198.51.100.9"},
    FreeText{"sendmail message id", "Nov 24 09:00:00 mx1 sm-mta[1]: 6AO1CdxY000721: from=<c@d>, size=1242, class=0, nrcpts=1, msgid=<%>, proto=ESMTPSA, daemon=MSA, relay=host.example.net [198.51.100.9]", "198.51.100.9"},
    FreeText{"courier command", "Nov 24 09:00:00 mx1 courieresmtpd: error,relay=::ffff:198.51.100.9,msg=\"535 Authentication failed.\",cmd: AUTH LOGIN %", "198.51.100.9"},
    FreeText{"courier recipient", "Nov 24 09:00:00 mx1 courieresmtpd: error,relay=::ffff:198.51.100.9,from=<%>,to=<%>: 550 User unknown.", "198.51.100.9"},
    FreeText{"cyrus reason", "Nov 24 09:00:00 mx1 cyrus/imap[1]: badlogin: host.example.net [198.51.100.9] PLAIN [SASL(-13): authentication failure: %]", "198.51.100.9"},
    FreeText{"opensmtpd command", "Nov 24 09:00:00 mx1 smtpd[1]: 8a25d9b4c1f0e2a7 smtp event=failed-command address=198.51.100.9 host=h.example.net command=\"RCPT TO:<%>\" result=\"550 Invalid recipient\"", "198.51.100.9"},
    FreeText{"zimbra user agent", "2026-11-24 09:00:00,113 WARN  [qtp1-42:https://mail.example.org/service/soap/AuthRequest] [oip=198.51.100.9;port=51000;ua=%;soapId=9fd8101;] security - cmd=Auth; account=bob; protocol=soap; error=authentication failed for [bob], account not found;", "198.51.100.9"},
    FreeText{"zimbra name", "2026-11-24 09:00:00,616 INFO  [qtp93314457-137:https://mail.example.org/service/soap/AuthRequest] [name=%;oip=198.51.100.9;port=52016;ua=u;soapId=9fd8102;] SoapEngine - handler exception: authentication failed for [%], invalid password", "198.51.100.9"},
    FreeText{"haraka helo", "2026-11-24T09:00:00.123Z [NOTICE] [5E1B8F0A-2C44-4C7E-9B0D-6B8F3D0C1A01] [core] disconnect ip=198.51.100.9 rdns=\"h.example.net\" helo=\"%\" relay=N early=N esmtp=Y tls=Y pipe=N errors=1 txns=0 rcpts=0/0/0 msgs=0/0/0 bytes=0 lr=\"535 5.7.8 Authentication failed\" time=2.114", "198.51.100.9"},
    FreeText{"roundcube answer", "Nov 24 09:00:00 web1 roundcube: IMAP Error: Login failed for bob from 198.51.100.9. AUTHENTICATE PLAIN: A0002 NO % in /usr/share/roundcube/program/include/rcube_imap.php on line 205 (POST /mail/?_task=login)", "198.51.100.9"},
    FreeText{"sogo name", "Nov 24 09:00:00 sogod [26818]: SOGoRootPage Login from '198.51.100.9' for user '%' might not have worked - password policy: 65535", "198.51.100.9"},
    FreeText{"horde name", "Nov 24 09:00:00 web1 HORDE: [imp] FAILED LOGIN for % [198.51.100.9] to {imap.example.org:993 [imap/ssl]} [pid 68394 on line 139 of \"/usr/share/horde/imp/lib/Auth/imp.php\"]", "198.51.100.9"},
    FreeText{"pam ruser", "Nov 24 09:00:00 mx1 auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=% rhost=198.51.100.9", "198.51.100.9"},
    FreeText{"pam both", "Nov 24 09:00:00 mx1 auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=% rhost=198.51.100.9  user=%", "198.51.100.9"},
    FreeText{"vpopmail password", "Nov 24 09:00:00 mx1 vpopmail[1]: vchkpw-pop3: password fail (pass: '%') bob@example.org:198.51.100.9", "198.51.100.9"},
    FreeText{"amavis sender", "Nov 24 09:00:00 mx1 amavis[1]: (1-09) Blocked SPAM {DiscardedInbound}, [198.51.100.9]:1434 [198.51.100.9] <%> -> <a@b>, Hits: 9", "198.51.100.9"},
    FreeText{"sudo command", "Nov 24 09:00:00 mx1 sudo:    bob : PWD=/ ; USER=root ; COMMAND=/bin/echo %", ""},
    FreeText{"unknown daemon", "Nov 24 09:00:00 mx1 someapp[1]: login of % failed", ""},
};

} // namespace

std::vector<HostileLine> hostileCorpus(const RuleBook& book)
{
    std::vector<HostileLine> out;
    for (const auto& rule : book.rules()) {
        if (rule.meaning == Rule::Meaning::Boring) {
            continue;
        }
        for (const auto& sample : rule.samples) {
            addField(out, rule, sample, "account", sample.account);
            for (const auto& [field, value] : sample.others) {
                if (field == "from" || field == "to") {
                    addField(out, rule, sample, field, value);
                }
            }
        }
    }
    for (const auto& text : kFreeTexts) {
        const std::string line = text.line;
        for (const auto& forgery : forgeries(withForgedAddress(line.substr(messageStart(line)), text.ip))) {
            std::string made;
            for (const char c : line) {
                made += c == '%' ? forgery : std::string(1, c);
            }
            out.push_back({std::move(made), text.field, text.ip, false});
        }
    }
    return out;
}

} // namespace mailward::test
