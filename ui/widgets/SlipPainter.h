// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ContainView.h"

#include <QRectF>

class QPainter;
class QPrinter;

namespace mailward {

/// Paints a secret letter by letter from its locked memory, so that no string ever holds it as a whole; dots when `hidden`.
void paintSecret(QPainter& painter, const QRectF& room, const Secret& secret, bool hidden);

/// One slip: whom it is for, the new password, what to do with it. `unit` is one millimetre in painter's units.
void paintSlip(QPainter& painter, const QRectF& room, const SlipView& slip, bool hidden, double unit);

/// The place of the n-th slip on a page that holds `perPage` (1 or 4) of them.
[[nodiscard]] QRectF slipPlace(const QRectF& page, int number, int perPage);

/// All slips, `perPage` of them on each page; cut lines between them.
void printSlips(QPrinter& printer, const std::vector<SlipView>& slips, int perPage);

} // namespace mailward
