// SPDX-License-Identifier: GPL-3.0-or-later
// A person's ways through the real window over the bundled incident: by mouse, and by keyboard alone. No server is needed.
#include "SampleWindow.h"
#include "WindowDriver.h"

#include "app/Wiring.h"
#include "ui/MainWindow.h"
#include "models/tables/TableText.h"
#include "ui/help/HelpDialog.h"
#include "ui/help/Pictures.h"
#include "ui/help/Tour.h"
#include "ui/pages/TriagePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/IncidentCardWidget.h"
#include "ui/widgets/IncidentList.h"
#include "ui/widgets/MapWidget.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/PlanTray.h"
#include "ui/widgets/TimelineWidget.h"
#include "ui/widgets/Verbs.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QXmlStreamReader>

using namespace mailward;

namespace {

constexpr int kPatience = 25'000;

/// Notes every window that opens though nobody asked for one: a label shown before it has its place flashes on the screen.
class StrayWindows final : public QObject
{
public:
    QStringList seen;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const auto* widget = event->type() == QEvent::Show ? qobject_cast<QWidget*>(watched) : nullptr;
        if (widget != nullptr && widget->isWindow()) {
            const bool known = qobject_cast<const QMainWindow*>(widget) != nullptr || qobject_cast<const QDialog*>(widget) != nullptr || widget->windowType() == Qt::Popup ||
                               widget->windowType() == Qt::ToolTip;
            if (!known) {
                const auto* label = qobject_cast<const QLabel*>(widget);
                seen << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + (label != nullptr ? label->text() : widget->accessibleName());
            }
        }
        return false;
    }
};

} // namespace

class TestJourneys : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void fromNothingToWhoAndWhatInSixClicks();
    void everyRowOfFiguresIsTheStores();
    void backAndForwardLeadThroughDrillDowns();
    void everyCommandByKeyboardAlone();
    void everyCommandByMouse();
    void tabReachesEveryPart();
    void contextMenusHaveTheSameVerbs();
    void theTourNoticesWhatIsTried();
    void helpExplainsThePartWithTheFocus();
    void picturesAreSaved();
    void newerGeographyIsCheckedAndUsed();
    void hostileNamesStayText_data();
    void hostileNamesStayText();
    void noWindowFlashedUp();

private:
    [[nodiscard]] MainWindow& window() { return m_wiring->window(); }
    [[nodiscard]] TriagePage& triage() { return *window().findChild<TriagePage*>(); }
    [[nodiscard]] IncidentCardWidget* card(const QString& words);
    void click(QWidget* widget, QPoint at);
    void drop(const QString& path);
    void paletteRun(const QString& command);
    [[nodiscard]] QStringList closeDialogs();

    StrayWindows m_strays;
    WindowDriver m_driver;
    QTemporaryDir m_home;
    std::unique_ptr<Wiring> m_wiring;
    int m_clicks = 0;
};

void TestJourneys::initTestCase()
{
    if (!QFile::exists(DataPaths::locate(m_home.path()).share + QStringLiteral("/demo/demo.log.zst"))) {
        QSKIP("the bundled incident was not built");
    }
    qApp->installEventFilter(&m_strays);
    StartOptions options;
    options.home = m_home.path();
    options.program = QStringLiteral(MAILWARD_BINARY_DIR "/bin/mailward");
    auto wiring = Wiring::make(options);
    QVERIFY2(wiring.has_value(), wiring ? "" : qPrintable(wiring.error().text));
    m_wiring = std::move(*wiring);
    m_wiring->start();
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestJourneys::cleanup()
{
    std::ignore = closeDialogs();
}

void TestJourneys::click(QWidget* widget, QPoint at)
{
    ++m_clicks;
    QTest::mouseClick(widget, Qt::LeftButton, {}, at);
}

void TestJourneys::drop(const QString& path)
{
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &enter);
    QDropEvent event(QPointF(400, 300), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &event);
}

