// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Naming.h"
#include "models/respond/AuditAnchors.h"
#include "models/respond/CutOff.h"
#include "models/respond/Executor.h"
#include "models/respond/Proposal.h"
#include "models/tables/AuditTableModel.h"
#include "models/tables/BanTableModel.h"
#include "models/tables/CutOffTableModel.h"
#include "models/tables/PlanView.h"

namespace mailward {

/// Plans, previews and the audit as rows and values of the views, and the way back from a target to prefixes. Pure.

/// What would be banned for `target`: itself, or all prefixes of its network or country. NotFound when there are none.
[[nodiscard]] Result<std::vector<Prefix>> prefixesOf(const Target& target, const Naming& naming);

[[nodiscard]] PreviewView previewView(const PlanPreview& preview, std::uint64_t confirmSeconds);
/// What became different on the servers between two previews of one plan, in sentences.
[[nodiscard]] std::vector<QString> changesSince(const PlanPreview& before, const PlanPreview& now);
[[nodiscard]] std::vector<CutOffRow> cutOffRows(const std::vector<CutOffPerson>& people);
[[nodiscard]] std::vector<PlanOffer> planOffers(const std::vector<Proposal>& proposals);
/// Newest first.
[[nodiscard]] std::vector<AuditRow> auditRows(const std::vector<AuditEntry>& entries);
[[nodiscard]] AuditCheckView auditCheckView(const AuditLog::Chain& chain, const std::vector<AnchorReport>& reports);

} // namespace mailward
