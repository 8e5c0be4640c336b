// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleWindow.h"
#include "ui/dialogs/AddServerDialog.h"
#include "ui/dialogs/HostKeyDialog.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentCardWidget.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/TimelineWidget.h"
#include "ui/widgets/TimeTicks.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::optional<mailward::TimeRange>)

namespace {

QPushButton* buttonNamed(QWidget* parent, const QString& text)
{
    for (QPushButton* button : parent->findChildren<QPushButton*>()) {
        if (button->text() == text && !button->isHidden()) {
            return button;
        }
    }
    return nullptr;
}

} // namespace

class TestWidgets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void ticksStandOnRoundTimes_data();
    void ticksStandOnRoundTimes();
    void ticksSurviveAShiftOfTheClock();
    void brushByMouse();
    void brushByKeyboard();
    void wheelZooms();
    void manyIncidentsAreShownByAndBy();
    void mapClickFilters();
    void mapHasNoBars();
    void tableClickDrillsDown();
    void selectionSurvivesNewRows();
    void menuHasTheVerbs();
    void tabsShowTotals();
    void filterBarSpeaksAndPointsAtTheWord();
    void completionOffersFieldsAndValues();
    void drawerLinksLeadOn();
    void longFactsLeaveTheDrawerNarrow();
    void trayCountsDownAndKeeps();
    void traySaysWhereAPlanStandsAlone();
    void trayOffersPreviewOnlyWithServers();
    void dropOfFilesIsAWish();
    void badNewsStays();
    void sessionIsRestored();
    void labelsReadNoMarkup();
    void everyPageHasAWordWhenEmpty();
    void themeSwitchRecoloursEverything();
};

void TestWidgets::initTestCase()
{
    applyTheme(*qApp, ThemeChoice::Light);
}

void TestWidgets::ticksStandOnRoundTimes_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("zone");
    for (const char* zone : {"UTC", "Asia/Kolkata", "America/New_York"}) {
        for (const qint64 seconds : {60, 3600, 6 * 3600, 86400, 14 * 86400, 400 * 86400}) {
            QTest::addRow("%s %lld", zone, static_cast<long long>(seconds)) << seconds << QByteArray(zone);
        }
    }
}

void TestWidgets::ticksStandOnRoundTimes()
{
    QFETCH(const qint64, seconds);
    QFETCH(const QByteArray, zone);
    const Instant begin = *parseRfc3339("2026-03-03T03:07:11.5Z");
    const auto ticks = timeTicks({begin, begin + std::chrono::seconds(seconds)}, QTimeZone(zone), 14);
    QVERIFY(!ticks.empty());
    QVERIFY2(ticks.size() <= 14, qPrintable(QString::number(ticks.size())));
    for (const TimeTick& tick : ticks) {
        QVERIFY(tick.at >= begin);
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMicros(tick.at) / 1000, QTimeZone(zone));
        QCOMPARE(local.time().msec(), 0);
        if (seconds >= 3600) {
            QCOMPARE(local.time().second(), 0);
            QCOMPARE(local.time().minute() % 5, 0);
        }
        if (seconds >= 14 * 86400) {
            QCOMPARE(local.time(), QTime(0, 0));
        }
    }
}

void TestWidgets::ticksSurviveAShiftOfTheClock()
{
    const QTimeZone berlin("Europe/Berlin");
    const Instant begin = *parseRfc3339("2026-03-27T12:00:00Z"); // summer time begins on the 29th
    for (const TimeTick& tick : timeTicks({begin, begin + std::chrono::days(6)}, berlin, 8)) {
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(toMicros(tick.at) / 1000, berlin).time(), QTime(0, 0));
    }
}

void TestWidgets::brushByMouse()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    TimelineChart* chart = sample.triage->timeline()->chart();
    std::optional<TimeRange> wished;
    int wishes = 0;
    connect(sample.triage, &TriagePage::rangeRequested, this, [&](std::optional<TimeRange> range) {
        wished = range;
        ++wishes;
    });
    QTest::mousePress(chart->viewport(), Qt::LeftButton, {}, QPoint(200, 60));
    QTest::mouseMove(chart->viewport(), QPoint(300, 60));
    QTest::mouseRelease(chart->viewport(), Qt::LeftButton, {}, QPoint(300, 60));
    QCOMPARE(wishes, 1);
    QVERIFY(wished.has_value());
    const TimelineView& view = chart->timeline();
    QCOMPARE((wished->begin - view.begin) % view.binWidth, 0us); // whole bars
    QVERIFY(wished->length() > view.binWidth);
    QTest::keyClick(&sample.window, Qt::Key_Escape);
    QCOMPARE(wishes, 2);
    QVERIFY(!wished.has_value());
}

