// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LineFramer.h"

#include <QTest>
#include <vector>

using namespace mailward;

namespace {

struct Line {
    std::string text;
    std::uint64_t offset;
    std::uint64_t length;
    bool operator==(const Line&) const = default;
};

std::vector<Line> frame(std::string_view bytes, std::size_t piece)
{
    std::vector<Line> lines;
    LineFramer framer;
    const auto sink = [&](const FramedLine& line) { lines.push_back({std::string(line.text), line.offset, line.length}); };
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        framer.feed(bytes.substr(at, piece), sink);
    }
    framer.finish(sink);
    return lines;
}

} // namespace

class TestLogsFraming : public QObject
{
    Q_OBJECT
private slots:
    void everySplitGivesTheSameLines()
    {
        using namespace std::string_literals;
        const std::string bytes = "one\r\n\ntwo\0nul\n\xFF\xC3\r\r\nlast \xE2\x82\xAC without end"s;
        const std::vector<Line> expected{{"one", 0, 3}, {"", 5, 0}, {"two\0nul"s, 6, 7}, {"\xFF\xC3\r", 14, 3}, {"last \xE2\x82\xAC without end", 19, 20}};
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            QVERIFY2(frame(bytes, piece) == expected, qPrintable(QStringLiteral("pieces of %1").arg(piece)));
        }
    }

    void aGiantLineIsCountedNotKept()
    {
        LineFramer framer;
        std::vector<Line> lines;
        const auto sink = [&](const FramedLine& line) { lines.push_back({std::string(line.text), line.offset, line.length}); };
        const std::string piece(1 << 20, 'x');
        for (int i = 0; i < 100; ++i) {
            framer.feed(piece, sink);
        }
        framer.feed("end\nnext\n", sink);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0].text.size(), LineFramer::kKeep);
        QCOMPARE(lines[0].length, std::uint64_t((100U << 20) + 3));
        QCOMPARE(lines[1].offset, std::uint64_t((100U << 20) + 4));
        QCOMPARE(framer.consumed(), std::uint64_t((100U << 20) + 9));
    }

    void anOpenLineIsNotConsumed()
    {
        LineFramer framer(1000);
        framer.feed("whole\nopen", [](const FramedLine&) {});
        QCOMPARE(framer.consumed(), std::uint64_t(1006));
    }
};

QTEST_GUILESS_MAIN(TestLogsFraming)
#include "tst_LogsFraming.moc"
