// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/SourceDetector.h"
#include "models/detect/Standing.h"

namespace mailward::detect {

/// What one attack did in more than one manner becomes one group: sprays that are but the part of a far larger wave that shares
/// networks, and loud sources that went for a wave's very accounts before, beside or after it ("many tries a source", then "one try").
void joinParts(const Tape& tape, const Standing& standing, std::vector<AttackGroup>& groups);

} // namespace mailward::detect
