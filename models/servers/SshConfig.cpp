// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SshConfig.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace mailward {

namespace {

constexpr qint64 kMaxConfigSize = 1024 * 1024;
constexpr int kMaxDepth = 16;
constexpr std::size_t kMaxLines = 20'000;
constexpr int kMaxJumps = 4;

/// One setting, and the Host lines that it stands under (all of them must match: an Include may stand in a block).
struct Setting
{
    QString key; ///< lower case
    QStringList words;
    std::vector<QStringList> under;
};

struct Config
{
    std::vector<Setting> settings;
    QStringList aliases;
    bool hasMatch = false;
};

/// Words of a line; quotes hold a word together, "key=value" is allowed for the first.
QStringList wordsOf(const QString& line)
{
    QStringList words;
    QString word;
    bool quoted = false;
    bool begun = false;
    for (const QChar c : line) {
        const bool equals = c == u'=' && (words.isEmpty() || (words.size() == 1 && !begun));
        if (c == u'"') {
            quoted = !quoted;
            begun = true;
        } else if (!quoted && (c.isSpace() || equals)) {
            if (begun) {
                words << std::exchange(word, {});
            }
            begun = false;
        } else if (!quoted && !begun && c == u'#') {
            break;
        } else {
            word += c;
            begun = true;
        }
    }
    if (begun) {
        words << word;
    }
    return words;
}

bool matchesOne(const QString& pattern, const QString& alias)
{
    const auto expression = QRegularExpression::wildcardToRegularExpression(pattern, QRegularExpression::UnanchoredWildcardConversion);
    return QRegularExpression(QRegularExpression::anchoredPattern(expression), QRegularExpression::CaseInsensitiveOption).match(alias).hasMatch();
}

bool matchesAll(const QStringList& patterns, const QString& alias)
{
    bool found = false;
    for (const QString& pattern : patterns) {
        if (pattern.startsWith(u'!')) {
            if (matchesOne(pattern.mid(1), alias)) {
                return false;
            }
        } else {
            found = found || matchesOne(pattern, alias);
        }
    }
    return found;
}

/// Collects the settings of a file and of those that it includes.
class Collector
{
public:
    Collector(Config& config, const SshConfigPlace& place, QString folder) : m_config(config), m_place(place), m_folder(std::move(folder)) {}

    [[nodiscard]] Result<void> read(const QString& path, const std::vector<QStringList>& under, int depth)
    {
        QFile file(path);
        if (!file.exists()) {
            return failure(ErrorCode::NotFound, QStringLiteral("%1 is not there.").arg(path), QStringLiteral("Name the file: servers import-ssh-config FILE"));
        }
        if (depth > kMaxDepth || !QFileInfo(path).isFile() || file.size() > kMaxConfigSize) {
            return failure(ErrorCode::LimitExceeded, QStringLiteral("%1 is no ssh configuration: it is too big, or includes go round in a circle.").arg(path));
        }
        if (!file.open(QIODevice::ReadOnly)) {
            return failure(ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()), QStringLiteral("Look at its rights."));
        }
        auto block = under;
        bool skipped = false; // inside a Match block
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (const auto taken = take(wordsOf(QString::fromUtf8(line)), under, block, skipped, depth); !taken) {
                return taken;
            }
        }
        return {};
    }