IncidentCardWidget* TestJourneys::card(const QString& words)
{
    for (IncidentCardWidget* each : triage().findChildren<IncidentCardWidget*>()) {
        if (each->card().title.contains(words) && each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

void TestJourneys::fromNothingToWhoAndWhatInSixClicks()
{
    QVERIFY(m_driver.visibleTexts(&triage()).join(QLatin1Char(' ')).contains(QLatin1String("drop log files onto")));
    m_clicks = 1; // the drop
    drop(DataPaths::locate(m_home.path()).share + QStringLiteral("/demo/demo.log.zst"));
    const bool found = QTest::qWaitFor([this] { return card(QStringLiteral("one try a source")) != nullptr; }, kPatience);
    QVERIFY2(found, qPrintable(m_driver.visibleTexts(&window()).join(QLatin1String(" | "))));
    QTRY_VERIFY_WITH_TIMEOUT(card(QStringLiteral("6 accounts send spam")) != nullptr, kPatience);
    // Who is attacking, and which accounts are lost, stands on the cards already; a click brings the evidence.
    IncidentCardWidget* attack = card(QStringLiteral("one try a source"));
    QTRY_VERIFY_WITH_TIMEOUT(attack->card().summary.contains(QLatin1String("3,0")), kPatience); // it grows while the file is read
    QVERIFY(m_driver.visibleTexts(attack).join(QLatin1Char(' ')).contains(QLatin1String("1 account opened:")));
    click(attack, QPoint(60, 12));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver.visibleTexts(triage().drawer()).join(QLatin1Char(' ')).contains(QLatin1String("China")), kPatience);
    LinkLabel* lost = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((lost = attack->findChild<LinkLabel*>()) != nullptr, kPatience);
    click(lost, lost->rect().center());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver.visibleTexts(triage().drawer()).join(QLatin1Char(' ')).contains(QLatin1String("Account")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(triage().drawer()->findChild<QPlainTextEdit*>()->toPlainText().contains(lost->text()), kPatience);
    QVERIFY2(m_clicks <= 6, qPrintable(QString::number(m_clicks)));
    m_driver.picture(window(), QStringLiteral("journey-who"));
}

/// No number on screen that is not true: the legend, the tab and the table say the same.
void TestJourneys::everyRowOfFiguresIsTheStores()
{
    m_wiring->triage().clearFilter();
    QTRY_VERIFY_WITH_TIMEOUT(m_wiring->triage().filter().isEmpty() && triage().timeline()->chart()->timeline().bins.size() > 10, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_wiring->triage().addresses().total() > 6000, kPatience);
    quint64 bins = 0;
    for (const TimelineBin& bin : triage().timeline()->chart()->timeline().bins) {
        bins += bin[0];
    }
    quint64 countries = 0;
    for (const CountryRow& row : m_wiring->triage().countries().rows()) {
        countries += row.failed;
    }
    quint64 accounts = 0;
    for (const AccountRow& row : m_wiring->triage().accounts().rows()) {
        accounts += row.failed;
    }
    QVERIFY(bins > 7000);
    QVERIFY2(countries <= bins && countries > bins * 95 / 100, qPrintable(QStringLiteral("%1 of %2").arg(countries).arg(bins)));
    QVERIFY(accounts <= bins);
    for (const AddressRow& row : m_wiring->triage().addresses().rows()) {
        QVERIFY2(row.accounts == 0 || !row.account.isEmpty(), row.address.toString().c_str());
    }
}

void TestJourneys::backAndForwardLeadThroughDrillDowns()
{
    const auto title = [this] { return m_driver.visibleTexts(triage().drawer()).join(QLatin1Char(' ')); };
    DataTable* table = triage().currentTable();
    const QString first = table->model()->index(0, 0).data().toString();
    const QString second = table->model()->index(1, 0).data().toString();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(first), kPatience);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 0)).center());
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(second), kPatience);
    QTest::keyClick(&window(), Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(first), kPatience);
    QTest::keyClick(&window(), Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(second), kPatience);
    QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(window().currentPage() != static_cast<Page*>(&triage()));
    QTest::keyClick(&window(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(window().currentPage(), static_cast<Page*>(&triage()));
    QPushButton* close = nullptr;
    for (QPushButton* button : triage().drawer()->findChildren<QPushButton*>()) {
        close = button->accessibleName() == QLatin1String("Back to the overview") ? button : close;
    }
    QVERIFY(close != nullptr && close->isVisible());
    QTest::mouseClick(close, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(title().contains(QLatin1String("At a glance")), kPatience);
}

void TestJourneys::paletteRun(const QString& command)
{
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = window().findChild<QDialog*>(QStringLiteral("commandPalette"));
    QVERIFY(palette != nullptr);
    auto* edit = palette->findChild<QLineEdit*>();
    edit->setText(command);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(window().findChild<QDialog*>(QStringLiteral("commandPalette")) == nullptr);
}

/// Names of the dialogs and menus that were open.
QStringList TestJourneys::closeDialogs()
{
    QStringList names;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && (qobject_cast<QDialog*>(widget) != nullptr || qobject_cast<QMenu*>(widget) != nullptr)) {
            names << (widget->objectName().isEmpty() ? QString::fromLatin1(widget->metaObject()->className()) : widget->objectName());
            QTest::keyClick(widget, Qt::Key_Escape);
        }
    }
    QTest::qWait(0);
    return names;
}

