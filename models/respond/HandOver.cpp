// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/HandOver.h"

#include "models/respond/DurableFile.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <sodium.h>

namespace mailward {

namespace {

// RFC 9106's second recommendation: 64 MiB, 3 passes.
constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemory = 64U * 1024U * 1024U;
constexpr std::size_t kShortestPassphrase = 12;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr const char* kMagic = "mailward-handover-2 ";
constexpr std::string_view kCheck = "\tmailward\n"; ///< the first record: tells a wrong passphrase from a damaged file
constexpr qint64 kLargestFile = 256LL * 1024 * 1024;

/// Bytes in guarded, locked memory that is wiped when it goes.
class LockedBytes
{
public:
    explicit LockedBytes(std::size_t size) : m_data(static_cast<unsigned char*>(sodium_malloc(std::max<std::size_t>(size, 1)))), m_size(size)
    {
        if (m_data == nullptr) {
            throw std::bad_alloc();
        }
    }
    ~LockedBytes() { sodium_free(m_data); }
    LockedBytes(const LockedBytes&) = delete;
    LockedBytes& operator=(const LockedBytes&) = delete;
    [[nodiscard]] unsigned char* data() { return m_data; }
    [[nodiscard]] const unsigned char* data() const { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

private:
    unsigned char* m_data;
    std::size_t m_size;
};

tl::unexpected<Error> damaged(const QString& path)
{
    return failure(ErrorCode::Corrupt, QStringLiteral("%1 is no whole file of new passwords.").arg(path), QStringLiteral("It was changed or cut since it was written."));
}

/// What binds a record to its place: nobody can swap, repeat or drop one unseen.
QByteArray place(const QByteArray& header, std::size_t index)
{
    return header + ' ' + QByteArray::number(qulonglong(index));
}

/// And what binds the end, which is empty and the last line, to the count of records before it: nobody can cut the last ones off.
QByteArray endPlace(const QByteArray& header, std::size_t count)
{
    return place(header, count) + " end";
}

const unsigned char* bytes(const QByteArray& text) { return reinterpret_cast<const unsigned char*>(text.constData()); }

std::size_t plainSize(std::span<const PasswordSlip> slips)
{
    std::size_t size = 0;
    for (const auto& slip : slips) {
        size += slip.account.size() + std::size_t(slip.servers.join(QLatin1Char(',')).toUtf8().size()) + slip.password.size() + 24;
    }
    return size;
}

/// "account TAB server,server TAB microseconds TAB password LF" for each; returns how many bytes were used.
std::size_t writePlain(std::span<const PasswordSlip> slips, unsigned char* to)
{
    unsigned char* at = to;
    const auto put = [&](std::string_view part, char after) {
        std::memcpy(at, part.data(), part.size());
        at += part.size();
        *at++ = static_cast<unsigned char>(after);
    };
    for (const auto& slip : slips) {
        put(slip.account, '\t');
        put(slip.servers.join(QLatin1Char(',')).toStdString(), '\t');
        put(std::to_string(slip.made.time_since_epoch().count()), '\t');
        put({slip.password.data(), slip.password.size()}, '\n');
    }
    return std::size_t(at - to);
}

void readPlain(std::string_view text, std::map<std::string, PasswordSlip>& slips)
{
    while (!text.empty()) {
        const auto newline = std::find(text.begin(), text.end(), '\n');
        const auto end = std::size_t(newline - text.begin());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::array<std::string_view, 4> fields;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t tab = std::min(line.find('\t'), line.size());
            fields[i] = line.substr(0, tab);
            line.remove_prefix(std::min(tab + 1, line.size()));
        }
        fields[3] = line;
        const Instant made{std::chrono::microseconds(std::strtoll(std::string(fields[2]).c_str(), nullptr, 10))};
        slips[std::string(fields[0])] = {std::string(fields[0]), QString::fromUtf8(fields[1].data(), qsizetype(fields[1].size())).split(QLatin1Char(',')), made, Secret(fields[3])};
    }
}

} // namespace

PasswordSlip PasswordSlip::clone() const
{
    return {account, servers, made, Secret(std::string_view(password.data(), password.size()))};
}

class HandOverFile::Private
{
public:
    QString path;
    QByteArray header;
    std::vector<QByteArray> records; ///< sealed, without the end
    LockedBytes key{crypto_aead_xchacha20poly1305_ietf_KEYBYTES};