private:
    [[nodiscard]] Result<void> take(QStringList words, const std::vector<QStringList>& under, std::vector<QStringList>& block, bool& skipped, int depth)
    {
        if (words.size() < 2) {
            return {};
        }
        const QString key = words.takeFirst().toLower();
        if (key == QLatin1String("host")) {
            skipped = false;
            block = under;
            block.push_back(words);
            for (const QString& word : words) {
                if (!word.contains(u'*') && !word.contains(u'?') && !word.startsWith(u'!') && !m_config.aliases.contains(word)) {
                    m_config.aliases << word;
                }
            }
        } else if (key == QLatin1String("match")) {
            skipped = true;
            m_config.hasMatch = true;
        } else if (skipped) {
            return {};
        } else if (key == QLatin1String("include")) {
            return include(words, block, depth);
        } else {
            m_config.settings.push_back({key, words, block});
            if (m_config.settings.size() > kMaxLines) {
                return failure(ErrorCode::LimitExceeded, QStringLiteral("The ssh configuration has more than %1 settings.").arg(kMaxLines));
            }
        }
        return {};
    }

    [[nodiscard]] Result<void> include(const QStringList& words, const std::vector<QStringList>& block, int depth)
    {
        for (QString word : words) {
            if (word.startsWith(QLatin1String("~/"))) {
                word = m_place.home + word.mid(1);
            }
            const QFileInfo pattern(QDir(m_folder), word);
            const QDir folder = pattern.dir();
            for (const QString& name : folder.entryList({pattern.fileName()}, QDir::Files | QDir::Readable | QDir::Hidden, QDir::Name)) {
                if (const auto read = this->read(folder.filePath(name), block, depth + 1); !read) {
                    return read;
                }
            }
        }
        return {};
    }

    Config& m_config;
    const SshConfigPlace& m_place;
    QString m_folder;
};

/// The settings that hold for one alias.
class Resolved
{
public:
    Resolved(const Config& config, QString alias, const SshConfigPlace& place) : m_alias(std::move(alias)), m_place(place)
    {
        for (const Setting& setting : config.settings) {
            const bool holds = std::all_of(setting.under.begin(), setting.under.end(), [this](const QStringList& patterns) { return matchesAll(patterns, m_alias); });
            if (holds && !m_values.contains(setting.key)) {
                m_values.insert(setting.key, setting.words);
            }
        }
    }

    [[nodiscard]] QString value(const char* key) const { return m_values.value(QLatin1String(key)).value(0); }
    [[nodiscard]] bool has(const char* key) const { return m_values.contains(QLatin1String(key)); }

    /// Host, port, user and key; the user and port of a jump list's word go before those of the file.
    [[nodiscard]] SshEndpoint endpoint(const QString& user = {}, const QString& port = {}) const
    {
        SshEndpoint end;
        end.user = !user.isEmpty() ? user : has("user") ? value("user") : m_place.localUser;
        const QString number = !port.isEmpty() ? port : has("port") ? value("port") : QStringLiteral("22");
        end.port = number.toUShort();
        end.host = has("hostname") ? value("hostname").replace(QLatin1String("%h"), m_alias).replace(QLatin1String("%n"), m_alias).replace(QLatin1String("%%"), QLatin1String("%")) : m_alias;
        const QString key = value("identityfile");
        if (!key.isEmpty() && key.toLower() != QLatin1String("none")) {
            end.identityFile = expanded(key, end);
            end.auth = AuthMethod::KeyFile;
        }
        return end;
    }

private:
    [[nodiscard]] QString expanded(QString path, const SshEndpoint& end) const
    {
        if (path.startsWith(QLatin1String("~/"))) {
            path = m_place.home + path.mid(1);
        }
        QString out;
        for (qsizetype i = 0; i < path.size(); ++i) {
            const QChar next = i + 1 < path.size() ? path.at(i + 1) : QChar();
            if (path.at(i) != u'%' || next.isNull()) {
                out += path.at(i);
                continue;
            }
            ++i;
            out += next == u'h' ? end.host : next == u'n' ? m_alias : next == u'p' ? QString::number(end.port) : next == u'r' ? end.user
                 : next == u'u' ? m_place.localUser : next == u'd' ? m_place.home : next == u'%' ? QStringLiteral("%") : QStringLiteral("%") + next;
        }
        return out;
    }

    QString m_alias;
    const SshConfigPlace& m_place;
    QHash<QString, QStringList> m_values;
};