void TestWidgets::brushByKeyboard()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    TimelineChart* chart = sample.triage->timeline()->chart();
    std::optional<TimeRange> wished;
    connect(sample.triage, &TriagePage::rangeRequested, this, [&](std::optional<TimeRange> range) { wished = range; });
    chart->setFocus(Qt::TabFocusReason);
    QTest::keyClick(chart, Qt::Key_Home);
    QTest::keyClick(chart, Qt::Key_Right);
    QTest::keyClick(chart, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(chart, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(wished.has_value());
    QCOMPARE(wished->length(), chart->timeline().binWidth * 3);
    QVERIFY2(chart->accessibleDescription().contains(QLatin1String("let in")), qPrintable(chart->accessibleDescription()));
}

void TestWidgets::wheelZooms()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    TimelineChart* chart = sample.triage->timeline()->chart();
    std::optional<TimeRange> wished;
    connect(sample.triage, &TriagePage::windowRequested, this, [&](std::optional<TimeRange> range) { wished = range; });
    const QPointF at(300, 50);
    QWheelEvent wheel(at, chart->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart->viewport(), &wheel);
    QVERIFY(wished.has_value());
    QVERIFY(wished->length() < chart->timeline().range().length());
    QVERIFY(wished->begin > chart->timeline().begin);
}

/// A widget for each of thousands of incidents kept the window busy for minutes.
void TestWidgets::manyIncidentsAreShownByAndBy()
{
    Verbs verbs;
    IncidentList list(&verbs);
    list.resize(400, 800);
    list.setHasLog(true);
    list.show();
    list.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    std::vector<IncidentCard> cards(100);
    for (std::size_t i = 0; i < cards.size(); ++i) {
        cards[i].target = {TargetKind::Incident, "i" + std::to_string(i), {}};
        cards[i].title = QStringLiteral("Incident %1").arg(i);
    }
    const auto shown = [&] {
        std::size_t count = 0;
        for (const IncidentCardWidget* card : list.findChildren<IncidentCardWidget*>()) {
            count += card->isVisible() ? 1U : 0U;
        }
        return count;
    };
    list.setIncidents(cards, {});
    QTRY_COMPARE(shown(), std::size_t{40});
    list.setChosen(cards[99].target); // the one that the drawer speaks of is there, wherever it stands
    QTRY_COMPARE(shown(), std::size_t{41});
    list.setChosen({});
    QTRY_COMPARE(shown(), std::size_t{40});
    QPushButton* more = buttonNamed(&list, QStringLiteral("Show more (60 left)"));
    QVERIFY(more);
    const auto cardOfFocus = [&] { // the keyboard is on a card, or on a button of one
        for (QWidget* at = QApplication::focusWidget(); at != nullptr; at = at->parentWidget()) {
            if (auto* card = qobject_cast<IncidentCardWidget*>(at)) {
                return card->card().title;
            }
        }
        return QString();
    };
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Tab, Qt::ShiftModifier);
    QCOMPARE(cardOfFocus(), QStringLiteral("Incident 39"));
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QTRY_COMPARE(shown(), std::size_t{80});
    QCOMPARE(QApplication::focusWidget(), more);
    QTest::keyClick(more, Qt::Key_Tab, Qt::ShiftModifier);
    QCOMPARE(cardOfFocus(), QStringLiteral("Incident 79")); // as they stand, not as they were made
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QTRY_COMPARE(shown(), std::size_t{100});
    QVERIFY(more->isHidden());
    QCOMPARE(cardOfFocus(), QStringLiteral("Incident 80"));
    cards.resize(3);
    list.setIncidents(cards, {});
    QTRY_COMPARE(shown(), std::size_t{3});
    QVERIFY(more->isHidden());
}

void TestWidgets::mapClickFilters()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    MapWidget* map = sample.triage->map();
    Targets wished;
    connect(sample.window.verbs(), &Verbs::filterRequested, this, [&](const Targets& targets) { wished = targets; });
    const QPointF china = map->labelOf(countryCodeOf("CN"));
    QCOMPARE(map->countryAt(china), countryCodeOf("CN"));
    QTest::mouseClick(map, Qt::LeftButton, {}, china.toPoint());
    QCOMPARE(wished, (Targets{{TargetKind::Country, "CN", {}}}));
    wished.clear();
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Right);
    QTest::keyClick(map, Qt::Key_Return);
    QCOMPARE(wished.size(), 1);
}

