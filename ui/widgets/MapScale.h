// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Theme.h"

#include <QRectF>
#include <utility>
#include <vector>

class QPainter;

namespace mailward {

/// From a figure to a shade and back to words: the map's scale, and its legend. Pure.
struct MapScale {
    std::uint64_t most = 0;
    bool logarithmic = true;

    /// 0 for nothing, else up to 1; one alone is seen already.
    [[nodiscard]] double weight(std::uint64_t count) const;
    /// Round figures with their place on the scale, 0 to 1; the last one is the largest figure.
    [[nodiscard]] std::vector<std::pair<double, std::uint64_t>> ticks() const;

private:
    [[nodiscard]] double place(std::uint64_t count) const;
};

/// A colour between two, at `share` of the way.
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);

/// Draws the scale as a band with its figures below; `token` is the colour of the most.
void paintMapLegend(QPainter& painter, const QRectF& where, const MapScale& scale, Token token, const QWidget* widget);

} // namespace mailward
