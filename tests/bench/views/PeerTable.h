// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Query.h"

#include <QJsonObject>
#include <QString>

namespace mailward {

/// The first `rows` events as tab-separated text for other engines: time, address, country (first * 256 + second letter), ASN,
/// account, server, service, series (5: none), weight in the series, failed attempts, attempts let in, 1 for one that failed.
[[nodiscard]] bool writePeerTable(const ColumnsSnapshot& data, const QString& path);

/// The linked views of a filter as plain numbers, in the order in which every engine gives them.
[[nodiscard]] QJsonObject peerAnswer(const ColumnsSnapshot& data, const QueryResult& result);

} // namespace mailward