void TestWidgets::mapHasNoBars()
{
    const auto world = SampleWindow::shapes();
    for (const MapShape& shape : world->shapes) {
        for (const MapRing& ring : shape.rings) {
            for (std::size_t i = 1; i < ring.size(); ++i) {
                QVERIFY2(std::abs(ring[i].x - ring[i - 1].x) < 0.5F, "a line across the whole map");
            }
        }
    }
}

void TestWidgets::tableClickDrillsDown()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    DataTable* table = sample.triage->currentTable();
    Target opened;
    connect(sample.window.verbs(), &Verbs::drillDownRequested, this, [&](const Target& target) { opened = target; });
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(sample.addresses.index(1, 0)).center());
    QCOMPARE(opened, (Target{TargetKind::Address, "223.68.190.77", {}}));
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened, (Target{TargetKind::Address, "114.82.5.201", {}}));
    QTest::keySequence(table, QKeySequence::Copy);
    QVERIFY(QApplication::clipboard()->text().startsWith(QLatin1String("114.82.5.201\tCN")));
}

void TestWidgets::selectionSurvivesNewRows()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    DataTable* table = sample.triage->currentTable();
    table->setCurrentIndex(sample.addresses.index(3, 0));
    const Target kept = sample.addresses.rowTarget(3);
    auto rows = sample.addresses.rows();
    rows.insert(rows.begin(), rows.back());
    rows.pop_back();
    sample.addresses.setRows(rows);
    QCOMPARE(table->currentIndex().row(), 4);
    QCOMPARE(table->selectedTargets(), Targets{kept});
}

void TestWidgets::menuHasTheVerbs()
{
    Verbs verbs;
    QMenu menu;
    const Targets targets{{TargetKind::Address, "198.51.100.7", {}}};
    verbs.fill(menu, targets);
    QStringList names;
    for (const QAction* action : menu.actions()) {
        names << action->text();
    }
    for (const char* wanted : {"Filter to", "Exclude", "Details", "Copy name", "Copy name defanged"}) {
        QVERIFY2(names.contains(QLatin1String(wanted)), wanted);
    }
    QSignalSpy bans(&verbs, &Verbs::banRequested);
    for (QAction* action : menu.actions()) {
        if (action->text().startsWith(QLatin1String("Ban"))) {
            action->trigger();
        }
    }
    QCOMPARE(bans.size(), 1);
    QMenu forAccount;
    verbs.fill(forAccount, {{TargetKind::Account, "a&b", {}}});
    QCOMPARE(forAccount.actions().constFirst()->text(), QStringLiteral("a&&b"));
    for (const QAction* action : forAccount.actions()) {
        QVERIFY(!action->text().startsWith(QLatin1String("Ban")));
    }
}

void TestWidgets::tabsShowTotals()
{
    SampleWindow sample;
    sample.fillTriage();
    auto* tabs = sample.triage->findChild<QTabBar*>();
    QCOMPARE(tabs->tabText(0), QStringLiteral("Addresses 3,051"));
    QCOMPARE(tabs->tabText(4), QStringLiteral("Events 3,204"));
}

void TestWidgets::filterBarSpeaksAndPointsAtTheWord()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    FilterBar* bar = sample.window.filterBar();
    QSignalSpy text(bar, &FilterBar::textRequested);
    QSignalSpy chip(bar, &FilterBar::chipRemoveRequested);
    QTest::keyClicks(bar->edit(), QStringLiteral("ip:nonsense"));
    QTest::keyClick(bar->edit(), Qt::Key_Return);
    QCOMPARE(text.size(), 1);
    const QImage calm = bar->edit()->grab().toImage();
    bar->setProblem({QStringLiteral("nonsense is no address"), 3, 8});
    bool said = false;
    for (const QLabel* label : bar->findChildren<QLabel*>()) {
        said = said || (label->isVisible() && label->text() == QLatin1String("nonsense is no address"));
    }
    QVERIFY(said);
    QVERIFY(bar->edit()->grab().toImage() != calm);
    for (QPushButton* button : bar->findChildren<QPushButton*>()) {
        if (button->text().startsWith(QLatin1String("outcome"))) {
            button->click();
        }
    }
    QCOMPARE(chip.size(), 1);
    QCOMPARE(chip.first().first().toInt(), 1);
}

