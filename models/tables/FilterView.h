// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

namespace mailward {

/// The filter as the bar shows it. Chips are removed by their index.
struct FilterView {
    QStringList chips; ///< plain text, already escaped for display
    bool canUndo = false;
    bool canRedo = false;
};

/// What is wrong with a typed filter and where (UTF-16 units in the typed text); an empty text: nothing.
struct FilterProblem {
    QString text;
    qsizetype position = 0;
    qsizetype length = 0;
};

/// For completion: names of the fields, and known values of some.
using FilterVocabulary = QMap<QString, QStringList>;

enum class ZoneChoice : unsigned char { Utc, Local, Server };

} // namespace mailward
