// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Detection.h"
#include "models/store/EventColumns.h"

#include <algorithm>

namespace mailward {

/// A small log, written by hand.
class Log
{
public:
    void login(int minute, std::string_view ip, std::string_view account, bool success, Service service = Service::Imap, std::uint32_t tries = 1)
    {
        Event event;
        event.time = at(minute);
        event.ip = IpAddress::parse(ip);
        event.account = std::string(account);
        event.service = service;
        event.server = "mx1";
        event.kind = success ? EventKind::AuthSuccess : EventKind::AuthFailure;
        event.outcome = success ? Outcome::Success : Outcome::Failure;
        event.detail = success ? "logged-in" : "wrong-password";
        event.attempts = tries;
        m_events.push_back(event);
    }
    void mail(int minute, EventKind kind, std::string_view account, const char* detail = "", std::string_view ip = {})
    {
        Event event;
        event.time = at(minute);
        event.kind = kind;
        event.account = std::string(account);
        event.ip = ip.empty() ? std::nullopt : IpAddress::parse(ip);
        event.service = Service::Smtp;
        event.server = "mx1";
        event.detail = detail;
        m_events.push_back(event);
    }
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }
    static Instant at(int minute) { return *parseRfc3339("2026-11-09T00:00:00Z") + std::chrono::minutes(minute); }

    [[nodiscard]] std::shared_ptr<const ColumnsSnapshot> columns(GeoLookup geo = {}) const
    {
        EventColumns columns(std::move(geo));
        columns.append(m_events);
        return columns.snapshot();
    }
    [[nodiscard]] std::vector<Incident> incidents(std::vector<Prefix> allowed = {}, GeoLookup geo = {}) const
    {
        const auto data = columns(std::move(geo));
        DetectRequest request;
        request.now = data->range().end;
        request.allowed = std::move(allowed);
        return findIncidents(*data, DetectSettings(), request);
    }

private:
    std::vector<Event> m_events;
};

inline bool names(const std::vector<Incident>& incidents, std::string_view ip)
{
    return std::any_of(incidents.begin(), incidents.end(), [&](const Incident& incident) {
        return std::any_of(incident.sources.begin(), incident.sources.end(), [&](const IncidentSource& s) { return s.ip == *IpAddress::parse(ip); });
    });
}

/// 300 strangers, one try each, within three hours.
inline void addWave(Log& log, int from)
{
    for (int i = 0; i < 300; ++i) {
        log.login(from + i * 180 / 300, "45." + std::to_string(i % 250) + "." + std::to_string(i / 250) + ".9", "user" + std::to_string(i % 20) + "@example.com", false);
    }
}

inline std::string address(int net, int n) { return std::to_string(net) + "." + std::to_string(n % 250) + "." + std::to_string(n / 250) + ".9"; }
/// Each first number of an address is a country of its own.
inline AddressFacts countryByNet(IpAddress ip)
{
    const int net = QString::fromStdString(ip.toString()).section(QLatin1Char('.'), 0, 0).toInt();
    return {CountryCode{static_cast<char>('A' + net / 26 % 26), static_cast<char>('A' + net % 26)}, 0, addressClassOf(ip)};
}

inline std::string user(int n) { return "user" + std::to_string(n) + "@example.com"; }

/// Forty people at home, each twice a day, and bots that try a hundred times a day at names that nobody has.
inline void addEveryday(Log& log, int days)
{
    for (int day = 0; day < days; ++day) {
        for (int i = 0; i < 40; ++i) {
            log.login(day * 1440 + 400 + i * 5, address(84, i), user(i), true);
            log.login(day * 1440 + 900 + i * 5, address(84, i), user(i), true);
        }
        for (int i = 0; i < 100; ++i) {
            log.login(day * 1440 + i * 14, address(45, day * 100 + i), "name" + std::to_string(i % 8) + "@example.com", false);
        }
    }
}

inline Severity worstOf(const std::vector<Incident>& incidents)
{
    return incidents.empty() ? Severity::Info : incidents.front().severity; // worst first
}

} // namespace mailward
