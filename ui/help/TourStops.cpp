// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/TourStops.h"

#include "ui/MainWindow.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/TimelineWidget.h"
#include "ui/widgets/Verbs.h"

namespace mailward {

namespace {

QString tr(const char* text) { return Tour::tr(text); }

/// Tried as soon as `signal` comes.
template <class Sender, class Signal>
TourStop::Watch when(Sender* sender, Signal signal)
{
    return [sender, signal](QObject* context, const std::function<void()>& tried) {
        QObject::connect(sender, signal, context, [tried] { tried(); });
    };
}

} // namespace

std::vector<TourStop> tourOf(const MainWindow& window, const TriagePage& triage)
{
    const Verbs* verbs = window.verbs();
    return {
        {triage.incidents(), tr("What is happening?"),
         tr("Each card is one attack, however many addresses take turns in it; the worst stand first. Try it: click the card that speaks of one try a source."),
         when(triage.incidents(), &IncidentList::openRequested)},
        {triage.drawer(), tr("Who, and how do we know?"),
         tr("Facts with their evidence, and the log's own lines. Every underlined name leads on. Try it: click an account that was opened."),
         when(verbs, &Verbs::drillDownRequested)},
        {window.filterBar(), tr("Back, as in a browser"),
         tr("The incident has set the filter: each chip is a condition. Try it: go back with the arrow, or Alt+Left."),
         when(&window, &MainWindow::undoFilterRequested)},
        {triage.timeline(), tr("When?"),
         tr("Orange is failed, blue is let in. Try it: drag over some bars. Map and tables follow while you drag; Escape gives it up."),
         when(triage.timeline()->chart(), &TimelineChart::rangeRequested)},
        {triage.map(), tr("Where from?"),
         tr("Darker is more, and the scale has figures. Try it: click a country. The wheel zooms."), when(verbs, &Verbs::filterRequested)},
        {window.filterBar()->edit(), tr("Ask for anything"),
         tr("Try it: type outcome:success country:CN and press Enter. Words are offered while you type; Ctrl+F comes here from anywhere."),
         when(window.filterBar(), &FilterBar::textRequested)},
        {triage.currentTable(), tr("Everything has the same verbs"),
         tr("The right button, or the menu key, filters, excludes, copies, bans, on any name anywhere. A heading sorts all rows."), {}},
        {triage.plan(), tr("What do I block, and whom does that hurt?"),
         tr("Try it: press Propose block on a card. The plan says what it stops and whom it would cut off. Nothing is done on a server "
            "before you have seen it, and unless you confirm, the servers take it back by themselves."),
         when(triage.incidents(), &IncidentList::proposeRequested)},
        {nullptr, tr("That is all you need"), tr("F1 explains the part that you are in, Ctrl+K finds every command. Drop log files of your own onto the window, or add a server with Ctrl+N."), {}},
    };
}

} // namespace mailward
