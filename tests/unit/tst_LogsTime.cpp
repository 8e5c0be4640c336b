// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/TimeResolver.h"

#include <QTest>


using namespace mailward;

/// Stamps in their order, and the instants that must come out.
class TestLogsTime : public QObject
{
    Q_OBJECT
private slots:
    void sequences_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("fileTime");
        QTest::addColumn<int>("year");
        QTest::addColumn<QStringList>("stamps");
        QTest::addColumn<QStringList>("instants");
        const auto row = [](const char* name, const char* zone, const char* file, int year, const QStringList& stamps, const QStringList& instants) {
            QTest::newRow(name) << QString::fromLatin1(zone) << QString::fromLatin1(file) << year << stamps << instants;
        };
        row("this year", "UTC", "2026-11-24T00:00:00Z", 0, {u"Nov 23 14:42:34"_qs}, {u"2026-11-23T14:42:34"_qs});
        row("last year", "UTC", "2026-01-05T00:00:00Z", 0, {u"Dec 30 01:00:00"_qs}, {u"2025-12-30T01:00:00"_qs});
        row("new year", "UTC", "2026-01-02T00:00:00Z", 0, {u"Dec 31 23:59:59"_qs, u"Jan  1 00:00:01"_qs, u"Jan  1 00:00:02"_qs},
            {u"2025-12-31T23:59:59"_qs, u"2026-01-01T00:00:01"_qs, u"2026-01-01T00:00:02"_qs});
        row("late line at new year", "UTC", "2026-01-02T00:00:00Z", 0, {u"Dec 31 23:59:59"_qs, u"Jan  1 00:00:01"_qs, u"Dec 31 23:59:58"_qs, u"Jan  1 00:00:03"_qs},
            {u"2025-12-31T23:59:59"_qs, u"2026-01-01T00:00:01"_qs, u"2025-12-31T23:59:58"_qs, u"2026-01-01T00:00:03"_qs});
        row("a step back is no year", "UTC", "2026-11-24T00:00:00Z", 0, {u"Nov 23 14:00:00"_qs, u"Nov 20 14:00:00"_qs, u"Nov 23 15:00:00"_qs},
            {u"2026-11-23T14:00:00"_qs, u"2026-11-20T14:00:00"_qs, u"2026-11-23T15:00:00"_qs});
        row("a day ahead of the file", "UTC", "2026-11-23T20:00:00Z", 0, {u"Nov 24 10:00:00"_qs}, {u"2026-11-24T10:00:00"_qs});
        row("leap day", "UTC", "2026-11-24T00:00:00Z", 0, {u"Feb 29 12:00:00"_qs}, {u"2024-02-29T12:00:00"_qs});
        row("leap day in order", "UTC", "2028-03-02T00:00:00Z", 0, {u"Feb 28 12:00:00"_qs, u"Feb 29 12:00:00"_qs, u"Mar  1 12:00:00"_qs},
            {u"2028-02-28T12:00:00"_qs, u"2028-02-29T12:00:00"_qs, u"2028-03-01T12:00:00"_qs});
        row("the user knows", "UTC", "2026-11-24T00:00:00Z", 2019, {u"Nov 30 00:00:00"_qs, u"Jan  2 00:00:00"_qs},
            {u"2019-11-30T00:00:00"_qs, u"2020-01-02T00:00:00"_qs});
        row("utc new year, west file", "America/New_York", "2026-01-01T01:00:00Z", 0, {u"Dec 31 20:00:00"_qs}, {u"2026-01-01T01:00:00"_qs});
        row("zone", "Europe/Berlin", "2026-11-24T00:00:00Z", 0, {u"Nov 23 14:00:00"_qs, u"Jul  1 14:00:00"_qs},
            {u"2026-11-23T13:00:00"_qs, u"2026-07-01T12:00:00"_qs});
        row("fixed offset", "+05:30", "2026-11-24T00:00:00Z", 0, {u"Nov 23 14:00:00"_qs}, {u"2026-11-23T08:30:00"_qs});
        row("the line knows its offset", "Europe/Berlin", "2026-11-24T00:00:00Z", 0, {u"2026-11-23T14:00:00.25-02:00"_qs}, {u"2026-11-23T16:00:00.250000"_qs});
        row("autumn fold", "Europe/Berlin", "2026-10-26T00:00:00Z", 0,
            {u"Oct 25 01:59:00"_qs, u"Oct 25 02:10:00"_qs, u"Oct 25 02:50:00"_qs, u"Oct 25 02:05:00"_qs, u"Oct 25 02:55:00"_qs, u"Oct 25 03:05:00"_qs},
            {u"2026-10-24T23:59:00"_qs, u"2026-10-25T00:10:00"_qs, u"2026-10-25T00:50:00"_qs, u"2026-10-25T01:05:00"_qs, u"2026-10-25T01:55:00"_qs, u"2026-10-25T02:05:00"_qs});
        row("jitter is no fold", "Europe/Berlin", "2026-10-26T00:00:00Z", 0, {u"Oct 25 02:10:05"_qs, u"Oct 25 02:10:03"_qs},
            {u"2026-10-25T00:10:05"_qs, u"2026-10-25T00:10:03"_qs});
        row("spring gap", "Europe/Berlin", "2026-04-01T00:00:00Z", 0, {u"Mar 29 01:59:59"_qs, u"Mar 29 02:30:00"_qs, u"Mar 29 03:00:00"_qs},
            {u"2026-03-29T00:59:59"_qs, u"2026-03-29T01:30:00"_qs, u"2026-03-29T01:00:00"_qs});
        row("leap second", "UTC", "2026-11-24T00:00:00Z", 0, {u"2016-12-31T23:59:60Z"_qs}, {u"2017-01-01T00:00:00"_qs});
        row("tai64n", "UTC", "2026-11-24T00:00:00Z", 0, {u"@400000006553f10a1dcd6500"_qs}, {u"2023-11-14T22:13:20.500000"_qs});
        row("own forms", "UTC", "2026-11-24T00:00:00Z", 0,
            {u"2026-11-23 14:42:34,123"_qs, u"2026/11/23 14:42:34"_qs, u"[23/Nov/2026:14:42:34 +0100]"_qs, u"Mon Nov 23 14:42:34 2026"_qs, u"Nov 23 14:42:34.5"_qs},
            {u"2026-11-23T14:42:34.123000"_qs, u"2026-11-23T14:42:34"_qs, u"2026-11-23T13:42:34"_qs, u"2026-11-23T14:42:34"_qs, u"2026-11-23T14:42:34.500000"_qs});
    }

    void sequences()
    {
        QFETCH(QString, zone);
        QFETCH(QString, fileTime);
        QFETCH(int, year);
        QFETCH(QStringList, stamps);
        QFETCH(QStringList, instants);
        TimeResolver resolver(zone.toStdString(), parseRfc3339(fileTime.toStdString()), year > 0 ? std::optional(year) : std::nullopt);
        QStringList got;
        QStringList want;
        for (qsizetype i = 0; i < stamps.size(); ++i) {
            const std::string text = stamps[i].toStdString() + " x";
            std::string_view rest = text;
            Stamp stamp;
            QVERIFY2(takeStamp(rest, stamp) != StampForm::None, qPrintable(stamps[i]));
            QCOMPARE(rest, std::string_view("x"));
            got << QString::fromStdString(formatRfc3339(resolver.resolve(stamp)));
            want << (instants[i].contains(QLatin1Char('.')) ? instants[i] : instants[i] + u".000000"_qs) + u"Z"_qs;
        }
        QCOMPARE(got, want);
    }

    void noStamps_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"Nov 31 10:00:00 x", "Feb 30 10:00:00 x", "2026-02-29T10:00:00Z x", "Nov 23 24:00:00 x", "Nov 23 10:60:00 x", "Nov 23 10:00 x",
                                 "Nop 23 10:00:00 x", "2026-13-01T10:00:00Z x", "@4000 x", "[2026-11-23 10:00:00 x", "Nov 23 10:00:00x", ""}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }

    void noStamps()
    {
        QFETCH(QByteArray, text);
        std::string_view rest(text.constData(), static_cast<std::size_t>(text.size()));
        Stamp stamp;
        QCOMPARE(takeStamp(rest, stamp), StampForm::None);
        QCOMPARE(rest.size(), static_cast<std::size_t>(text.size()));
    }

    void theFutureIsMarked()
    {
        const TimeResolver resolver("UTC", parseRfc3339("2026-11-24T00:00:00Z"), std::nullopt);
        QVERIFY(resolver.isFuture(*parseRfc3339("2026-11-25T00:00:01Z")));
        QVERIFY(!resolver.isFuture(*parseRfc3339("2026-11-24T23:00:00Z")));
    }

    void zones()
    {
        QVERIFY(zoneFromText("Europe/Berlin").has_value());
        QVERIFY(zoneFromText("-03:00").has_value());
        QVERIFY(!zoneFromText("Mars/Olympus").has_value());
        QVERIFY(!zoneFromText("+99:00").has_value());
    }
};

QTEST_GUILESS_MAIN(TestLogsTime)
#include "tst_LogsTime.moc"