void TestWidgets::completionOffersFieldsAndValues()
{
    FilterEdit edit;
    edit.setVocabulary({{QStringLiteral("outcome"), {QStringLiteral("failure"), QStringLiteral("success")}}, {QStringLiteral("ip"), {}}});
    edit.show();
    edit.setFocus();
    QTest::keyClicks(&edit, QStringLiteral("ip:198.51.100.7 ou"));
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(edit.text(), QStringLiteral("ip:198.51.100.7 outcome:"));
    QTest::keyClicks(&edit, QStringLiteral("f"));
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(edit.text(), QStringLiteral("ip:198.51.100.7 outcome:failure "));
}

void TestWidgets::longFactsLeaveTheDrawerNarrow()
{
    SampleWindow sample;
    DetailView view;
    view.target = {TargetKind::Account, "ana@example.com", {}};
    const QString words = QStringLiteral("its owner's devices go on with the old password ").repeated(4).trimmed();
    view.facts = {{QStringLiteral("New password"), {{UntrustedText(words.toStdString()), {}}, {UntrustedText(std::string("192.0.2.7")), {TargetKind::Address, "192.0.2.7", {}}}}}};
    sample.triage->drawer()->setDetail(view);
    int widest = 0;
    QStringList shown;
    for (const QLabel* label : sample.triage->drawer()->findChildren<QLabel*>()) {
        if (words.contains(label->text()) && !label->text().isEmpty()) {
            widest = std::max(widest, label->minimumSizeHint().width());
            shown << label->text();
        }
    }
    QCOMPARE(shown.join(QLatin1Char(' ')), words); // nothing is lost on the way
    QVERIFY2(widest < 400, qPrintable(QString::number(widest)));
}

void TestWidgets::drawerLinksLeadOn()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.showAddressDetail();
    sample.window.show();
    Target opened;
    connect(sample.window.verbs(), &Verbs::drillDownRequested, this, [&](const Target& target) { opened = target; });
    for (LinkLabel* link : sample.triage->drawer()->findChildren<LinkLabel*>()) {
        if (link->text() == QLatin1String("rahul.menon7")) {
            QTest::keyClick(link, Qt::Key_Return);
        }
    }
    QCOMPARE(opened, (Target{TargetKind::Account, "rahul.menon7", {}}));
    QSignalSpy bans(sample.window.verbs(), &Verbs::banRequested);
    buttonNamed(sample.triage->drawer(), QStringLiteral("Ban"))->click();
    QCOMPARE(bans.size(), 1);
}

void TestWidgets::trayCountsDownAndKeeps()
{
    SampleWindow sample;
    sample.window.show();
    sample.fillPlan(PlanState::AwaitingConfirm);
    PlanTray* tray = sample.triage->plan();
    QSignalSpy kept(tray, &PlanTray::confirmRequested);
    QSignalSpy undone(tray, &PlanTray::undoRequested);
    bool counts = false;
    for (const QLabel* label : tray->findChildren<QLabel*>()) {
        counts = counts || (label->isVisible() && label->text().contains(QLatin1String("1:3")));
    }
    QVERIFY(counts);
    buttonNamed(tray, QStringLiteral("Keep it"))->click();
    buttonNamed(tray, QStringLiteral("Undo now"))->click();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.first().first().toString(), QStringLiteral("p-1"));
    QCOMPARE(undone.size(), 1);
}

/// One of two servers failed: that is said beside the countdown, and what stands on the other is kept or undone by keyboard alone.
void TestWidgets::traySaysWhereAPlanStandsAlone()
{
    const QString message = QStringLiteral("On mx1 only. mx2: The link was cut.");
    SampleWindow sample;
    sample.window.show();
    sample.fillPlan(PlanState::AwaitingConfirm, message);
    PlanTray* tray = sample.triage->plan();
    const auto labels = tray->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text() == message; }));
    QSignalSpy kept(tray, &PlanTray::confirmRequested);
    QSignalSpy undone(tray, &PlanTray::undoRequested);
    auto* undo = buttonNamed(tray, QStringLiteral("Undo now"));
    undo->setFocus(Qt::TabFocusReason);
    QTest::keyClick(undo, Qt::Key_Space);
    QCOMPARE(undone.size(), 1);
    QTest::keyClick(undo, Qt::Key_Tab);
    auto* keep = buttonNamed(tray, QStringLiteral("Keep it"));
    QCOMPARE(sample.window.focusWidget(), keep);
    QTest::keyClick(keep, Qt::Key_Space);
    QCOMPARE(kept.size(), 1);
}

