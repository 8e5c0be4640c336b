// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ProfileStore.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace mailward {

namespace {

constexpr int kVersion = 1;
constexpr qint64 kMaxProfilesSize = 16 * 1024 * 1024;

auto positionOf(std::vector<ServerProfile>& profiles, const QString& name)
{
    return std::find_if(profiles.begin(), profiles.end(),
                        [&](const ServerProfile& p) { return p.name == name; });
}

tl::unexpected<Error> noSuchServer(const QString& name)
{
    return failure(ErrorCode::NotFound, QStringLiteral("There is no server \"%1\".").arg(name),
                   QStringLiteral("`mailward-cli servers list` shows those that there are."));
}

} // namespace

ProfileStore::ProfileStore(const QString& configFolder)
    : m_path(QDir(configFolder).filePath(QStringLiteral("servers.json")))
{
}

Result<std::vector<ServerProfile>> ProfileStore::load() const
{
    QFile file(m_path);
    if (!file.exists()) {
        return std::vector<ServerProfile>{};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io,
                       QStringLiteral("The list of servers cannot be read: %1").arg(file.errorString()),
                       QStringLiteral("Look at the rights of %1.").arg(m_path));
    }
    const auto broken = [this](const QString& why) {
        return failure(ErrorCode::Corrupt, QStringLiteral("The list of servers is damaged: %1").arg(why),
                       QStringLiteral("Mend %1, or move it away and add the servers again.").arg(m_path));
    };
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(file.read(kMaxProfilesSize), &parse);
    if (parse.error != QJsonParseError::NoError || !document.isObject()) {
        return broken(parse.errorString());
    }
    const int version = document.object().value(QStringLiteral("version")).toInt();
    if (version != kVersion) {
        return failure(ErrorCode::Corrupt,
                       QStringLiteral("The list of servers has version %1, this program knows %2.")
                           .arg(version)
                           .arg(kVersion),
                       QStringLiteral("Use the newer program, or move %1 away.").arg(m_path));
    }
    std::vector<ServerProfile> profiles;
    for (const auto& one : document.object().value(QStringLiteral("servers")).toArray()) {
        auto profile = ServerProfile::fromJson(one.toObject());
        if (!profile) {
            return broken(profile.error().text);
        }
        if (positionOf(profiles, profile->name) != profiles.end()) {
            return broken(QStringLiteral("\"%1\" is there twice.").arg(profile->name));
        }
        profiles.push_back(std::move(*profile));
    }
    return profiles;
}

Result<ServerProfile> ProfileStore::find(const QString& name) const
{
    auto profiles = load();
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    const auto found = positionOf(*profiles, name);
    if (found == profiles->end()) {
        return noSuchServer(name);
    }
    return *found;
}

Result<void> ProfileStore::add(const ServerProfile& profile)
{
    if (const auto valid = validate(profile); !valid) {
        return valid;
    }
    auto profiles = load();
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    if (positionOf(*profiles, profile.name) != profiles->end()) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("There is a server \"%1\" already.").arg(profile.name),
                       QStringLiteral("Take another name, or remove the old one first."));
    }
    profiles->push_back(profile);
    return save(*profiles);
}

Result<void> ProfileStore::update(const ServerProfile& profile)
{
    if (const auto valid = validate(profile); !valid) {
        return valid;
    }
    auto profiles = load();
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    const auto found = positionOf(*profiles, profile.name);
    if (found == profiles->end()) {
        return noSuchServer(profile.name);
    }
    *found = profile;
    return save(*profiles);
}

Result<void> ProfileStore::remove(const QString& name)
{
    auto profiles = load();
    if (!profiles) {
        return tl::unexpected(profiles.error());
    }
    const auto found = positionOf(*profiles, name);
    if (found == profiles->end()) {
        return noSuchServer(name);
    }
    profiles->erase(found);
    return save(*profiles);
}

Result<void> ProfileStore::save(const std::vector<ServerProfile>& profiles) const
{
    QJsonArray servers;
    for (const ServerProfile& profile : profiles) {
        servers.append(profile.toJson());
    }
    const QJsonObject root{{QStringLiteral("version"), kVersion}, {QStringLiteral("servers"), servers}};
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(QJsonDocument(root).toJson()) < 0 || !file.commit()) {
        return failure(ErrorCode::Io,
                       QStringLiteral("The list of servers cannot be written: %1").arg(file.errorString()),
                       QStringLiteral("Look at the rights of and the room for %1.").arg(m_path));
    }
    return {};
}

} // namespace mailward
