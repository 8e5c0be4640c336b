// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ServerProbe.h"

#include "models/servers/RemoteLogs.h"

#include <QDateTime>
#include <QLocale>
#include <QMap>

#include <array>

namespace mailward {

namespace {

using namespace std::chrono_literals;
using Verdict = Capability::Verdict;

constexpr qint64 kMaxClockOffset = 2; ///< seconds
constexpr int kLowDiskPercent = 95;

QString bytesText(const QByteArray& number)
{
    return QLocale::c().formattedDataSize(number.toLongLong(), 1, QLocale::DataSizeSIFormat);
}

// Looks and changes nothing. The helper is only asked where it is installed: a refused sudo mails root,
// through the very server that is being watched.
constexpr std::string_view kProbeScript = R"sh(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
echo "uid $(id -u)"
echo "time $(date +%s)"
for tool in stat head tail tar gzip postconf exim4 doveadm journalctl nft ipset iptables fail2ban-client systemd-run sudo; do
  command -v $tool >/dev/null 2>&1 && echo "have $tool"
done
command -v postconf >/dev/null 2>&1 && echo "postfix $(postconf -h mail_version 2>/dev/null)"
command -v doveadm >/dev/null 2>&1 && echo "dovecot $(dovecot --version 2>/dev/null)"
[ -d /run/systemd/system ] && echo "have systemd"
echo "disk $(df -P /var/log 2>/dev/null | awk 'NR == 2 { print $5 }')"
j=none
for f in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
  [ -e "$f" ] && [ $j = none ] && j=unreadable
  [ -r "$f" ] && j=ok
done
for d in /var/log/journal/* /run/log/journal/*; do [ -d "$d" ] && [ ! -x "$d" ] && [ $j = none ] && j=unreadable; done
echo "journal $j"
for p do
  if [ "$p" = journal ]; then
    if [ $j = none ]; then echo "log missing 0 - $p"; else echo "log $j 0 systemd-journal $p"; fi
  elif [ ! -e "$p" ]; then echo "log missing 0 - $p"
  elif [ ! -f "$p" ]; then echo "log nofile 0 - $p"
  elif [ ! -r "$p" ]; then echo "log unreadable 0 $(stat -L -c %G "$p" 2>/dev/null) $p"
  else echo "log ok $(stat -L -c '%s %G' "$p" 2>/dev/null) $p"
  fi
  n=0; d=0; z=0
  for f in "$p".* "$p"-*; do
    [ -f "$f" ] || continue
    case $f in *.gz|*.xz|*.zst|*.bz2) z=$((z+1)) ;; esac
    case ${f#"$p"} in [.-][0-9][0-9][0-9][0-9]*) d=$((d+1)) ;; .[0-9]*|.old*) n=$((n+1)) ;; esac
  done
  c=-
  for f in /etc/logrotate.conf /etc/logrotate.d/*; do
    grep -qF -- "$p" "$f" 2>/dev/null && grep -q '^[[:space:]]*copytruncate' "$f" && c=$f
  done
  echo "rotation $n $d $z $c"
done
gate=/usr/local/sbin/mailward-gate
if [ -x $gate ]; then
  echo "gate $(printf 'version\nend\n' | if [ "$(id -u)" = 0 ]; then $gate; else sudo -n $gate; fi 2>&1 | tail -n 1 | head -c 200)"
fi
exit 0)sh";

using Facts = QMap<QByteArray, QByteArrayList>;

QString clean(const QByteArray& text)
{
    return UntrustedText(text.toStdString()).plain(120).trimmed();
}

Facts parseFacts(const QByteArray& out)
{
    Facts facts;
    for (const QByteArray& line : out.split('\n')) {
        const qsizetype space = line.indexOf(' ');
        if (space > 0) {
            facts[line.first(space)].append(line.mid(space + 1));
        }
    }
    return facts;
}

QByteArray first(const Facts& facts, const QByteArray& key)
{
    return facts.value(key).value(0);
}

bool has(const Facts& facts, const char* tool)
{
    return facts.value("have").contains(tool);
}

Capability sshLine(const UntrustedText& banner, const ServerProfile& profile)
{
    Capability line{QStringLiteral("ssh"),
                    Verdict::Ok,
                    QStringLiteral("Connected and logged in; the server says %1.").arg(banner.plain(80)),
                    {}};
    if (profile.endpoint.legacyAlgorithms) {
        line.verdict = Verdict::Warn;
        line.text += QStringLiteral(" Old algorithms are allowed for it.");
        line.remedy = QStringLiteral("Update its sshd, then switch the old algorithms off.");
    }
    return line;
}

void addTools(const Facts& facts, std::vector<Capability>& lines)
{
    const bool complete = has(facts, "stat") && has(facts, "head") && has(facts, "tail");
    lines.push_back({QStringLiteral("tools"), complete ? Verdict::Ok : Verdict::Fail,
                     complete ? QStringLiteral("The tools that reading logs needs are there.")
                              : QStringLiteral("stat, head or tail is missing."),
                     complete ? QString() : QStringLiteral("apt-get install coreutils")});
    const QByteArray postfix = first(facts, "postfix");
    const bool exim = has(facts, "exim4");
    const bool mta = facts.contains("postfix") || exim;
    lines.push_back({QStringLiteral("mta"), mta ? Verdict::Ok : Verdict::Warn,
                     facts.contains("postfix") ? QStringLiteral("Postfix %1.").arg(clean(postfix))
                     : exim                    ? QStringLiteral("Exim.")
                                               : QStringLiteral("No Postfix and no Exim found."),
                     mta ? QString() : QStringLiteral("Fine if this host only has mailboxes.")});
    const bool dovecot = facts.contains("dovecot");
    lines.push_back({QStringLiteral("dovecot"), dovecot ? Verdict::Ok : Verdict::Warn,
                     dovecot ? QStringLiteral("Dovecot %1.").arg(clean(first(facts, "dovecot")))
                             : QStringLiteral("No Dovecot found."),
                     dovecot ? QString() : QStringLiteral("Fine if this host has no mailboxes.")});
    const QByteArray journal = first(facts, "journal");
    lines.push_back({QStringLiteral("journald"),
                     Verdict::Ok,
                     journal == "ok"           ? QStringLiteral("There is a systemd journal that this user may read: the log \"journal\".")
                     : journal == "unreadable" ? QStringLiteral("There is a systemd journal; only members of systemd-journal may read it.")
                                               : QStringLiteral("There is no systemd journal; the log files do."),
                     {}});
    const bool jail = has(facts, "fail2ban-client");
    lines.push_back(
        {QStringLiteral("fail2ban"),
         Verdict::Ok,
         jail ? QStringLiteral("fail2ban is there; its bans stay its own.") : QStringLiteral("No fail2ban."),
         {}});
}

void addFirewall(const Facts& facts, std::vector<Capability>& lines)
{
    QStringList found;
    for (const char* tool : {"nft", "ipset", "iptables"}) {
        if (has(facts, tool)) {
            found.append(QLatin1String(tool));
        }
    }
    const bool sets = has(facts, "nft") || (has(facts, "ipset") && has(facts, "iptables"));
    const bool any = has(facts, "nft") || has(facts, "iptables");
    lines.push_back({QStringLiteral("firewall"), sets ? Verdict::Ok : any ? Verdict::Warn : Verdict::Fail,
                     found.isEmpty() ? QStringLiteral("No firewall tool found: nothing can be blocked at the door.")
                     : sets          ? QStringLiteral("Firewall tools: %1.").arg(found.join(QStringLiteral(", ")))
                                     : QStringLiteral("Firewall tools: %1. Without sets, long lists make it slow.").arg(found.join(QStringLiteral(", "))),
                     sets ? QString() : QStringLiteral("apt-get install nftables")});
}

Capability gateLine(const Facts& facts, const ServerProfile& profile)
{
    Capability line{QStringLiteral("gate"), Verdict::Ok, {}, {}};
    const bool root = first(facts, "uid") == "0";
    const QByteArray answer = first(facts, "gate");
    const QString install = QStringLiteral(
        "As root on the server: install -m 0755 mailward-gate /usr/local/sbin/ and "
        "install -m 0440 mailward.sudoers /etc/sudoers.d/mailward (both are in installer/server).");
    if (root) {
        line.text =
            QStringLiteral("Logged in as root: the helper is sent along, nothing needs to be installed.");
    } else if (profile.gate == GateMode::RootDirect) {
        line.verdict = Verdict::Fail;
        line.text = QStringLiteral("The profile says that changes are made as root, but %1 is not root.")
                        .arg(profile.endpoint.user);
        line.remedy = QStringLiteral("Log in as root, or choose sudo and install the helper.");
    } else if (!facts.contains("gate")) {
        line.verdict = Verdict::Fail;
        line.text = QStringLiteral(
            "The helper mailward-gate is not installed: logs can be read, nothing can be blocked.");
        line.remedy = install;
    } else if (!answer.startsWith("ok")) {
        line.verdict = Verdict::Fail;
        line.text = QStringLiteral("The helper is installed, but does not answer %1: %2")
                        .arg(profile.endpoint.user, clean(answer));
        line.remedy = install;
    } else {
        line.text = QStringLiteral("The helper is installed and answers: %1.").arg(clean(answer));
    }
    return line;
}

/// How a log is rotated, as a sentence; a way that loses lines is a warning with what to change.
void addRotation(const QByteArrayList& words, Capability& line)
{
    const int numbered = words.value(0).toInt();
    const int dated = words.value(1).toInt();
    const QString packed = words.value(2).toInt() > 0 ? QStringLiteral(", %1 of them compressed").arg(words.value(2).toInt()) : QString();
    line.text += numbered + dated == 0 ? QStringLiteral(" It was not rotated yet.")
                                       : QStringLiteral(" Rotated by %1: %2 older files%3.")
                                             .arg(dated > numbered ? QStringLiteral("date") : QStringLiteral("number"))
                                             .arg(numbered + dated)
                                             .arg(packed);
    const QByteArray truncating = words.value(3);
    if (truncating.startsWith('/') && line.verdict == Verdict::Ok) {
        line.verdict = Verdict::Warn;
        line.text += QStringLiteral(" Its rotation copies and empties the file: what is written in that moment is lost on the server itself.");
        line.remedy = QStringLiteral("In %1: \"create\" in place of \"copytruncate\", and a postrotate that has the log opened anew.").arg(clean(truncating));
    }
}

void addLogs(const Facts& facts, const ServerProfile& profile, std::vector<Capability>& lines)
{
    const QByteArrayList states = facts.value("log");
    for (std::size_t i = 0; i < profile.logs.size(); ++i) {
        const QString path = QString::fromStdString(profile.logs[i].path);
        const QByteArrayList words = states.value(static_cast<qsizetype>(i)).split(' ');
        const QByteArray state = words.value(0);
        Capability line{QStringLiteral("log:") + path, Verdict::Fail, {}, {}};
        if (state == "ok") {
            line.verdict = Verdict::Ok;
            line.text = profile.logs[i].isJournal() ? QStringLiteral("The systemd journal can be read.")
                                                    : QStringLiteral("%1 can be read (%2).").arg(path, bytesText(words.value(1)));
            if (!profile.logs[i].isJournal()) {
                addRotation(facts.value("rotation").value(static_cast<qsizetype>(i)).split(' '), line);
            }
        } else if (state == "unreadable") {
            static constexpr std::array kOpenGroups{"adm", "syslog", "systemd-journal"};
            const bool open =
                std::find(kOpenGroups.begin(), kOpenGroups.end(), words.value(2)) != kOpenGroups.end();
            const QString group = open ? QString::fromLatin1(words.value(2)) : QStringLiteral("adm");
            line.text = QStringLiteral("%1 may not be read by %2.").arg(path, profile.endpoint.user);
            line.remedy = QStringLiteral("usermod -aG %1 %2").arg(group, profile.endpoint.user);
            if (!open) {
                line.remedy += QStringLiteral(" && chgrp adm %1 && chmod g+r %1").arg(path);
            }
        } else {
            line.text = QStringLiteral("%1 is not there, or is no file.").arg(path);
            line.remedy =
                QStringLiteral("ls -l /var/log shows what there is; change the path in the profile.");
        }
        lines.push_back(line);
    }
}

void addClockAndDisk(const Facts& facts, qint64 sent, qint64 received, std::vector<Capability>& lines)
{
    bool ok = false;
    const qint64 there = first(facts, "time").toLongLong(&ok);
    const qint64 offset = there < sent ? there - sent : there > received ? there - received : 0;
    const bool right = ok && std::abs(offset) <= kMaxClockOffset;
    lines.push_back({QStringLiteral("clock"), right ? Verdict::Ok : Verdict::Warn,
                     !ok     ? QStringLiteral("The server does not tell its time.")
                     : right ? QStringLiteral("The server's clock is right.")
                             : QStringLiteral("The server's clock is off by %1 s.").arg(offset),
                     right ? QString() : QStringLiteral("timedatectl set-ntp true")});
    const int percent = first(facts, "disk").chopped(first(facts, "disk").endsWith('%') ? 1 : 0).toInt(&ok);
    const bool room = !ok || percent < kLowDiskPercent;
    lines.push_back({QStringLiteral("disk"), room ? Verdict::Ok : Verdict::Warn,
                     ok ? QStringLiteral("The disk of /var/log is %1 % full.").arg(percent)
                        : QStringLiteral("The server does not tell how full its disk is."),
                     room ? QString() : QStringLiteral("Make room: a full disk stops mail and logs alike.")});
}

/// Stamps without a zone are read in the profile's: a wrong one moves every event.
Capability zoneLine(const QString& zone, const ServerProfile& profile)
{
    Capability line{QStringLiteral("zone"), Verdict::Ok, QStringLiteral("The server's clock shows %1.").arg(zone), {}};
    if (profile.timezone != QLatin1String(ServerProfile::kServersZone) && profile.timezone != zone) {
        line.verdict = Verdict::Warn;
        line.text += QStringLiteral(" The profile reads its logs in %1.").arg(profile.timezone);
        line.remedy = QStringLiteral("Fine if its logs are written in %1; else add the server anew without a zone.").arg(profile.timezone);
    }
    return line;
}

} // namespace

QString verdictName(Capability::Verdict verdict)
{
    switch (verdict) {
    case Verdict::Ok:
        return QStringLiteral("ok");
    case Verdict::Warn:
        return QStringLiteral("warn");
    case Verdict::Fail:
        break;
    }
    return QStringLiteral("fail");
}

Result<std::vector<Capability>> probeServer(CommandRunner& runner, const ServerProfile& profile,
                                            const UntrustedText& banner)
{
    std::vector<std::string> paths;
    for (const LogSource& log : profile.logs) {
        paths.push_back(log.path);
    }
    auto command = RemoteCommand::script(kProbeScript, paths);
    command.timeout = 30s;
    command.limits.maxOut = 256 * 1024;
    const qint64 sent = QDateTime::currentSecsSinceEpoch();
    const auto output = runner.run(command);
    if (!output) {
        return tl::unexpected(output.error());
    }
    const qint64 received = QDateTime::currentSecsSinceEpoch();
    const auto clock = listLogs(runner, {});
    if (!clock) {
        return tl::unexpected(clock.error());
    }
    const Facts facts = parseFacts(output->out);
    std::vector<Capability> lines{sshLine(banner, profile)};
    addTools(facts, lines);
    addLogs(facts, profile, lines);
    addFirewall(facts, lines);
    lines.push_back(gateLine(facts, profile));
    addClockAndDisk(facts, sent, received, lines);
    lines.push_back(zoneLine(clock->zone, profile));
    return lines;
}

} // namespace mailward
