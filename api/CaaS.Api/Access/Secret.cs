using System.Security.Cryptography;
using System.Text;

namespace CaaS.Api.Access;

/// <summary>Secrets people and programs sign in with: 256 random bits behind a prefix that tells what they
/// are.</summary>
/// <remarks>So many random bits need no salt and no slow hash: SHA-256 is kept, never the secret.</remarks>
internal static class Secret
{
    public const string OperatorPrefix = "caas_op_";

    public const string ViewerPrefix = "caas_vw_";

    public const string SessionPrefix = "caas_ses_";

    public const string CodePrefix = "caas_code_";

    /// <summary>Longer texts are not even hashed.</summary>
    public const int LengthMax = 128;

    public static string New(string prefix) =>
        prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
