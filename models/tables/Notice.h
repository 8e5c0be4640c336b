// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/tables/Target.h"

namespace mailward {

/// Where a button beside the message leads.
enum class NoticeOffer : std::uint8_t { None, EarlierContainments };

/// A message that does not steal the focus. `text` and `hint` are shown as plain text.
struct Notice {
    Meaning meaning = Meaning::Plain; ///< Plain, Good, Warning or Critical
    QString text;
    QString hint;
    NoticeOffer offer = NoticeOffer::None;

    [[nodiscard]] static Notice of(const Error& error) { return {Meaning::Critical, error.text, error.hint, NoticeOffer::None}; }
};

/// Long work in sight: `done` of `total` (0 = not known), can be cancelled by its id.
struct Progress {
    QString id;
    QString text;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    bool cancellable = true;
};

} // namespace mailward
