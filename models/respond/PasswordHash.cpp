// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/PasswordHash.h"

#include <QRandomGenerator>

#include <array>
#include <crypt.h>
#include <memory>
#include <string.h>

namespace mailward {

namespace {

struct SchemeFacts {
    HashScheme scheme;
    const char* name;
    const char* prefix;
    unsigned cost; ///< when nobody chose one
};
constexpr std::array kSchemes{SchemeFacts{HashScheme::Sha512Crypt, "SHA512-CRYPT", "$6$", 5000}, SchemeFacts{HashScheme::Bcrypt, "BLF-CRYPT", "$2y$", 10},
                              SchemeFacts{HashScheme::Sha256Crypt, "SHA256-CRYPT", "$5$", 5000}};

const SchemeFacts& factsOf(HashScheme scheme)
{
    return kSchemes[static_cast<std::size_t>(scheme)];
}

/// crypt(3)'s 32 KiB of working memory hold the password and what comes of it: wiped at the end.
class CryptMemory
{
public:
    CryptMemory() : m_data(std::make_unique<crypt_data>()) {}
    ~CryptMemory() { explicit_bzero(m_data.get(), sizeof(crypt_data)); }
    CryptMemory(const CryptMemory&) = delete;
    CryptMemory& operator=(const CryptMemory&) = delete;
    [[nodiscard]] const char* hash(const Secret& password, const char* setting) { return crypt_rn(password.data(), setting, m_data.get(), sizeof(crypt_data)); }

private:
    std::unique_ptr<crypt_data> m_data;
};

} // namespace

QString hashSchemeName(HashScheme scheme)
{
    return QLatin1String(factsOf(scheme).name);
}

Result<HashChoice> chooseScheme(const QStringList& listedByServer)
{
    for (const SchemeFacts& facts : kSchemes) {
        if (listedByServer.isEmpty() || listedByServer.contains(QLatin1String(facts.name), Qt::CaseInsensitive)) {
            return HashChoice{facts.scheme, facts.cost};
        }
    }
    return failure(ErrorCode::NotFound, QStringLiteral("The server reads none of the password schemes that are made here."),
                   QStringLiteral("\"doveadm pw -l\" there should list SHA512-CRYPT or BLF-CRYPT."));
}

Result<std::string> hashPassword(const Secret& password, const HashChoice& choice)
{
    std::array<quint32, 4> salt{};
    QRandomGenerator::system()->fillRange(salt.data(), static_cast<qsizetype>(salt.size()));
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
    const unsigned long rounds = choice.scheme != HashScheme::Bcrypt && choice.cost == 5000 ? 0 : choice.cost; // 5,000 is what no number means
    if (crypt_gensalt_rn(factsOf(choice.scheme).prefix, rounds, reinterpret_cast<const char*>(salt.data()), int(sizeof(salt)), setting.data(), int(setting.size())) == nullptr) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 takes no cost of %2.").arg(hashSchemeName(choice.scheme)).arg(choice.cost));
    }
    CryptMemory memory;
    const char* hash = memory.hash(password, setting.data());
    if (hash == nullptr) {
        return failure(ErrorCode::Internal, QStringLiteral("The system's crypt library cannot make %1.").arg(hashSchemeName(choice.scheme)));
    }
    return std::string(hash);
}

bool matchesHash(const Secret& password, std::string_view hash)
{
    const std::string setting(hash);
    CryptMemory memory;
    const char* again = memory.hash(password, setting.c_str());
    if (again == nullptr || std::string_view(again).size() != hash.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        difference |= unsigned(static_cast<unsigned char>(again[i]) ^ static_cast<unsigned char>(hash[i]));
    }
    return difference == 0;
}

} // namespace mailward
