// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/MapView.h"
#include "ui/widgets/Layout.h"

class QComboBox;

namespace mailward {

class MapWidget;
class Verbs;

/// The map with its head: what is counted, the scale, and the addresses that no country has.
class MapPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit MapPanel(Verbs* verbs, QWidget* parent = nullptr);
    void setMap(const MapView& view);
    [[nodiscard]] MapWidget* map() const { return m_map; }

    /// What is counted and the scale, for the session.
    [[nodiscard]] int choice() const;
    void setChoice(int choice);

private:
    MapWidget* m_map;
    QComboBox* m_measure;
    QPushButton* m_linear;
    QPushButton* m_log;
    LinkLabel* m_unknown;
    TextLabel* m_private;
};

} // namespace mailward
