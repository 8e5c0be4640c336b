// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/Target.h"

#include <QObject>

class QMenu;
class QPoint;

namespace mailward {

/// What can be done with a named thing, the same everywhere: every link, table, map and drawer speaks through the one
/// Verbs of its window, and every context menu is filled by it.
class Verbs final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether accounts can be contained: without a server there is no such verb.
    void setCanContain(bool possible) { m_canContain = possible; }
    [[nodiscard]] bool canContain() const { return m_canContain; }

    /// Adds the verbs that fit `targets`. Signals are emitted when the user picks one.
    void fill(QMenu& menu, const Targets& targets);
    /// Pops up a menu of the verbs; for links and drawers.
    void popUp(QWidget* parent, const Targets& targets, QPoint globalPosition);

signals:
    void filterRequested(const mailward::Targets& targets);
    void excludeRequested(const mailward::Targets& targets);
    void drillDownRequested(const mailward::Target& target);
    void banRequested(const mailward::Targets& targets); ///< into the plan; nothing is done on a server
    void allowRequested(const mailward::Targets& targets);
    void containRequested(const mailward::Targets& accounts); ///< opens a preview; nothing is done on a server
    /// A text wants a file; the name is a proposal.
    void saveRequested(const QString& suggestedName, const QString& text);

private:
    bool m_canContain = false;
};

} // namespace mailward
