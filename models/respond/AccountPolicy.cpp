// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountPolicy.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace mailward {

namespace {

using Verdict = PolicyFinding::Verdict;
constexpr int kWantedLength = 15; // SP 800-63B-4, 3.1.1.2: a password that is the only factor

/// What the server said, by name; judged one rule at a time.
class Policy
{
public:
    explicit Policy(const std::vector<PolicyFact>& facts)
    {
        for (const auto& fact : facts) {
            m_facts.emplace(fact.name, fact.value);
        }
    }
    [[nodiscard]] bool has(const char* name) const { return m_facts.contains(QLatin1String(name)); }
    [[nodiscard]] std::string text(const char* name) const
    {
        const auto it = m_facts.find(QLatin1String(name));
        return it == m_facts.end() ? std::string() : it->second.raw();
    }
    [[nodiscard]] std::optional<int> number(const char* name) const
    {
        bool good = false;
        const int value = QString::fromStdString(text(name)).section(QLatin1Char(' '), 0, 0).toInt(&good);
        return good ? std::optional(value) : std::nullopt;
    }
    [[nodiscard]] bool dovecot() const { return has("dovecot.version"); }
    void say(const char* id, Verdict verdict, const QString& title, const std::string& evidence, const QString& remedy)
    {
        findings.push_back({QLatin1String(id), verdict, title, UntrustedText(evidence), verdict == Verdict::Pass ? QString() : remedy});
    }

