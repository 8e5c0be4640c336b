// SPDX-License-Identifier: GPL-3.0-or-later
// mailward-generate: writes a synthetic log with its truth, for tests, benchmarks and the bundled demo.
#include "models/geo/GeoDatabase.h"
#include "tests/support/story/Families.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <cstdio>
#include <stdexcept>
#include <zstd.h>

namespace mailward::story {

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        throw std::runtime_error("cannot write " + path.toStdString() + ": " + file.errorString().toStdString());
    }
}

QByteArray compress(const QByteArray& bytes)
{
    QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(bytes.size()))), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress(out.data(), static_cast<std::size_t>(out.size()), bytes.constData(),
                                           static_cast<std::size_t>(bytes.size()), 12);
    if (ZSTD_isError(size) != 0) {
        throw std::runtime_error(ZSTD_getErrorName(size));
    }
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

/// The lines of one server, or of all.
QByteArray join(const Run& run, int server)
{
    QByteArray out;
    for (std::size_t i = 0; i < run.lines.size(); ++i) {
        if (server < 0 || run.lines[i].server == static_cast<std::uint32_t>(server)) {
            out.append(run.rendered[i].data(), static_cast<qsizetype>(run.rendered[i].size())).append('\n');
        }
    }
    return out;
}

QByteArray meta(const Run& run, const RunOptions& options)
{
    QJsonArray servers;
    for (const std::string& name : run.servers) {
        servers.append(QString::fromStdString(name));
    }
    const QJsonObject object{{QStringLiteral("family"), QString::fromStdString(options.family)},
                             {QStringLiteral("seed"), static_cast<qint64>(options.seed)},
                             {QStringLiteral("start"), QString::fromStdString(formatRfc3339(run.range.begin))},
                             {QStringLiteral("now"), QString::fromStdString(formatRfc3339(run.range.end))},
                             {QStringLiteral("servers"), servers},
                             {QStringLiteral("lines"), static_cast<qint64>(run.lines.size())},
                             {QStringLiteral("mailboxes"), static_cast<qint64>(run.mailboxes)},
                             {QStringLiteral("synthetic"), true}};
    return QJsonDocument(object).toJson();
}

void writeRun(const Run& run, const RunOptions& options, const QDir& folder, bool packed)
{
    if (!folder.mkpath(QStringLiteral("."))) {
        throw std::runtime_error("cannot make the folder " + folder.path().toStdString());
    }
    const std::string truth = run.truth.toJsonLines(options.family, options.seed, run.range, run.servers, run.lines.size(), run.mailboxes);
    const QByteArray truthBytes = QByteArray::fromStdString(truth);
    write(folder.filePath(QStringLiteral("meta.json")), meta(run, options));
    if (packed) {
        write(folder.filePath(QStringLiteral("demo.log.zst")), compress(join(run, -1)));
        write(folder.filePath(QStringLiteral("truth.jsonl.zst")), compress(truthBytes));
        return;
    }
    write(folder.filePath(QStringLiteral("truth.jsonl")), truthBytes);
    for (std::size_t i = 0; i < run.servers.size(); ++i) {
        write(folder.filePath(QString::fromStdString(run.servers[i]) + QStringLiteral(".log")), join(run, static_cast<int>(i)));
    }
}

AddressPool poolFrom(const QString& countryDb)
{
    if (countryDb.isEmpty()) {
        return {};
    }
    const auto geo = GeoDatabase::open(countryDb, {});
    if (!geo) {
        throw std::runtime_error(geo.error().toString().toStdString());
    }
    if (!(*geo)->countrySource().isLoaded()) {
        throw std::runtime_error((*geo)->countrySource().missing.toStdString());
    }
    return AddressPool(**geo);
}

int run(const QCoreApplication& app)
{
    QCommandLineParser parser;
    const auto option = [&](const char* name, const char* what, const char* value, const char* fallback) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(what), QString::fromLatin1(value), QString::fromLatin1(fallback)});
        return [&parser, name] { return parser.value(QString::fromLatin1(name)); };
    };
    const auto family = option("family", "Which run; 'list' names them all.", "name", "story");
    const auto seed = option("seed", "Another seed, another run.", "n", "1");
    const auto start = option("start", "Midnight UTC of the first day.", "time", "2026-11-09T00:00:00Z");
    const auto days = option("days", "Length of the run.", "n", "14");
    const auto scale = option("scale", "How busy; 1 is the demo's size.", "x", "1");
    const auto servers = option("servers", "1 to 9 servers.", "n", "2");
    const auto format = option("format", "rfc3164 or rfc3339.", "name", "rfc3339");
    const auto countryDb = option("country-db", "Draw addresses from this .mmdb, not from the built-in ranges.", "file", "");
    const auto out = option("out", "Folder for <server>.log, truth.jsonl and meta.json.", "folder", ".");
    parser.addOption({QStringLiteral("packed"), QStringLiteral("Write demo.log.zst and truth.jsonl.zst instead.")});
    parser.addHelpOption();
    parser.process(app);

    if (family() == QLatin1String("list")) {
        for (const Family& entry : families()) {
            std::printf("%-24s %s\n", std::string(entry.name).c_str(), std::string(entry.what).c_str());
        }
        return 0;
    }
    RunOptions options;
    options.family = family().toStdString();
    options.seed = seed().toULongLong();
    options.days = days().toInt();
    options.scale = scale().toDouble();
    options.servers = servers().toUInt();
    const auto begin = parseRfc3339(start().toStdString());
    if (!begin || options.days < 1 || options.days > kMaxDays || !(options.scale > 0) || options.servers < 1 || options.servers > 9 ||
        (format() != QLatin1String("rfc3164") && format() != QLatin1String("rfc3339"))) {
        std::fprintf(stderr, "wrong use: see --help\n");
        return 2;
    }
    options.start = *begin;
    const StampFormat stamps = format() == QLatin1String("rfc3164") ? StampFormat::Rfc3164 : StampFormat::Rfc3339;
    writeRun(generate(options, poolFrom(countryDb()), stamps), options, QDir(out()), parser.isSet(QStringLiteral("packed")));
    return 0;
}

} // namespace

} // namespace mailward::story

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    try {
        return mailward::story::run(app);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
