// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/SshSessionPrivate.h"

#include <QFileInfo>

namespace mailward {

namespace {

constexpr int kMaxRounds = 8;  ///< of questions in keyboard-interactive
constexpr int kMaxPrompts = 8; ///< in one round

/// One log-in under way. Every way sends its proof once; a refusal is an answer, not a reason to try again.
class Login
{
public:
    Login(ssh_session session, const SshEndpoint& endpoint, QString where, const SecretSource& secrets)
        : m_session(session),
          m_endpoint(endpoint),
          m_where(std::move(where)),
          m_secrets(secrets)
    {
    }

    [[nodiscard]] Result<void> run();

private:
    [[nodiscard]] Result<int> first();
    [[nodiscard]] Result<int> keyFile();
    [[nodiscard]] Result<int> password();
    [[nodiscard]] Result<int> questions();
    [[nodiscard]] Result<ssh_key> readKey() const;
    [[nodiscard]] Result<Secret> ask(SecretRequest::Kind kind, std::string_view prompt = {},
                                     bool echo = false) const;
    [[nodiscard]] bool isOffered() const;
    [[nodiscard]] tl::unexpected<Error> refused() const;
    [[nodiscard]] QString way() const;

    ssh_session m_session;
    const SshEndpoint& m_endpoint;
    QString m_where;
    const SecretSource& m_secrets;
};

QString Login::way() const
{
    switch (m_endpoint.auth) {
    case AuthMethod::Agent:
        return QStringLiteral("the keys of the ssh agent");
    case AuthMethod::KeyFile:
        return QStringLiteral("the key %1").arg(m_endpoint.identityFile);
    case AuthMethod::Password:
        return QStringLiteral("password");
    case AuthMethod::KeyboardInteractive:
        break;
    }
    return QStringLiteral("questions and answers");
}

bool Login::isOffered() const
{
    const auto ways = static_cast<unsigned int>(ssh_userauth_list(m_session, nullptr));
    switch (m_endpoint.auth) {
    case AuthMethod::Agent:
    case AuthMethod::KeyFile: return (ways & SSH_AUTH_METHOD_PUBLICKEY) != 0;
    case AuthMethod::Password: return (ways & SSH_AUTH_METHOD_PASSWORD) != 0;
    case AuthMethod::KeyboardInteractive: break;
    }
    return (ways & SSH_AUTH_METHOD_INTERACTIVE) != 0;
}

tl::unexpected<Error> Login::refused() const
{
    if (!isOffered()) {
        return failure(ErrorCode::AuthRefused, QStringLiteral("%1 does not offer a log-in with %2.").arg(m_where, way()),
                       QStringLiteral("Choose another way to log in; a key is the best one."));
    }
    const QString hint =
        m_endpoint.auth == AuthMethod::Agent
            ? QStringLiteral("Is the agent running and does `ssh-add -l` list the key? It was not tried again.")
            : QStringLiteral("Check the user and what the server allows for it. It was not tried again, so that "
                             "the server does not ban this console.");
    return failure(ErrorCode::AuthRefused, QStringLiteral("%1 refused the log-in with %2.").arg(m_where, way()),
                   hint);
}

Result<Secret> Login::ask(SecretRequest::Kind kind, std::string_view prompt, bool echo) const
{
    std::optional<Secret> secret;
    if (m_secrets) {
        secret = m_secrets(SecretRequest{kind, m_where, UntrustedText(prompt), echo});
    }
    if (!secret) {
        return failure(ErrorCode::AuthRefused,
                       QStringLiteral("Nobody gave what the log-in to %1 needs.").arg(m_where),
                       QStringLiteral("Connect again and answer, or use an ssh agent."));
    }
    return std::move(*secret);
}

Result<ssh_key> Login::readKey() const
{
    const QByteArray path = m_endpoint.identityFile.toLocal8Bit();
    const QFileInfo file(m_endpoint.identityFile);
    if (!file.isFile() || !file.isReadable()) {
        return failure(ErrorCode::NotFound,
                       QStringLiteral("The key %1 cannot be read.").arg(m_endpoint.identityFile),
                       QStringLiteral("Name a private key that this user may read."));
    }
    ssh_key key = nullptr;
    if (ssh_pki_import_privkey_file(path.constData(), nullptr, nullptr, nullptr, &key) == SSH_OK) {
        return key;
    }
    const auto passphrase = ask(SecretRequest::Kind::Passphrase);
    if (!passphrase) {
        return tl::unexpected(passphrase.error());
    }
    if (ssh_pki_import_privkey_file(path.constData(), passphrase->data(), nullptr, nullptr, &key) == SSH_OK) {
        return key;
    }
    return failure(
        ErrorCode::AuthRefused,
        QStringLiteral("The key %1 does not open with that passphrase.").arg(m_endpoint.identityFile),
        QStringLiteral("A wrong passphrase, or not a private key. The server was not asked."));
}

Result<int> Login::keyFile()
{
    const auto key = readKey();
    if (!key) {
        return tl::unexpected(key.error());
    }
    const int answer = ssh_userauth_publickey(m_session, nullptr, *key);
    ssh_key_free(*key);
    return answer;
}

Result<int> Login::password()
{
    const auto secret = ask(SecretRequest::Kind::Password);
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    return ssh_userauth_password(m_session, nullptr, secret->data());
}

Result<int> Login::questions()
{
    int answer = ssh_userauth_kbdint(m_session, nullptr, nullptr);
    for (int round = 0; answer == SSH_AUTH_INFO && round < kMaxRounds; ++round) {
        const int prompts = ssh_userauth_kbdint_getnprompts(m_session);
        if (prompts < 0 || prompts > kMaxPrompts) {
            return SSH_AUTH_ERROR;
        }
        for (int i = 0; i < prompts; ++i) {
            char echo = 0;
            const auto index = static_cast<unsigned int>(i);
            const char* prompt = ssh_userauth_kbdint_getprompt(m_session, index, &echo);
            const auto secret =
                ask(SecretRequest::Kind::Challenge, prompt == nullptr ? "" : prompt, echo != 0);
            if (!secret) {
                return tl::unexpected(secret.error());
            }
            if (ssh_userauth_kbdint_setanswer(m_session, index, secret->data()) < 0) {
                return SSH_AUTH_ERROR;
            }
        }
        answer = ssh_userauth_kbdint(m_session, nullptr, nullptr);
    }
    return answer == SSH_AUTH_INFO ? SSH_AUTH_DENIED : answer;
}

Result<int> Login::first()
{
    switch (m_endpoint.auth) {
    case AuthMethod::Agent:
        return ssh_userauth_agent(m_session, nullptr);
    case AuthMethod::KeyFile:
        return keyFile();
    case AuthMethod::Password:
        return password();
    case AuthMethod::KeyboardInteractive:
        break;
    }
    return questions();
}

Result<void> Login::run()
{
    auto answer = first();
    if (answer && *answer == SSH_AUTH_PARTIAL) {
        // The server wants a second proof after this one.
        const auto ways = static_cast<unsigned int>(ssh_userauth_list(m_session, nullptr));
        if ((ways & SSH_AUTH_METHOD_INTERACTIVE) != 0) {
            answer = questions();
        } else if ((ways & SSH_AUTH_METHOD_PASSWORD) != 0) {
            answer = password();
        }
    }
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (*answer == SSH_AUTH_SUCCESS) {
        return {};
    }
    if (*answer == SSH_AUTH_ERROR || *answer == SSH_AUTH_AGAIN) {
        return failure(ErrorCode::Network,
                       QStringLiteral("The log-in to %1 broke off: %2.")
                           .arg(m_where, serverText(ssh_get_error(m_session))),
                       QStringLiteral("The server may be overloaded, or it ends log-ins early."));
    }
    return refused();
}

} // namespace

Result<void> logIn(ssh_session session, const SshEndpoint& endpoint, const QString& where,
                   const SecretSource& secrets)
{
    return Login(session, endpoint, where, secrets).run();
}

} // namespace mailward
