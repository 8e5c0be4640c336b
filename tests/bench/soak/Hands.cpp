// SPDX-License-Identifier: GPL-3.0-or-later
#include "Hands.h"

#include "ui/MainWindow.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentCardWidget.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/TimelineWidget.h"

#include <QApplication>
#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QTest>
#include <QWheelEvent>

namespace mailward {

namespace {

constexpr int kEvery = 350; ///< ms between two of them

TriagePage& triageOf(Wiring& wiring) { return *wiring.window().findChild<TriagePage*>(); }

} // namespace

Hands::Hands(Wiring& wiring) : m_wiring(wiring)
{
    connect(&m_timer, &QTimer::timeout, this, &Hands::act);
    m_timer.start(kEvery);
}

void Hands::act()
{
    const int what = m_done % 15;
    what < 5 ? inTables(what) : what < 10 ? inPictures(what) : inFrame(what);
    ++m_done;
}

void Hands::inTables(int what)
{
    TriagePage& triage = triageOf(m_wiring);
    DataTable* table = triage.currentTable();
    const bool empty = table->model() == nullptr || table->model()->rowCount() == 0;
    switch (what) {
    case 0: triage.showTable(m_done / 15 % 5); break;
    case 1:
        if (!empty) {
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
        }
        break;
    case 2: QTest::keyClick(table, Qt::Key_Down); break;
    case 3: {
        QHeaderView* header = table->horizontalHeader();
        const int column = 3 + m_done / 15 % 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(column) + 20, header->height() / 2));
        break;
    }
    default: QTest::keyClick(table, Qt::Key_PageDown); break;
    }
}

void Hands::inPictures(int what)
{
    TriagePage& triage = triageOf(m_wiring);
    TimelineChart* chart = triage.timeline()->chart();
    MapWidget* map = triage.map();
    switch (what) {
    case 5: // a drag of twelve moves
        QTest::mousePress(chart->viewport(), Qt::LeftButton, {}, QPoint(chart->width() / 3, chart->height() / 2));
        for (int x = 0; x < 12; ++x) {
            QTest::mouseMove(chart->viewport(), QPoint(chart->width() / 3 + 8 * x, chart->height() / 2));
        }
        QTest::mouseRelease(chart->viewport(), Qt::LeftButton, {}, QPoint(chart->width() / 3 + 96, chart->height() / 2));
        break;
    case 6: QTest::keyClick(&m_wiring.window(), Qt::Key_Escape); break;
    case 7:
    case 8: {
        QWheelEvent wheel(QPointF(map->rect().center()), map->mapToGlobal(QPointF(map->rect().center())), {}, QPoint(0, what == 7 ? 240 : -240), {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(map, &wheel);
        break;
    }
    default:
        if (auto* card = triage.findChild<IncidentCardWidget*>(); card != nullptr && card->isVisible()) {
            QTest::mouseClick(card, Qt::LeftButton, {}, QPoint(60, 12));
        }
    }
}

void Hands::inFrame(int what)
{
    MainWindow& window = m_wiring.window();
    switch (what) {
    case 10: QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier); break;
    case 11:
        window.filterBar()->edit()->setText(QStringLiteral("outcome:failure service:imap"));
        QTest::keyClick(window.filterBar()->edit(), Qt::Key_Return);
        break;
    case 12:
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        if (auto* palette = window.findChild<QDialog*>(QStringLiteral("commandPalette"))) {
            QTest::keyClick(palette, Qt::Key_Escape);
        }
        break;
    case 13: QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier); break;
    default:
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(&window, Qt::Key_Backspace, Qt::ControlModifier | Qt::ShiftModifier);
    }
}

} // namespace mailward
