// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <cstdint>
#include <vector>

namespace mailward {

/// One threshold of the detectors, as it is shown and edited.
struct ThresholdRow {
    QString name;    ///< as in the settings file
    QString meaning; ///< what it counts, in words
    QString unit;
    QString source; ///< where the default comes from
    double value = 0;
    double usual = 0; ///< the default
    double least = 0;
    double most = 0;
    double raisedTo = 0; ///< what false alarms have made of it; 0: nothing
};

/// The fail2ban jail that incidents are compared with. Times in seconds.
struct JailView {
    int maxretry = 2;
    int findtime = 600;
    int bantime = 36'000;
    bool increment = false;
    bool operator==(const JailView&) const = default;
};

/// All that the dialog of the detectors shows.
struct ThresholdView {
    std::vector<ThresholdRow> rows;
    JailView jail;
    std::vector<QString> history; ///< who changed what, the latest first
    QString file;                 ///< where all of it is kept
};

/// What a person made of it.
struct ThresholdEdit {
    std::vector<std::pair<QString, double>> values; ///< those that differ from what was shown
    JailView jail;
};

} // namespace mailward

Q_DECLARE_METATYPE(mailward::ThresholdEdit)