void TestJourneys::everyCommandByKeyboardAlone()
{
    QStringList opened;
    int run = 0;
    for (QAction* action : window().actions()) {
        const QString name = action->text();
        if (name.isEmpty() || name == QLatin1String("Quit") || name == QLatin1String("Full screen") || name == QLatin1String("Command palette") || name == QLatin1String("Menu")) {
            continue;
        }
        bool triggered = false;
        const auto noted = connect(action, &QAction::triggered, this, [&triggered] { triggered = true; });
        paletteRun(name);
        QTRY_VERIFY2(triggered, qPrintable(name));
        disconnect(noted);
        opened << closeDialogs();
        ++run;
    }
    QVERIFY(run >= 17);
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTest::keyClick(&window(), Qt::Key_F10);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    opened << closeDialogs();
    for (const char* dialog : {"help", "shortcuts", "addServerDialog", "QFileDialog", "mainMenu"}) {
        QVERIFY2(opened.contains(QLatin1String(dialog)), qPrintable(QLatin1String(dialog) + QStringLiteral(" is not among ") + opened.join(QLatin1Char(' '))));
    }
    for (Tour* tour : window().findChildren<Tour*>()) {
        tour->close();
    }
    window().setThemeChoice(ThemeChoice::Light);
}

void TestJourneys::everyCommandByMouse()
{
    QToolButton* button = nullptr;
    for (QToolButton* each : window().findChildren<QToolButton*>()) {
        button = each->text() == QLatin1String("Menu") ? each : button;
    }
    QVERIFY(button != nullptr && button->isVisible());
    int items = 1;
    for (int item = 0; item < items; ++item) {
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        items = static_cast<int>(menu->actions().size());
        QVERIFY(items > 10);
        QAction* action = menu->actions().at(item);
        const bool skipped = action->isSeparator() || action->text() == QLatin1String("Quit") || action->text() == QLatin1String("Full screen");
        bool triggered = skipped;
        const auto noted = connect(action, &QAction::triggered, this, [&triggered] { triggered = true; });
        if (skipped) {
            menu->close();
        } else {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        }
        QTRY_VERIFY(triggered);
        disconnect(noted);
        QTest::qWait(0);
        std::ignore = closeDialogs();
    }
    for (Tour* tour : window().findChildren<Tour*>()) {
        tour->close();
    }
    window().setThemeChoice(ThemeChoice::Light);
}

void TestJourneys::tabReachesEveryPart()
{
    window().showPage(&triage());
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    window().filterBar()->edit()->setFocus();
    QSet<QString> visited;
    for (int i = 0; i < 120; ++i) {
        const QWidget* focus = QApplication::focusWidget();
        QVERIFY(focus != nullptr);
        for (const QWidget* at = focus; at != nullptr; at = at->parentWidget()) {
            visited << QString::fromLatin1(at->metaObject()->className()).section(QStringLiteral("::"), -1);
        }
        QVERIFY2(focus->isVisible(), focus->metaObject()->className());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const char* part : {"FilterEdit", "TimelineChart", "MapWidget", "IncidentCardWidget", "QTabBar", "DataTable", "DetailDrawer"}) {
        QVERIFY2(visited.contains(QLatin1String(part)), qPrintable(QLatin1String(part) + QStringLiteral(" is not reached by Tab")));
    }
}

