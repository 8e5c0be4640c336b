// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventDatabase.h"

#include <QtGlobal>
#include <memory>
#include <string>
#include <vector>

namespace mailward {

inline constexpr const char* kHostile = "<b>x</b>'; DROP TABLE blocks;--\xff\xe2\x80\xae";

/// A made-up log whose every line is one event: line n of a file has the text and the event that its number gives.
struct MadeLog {
    FileState file;
    std::uint64_t lines = 0;

    [[nodiscard]] static std::string text(std::uint64_t line) { return "line " + std::to_string(line) + " " + kHostile; }

    [[nodiscard]] static Event event(FileId file, std::uint64_t line, std::uint64_t offset)
    {
        Event event;
        event.time = fromMicros(static_cast<std::int64_t>(1'700'000'000'000'000 + line * 1'000'000));
        event.service = Service::Imap;
        event.kind = EventKind::AuthFailure;
        event.outcome = Outcome::Failure;
        event.attempts = 1;
        event.ip = IpAddress::fromV4(static_cast<std::uint32_t>(0xCB007100 + line % 200));
        event.account = line % 3 == 0 ? std::string(kHostile) : "user" + std::to_string(line % 50);
        event.server = "mx1";
        event.program = "dovecot";
        event.session = "s" + std::to_string(line);
        event.line = LineRef{file, offset, static_cast<std::uint32_t>(text(line).size()), line + 1};
        return event;
    }

    /// The next `count` lines as one pull.
    [[nodiscard]] PullCommit next(std::uint64_t count) const
    {
        PullCommit commit;
        commit.newState = file;
        commit.startOffset = file.offset;
        for (std::uint64_t line = lines; line < lines + count; ++line) {
            const std::string raw = text(line) + "\n";
            commit.batch.events.push_back(event(file.id, line, commit.newState.offset));
            commit.rawBytes += QByteArray::fromStdString(raw);
            commit.newState.offset += raw.size();
        }
        commit.newState.lineNumber = lines + count;
        commit.batch.lines = count;
        return commit;
    }

    void took(const PullCommit& commit)
    {
        file = commit.newState;
        lines = commit.newState.lineNumber;
    }
};

inline std::unique_ptr<EventDatabase> opened(const QString& path)
{
    auto database = EventDatabase::open(path);
    if (!database) {
        qFatal("%s", qPrintable(database.error().toString()));
    }
    return std::move(*database);
}

inline MadeLog newLog(EventDatabase& database, const std::string& path = "/var/log/mail.log")
{
    MadeLog log;
    log.file.server = *database.serverId("mx1");
    log.file.path = path;
    log.file.inode = 0xFFFFFFFFFFFFFFFFULL;
    log.file.fingerprint = std::string("\x00\xff", 2);
    log.file = *database.registerFile(log.file);
    return log;
}

inline std::vector<Event> allEvents(const EventDatabase& database)
{
    std::vector<Event> events;
    const auto done = database.loadAll([&](const EventBlock& block, const std::vector<Amendment>&) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            events.push_back(block.event(i));
        }
        return true;
    });
    return done ? events : std::vector<Event>{};
}

} // namespace mailward