    std::vector<PolicyFinding> findings;

private:
    std::map<QString, UntrustedText> m_facts;
};

void judgeLength(Policy& policy)
{
    std::optional<int> least;
    std::string evidence;
    for (const char* name : {"pwquality.minlen", "ldap.pwdMinLength", "postfixadmin.min_password_length", "roundcube.password_minimum_length", "iredadmin.min_passwd_length"}) {
        const auto value = policy.number(name);
        if (value && (!least || *value < *least)) {
            least = value;
            evidence = std::string(name) + " = " + policy.text(name);
        }
    }
    const QString remedy = QStringLiteral("Ask for 15 characters and take up to 64 at least, wherever people choose a password: \"minlen = 15\" in /etc/security/pwquality.conf, "
                                          "pwdMinLength: 15 in the LDAP policy, $config['password_minimum_length'] = 15 in Roundcube's password plugin, "
                                          "$CONF['password_validation'] = ['/.{15}/' => 'password_too_short 15'] in PostfixAdmin.");
    if (!least) {
        policy.say("minimum-length", Verdict::Unknown, QStringLiteral("Nothing on this server says how long a password must be"), "no pwquality, LDAP policy or webmail setting found", remedy);
    } else {
        policy.say("minimum-length", *least >= kWantedLength ? Verdict::Pass : *least >= 8 ? Verdict::Warn : Verdict::Fail,
                   QStringLiteral("Passwords need %1 characters").arg(*least), evidence, remedy);
    }
}

void judgeBlockList(Policy& policy)
{
    const bool dictionary = policy.number("pwquality.dictcheck").value_or(policy.has("pam.pwquality") ? 1 : 0) == 1 && policy.has("pam.pwquality");
    const bool ldap = !policy.text("ldap.pwdCheckModule").empty();
    policy.say("block-list", dictionary || ldap ? Verdict::Pass : Verdict::Fail,
               dictionary || ldap ? QStringLiteral("New passwords are compared with a list of bad ones") : QStringLiteral("Nothing refuses a password that everybody guesses first"),
               dictionary ? "pam_pwquality, dictcheck" : ldap ? "ppolicy: " + policy.text("ldap.pwdCheckModule") : "neither pam_pwquality with dictcheck nor an LDAP check module",
               QStringLiteral("System accounts: install libpam-pwquality, \"dictcheck = 1\" in /etc/security/pwquality.conf. LDAP: pwdCheckQuality: 2 with the ppm module. "
                              "Elsewhere: let the audit of weak passwords here run each quarter, with the company's own words among the candidates."));
}

void judgeRotation(Policy& policy)
{
    const auto days = policy.number("login.defs.PASS_MAX_DAYS");
    const auto ldap = policy.number("ldap.pwdMaxAge");
    const bool forced = (days && *days < 3650 && *days > 0) || (ldap && *ldap > 0);
    if (days || ldap) {
        policy.say("rotation", forced ? Verdict::Warn : Verdict::Pass, forced ? QStringLiteral("Passwords expire by the calendar") : QStringLiteral("Passwords do not expire by the calendar"),
                   days ? "PASS_MAX_DAYS " + policy.text("login.defs.PASS_MAX_DAYS") : "pwdMaxAge " + policy.text("ldap.pwdMaxAge"),
                   QStringLiteral("Forced rotation makes people count upwards. Set PASS_MAX_DAYS 99999 in /etc/login.defs (pwdMaxAge: 0 in LDAP), and change passwords when there is evidence that they are known."));
    }
    const bool composition = policy.number("pwquality.dcredit").value_or(0) < 0 || policy.number("pwquality.ucredit").value_or(0) < 0 || policy.number("pwquality.ocredit").value_or(0) < 0 ||
                             policy.number("pwquality.minclass").value_or(0) > 1;
    if (composition) {
        policy.say("composition", Verdict::Warn, QStringLiteral("Passwords must have certain kinds of characters"), "pwquality: minclass or negative credits",
                   QStringLiteral("Such rules give \"Summer2026!\". Take minclass, dcredit, ucredit, lcredit and ocredit out of /etc/security/pwquality.conf and ask for length instead."));
    }
}

void judgeDefaults(Policy& policy)
{
    policy.say("first-use", policy.has("ldap.pwdMustChange") && policy.text("ldap.pwdMustChange") == "TRUE" ? Verdict::Pass : Verdict::Warn,
               policy.text("ldap.pwdMustChange") == "TRUE" ? QStringLiteral("A password that an admin set must be changed at first use") : QStringLiteral("A password that was handed out works for ever"),
               policy.has("ldap.pwdMustChange") ? "pwdMustChange " + policy.text("ldap.pwdMustChange") : "Dovecot and SQL back ends know no first use",
               QStringLiteral("Hand out a different random password to each account (Reset does), never one default. System accounts: \"chage -d 0 NAME\". LDAP: pwdMustChange: TRUE with ppolicy."));
}

void judgeDovecot(Policy& policy)
{
    if (!policy.dovecot()) {
        return;
    }
    const std::string plain = policy.text("dovecot.disable_plaintext_auth");
    policy.say("plaintext", plain == "no" ? Verdict::Fail : Verdict::Pass, plain == "no" ? QStringLiteral("Passwords are taken without encryption") : QStringLiteral("Passwords are taken over TLS only"),
               "disable_plaintext_auth = " + plain, QStringLiteral("\"disable_plaintext_auth = yes\" in Dovecot (2.4: auth_allow_cleartext = no), \"smtpd_tls_auth_only = yes\" in Postfix."));
    const auto delay = policy.number("dovecot.auth_failure_delay");
    policy.say("delay", delay.value_or(2) >= 2 ? Verdict::Pass : Verdict::Warn, QStringLiteral("A wrong password is answered after %1 s").arg(delay.value_or(2)),
               "auth_failure_delay = " + policy.text("dovecot.auth_failure_delay"), QStringLiteral("\"auth_failure_delay = 2 secs\" in Dovecot."));
    const std::string policyServer = policy.text("dovecot.auth_policy_server_url");
    policy.say("rate-limit", policyServer.empty() ? Verdict::Warn : Verdict::Pass,
               policyServer.empty() ? QStringLiteral("Guesses at one account from many addresses are not counted together") : QStringLiteral("A policy server sees guesses at one account from all addresses"),
               "auth_policy_server_url = " + policyServer, QStringLiteral("Dovecot's own penalty counts by address. Let the incidents here decide, or run a policy server (wforce) and name it in auth_policy_server_url."));
    const std::string logged = policy.text("dovecot.auth_verbose_passwords");
    policy.say("passwords-in-log", logged.empty() || logged == "no" ? Verdict::Pass : Verdict::Fail,
               logged.empty() || logged == "no" ? QStringLiteral("Wrong passwords are not logged") : QStringLiteral("Wrong passwords are written to the log"),
               "auth_verbose_passwords = " + logged, QStringLiteral("\"auth_verbose_passwords = no\" in Dovecot: a wrong password is often the right one of somewhere else."));
    const std::string characters = policy.text("dovecot.auth_username_chars");
    policy.say("name-characters", characters.empty() ? Verdict::Fail : Verdict::Pass, characters.empty() ? QStringLiteral("Any character is taken in a user name") : QStringLiteral("User names are limited to plain characters"),
               "auth_username_chars = " + characters, QStringLiteral("Take the empty auth_username_chars out of Dovecot's configuration: it opened SQL injection (CVE-2026-24031)."));
}

void judgeSchemes(Policy& policy)
{
    static constexpr std::array kWeak{"PLAIN", "CLEAR", "CLEARTEXT", "CRYPT", "DES-CRYPT", "MD5-CRYPT", "PLAIN-MD5", "LDAP-MD5", "SMD5", "SHA", "SHA1", "SSHA", "LANMAN", "NTLM", "DIGEST-MD5", "CRAM-MD5", "SHA256", "SSHA256", "SHA512", "SSHA512"};
    QStringList weak;
    int total = 0;
    const auto schemes = QString::fromStdString(policy.text("accounts.schemes")).split(QLatin1Char(' '), Qt::SkipEmptyParts); // "SHA512-CRYPT=2490 PLAIN=10"
    for (const QString& one : schemes) {
        const QString name = one.section(QLatin1Char('='), 0, 0).section(QLatin1Char('.'), 0, 0);
        total += one.section(QLatin1Char('='), 1).toInt();
        if (std::any_of(kWeak.begin(), kWeak.end(), [&](const char* known) { return name == QLatin1String(known); })) {
            weak << one;
        }
    }
    if (weak.isEmpty() && policy.has("accounts.unread")) {
        policy.say("hashes", Verdict::Unknown, QStringLiteral("Not all passwords could be read"), policy.text("accounts.unread") + " cannot be read",
                   QStringLiteral("Mend it, or describe it in /etc/mailward/accounts on the server, then look again."));
    } else if (total > 0) {
        policy.say("hashes", weak.isEmpty() ? Verdict::Pass : Verdict::Warn, weak.isEmpty() ? QStringLiteral("All passwords are stored with a slow hash") : QStringLiteral("Some passwords are stored so that a thief of the list reads them soon"),
                   policy.text("accounts.schemes"), QStringLiteral("\"default_pass_scheme = SHA512-CRYPT\" (or BLF-CRYPT) for what is set from now on; a reset here replaces the old hash at once."));
    }
}

} // namespace

QString policyVerdictName(PolicyFinding::Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass: return QStringLiteral("pass");
    case Verdict::Warn: return QStringLiteral("warn");
    case Verdict::Fail: return QStringLiteral("fail");
    case Verdict::Unknown: return QStringLiteral("unknown");
    }
    return {};
}

std::vector<PolicyFinding> judgePolicy(const std::vector<PolicyFact>& facts)
{
    Policy policy(facts);
    judgeLength(policy);
    judgeBlockList(policy);
    judgeRotation(policy);
    judgeDefaults(policy);
    judgeDovecot(policy);
    judgeSchemes(policy);
    const auto rank = [](const PolicyFinding& finding) { return std::array{3, 1, 0, 2}[static_cast<std::size_t>(finding.verdict)]; };
    std::stable_sort(policy.findings.begin(), policy.findings.end(), [&](const PolicyFinding& a, const PolicyFinding& b) { return rank(a) < rank(b); });
    return std::move(policy.findings);
}

} // namespace mailward
