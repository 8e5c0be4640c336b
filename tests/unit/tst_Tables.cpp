// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/AccountTableModel.h"
#include "models/tables/AddressTableModel.h"
#include "models/tables/AuditTableModel.h"
#include "models/tables/BanTableModel.h"
#include "models/tables/CountryTableModel.h"
#include "models/tables/CutOffTableModel.h"
#include "models/tables/EventTableModel.h"
#include "models/tables/NetworkTableModel.h"
#include "models/tables/ServerTableModel.h"
#include "models/tables/TableText.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace mailward;
using namespace std::chrono_literals;

namespace {

const std::string kHostile = "=cmd|'<b>x</b>'\x1b[2J\xe2\x80\xae,\"";

/// No cell of `row` may show markup in a tooltip or a control character anywhere.
void checkRow(const TableModel& model, int row)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QString shown = index.data().toString();
        QVERIFY2(!shown.contains(QChar(0x1b)) && !shown.contains(QChar(0x202e)), qUtf8Printable(shown));
        QVERIFY2(!index.data(Qt::ToolTipRole).toString().contains(QLatin1Char('<')), qUtf8Printable(index.data(Qt::ToolTipRole).toString()));
        const QString csv = index.data(CsvRole).toString();
        QVERIFY2(!csv.startsWith(QLatin1Char('=')) && !csv.startsWith(QLatin1String("\"=")), qUtf8Printable(csv));
    }
}

template <class Model, class Row>
void fillAndCheck(Row row)
{
    Model model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setRows({row, row, row}, 12);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.total(), std::uint64_t(12));
    checkRow(model, 0);
    model.setZone(QTimeZone("Asia/Kolkata"));
    model.setRows({row});
    QCOMPARE(model.rowCount(), 1);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

AddressRow addressRow(const char* address, std::uint64_t failed)
{
    AddressRow row;
    row.address = *IpAddress::parse(address);
    row.country = countryCodeOf("IN");
    row.countryName = QStringLiteral("India");
    row.asn = 64500;
    row.network = UntrustedText(kHostile);
    row.account = UntrustedText(kHostile);
    row.accounts = 3;
    row.failed = failed;
    row.last = *parseRfc3339("2026-03-14T03:14:07.123456Z");
    return row;
}

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void everyModelKeepsTheRulesAndEscapes();
    void sortingIsAWishOfTheColumn();
    void zoneChangesWhatIsShown();
    void zeroIsADash();
    void eventsAskForEachPageOnce();
    void eventsDropWhatIsBeyondTheEnd();
    void copiesAreSafe();
    void formats();
    void targetsSayWhatCanBeBanned();
};

void TestTables::everyModelKeepsTheRulesAndEscapes()
{
    const UntrustedText hostile(kHostile);
    const Instant at = *parseRfc3339("2026-03-14T03:14:07Z");
    fillAndCheck<AddressTableModel>(addressRow("198.51.100.7", 4));
    fillAndCheck<NetworkTableModel>(NetworkRow{{TargetKind::Asn, "64500", {}}, hostile, countryCodeOf("IN"), QStringLiteral("<i>"), 1, 2, 3, 4, at, at});
    fillAndCheck<CountryTableModel>(CountryRow{countryCodeOf("IN"), QStringLiteral("<i>"), 1, 2, 3, 4, 0.5, at, at});
    fillAndCheck<AccountTableModel>(AccountRow{hostile, 1, 2, 3, at, at, QStringLiteral("state"), Meaning::Good});
    ServerRow server;
    server.name = QStringLiteral("mx1");
    server.message = hostile;
    server.hint = QStringLiteral("<b>");
    fillAndCheck<ServerTableModel>(server);
    fillAndCheck<BanTableModel>(BanRow{*Prefix::parse("203.0.113.0/24"), QStringLiteral("mx1"), QStringLiteral("<nft>"), {25}, at, hostile, hostile, at, BanDrift::Differs, 0, 0, {}, {}, false});
    fillAndCheck<AuditTableModel>(AuditRow{1, at, QStringLiteral("anna"), QStringLiteral("mx1"), QStringLiteral("applied"), hostile, QStringLiteral("ab"), false});
    fillAndCheck<CutOffTableModel>(CutOffRow{hostile, hostile, 4, at, true});
}

