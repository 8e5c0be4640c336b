// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleWindow.h"
#include "app/Translations.h"
#include "ui/dialogs/PreviewDialog.h"
#include "ui/help/HelpDialog.h"
#include "ui/help/TourStops.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/TimelineWidget.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QLineEdit>
#include <QPainter>
#include <QTabBar>
#include <QTest>

using namespace mailward;

namespace {

constexpr double kMayDiffer = 0.002; ///< of the points
constexpr int kNoticeable = 40;      ///< of 255, in one colour

/// 32 steps a colour: the files stay small, and nobody sees it.
QImage coarse(QImage picture)
{
    picture = picture.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            picture.setPixel(x, y, (picture.pixel(x, y) & 0xFFF8F8F8U) | 0x00040404U);
        }
    }
    return picture;
}

double difference(const QImage& a, const QImage& b)
{
    if (a.size() != b.size()) {
        return 1;
    }
    qint64 others = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            const int most = std::max({std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
            others += most > kNoticeable ? 1 : 0;
        }
    }
    return static_cast<double>(others) / (static_cast<double>(a.width()) * a.height());
}

} // namespace

/// What a person sees, kept as pictures.
class TestGolden : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup() { theme(ThemeChoice::Light); }
    void triage_data();
    void triage();
    void emptyStart();
    void germanWords();
    void sharpAtOneAndAHalf();
    void narrowWindow();
    void serversAndBans();
    void previewThatCuts();
    void helpAndTour();

private:
    void theme(ThemeChoice choice);
    void compare(QWidget& widget, const QString& name, qreal ratio = 1);
};

void TestGolden::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QVERIFY2(QFontDatabase::families().contains(QStringLiteral("Noto Sans")), "fonts-noto-core is not installed");
    theme(ThemeChoice::Light);
}

void TestGolden::theme(ThemeChoice choice)
{
    applyTheme(*qApp, choice);
    QFont font(QStringLiteral("Noto Sans"));
    font.setPointSizeF(9.75);
    QApplication::setFont(font);
}

void TestGolden::compare(QWidget& widget, const QString& name, qreal ratio)
{
    QApplication::setCursorFlashTime(0);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(30); // layouts of hidden pages settle in the next rounds of the event loop
    QImage full(widget.size() * ratio, QImage::Format_RGB32);
    full.setDevicePixelRatio(ratio);
    widget.render(&full);
    full.setDevicePixelRatio(1);
    const QImage small = full.scaled(full.size() / (2 * ratio), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QString file = QStringLiteral(MAILWARD_SOURCE_DIR "/tests/golden/pictures/%1.png").arg(name);
    if (qEnvironmentVariable("MAILWARD_GOLDEN") == QLatin1String("write")) {
        QVERIFY(coarse(small).save(file, "PNG", 0));
        return;
    }
    const QImage kept = QImage(file).convertToFormat(QImage::Format_RGB32);
    const QImage now = coarse(small);
    const double other = difference(kept, now);
    if (other > kMayDiffer) {
        QDir().mkpath(QStringLiteral(MAILWARD_BINARY_DIR "/golden"));
        full.save(QStringLiteral(MAILWARD_BINARY_DIR "/golden/%1.png").arg(name));
    }
    QVERIFY2(other <= kMayDiffer, qPrintable(QStringLiteral("%1: %2 % of the points are others").arg(name).arg(other * 100, 0, 'f', 2)));
}

void TestGolden::triage_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addRow("light") << false;
    QTest::addRow("dark") << true;
}

void TestGolden::triage()
{
    QFETCH(const bool, dark);
    const QString ending = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
    theme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    SampleWindow sample;
    sample.fillTriage();
    sample.showAddressDetail();
    sample.showIncidents();
    sample.fillPlan(PlanState::Draft);
    compare(sample.window, QStringLiteral("triage") + ending);
    sample.triage->showTable(4);
    sample.triage->timeline()->setLogarithmic(true);
    sample.window.filterBar()->edit()->setText(QStringLiteral("country:CN outcome:fialure after:-6h"));
    sample.window.filterBar()->setProblem({QStringLiteral("“fialure” is no outcome: say failure or success"), 19, 7});
    sample.window.notify({Meaning::Warning, QStringLiteral("mx2 did not answer in 10 s"), QStringLiteral("It is tried again in 30 s; nothing is lost meanwhile.")});
    compare(sample.window, QStringLiteral("events") + ending);
}

void TestGolden::emptyStart()
{
    SampleWindow sample;
    compare(sample.window, QStringLiteral("empty"));
}

void TestGolden::germanWords()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    {
        const Translations words{QLocale()};
        SampleWindow sample;
        sample.fillTriage();
        sample.showAddressDetail();
        sample.showIncidents();
        sample.fillPlan(PlanState::Draft);
        QCOMPARE(sample.triage->findChildren<QTabBar*>().first()->tabText(0).section(QLatin1Char(' '), 0, 0), QStringLiteral("Adressen"));
        compare(sample.window, QStringLiteral("german"));
        // Words of free functions are filed elsewhere than where they are asked for.
        QCOMPARE(QCoreApplication::translate("Accounts", "lost"), QStringLiteral("verloren"));
        QCOMPARE(QCoreApplication::translate("Accounts", "a burst of mail"), QStringLiteral("plötzlich viele Mails"));
        QCOMPARE(QCoreApplication::translate("Contain", "locked by us"), QStringLiteral("von uns gesperrt"));
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestGolden::sharpAtOneAndAHalf()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.showAddressDetail();
    sample.showIncidents();
    compare(sample.window, QStringLiteral("scaled-150"), 1.5);
}

void TestGolden::narrowWindow()
{
    SampleWindow sample;
    sample.window.resize(1024, 640);
    sample.fillTriage();
    sample.showAddressDetail();
    sample.showIncidents();
    sample.fillPlan(PlanState::Draft);
    compare(sample.window, QStringLiteral("narrow"));
    QCOMPARE(sample.window.size(), QSize(1024, 640)); // nothing in it forces it wider
}

void TestGolden::serversAndBans()
{
    SampleWindow sample;
    sample.fillServers();
    sample.window.showPage(sample.serversPage);
    compare(sample.window, QStringLiteral("servers"));
    sample.fillBans();
    sample.window.showPage(sample.bansPage);
    compare(sample.window, QStringLiteral("bans"));
}

void TestGolden::previewThatCuts()
{
    SampleWindow sample;
    const PreviewView view = sample.preview(true);
    PreviewDialog dialog(view, &sample.cutOff, sample.window.verbs());
    compare(dialog, QStringLiteral("preview"));
}

void TestGolden::helpAndTour()
{
    SampleWindow sample;
    sample.fillTriage();
    sample.showIncidents();
    sample.window.show();
    new Tour(tourOf(sample.window, *sample.triage), &sample.window);
    compare(sample.window, QStringLiteral("tour"));
    HelpDialog help;
    help.setAttribute(Qt::WA_DeleteOnClose, false);
    help.showTopic(QStringLiteral("filter"));
    compare(help, QStringLiteral("help"));
}

QTEST_MAIN(TestGolden)
#include "tst_Golden.moc"
