// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/GateClient.h"

#include "models/core/UntrustedText.h"
#include "models/respond/AccountBackend.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <utility>

// Static libraries drop resources that nobody asks for; the macro must stand outside of any namespace.
static void initGateResource()
{
    Q_INIT_RESOURCE(respond);
}

namespace mailward {

namespace {

constexpr int kProtocol = 2;
constexpr const char* kInstalledPath = "/usr/local/sbin/mailward-gate";

/// Takes the helper from the head of standard input and runs it from root's own folder. "$1" is the helper's size: a cut
/// connection leaves a shorter file, which is not run. The request behind it stays unread: dd never asks for more than what is
/// missing of one full block; one that knows no full blocks reads byte by byte.
constexpr const char* kSendScript =
    "umask 077; d=/run/mailward; f=$d/sent.$$; mkdir -p $d || exit 66; trap 'rm -f $f' EXIT; "
    "if dd if=/dev/null iflag=fullblock >/dev/null 2>&1; then dd bs=\"$1\" count=1 iflag=fullblock of=$f 2>/dev/null; "
    "else dd bs=1 count=\"$1\" of=$f 2>/dev/null; fi; [ \"$(wc -c <$f)\" -eq \"$1\" ] || exit 66; /bin/sh $f";

/// The helper with the parts that a verb needs: those of accounts, or those of bans. They stand first and only define what it calls.
QByteArray joinGate(bool accounts)
{
    initGateResource();
    QByteArray text;
    QFileInfoList files = QDir(QStringLiteral(":/server/gate.d")).entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo& info : files << QFileInfo(QStringLiteral(":/server/mailward-gate"))) {
        QFile file(info.filePath());
        if (info.fileName() == QLatin1String("mailward-gate") || info.fileName().startsWith(QLatin1String("accounts")) == accounts) {
            text += file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
    }
    return text;
}

const QByteArray& gateText(bool accounts)
{
    static const std::array<QByteArray, 2> kTexts{joinGate(false), joinGate(true)};
    return kTexts[accounts ? 1 : 0];
}

RemoteCommand commandFor(GateAccess access, bool accounts)
{
    const std::string size = std::to_string(gateText(accounts).size());
    switch (access) {
    case GateAccess::SentAsRoot: return RemoteCommand({"/bin/sh", "-c", kSendScript, "mailward", size});
    case GateAccess::SentWithSudo: return RemoteCommand({"sudo", "-n", "/bin/sh", "-c", kSendScript, "mailward", size});
    case GateAccess::Installed: break;
    }
    return RemoteCommand({"sudo", "-n", kInstalledPath});
}

constexpr std::size_t kMostOthers = 100'000;

struct GateError {
    const char* word;
    ErrorCode code;
    const char* text;
    const char* hint;
};

constexpr GateError kGateErrors[] = {
    {"protected", ErrorCode::Refused, "The server refuses to ban one of its protected networks.", "Take it out of the plan, or look at /etc/mailward/protected."},
    {"broad", ErrorCode::Refused, "The server refuses a network that is too broad.", "At most /8 (IPv4) or /19 (IPv6)."},
    {"list", ErrorCode::Refused, "/etc/mailward/protected on the server has a line that is no network.", "Correct it there; nothing is banned until then."},
    {"stale", ErrorCode::Conflict, "The server's bans have changed since the plan was looked at.", "Look at the preview again, then apply."},
    {"busy", ErrorCode::Conflict, "Another change on this server waits to be confirmed.", "Confirm or undo that one first."},
    {"state", ErrorCode::Conflict, "The server does not have this plan in that state; it may have taken it back already.", "Read the bans again."},
    {"timer", ErrorCode::Remote, "The server cannot start the timer that takes the change back.", "Without it nothing is changed. Is systemd-run or setsid there?"},
    {"nft", ErrorCode::Remote, "The server's firewall refused the change; the server is as it was.", "Is its tool installed, and does the kernel have what it needs?"},
    {"persist", ErrorCode::Remote, "The bans could not be saved for the next start of the server.", "Look at the free space and at /etc/mailward there."},
    {"many", ErrorCode::Refused, "This server's firewall looks at one ban after the other, and takes no more than 2,000 (TCP wrappers: 20,000).", "Install ipset or nftables there, or choose fewer and wider networks."},
    {"effect", ErrorCode::Refused, "Postfix client access has no say over these ports.", "Ban 465 and 587 there, or let nftables, ipset or iptables do it (/etc/mailward/backend)."},
    {"boot", ErrorCode::Refused, "Postfix's list outlives a reboot, and nothing on this server would take back there what was not confirmed.", "Install mailward-bans.service as installer/server/README.md says; any systemd or cron would do, too."},
    {"backend", ErrorCode::Remote, "/etc/mailward/backend on the server names no way to ban.", "It is nftables, ipset, iptables, fail2ban, hosts or postfix."},
    {"part", ErrorCode::NotFound, "A part of the helper is missing on the server.", "Install installer/server/gate.d to /usr/local/lib/mailward as installer/server/README.md says."},
    {"ttl", ErrorCode::Refused, "ipset takes no ban of more than 24 days.", "Choose a shorter time."},
    {"root", ErrorCode::Permission, "The helper does not run as root.", "Log in as root, or let sudo run the helper."},
    {"ip", ErrorCode::Remote, "The server's own addresses cannot be read.", "Install iproute2 there."},
};

tl::unexpected<Error> errorFor(const QByteArray& answer)
{
    const QByteArray word = answer.mid(4).split(' ').front();
    for (const auto& known : kGateErrors) {
        if (word == known.word) {
            return failure(known.code, QLatin1String(known.text), QLatin1String(known.hint));
        }
    }
    if (const QString text = accountProblemText(QString::fromLatin1(word)); !text.isEmpty()) {
        return failure(word == "missing" ? ErrorCode::NotFound : ErrorCode::Refused, text);
    }
    return failure(ErrorCode::Remote, QStringLiteral("The server's helper refused: %1.").arg(UntrustedText(answer.mid(4).toStdString()).plain(40)),
                   QStringLiteral("Compare the helper on the server with the one of this version."));
}

tl::unexpected<Error> noHelper(GateAccess access, const CommandOutput& output)
{
    const QString said = UntrustedText(output.err.trimmed().toStdString()).plain(160);
    if (access == GateAccess::Installed) {
        return failure(ErrorCode::NotFound, QStringLiteral("The helper mailward-gate did not answer on the server%1").arg(said.isEmpty() ? QStringLiteral(".") : QStringLiteral(": ") + said),
                       QStringLiteral("Install it and its sudoers file as installer/server/README.md says, or log in as root."));
    }
    return failure(ErrorCode::Permission, QStringLiteral("The helper could not be run as root on the server%1").arg(said.isEmpty() ? QStringLiteral(".") : QStringLiteral(": ") + said),
                   QStringLiteral("Log in as root, or install the helper as installer/server/README.md says."));
}

} // namespace

QString gatePlanStateName(GatePlanState state)
{
    switch (state) {
    case GatePlanState::Unknown: return QStringLiteral("unknown");
    case GatePlanState::Staged: return QStringLiteral("staged");
    case GatePlanState::Armed: return QStringLiteral("armed");
    case GatePlanState::Applied: return QStringLiteral("applied");
    case GatePlanState::Confirmed: return QStringLiteral("confirmed");
    case GatePlanState::Undone: return QStringLiteral("undone");
    }
    return {};
}

GateClient::GateClient(CommandRunner& runner, GateAccess access, const BanBackend& backend)
    : m_runner(runner), m_access(access), m_backend(backend)
{
}

QString GateClient::commandText(GateAccess access)
{
    QString text;
    const RemoteCommand command = commandFor(access, false);
    for (const auto& word : command.words()) {
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + QString::fromStdString(quoteForShell(word));
    }
    return text;
}

RemoteCommand gateCommand(GateAccess access, const QByteArray& request)
{
    const bool accounts = request.startsWith("account-");
    RemoteCommand command = commandFor(access, accounts);
    command.stdinData = (access == GateAccess::Installed ? QByteArray() : gateText(accounts)) + request + "end\n";
    command.timeout = std::chrono::seconds(90);
    return command;
}

Result<QByteArray> gateAnswer(GateAccess access, const CommandOutput& output)
{
    const QByteArray out = output.out.trimmed();
    const QByteArray last = out.mid(out.lastIndexOf('\n') + 1);
    if (last.startsWith("err ")) {
        return errorFor(last);
    }
    if (output.exitCode != 0 || (last != "ok" && !last.startsWith("ok "))) {
        return noHelper(access, output);
    }
    return out;
}

Result<QByteArray> GateClient::ask(const QByteArray& request)
{
    return m_runner.run(gateCommand(m_access, request)).and_then([&](const CommandOutput& output) { return gateAnswer(m_access, output); });
}

Result<GateInfo> GateClient::version()
{
    const auto answer = ask("version\n");
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    GateInfo info;
    for (const auto& line : answer->split('\n')) {
        const auto words = line.split(' ');
        if (words.size() == 2 && words[0] == "guarded") {
            if (const auto prefix = Prefix::parse(words[1].toStdString())) {
                info.protectedPrefixes.push_back(*prefix);
            }
        } else if (words.size() == 2 && words[0] == "beside") {
            info.beside << QString::fromLatin1(words[1]).left(16);
        } else if (words.size() == 2 && words[0] == "no-effect") {
            info.noEffect << QString::fromLatin1(words[1]).left(16);
        } else if (line == "boots") {
            info.boots = true;
        } else if (words.size() == 5 && words[1] == "mailward-gate") {
            info.protocol = words[2].toInt();
            info.timer = QString::fromLatin1(words[3]).left(16);
            info.backend = QString::fromLatin1(words[4]).left(16);
        }
    }
    if (info.protocol != kProtocol) {
        return failure(ErrorCode::Remote, QStringLiteral("The helper on the server speaks another version of the protocol."),
                       QStringLiteral("Install the helper of this version (installer/server/mailward-gate)."));
    }
    return info;
}

Result<ServerState> GateClient::state()
{
    return ask("state\n").and_then([&](const QByteArray& answer) { return m_backend.parseState(answer); });
}

Result<QByteArray> GateClient::show(const QByteArray& batch)
{
    return ask("show\n" + batch).map([](const QByteArray& answer) { return answer.left(answer.lastIndexOf('\n') + 1); });
}

Result<std::vector<OtherBan>> GateClient::others()
{
    return ask("others\n").map([](const QByteArray& answer) {
        std::vector<OtherBan> bans;
        for (const auto& line : answer.split('\n')) {
            const auto words = line.split(' ');
            const auto prefix = words.size() == 6 && words[0] == "other" ? Prefix::parse(words[3].toStdString()) : std::nullopt;
            if (!prefix || bans.size() >= kMostOthers) {
                continue; // a host name, or text that somebody put into a rule: not an address that anybody banned
            }
            const auto stamp = [](const QByteArray& text) {
                const qint64 seconds = text.toLongLong();
                return seconds > 0 && seconds < 99'999'999'999 ? std::optional<Instant>(Instant{std::chrono::seconds(seconds)}) : std::nullopt;
            };
            bans.push_back({*prefix, UntrustedText(words[1].left(16).toStdString()), UntrustedText(words[2].left(64).toStdString()), stamp(words[4]), stamp(words[5])});
        }
        return bans;
    });
}

Result<void> GateClient::stage(const QString& planId, const QByteArray& batch)
{
    const QByteArray hash = QCryptographicHash::hash(batch, QCryptographicHash::Sha256).toHex();
    return ask("stage\n" + planId.toLatin1() + ' ' + QByteArray::number(batch.size()) + ' ' + hash + '\n' + batch).map([](const QByteArray&) {});
}

Result<void> GateClient::arm(const QString& planId, std::chrono::seconds window)
{
    return ask("arm\n" + planId.toLatin1() + ' ' + QByteArray::number(qint64(window.count())) + '\n').map([](const QByteArray&) {});
}

Result<QString> GateClient::apply(const QString& planId, const QString& expectedHash)
{
    return ask("apply\n" + planId.toLatin1() + ' ' + expectedHash.toLatin1() + '\n').map([](const QByteArray& answer) {
        return QString::fromLatin1(answer.mid(3, 64));
    });
}

Result<GateClient::Confirmation> GateClient::confirm(const QString& planId)
{
    return ask("confirm\n" + planId.toLatin1() + '\n').map([](const QByteArray& answer) { return Confirmation{answer.endsWith("ok boot")}; });
}

Result<void> GateClient::undo(const QString& planId)
{
    return ask("undo\n" + planId.toLatin1() + '\n').map([](const QByteArray&) {});
}

Result<void> GateClient::unban(const std::vector<UnbanEntry>& entries)
{
    return ask("unban\n" + m_backend.renderBatch({entries, {}})).map([](const QByteArray&) {});
}

Result<GatePlanState> GateClient::planState(const QString& planId)
{
    return ask("list\n").map([&](const QByteArray& answer) {
        for (const auto& line : answer.split('\n')) {
            const auto words = line.split(' ');
            if (words.size() == 3 && words[0] == "plan" && QLatin1String(words[1]) == planId) {
                for (const auto state : {GatePlanState::Staged, GatePlanState::Armed, GatePlanState::Applied, GatePlanState::Confirmed, GatePlanState::Undone}) {
                    if (gatePlanStateName(state) == QLatin1String(words[2])) {
                        return state;
                    }
                }
            }
        }
        return GatePlanState::Unknown;
    });
}

Result<void> GateClient::anchor(const QByteArray& headHex, const AuditIdentity& by)
{
    return ask("anchor\n" + headHex + ' ' + by.chain + ' ' + by.console + '\n').or_else([&](const Error& error) -> Result<QByteArray> {
        return error.code == ErrorCode::Remote ? ask("anchor\n" + headHex + '\n') : Result<QByteArray>(tl::unexpected(error));
    }).map([](const QByteArray&) {});
}

Result<HeldAnchors> GateClient::anchors()
{
    return ask("anchors\n").map([](const QByteArray& answer) { return parseAnchors(answer); });
}

} // namespace mailward
