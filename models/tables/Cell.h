// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/UntrustedText.h"
#include "models/tables/Format.h"
#include "models/tables/Target.h"

#include <QJsonValue>
#include <optional>
#include <vector>

namespace mailward {

/// How a cell is laid out.
/// Trend: small bars, the last one in the cell's meaning, before the text.
enum class CellForm : std::uint8_t { Text, Mono, Figure, Time, Chip, Light, Trend };

/// One cell as the views take it: every text in it has already left its UntrustedText by the exit of its sink.
struct Cell {
    QString text; ///< plain text, escaped for display
    QString tip;  ///< HTML-escaped, for QToolTip
    QString csv;  ///< one CSV field
    Meaning meaning = Meaning::Plain;
    Target target; ///< what a click on it leads to
    QJsonValue json = QJsonValue::Undefined; ///< for programs; undefined: the text
    std::vector<std::uint32_t> trend{};      ///< of a Trend

    /// Our own words (never a log's).
    [[nodiscard]] static Cell own(const QString& text, Meaning meaning = Meaning::Plain);
    [[nodiscard]] static Cell foreign(const UntrustedText& text, Meaning meaning = Meaning::Plain);
    /// A count; a dash for 0, which is then muted.
    [[nodiscard]] static Cell figure(std::uint64_t count, Meaning meaning = Meaning::Plain);
    [[nodiscard]] static Cell time(std::optional<Instant> at, const QTimeZone& zone, Instant now);
    /// A figure that is being counted.
    [[nodiscard]] static Cell pending();
    [[nodiscard]] static Cell country(CountryCode country, const QString& name);
    [[nodiscard]] static Cell address(const IpAddress& address);
    [[nodiscard]] static Cell account(const UntrustedText& account);

    [[nodiscard]] Cell&& to(Target where) &&;
    [[nodiscard]] Cell&& withTip(const QString& ownText) &&;
};

} // namespace mailward
