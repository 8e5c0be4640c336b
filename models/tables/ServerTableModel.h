// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

enum class LinkState : std::uint8_t { Idle, Connecting, Pulling, Live, Warning, Failed };

/// One thing that a server has or lacks, as Check found it.
struct CapabilityRow {
    QString name;
    Meaning meaning = Meaning::Muted; ///< Good, Warning or Critical
    UntrustedText found;              ///< the server's answer
    QString remedy;                   ///< ours; commands to copy, empty when nothing is to do
};

struct ServerRow {
    QString name;
    QString host;
    LinkState state = LinkState::Idle;
    std::optional<Instant> lastPull;
    std::uint64_t lines = 0;
    std::uint64_t events = 0;
    std::uint64_t unknown = 0; ///< lines that no rule knows
    std::optional<std::chrono::seconds> lag;
    bool following = false;
    bool legacy = false; ///< old algorithms are allowed for it
    UntrustedText message; ///< what went wrong or is going on; may hold the server's words
    QString hint;
    QString replacedKey; ///< fingerprint that the server shows in place of the one that is stored; empty: no such stop
    std::vector<CapabilityRow> capabilities; ///< empty before the first check
};

/// The state in one word.
[[nodiscard]] QString serverStateText(LinkState state);
[[nodiscard]] Meaning serverStateMeaning(LinkState state);

/// The inventory, one row a server.
class ServerTableModel final : public RowTableModel<ServerRow>
{
    Q_OBJECT

public:
    explicit ServerTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const ServerRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const ServerRow& row) const override;
};

} // namespace mailward
