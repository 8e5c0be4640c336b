// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

/// A containment of the journal, and what can still be done with it.
struct EarlierRow {
    QString planId;
    Instant made{};
    QString who;
    QString action; ///< "new passwords"
    std::uint64_t accounts = 0;
    QString servers;
    UntrustedText from; ///< the incident's title, or "chosen by hand"
    QString state;
    Meaning meaning = Meaning::Muted;
    bool canResume = false;
    bool canUndo = false;
    QString words; ///< a sentence: what can be done with it, or why nothing can
};

/// Earlier containments, newest first.
class EarlierTableModel final : public RowTableModel<EarlierRow>
{
    Q_OBJECT

public:
    explicit EarlierTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const EarlierRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const EarlierRow& row) const override;
};

} // namespace mailward