void TestWidgets::trayOffersPreviewOnlyWithServers()
{
    PlanTray tray;
    PlanView plan;
    plan.state = PlanState::Draft;
    plan.items = {{{TargetKind::Address, "198.51.100.7", {}}, UntrustedText(std::string("198.51.100.7"))}};
    plan.servers = {{QStringLiteral("mx1"), false, true, {}}};
    tray.setPlan(plan);
    tray.show();
    QVERIFY(!buttonNamed(&tray, QStringLiteral("Preview"))->isEnabled());
    plan.servers.front().chosen = true;
    tray.setPlan(plan);
    QSignalSpy previewed(&tray, &PlanTray::previewRequested);
    buttonNamed(&tray, QStringLiteral("Preview"))->click();
    QCOMPARE(previewed.size(), 1);
    QVERIFY(buttonNamed(&tray, QStringLiteral("Apply to 1 server …")) != nullptr);
}

void TestWidgets::dropOfFilesIsAWish()
{
    SampleWindow sample;
    QStringList dropped;
    connect(&sample.window, &MainWindow::filesDropped, this, [&](const QStringList& paths) { dropped = paths; });
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/var/log/mail.log")), QUrl(QStringLiteral("http://example.org/x"))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&sample.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&sample.window, &drop);
    QCOMPARE(dropped, QStringList{QStringLiteral("/var/log/mail.log")});
}

void TestWidgets::badNewsStays()
{
    SampleWindow sample;
    sample.window.show();
    sample.window.notify({Meaning::Critical, QStringLiteral("<b>no connection</b>"), QStringLiteral("hint")});
    QCOMPARE(sample.window.notices()->text(), QStringLiteral("<b>no connection</b>"));
    QSignalSpy cancelled(sample.window.notices(), &NoticeBar::cancelRequested);
    sample.window.notices()->showProgress({QStringLiteral("import"), QStringLiteral("Reading"), 3, 10, true});
    buttonNamed(sample.window.notices(), QStringLiteral("Cancel"))->click();
    QCOMPARE(cancelled.size(), 1);
    sample.window.notices()->endProgress(QStringLiteral("import"));
    sample.window.notices()->endProgress(QStringLiteral("import"));
}

void TestWidgets::sessionIsRestored()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("session.ini")), QSettings::IniFormat);
    {
        SampleWindow sample;
        sample.window.resize(1200, 780);
        sample.window.show();
        sample.window.showPage(sample.bansPage);
        sample.window.setZone(ZoneChoice::Local, QTimeZone("Asia/Kolkata"));
        sample.window.saveSession(settings);
    }
    SampleWindow again;
    ZoneChoice wished = ZoneChoice::Utc;
    connect(again.window.filterBar(), &FilterBar::zoneRequested, this, [&](ZoneChoice choice) { wished = choice; });
    again.window.restoreSession(settings);
    QCOMPARE(again.window.currentPage(), static_cast<Page*>(again.bansPage));
    QCOMPARE(wished, ZoneChoice::Local);
}

void TestWidgets::labelsReadNoMarkup()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.showAddressDetail();
    sample.showIncidents();
    sample.fillServers();
    HostKeyDialog key(SampleWindow::hostKey(KeyStanding::Unknown));
    AddServerDialog add({});
    PreviewDialog preview(sample.preview(true), &sample.cutOff, sample.window.verbs());
    for (const QWidget* root : std::initializer_list<const QWidget*>{&sample.window, &key, &add, &preview}) {
        for (const QLabel* label : root->findChildren<QLabel*>()) {
            const bool wordless = label->text().isEmpty();
            QVERIFY2(wordless || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
        }
    }
}

void TestWidgets::everyPageHasAWordWhenEmpty()
{
    SampleWindow sample;
    sample.window.show();
    for (Page* page : std::initializer_list<Page*>{sample.triage, sample.serversPage, sample.bansPage, sample.auditPage}) {
        sample.window.showPage(page);
        bool helped = false;
        for (const EmptyState* empty : page->findChildren<EmptyState*>()) {
            helped = helped || empty->isVisible();
        }
        QVERIFY2(helped, qPrintable(page->title()));
    }
}

void TestWidgets::themeSwitchRecoloursEverything()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    const auto lightness = [](QWidget* widget) { return QColor(widget->grab().toImage().pixel(3, 3)).lightness(); };
    QVERIFY(lightness(sample.triage->map()) > 200);
    sample.window.setThemeChoice(ThemeChoice::Dark);
    QTRY_VERIFY(lightness(sample.triage->map()) < 60);
    for (const TextLabel* label : sample.window.findChildren<TextLabel*>()) {
        QVERIFY2(label->palette().color(QPalette::WindowText).lightness() > 90, qPrintable(label->text()));
    }
    sample.window.setThemeChoice(ThemeChoice::Light);
}

QTEST_MAIN(TestWidgets)
#include "tst_Widgets.moc"
