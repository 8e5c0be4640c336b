// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/LogImport.h"
#include "app/controllers/ServerIngest.h"
#include "tests/support/FailedLogin.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

constexpr int kStart = 14 * 3600 + 600; // ten past two

QByteArray failures(int from, int count)
{
    QByteArray lines;
    for (int i = from; i < from + count; ++i) {
        lines += failedLogin(kStart + i, "198.51.100." + QByteArray::number(i % 250 + 1), "u" + QByteArray::number(i) + "@example.org", "postfix/smtpd");
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
    void backlogIsStoredAsSmallPiecesAre();
    void nothingAfterAGapIsStored();

private:
    /// Chunks of a backlog, each with a refusal at its front that its last line takes back.
    [[nodiscard]] static std::vector<QByteArray> backlog();
    /// What the columns say of each event.
    [[nodiscard]] QStringList rows() const;

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

std::vector<QByteArray> TestLogImport::backlog()
{
    std::vector<QByteArray> chunks;
    for (int i = 0; i < 4; ++i) {
        // One password database does not know the name, the next one lets it in: far from each other in bytes, near in time.
        const QByteArray clock = "2026-11-23T14:" + QByteArray::number(10 + 2 * i);
        const QByteArray session = "<s" + QByteArray::number(i) + '>';
        chunks.push_back(clock + ":00+00:00 mx1 dovecot: auth: passwd-file(anna@example.org,203.0.113.9," + session + "): unknown user\n" +
                         failures(120 * i, 1).repeated(5000) + clock +
                         ":01+00:00 mx1 dovecot: imap-login: Login: user=<anna@example.org>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.11, mpid=7, "
                         "TLS, session=" + session + "\n");
    }
    return chunks;
}

QStringList TestLogImport::rows() const
{
    const auto data = m_store->snapshot();
    QStringList all;
    for (RowId row = 0; row < data->rows(); ++row) {
        const Event event = data->event(row);
        all += QStringLiteral("%1 %2 %3 %4 %5").arg(event.line.offset).arg(event.line.number).arg(static_cast<int>(event.outcome)).arg(event.attempts)
                   .arg(QString::fromStdString(event.account + ' ' + event.detail));
    }
    return all;
}

void TestLogImport::backlogIsStoredAsSmallPiecesAre()
{
    const SystemClock clock;
    ServerProfile profile;
    profile.name = QStringLiteral("mx1");
    QStringList ofSmallPieces;
    for (const bool isLarge : {false, true}) {
        init();
        ServerIngest ingest(*m_store, m_rules, profile, clock);
        PulledFile file;
        file.path = "/var/log/mail.log";
        file = *ingest.begin(file);
        for (const QByteArray& chunk : backlog()) {
            const qsizetype half = isLarge ? chunk.size() : chunk.indexOf('\n', chunk.size() / 2) + 1;
            for (const QByteArray& bytes : {chunk.first(half), chunk.sliced(half)}) {
                PullChunk pull{file, file.offset, bytes};
                file.offset = pull.file.offset += static_cast<std::uint64_t>(bytes.size());
                QVERIFY(bytes.isEmpty() || ingest.commit(pull));
            }
        }
        QVERIFY(ingest.settle());
        QCOMPARE(ingest.totals().bytes, file.offset);
        QCOMPARE(ingest.totals().lines, std::uint64_t{4 * 5002});
        QCOMPARE(ingest.totals().events, stored());
        if (isLarge) {
            QCOMPARE(rows(), ofSmallPieces);
        } else {
            ofSmallPieces = rows();
        }
    }
    QCOMPARE(ofSmallPieces.filter(QStringLiteral(" 0 anna@example.org other-passdb")).size(), 4); // no attempts any more
}

void TestLogImport::nothingAfterAGapIsStored()
{
    const SystemClock clock;
    ServerProfile profile;
    profile.name = QStringLiteral("mx1");
    ServerIngest ingest(*m_store, m_rules, profile, clock);
    PulledFile file;
    file.path = "/var/log/mail.log";
    file = *ingest.begin(file);
    const auto chunks = backlog();
    std::vector<PullChunk> pulls;
    for (const QByteArray& chunk : chunks) {
        pulls.push_back({file, file.offset, chunk});
        file.offset = pulls.back().file.offset += static_cast<std::uint64_t>(chunk.size());
    }
    bool isRefused = false;
    for (const int next : {0, 2, 3}) { // the answer may come with a later call
        isRefused = isRefused || !ingest.commit(pulls.at(static_cast<std::size_t>(next)));
    }
    isRefused = isRefused || !ingest.settle();
    QVERIFY(isRefused);
    const auto known = ingest.known(file.path);
    QVERIFY(known);
    QCOMPARE(known->front().offset, pulls[1].startOffset);
    QCOMPARE(ingest.totals().bytes, pulls[1].startOffset);
    for (const int next : {1, 2, 3}) { // from where it really stopped, all is taken once
        QVERIFY(ingest.commit(pulls.at(static_cast<std::size_t>(next))));
    }
    QVERIFY(ingest.settle());
    QCOMPARE(ingest.totals().bytes, file.offset);
    QCOMPARE(stored(), std::uint64_t{4 * 5002});
}

QTEST_GUILESS_MAIN(TestLogImport)
#include "tst_LogImport.moc"
