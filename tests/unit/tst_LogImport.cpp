// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/LogImport.h"
#include "app/controllers/ServerIngest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

QByteArray failures(int from, int count)
{
    QByteArray lines;
    for (int i = from; i < from + count; ++i) {
        lines += "2026-11-23T14:" + QByteArray::number(10 + i / 60) + ':' + QByteArray::number(i % 60).rightJustified(2, '0') +
                 "+00:00 mx1 postfix/smtpd[7]: warning: unknown[198.51.100." + QByteArray::number(i % 250 + 1) +
                 "]: SASL LOGIN authentication failed: x, sasl_username=u" + QByteArray::number(i) + "@example.org\n";
    }
    return lines;
}

} // namespace

class TestLogImport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void storesEveryLineOnce();
    void goesOnWhereAnEarlierImportEnded();
    void knowsAFileByItsContent();
    void saysWhatIsMissing();
    void countsUnknownLinesByProgram();

private:
    [[nodiscard]] QString write(const QString& name, const QByteArray& content) const;
    [[nodiscard]] Result<ImportTotals> import(const QString& path) { return LogImport(*m_store, m_rules).run(path); }
    [[nodiscard]] std::uint64_t stored() const { return m_store->snapshot()->rows(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<const RuleBook> m_rules;
    std::unique_ptr<LocalEventStore> m_store;
};

void TestLogImport::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_rules = *RuleBook::load();
    m_store = *LocalEventStore::open({});
}

QString TestLogImport::write(const QString& name, const QByteArray& content) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("the test's own file could not be written");
    }
    return file.fileName();
}

void TestLogImport::storesEveryLineOnce()
{
    const QString path = write(QStringLiteral("mail.log"), failures(0, 100));
    const auto first = import(path);
    QVERIFY(first);
    QCOMPARE(first->lines, std::uint64_t{100});
    QCOMPARE(stored(), std::uint64_t{100});
    const auto second = import(path);
    QVERIFY(second);
    QCOMPARE(second->lines, std::uint64_t{0});
    QCOMPARE(stored(), std::uint64_t{100});
}

void TestLogImport::goesOnWhereAnEarlierImportEnded()
{
    QVERIFY(import(write(QStringLiteral("mail.log"), failures(0, 40))));
    const auto rest = import(write(QStringLiteral("mail.log"), failures(0, 65)));
    QVERIFY(rest);
    QCOMPARE(rest->lines, std::uint64_t{25});
    QCOMPARE(stored(), std::uint64_t{65});
}

void TestLogImport::knowsAFileByItsContent()
{
    QVERIFY(import(write(QStringLiteral("mail.log"), failures(0, 40))));
    QVERIFY(import(write(QStringLiteral("copy.log"), failures(0, 40))));
    QCOMPARE(stored(), std::uint64_t{40});
    QVERIFY(import(write(QStringLiteral("mail.log"), failures(300, 10))));
    QCOMPARE(stored(), std::uint64_t{50});
}

void TestLogImport::saysWhatIsMissing()
{
    const auto none = import(m_folder->filePath(QStringLiteral("absent.log")));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    QVERIFY(!none.error().hint.isEmpty());
    const auto empty = import(write(QStringLiteral("empty.log"), {}));
    QVERIFY(empty);
    QCOMPARE(empty->lines, std::uint64_t{0});
}

void TestLogImport::countsUnknownLinesByProgram()
{
    IngestTotals totals;
    totals.add({"clamd", 2, "first", {}});
    totals.add({"opendkim", 1, "other", {}});
    totals.add({"clamd", 3, "later", {}});
    QCOMPARE(totals.notUnderstood.size(), std::size_t{2});
    QCOMPARE(totals.notUnderstood[0].count, std::uint64_t{5});
    QCOMPARE(totals.notUnderstood[0].sample, std::string("first"));
    for (int i = 0; i < 1000; ++i) { // names come from the log: there may be any number of them
        totals.add({"p" + std::to_string(i), 1, "x", {}});
    }
    QCOMPARE(totals.notUnderstood.size(), IngestTotals::kMostPrograms);
}

QTEST_GUILESS_MAIN(TestLogImport)
#include "tst_LogImport.moc"