void TestTables::sortingIsAWishOfTheColumn()
{
    AddressTableModel model;
    model.setRows({addressRow("198.51.100.7", 1), addressRow("198.51.100.8", 9)});
    QSignalSpy wished(&model, &TableModel::sortRequested);
    model.sort(3, Qt::DescendingOrder);
    QCOMPARE(wished.size(), 1);
    QCOMPARE(wished.first().first().toString(), QStringLiteral("failed"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("198.51.100.7")); // the model itself moves nothing
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(wished.size(), 1); // a column without a key cannot be sorted
}

void TestTables::zoneChangesWhatIsShown()
{
    AddressTableModel model;
    model.setNow(*parseRfc3339("2026-03-15T00:00:00Z"));
    model.setRows({addressRow("198.51.100.7", 1)});
    QCOMPARE(model.index(0, 7).data().toString(), QStringLiteral("14 Mar 03:14:07"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setZone(QTimeZone("Asia/Kolkata"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(0, 7).data().toString(), QStringLiteral("14 Mar 08:44:07"));
    QCOMPARE(model.index(0, 7).data(Qt::ToolTipRole).toString(), QStringLiteral("2026-03-14 08:44:07.123456+05:30"));
    QCOMPARE(model.index(0, 7).data(CsvRole).toString(), QStringLiteral("2026-03-14T03:14:07.123456Z"));
    model.setNow(*parseRfc3339("2027-01-01T00:00:00Z"));
    QCOMPARE(model.index(0, 7).data().toString(), QStringLiteral("14 Mar 2026 08:44:07"));
}

void TestTables::zeroIsADash()
{
    AddressTableModel model;
    model.setRows({addressRow("198.51.100.7", 0)});
    QCOMPARE(model.index(0, 3).data().toString(), QStringLiteral("–"));
    QCOMPARE(model.index(0, 3).data(MeaningRole).toInt(), int(Meaning::Muted));
    QCOMPARE(model.index(0, 3).data(CsvRole).toString(), QStringLiteral("0"));
}

void TestTables::eventsAskForEachPageOnce()
{
    EventTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy asked(&model, &EventTableModel::pageRequested);
    model.reset(1000);
    QVERIFY(model.index(450, 7).data().toString().isEmpty());
    QVERIFY(model.index(451, 7).data().toString().isEmpty());
    QVERIFY(asked.wait(1000));
    int forThatPage = 0;
    for (const auto& arguments : asked) {
        forThatPage += arguments.first().toULongLong() == 400 ? 1 : 0;
    }
    QCOMPARE(forThatPage, 1);
    std::vector<EventLine> page(200);
    page[50].account = UntrustedText(std::string("anna"));
    page[50].line = {FileId(3), 77, 10, 5};
    model.setPage(400, page);
    QCOMPARE(model.index(450, 7).data().toString(), QStringLiteral("anna"));
    QCOMPARE(model.rowTarget(450).line.offset, std::uint64_t(77));
}

void TestTables::eventsDropWhatIsBeyondTheEnd()
{
    EventTableModel model;
    model.reset(250);
    model.setPage(200, std::vector<EventLine>(200));
    QCOMPARE(model.rowCount(), 250);
    model.setPage(400, std::vector<EventLine>(200)); // an answer to a question of the time before the reset
    model.setPage(13, std::vector<EventLine>(10));
    QCOMPARE(model.rowCount(), 250);
}

void TestTables::copiesAreSafe()
{
    AddressTableModel model;
    model.setRows({addressRow("198.51.100.7", 1), addressRow("198.51.100.8", 2)});
    QItemSelectionModel selection(&model);
    selection.select(QItemSelection(model.index(0, 0), model.index(1, model.columnCount() - 1)), QItemSelectionModel::Select);
    const QString text = tableText(model, selection.selection(), CopyForm::Text);
    QCOMPARE(text.split(QLatin1Char('\n')).size(), 2);
    QVERIFY(!text.contains(QChar(0x1b)));
    const QString csv = tableText(model, selection.selection(), CopyForm::Csv);
    QCOMPARE(csv.split(QLatin1Char('\n')).size(), 3);
    QVERIFY(!csv.contains(QLatin1String(",=")) && !csv.contains(QLatin1String(",\"=")));
    QVERIFY(tableText(model, selection.selection(), CopyForm::Defanged).startsWith(QLatin1String("198[.]51[.]100[.]7")));
    QCOMPARE(targetText({TargetKind::Asn, "64500", {}}), QStringLiteral("AS64500"));
}

void TestTables::formats()
{
    const QTimeZone utc = QTimeZone::utc();
    QCOMPARE(formatDuration(45s), QStringLiteral("45 s"));
    QCOMPARE(formatDuration(3h + 12min), QStringLiteral("3 h 12 min"));
    QCOMPARE(formatDuration(24h), QStringLiteral("24 h"));
    QCOMPARE(formatDuration(52h), QStringLiteral("2 d 4 h"));
    QCOMPARE(formatPercent(98.44), QStringLiteral("98.4 %"));
    QCOMPARE(formatPercent(100), QStringLiteral("100 %"));
    const Instant begin = *parseRfc3339("2026-03-13T00:00:00Z");
    QCOMPARE(formatRange({begin, begin + 12h}, utc), QStringLiteral("13 Mar, 00:00 – 12:00"));
    QCOMPARE(formatRange({begin, begin + 36h}, utc), QStringLiteral("13 Mar 00:00 – 14 Mar 12:00"));
    QCOMPARE(counted(1, QStringLiteral("%1 server"), QStringLiteral("%1 servers")), QStringLiteral("1 server"));
    QCOMPARE(defang(QStringLiteral("http://a@b.example")), QStringLiteral("http[://]a[@]b[.]example"));
}

void TestTables::targetsSayWhatCanBeBanned()
{
    QVERIFY((Target{TargetKind::Address, "198.51.100.7", {}}).isBannable());
    QVERIFY((Target{TargetKind::Country, "CN", {}}).isBannable());
    QVERIFY(!(Target{TargetKind::Country, "", {}}).isBannable());
    QVERIFY(!(Target{TargetKind::Asn, "0", {}}).isBannable());
    QVERIFY(!(Target{TargetKind::Account, "anna", {}}).isBannable());
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_Tables.moc"