    [[nodiscard]] Result<void> deriveKey(const Secret& passphrase)
    {
        const QByteArray salt = QByteArray::fromHex(header.mid(qsizetype(std::strlen(kMagic))));
        if (salt.size() != crypto_pwhash_SALTBYTES) {
            return damaged(path);
        }
        if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), bytes(salt), kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
            return failure(ErrorCode::LimitExceeded, QStringLiteral("There is not enough memory to make the key (64 MiB)."));
        }
        return {};
    }

    [[nodiscard]] QByteArray sealed(const unsigned char* plain, std::size_t size, const QByteArray& bound) const
    {
        QByteArray result(qsizetype(kNonce + size + kTag), '\0');
        auto* out = reinterpret_cast<unsigned char*>(result.data());
        randombytes_buf(out, kNonce);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonce, nullptr, plain, size, bytes(bound), std::size_t(bound.size()), nullptr, out, key.data());
        return result;
    }

    /// One record more, and the new end, in one step: a crash leaves the file before it or after it.
    [[nodiscard]] Result<void> add(const unsigned char* plain, std::size_t size)
    {
        records.push_back(sealed(plain, size, place(header, records.size())));
        QByteArray content = header + '\n';
        for (const QByteArray& record : records) {
            content += record.toBase64() + '\n';
        }
        content += sealed(nullptr, 0, endPlace(header, records.size())).toBase64() + '\n';
        auto written = DurableFile::replace(path, content);
        if (!written) {
            records.pop_back();
        }
        return written;
    }

    /// Hands the opened record on; false when it does not open.
    template <class Take>
    [[nodiscard]] bool unseal(const QByteArray& sealed, const QByteArray& bound, Take take) const
    {
        if (sealed.size() < qsizetype(kNonce + kTag)) {
            return false;
        }
        LockedBytes plain(std::size_t(sealed.size()) - kNonce - kTag);
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, bytes(sealed) + kNonce, std::size_t(sealed.size()) - kNonce, bytes(bound),
                                                       std::size_t(bound.size()), bytes(sealed), key.data()) != 0) {
            return false;
        }
        take(plain.text());
        return true;
    }
    template <class Take>
    [[nodiscard]] bool unseal(std::size_t index, Take take) const
    {
        return unseal(records[index], place(header, index), take);
    }
};

HandOverFile::HandOverFile(std::unique_ptr<Private> state) : d(std::move(state)) {}
HandOverFile::~HandOverFile() = default;

Result<std::unique_ptr<HandOverFile>> HandOverFile::create(const QString& path, const Secret& passphrase)
{
    if (QFile::exists(path)) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 exists already.").arg(path), QStringLiteral("Choose another name; nothing is written over."));
    }
    if (passphrase.size() < kShortestPassphrase) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The passphrase is too short."), QStringLiteral("12 characters at least; four or five words are easy to say on the phone."));
    }
    if (sodium_init() < 0) {
        return failure(ErrorCode::Internal, QStringLiteral("The encryption library does not start."));
    }
    auto state = std::make_unique<Private>();
    state->path = path;
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    randombytes_buf(salt.data(), salt.size());
    state->header = kMagic + QByteArray(reinterpret_cast<const char*>(salt.data()), qsizetype(salt.size())).toHex();
    auto made = state->deriveKey(passphrase).and_then([&] { return state->add(reinterpret_cast<const unsigned char*>(kCheck.data()), kCheck.size()); });
    if (!made) {
        return tl::unexpected(made.error());
    }
    return std::unique_ptr<HandOverFile>(new HandOverFile(std::move(state)));
}

Result<std::unique_ptr<HandOverFile>> HandOverFile::open(const QString& path, const Secret& passphrase)
{
    if (!QFile::exists(path)) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no file %1.").arg(path), QStringLiteral("Look where it was sealed, or where it was carried to."));
    }
    if (sodium_init() < 0) {
        return failure(ErrorCode::Internal, QStringLiteral("The encryption library does not start."));
    }
    auto state = std::make_unique<Private>();
    state->path = path;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, QStringLiteral("%1 cannot be read: %2.").arg(path, file.errorString()), QStringLiteral("Look whose file it is, and who may read it."));
    }
    auto lines = file.read(kLargestFile).split('\n');
    state->header = lines.takeFirst();
    if (!state->header.startsWith(kMagic) || lines.size() < 3 || !lines.takeLast().isEmpty()) { // at least the first record, the end and its newline
        return damaged(path);
    }
    const QByteArray end = QByteArray::fromBase64(lines.takeLast());
    for (const auto& line : lines) {
        state->records.push_back(QByteArray::fromBase64(line));
    }
    if (auto made = state->deriveKey(passphrase); !made) {
        return tl::unexpected(made.error());
    }
    if (!state->unseal(0, [](std::string_view) {})) {
        return failure(ErrorCode::AuthRefused, QStringLiteral("The passphrase does not open %1.").arg(path), QStringLiteral("Check its letters; there is no way around it."));
    }
    for (std::size_t i = 1; i < state->records.size(); ++i) {
        if (!state->unseal(i, [](std::string_view) {})) {
            return damaged(path);
        }
    }
    if (!state->unseal(end, endPlace(state->header, state->records.size()), [](std::string_view) {})) {
        return damaged(path);
    }
    return std::unique_ptr<HandOverFile>(new HandOverFile(std::move(state)));
}

Result<std::unique_ptr<HandOverFile>> HandOverFile::openOrCreate(const QString& path, const Secret& passphrase)
{
    return QFile::exists(path) ? open(path, passphrase) : create(path, passphrase);
}

Result<void> HandOverFile::append(std::span<const PasswordSlip> slips)
{
    if (slips.empty()) {
        return {};
    }
    LockedBytes plain(plainSize(slips));
    const std::size_t size = writePlain(slips, plain.data());
    return d->add(plain.data(), size);
}

Result<std::vector<PasswordSlip>> HandOverFile::read() const
{
    std::map<std::string, PasswordSlip> latest;
    for (std::size_t i = 1; i < d->records.size(); ++i) {
        if (!d->unseal(i, [&](std::string_view text) { readPlain(text, latest); })) {
            return damaged(d->path);
        }
    }
    std::vector<PasswordSlip> slips;
    for (auto& [account, slip] : latest) {
        slips.push_back(std::move(slip));
    }
    return slips;
}

QString HandOverFile::path() const
{
    return d->path;
}

} // namespace mailward
