// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Verbs.h"

#include "models/tables/TableText.h"
#include "ui/theme/Icons.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <algorithm>

namespace mailward {

namespace {

void copyTargets(const Targets& targets, CopyForm form)
{
    QStringList lines;
    for (const Target& target : targets) {
        lines << targetText(target, form);
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// For the menu's first line; an "&" of a name must not become a mnemonic.
QString caption(const Targets& targets)
{
    QString text = targets.size() == 1 ? targetText(targets.first()) : Verbs::tr("%1 chosen").arg(formatCount(static_cast<std::uint64_t>(targets.size())));
    if (text.size() > 48) {
        text = text.left(47) + QChar(0x2026);
    }
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

void Verbs::fill(QMenu& menu, const Targets& targets)
{
    if (targets.isEmpty()) {
        return;
    }
    const auto add = [&](const char* iconName, const QString& text, auto&& slot) {
        return menu.addAction(icon(QLatin1String(iconName)), text, this, std::forward<decltype(slot)>(slot));
    };
    const bool lines = targets.first().kind == TargetKind::Line;
    if (!lines) {
        menu.addAction(caption(targets))->setEnabled(false);
        add("filter", tr("Filter to"), [this, targets] { emit filterRequested(targets); });
        add("exclude", tr("Exclude"), [this, targets] { emit excludeRequested(targets); });
    }
    if (targets.size() == 1) {
        add("detail", tr("Details"), [this, targets] { emit drillDownRequested(targets.first()); });
    }
    if (lines) {
        return;
    }
    add("copy", tr("Copy name"), [targets] { copyTargets(targets, CopyForm::Text); });
    add("copy", tr("Copy name defanged"), [targets] { copyTargets(targets, CopyForm::Defanged); });
    const bool bannable = std::all_of(targets.begin(), targets.end(), [](const Target& t) { return t.isBannable(); });
    if (bannable) {
        menu.addSeparator();
        add("bans", tr("Ban … (into the plan)"), [this, targets] { emit banRequested(targets); });
        add("allow", tr("Always allow …"), [this, targets] { emit allowRequested(targets); });
    }
    const bool accounts = std::all_of(targets.begin(), targets.end(), [](const Target& t) { return t.kind == TargetKind::Account; });
    if (accounts && m_canContain) {
        menu.addSeparator();
        add("lock", tr("Contain …"), [this, targets] { emit containRequested(targets); });
    }
}

void Verbs::popUp(QWidget* parent, const Targets& targets, QPoint globalPosition)
{
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(*menu, targets);
    menu->popup(globalPosition);
}

} // namespace mailward
