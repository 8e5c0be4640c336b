// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

enum class BanDrift : std::uint8_t { None, MissingOnServer, NotOurs, Differs };

struct BanRow {
    Prefix prefix;
    QString server;
    QString backend; ///< "nftables", "fail2ban" ...
    std::vector<std::uint16_t> ports; ///< empty: all
    std::optional<Instant> until;     ///< nothing: without end
    UntrustedText reason;
    UntrustedText by;
    std::optional<Instant> since;
    BanDrift drift = BanDrift::None;
    std::optional<std::uint64_t> packets{}; ///< dropped by the rule that it belongs to: all bans of its ports and family together
    std::uint64_t bytes = 0;
    QString who;       ///< the person who applied its plan; empty: not known
    QString planId;    ///< of a plan of ours or of another Mailward; empty: none
    bool ours = false; ///< stands in our own rules: can be changed and lifted here
};

/// "25, 465, 587", or "all ports".
[[nodiscard]] QString portsText(const std::vector<std::uint16_t>& ports);

/// What is enforced where, read back from the servers.
class BanTableModel final : public RowTableModel<BanRow>
{
    Q_OBJECT

public:
    explicit BanTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const BanRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const BanRow& row) const override;
};

} // namespace mailward