void TestJourneys::contextMenusHaveTheSameVerbs()
{
    const auto verbs = [this](QWidget* widget) {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, widget->rect().center(), widget->mapToGlobal(widget->rect().center()));
        QApplication::sendEvent(widget, &event);
        QStringList texts;
        if (QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; })) {
            for (const QAction* action : qobject_cast<QMenu*>(QApplication::activePopupWidget())->actions()) {
                texts << action->text();
            }
            QApplication::activePopupWidget()->close();
        }
        return texts;
    };
    for (int tab = 0; tab < 4; ++tab) {
        triage().showTable(tab);
        DataTable* table = triage().currentTable();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, kPatience);
        table->selectRow(0);
        const QStringList texts = verbs(table);
        for (const char* verb : {"Filter to", "Exclude", "Details", "Copy name", "Copy rows as CSV", "Export table as CSV …"}) {
            QVERIFY2(texts.contains(QString::fromUtf8(verb)), qPrintable(QStringLiteral("%1: %2").arg(tab).arg(texts.join(QLatin1String(", ")))));
        }
    }
    triage().showTable(0);
    QTest::keyClick(triage().map(), Qt::Key_Right);
    QVERIFY(verbs(triage().map()).contains(QStringLiteral("Filter to")));
    QVERIFY(verbs(triage().timeline()->chart()).contains(QStringLiteral("Save the timeline as a picture …")));
}

void TestJourneys::theTourNoticesWhatIsTried()
{
    m_wiring->takeTour();
    auto* tour = window().findChild<Tour*>();
    QVERIFY(tour != nullptr && tour->isVisible());
    IncidentCardWidget* attack = card(QStringLiteral("one try a source"));
    QVERIFY(attack != nullptr);
    QTest::mouseClick(attack, Qt::LeftButton, {}, QPoint(60, 12));
    QTRY_VERIFY(m_driver.visibleTexts(tour).join(QLatin1Char(' ')).contains(QLatin1String("you did it")));
    int stops = 1;
    while (m_driver.visibleButton(tour, QStringLiteral("Next")) != nullptr && stops < 20) {
        QVERIFY(m_driver.press(tour, QStringLiteral("Next")));
        ++stops;
    }
    QCOMPARE(stops, 9);
    QPointer<Tour> gone(tour);
    QVERIFY(m_driver.press(tour, QStringLiteral("Done")));
    QTRY_VERIFY(gone.isNull());
    m_wiring->triage().clearFilter();
}

void TestJourneys::helpExplainsThePartWithTheFocus()
{
    const std::vector<std::pair<QWidget*, QString>> parts{{triage().map(), QStringLiteral("map")},
                                                          {triage().timeline()->chart(), QStringLiteral("timeline")},
                                                          {triage().currentTable(), QStringLiteral("tables")},
                                                          {window().filterBar()->edit(), QStringLiteral("filter")}};
    for (const auto& [part, topic] : parts) {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        part->setFocus();
        QTest::keyClick(&window(), Qt::Key_F1);
        auto* help = window().findChild<HelpDialog*>();
        QVERIFY(help != nullptr);
        QCOMPARE(help->topic(), topic);
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget*>(help)); // Escape is for the window that a person is in
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape); // to where a person's keys go
        QTRY_VERIFY(window().findChild<HelpDialog*>() == nullptr);
    }
}

void TestJourneys::picturesAreSaved()
{
    const auto save = [this](QWidget* what, const QString& name) {
        const QString path = m_home.filePath(name);
        window().savePicture(name, what);
        auto* dialog = window().findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        emit dialog->fileSelected(path);
        dialog->reject();
        QVERIFY(QFile::exists(path));
        QTRY_VERIFY(window().findChild<QFileDialog*>() == nullptr); // the next one is another
    };
    save(triage().map(), QStringLiteral("map.png"));
    save(triage().timeline(), QStringLiteral("timeline.svg"));
    QCOMPARE(QImage(m_home.filePath(QStringLiteral("map.png"))).width(), triage().map()->width() * 2);
    QFile svg(m_home.filePath(QStringLiteral("timeline.svg")));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QVERIFY(svg.readAll().contains("let in")); // words stay words
}