/// "[user@]host[:port]" or "ssh://[user@]host[:port]" of ProxyJump.
SshEndpoint jumpOf(const Config& config, QString word, const SshConfigPlace& place)
{
    if (word.startsWith(QLatin1String("ssh://"))) {
        word = word.mid(6);
    }
    const qsizetype at = word.lastIndexOf(u'@');
    const QString user = word.left(std::max<qsizetype>(at, 0));
    QString host = word.mid(at + 1);
    QString port;
    const qsizetype colon = host.lastIndexOf(u':');
    if (host.startsWith(u'[') || (colon >= 0 && host.indexOf(u':') == colon)) {
        const qsizetype bracket = host.indexOf(u']');
        port = colon > bracket ? host.mid(colon + 1) : QString();
        host = bracket > 0 ? host.mid(1, bracket - 1) : host.left(colon);
    }
    return Resolved(config, host, place).endpoint(user, port);
}

/// What would make ssh behave otherwise than we do, in words.
QStringList notesOf(const Resolved& resolved, bool hasMatch)
{
    static constexpr std::array<std::pair<const char*, const char*>, 9> kLeftOut{
        {{"forwardagent", "The agent is not forwarded: Mailward never does that."},
         {"certificatefile", "The user certificate is not used; the key itself is."},
         {"pkcs11provider", "Keys on a PKCS#11 token are used through the ssh agent only."},
         {"hostkeyalias", "HostKeyAlias is not used: the key is looked up by host and port."},
         {"userknownhostsfile", "Only ~/.ssh/known_hosts is read beside Mailward's own list."},
         {"stricthostkeychecking", "Host keys are always checked, whatever StrictHostKeyChecking says."},
         {"bindaddress", "BindAddress is not used."},
         {"ciphers", "Ciphers and the like are Mailward's own choice; an old server may need --legacy."},
         {"hostkeyalgorithms", "HostKeyAlgorithms is not used; an old server may need --legacy."}}};
    QStringList notes;
    for (const auto& [key, text] : kLeftOut) {
        if (resolved.has(key) && resolved.value(key).toLower() != QLatin1String("no")) {
            notes << QString::fromLatin1(text);
        }
    }
    if (hasMatch) {
        notes << QStringLiteral("Match blocks of the file were not read: they may run commands.");
    }
    return notes;
}

SshConfigHost hostOf(const Config& config, const QString& alias, const SshConfigPlace& place)
{
    const Resolved resolved(config, alias, place);
    SshConfigHost host;
    host.alias = alias;
    host.notes = notesOf(resolved, config.hasMatch);
    const QString command = resolved.value("proxycommand").toLower();
    if (!command.isEmpty() && command != QLatin1String("none")) {
        host.problem = QStringLiteral("It is reached by a ProxyCommand, which Mailward does not run. Use ProxyJump.");
        return host;
    }
    ServerProfile profile;
    profile.name = alias;
    profile.endpoint = resolved.endpoint();
    profile.logs = ServerProfile::usualLogs();
    profile.gate = profile.endpoint.user == QLatin1String("root") ? GateMode::RootDirect : GateMode::SudoGate;
    const QString jumps = resolved.value("proxyjump");
    if (!jumps.isEmpty() && jumps.toLower() != QLatin1String("none")) {
        for (const QString& word : jumps.split(u',', Qt::SkipEmptyParts)) {
            profile.jumpHosts.push_back(jumpOf(config, word.trimmed(), place));
        }
        const Resolved first(config, jumps.section(u',', 0, 0).section(u'@', -1).section(u':', 0, 0), place);
        if (first.has("proxyjump") && profile.jumpHosts.size() < kMaxJumps) {
            host.notes << QStringLiteral("Its jump host has a ProxyJump of its own, which is not followed: name all jump hosts at this host.");
        }
    }
    if (const auto valid = validate(profile); !valid) {
        host.problem = valid.error().toString();
        return host;
    }
    host.profile = profile;
    return host;
}

} // namespace

Result<std::vector<SshConfigHost>> readSshConfig(const QString& path, const SshConfigPlace& place)
{
    Config config;
    if (const auto read = Collector(config, place, place.home + QStringLiteral("/.ssh")).read(path, {}, 0); !read) {
        return tl::unexpected(read.error());
    }
    std::vector<SshConfigHost> hosts;
    for (const QString& alias : config.aliases) {
        hosts.push_back(hostOf(config, alias, place));
    }
    return hosts;
}

} // namespace mailward