void TestJourneys::newerGeographyIsCheckedAndUsed()
{
    const QString second = DataPaths::locate(m_home.path()).share + QStringLiteral("/geo/country-second.mmdb");
    if (!QFile::exists(second)) {
        QSKIP("the second database of countries was not fetched");
    }
    const auto says = [this](const char* words) { return window().notices()->text().contains(QLatin1String(words)); };
    QFile broken(m_home.filePath(QStringLiteral("broken.mmdb")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    QFile whole(second);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    broken.write(whole.read(whole.size() / 2) + QByteArray("<img src=x>"));
    broken.close();
    const auto countries = [this] {
        std::map<CountryCode, std::uint64_t> addresses;
        for (const CountryRow& row : m_wiring->triage().countries().rows()) {
            addresses[row.country] = row.addresses;
        }
        return addresses;
    };
    QTRY_VERIFY_WITH_TIMEOUT(!countries().empty(), kPatience);
    const auto before = countries();
    drop(broken.fileName());
    QTRY_VERIFY_WITH_TIMEOUT(!window().notices()->text().isEmpty() && !says("Checking"), kPatience);
    QVERIFY2(!says("Countries come from"), qPrintable(window().notices()->text()));
    QVERIFY(!QFile::exists(m_home.filePath(QStringLiteral("state/geo/country.mmdb"))));
    QVERIFY(countries() == before);
    drop(second);
    QTRY_VERIFY_WITH_TIMEOUT(says("Countries come from"), kPatience);
    QVERIFY(QFile::exists(m_home.filePath(QStringLiteral("state/geo/country.mmdb"))));
    QTRY_VERIFY_WITH_TIMEOUT(countries() != before, kPatience); // the two differ on the demo's addresses, so the swap is seen
}

void TestJourneys::hostileNamesStayText_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("HTML") << QByteArray("<img src=file:///etc/passwd><b>x</b><script>");
    QTest::newRow("bidi") << QByteArray("\xe2\x80\xae" "gnp.exe\xe2\x81\xa6");
    QTest::newRow("zero width") << QByteArray("b\xe2\x80\x8bo\xef\xbb\xbf" "b");
    QTest::newRow("8 kB") << QByteArray(8192, 'A');
    QTest::newRow("control") << QByteArray("\x1b[2J\x07\x7f\xff\xfe\r\n");
    QTest::newRow("formula") << QByteArray("=HYPERLINK(\"http://192.0.2.1\",\"x\")");
    QTest::newRow("mnemonic") << QByteArray("&a%1%n\t| A");
}

/// Names that an attacker chose, in every table, the drawer, cards, marks, menus, exports and the clipboard.
void TestJourneys::hostileNamesStayText()
{
    QFETCH(const QByteArray, name);
    const std::string raw = name.toStdString();
    const UntrustedText hostile(raw);
    const Target account{TargetKind::Account, raw, {}};
    SampleWindow sample;
    sample.fillTriage();
    sample.addresses.setRows({{IpAddress::fromV4(0x24000001), countryCodeOf("CN"), QStringLiteral("China"), 1, hostile, 3, 0, hostile, 4, {}, {}, {}, Meaning::Plain, true}});
    sample.networks.setRows({{{TargetKind::Asn, "1", {}}, hostile, countryCodeOf("CN"), QStringLiteral("China"), 1, 2, 3, 4, {}, {}}});
    sample.accounts.setRows({{hostile, 1, 2, 3, {}, {}, {}, Meaning::Plain}});
    EventLine line;
    line.server = line.account = line.detail = hostile;
    sample.events.reset(1);
    sample.events.setPage(0, {line});
    DetailView detail;
    detail.target = account;
    detail.kind = QStringLiteral("Account");
    detail.title = hostile;
    detail.facts = {{QStringLiteral("Tried"), {{hostile, account}, {hostile, {}}}, Meaning::Plain}, {QStringLiteral("From"), {{hostile, {}}}, Meaning::Plain}};
    detail.lines = {{hostile, true}};
    sample.triage->setDetail(detail);
    IncidentCard card;
    card.target = {TargetKind::Incident, "1", {}};
    card.title = hostile.plain(60);
    card.openedText = QStringLiteral("1 account opened:");
    card.opened = {account};
    sample.triage->setIncidents({card}, {});
    TimelineView timeline = sample.triage->timeline()->chart()->timeline();
    timeline.marks = {{timeline.range(), hostile.plain(60), Meaning::Critical, account}};
    sample.triage->setTimeline(timeline, {1, 1, 1, 1, 1});
    sample.window.filterBar()->setFilter({{hostile.plain(60)}, false, false});
    sample.window.filterBar()->setLights({{hostile.plain(24), QStringLiteral("live"), hostile.plain(), LinkState::Live}});
    sample.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&sample.window));
    QVERIFY2(m_driver.richTextLeaks(sample.window).isEmpty(), qPrintable(m_driver.richTextLeaks(sample.window).join(QLatin1Char('\n'))));
    for (const QString& text : m_driver.visibleTexts(&sample.window)) {
        for (const QString& one : text.split(QLatin1Char('\n'))) {
            QVERIFY2(m_driver.isHarmless(one), qPrintable(one));
        }
    }
    const std::array<TableModel*, 4> models{&sample.addresses, &sample.networks, &sample.accounts, &sample.events};
    for (int tab = 0; tab < 4; ++tab) {
        TableModel* model = models[static_cast<std::size_t>(tab)];
        sample.triage->showTable(tab < 2 ? tab : tab + 1);
        for (int column = 0; column < model->columnCount(); ++column) {
            QVERIFY(m_driver.isHarmless(model->index(0, column).data().toString()));
            QVERIFY(!model->index(0, column).data(Qt::ToolTipRole).toString().contains(QLatin1String("<img")));
        }
        for (const QString& row : tableCsv(*model).split(QLatin1String("\r\n"), Qt::SkipEmptyParts)) {
            for (const QString& field : row.split(QLatin1String("\",\""))) {
                static const QRegularExpression formula(QStringLiteral("^\"?[=+@\t]|^\"?-[^0-9]"));
                QVERIFY2(!formula.match(field).hasMatch(), qPrintable(field));
            }
        }
        for (const QString& object : tableJsonLines(*model).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            QVERIFY2(QJsonDocument::fromJson(object.toUtf8()).isObject(), qPrintable(object.left(200)));
        }
        DataTable* table = sample.triage->currentTable();
        table->selectRow(0);
        for (const CopyForm form : {CopyForm::Text, CopyForm::Csv, CopyForm::Defanged}) {
            table->copySelection(form);
            for (const QString& one : QApplication::clipboard()->text().split(QRegularExpression(QStringLiteral("[\r\n\t]")))) {
                QVERIFY2(m_driver.isHarmless(one), qPrintable(one.left(200)));
            }
        }
    }
    const QString drawn = m_home.filePath(QStringLiteral("hostile.svg"));
    QVERIFY(writePicture(*sample.triage, drawn));
    QFile file(drawn);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader svg(&file);
    while (!svg.atEnd()) {
        svg.readNext();
        QVERIFY(svg.name() != QLatin1String("img") && svg.name() != QLatin1String("script"));
        QVERIFY(!svg.attributes().value(QLatin1String("xlink:href")).startsWith(QLatin1String("file")));
    }
    QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));
    QMenu menu;
    sample.window.verbs()->fill(menu, {account});
    for (const QAction* action : menu.actions()) {
        QVERIFY2(m_driver.isHarmless(action->text()), qPrintable(action->text()));
    }
    const QFontMetrics metrics(QApplication::font());
    QVERIFY(metrics.horizontalAdvance(menu.actions().first()->text()) < 1200); // 8 kB do not make a menu of 8 kB
}

void TestJourneys::noWindowFlashedUp()
{
    QVERIFY2(m_strays.seen.isEmpty(), qPrintable(m_strays.seen.join(QLatin1Char('\n'))));
}

QTEST_MAIN(TestJourneys)
#include "tst_Journeys.moc"
