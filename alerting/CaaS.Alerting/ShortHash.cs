using System.Security.Cryptography;
using System.Text;

namespace CaaS.Alerting;

/// <summary>Ids as hashes of what they derive from.</summary>
internal static class ShortHash
{
    /// <summary>Twelve lower-case hex digits of SHA-256 over the parts, each ended by a zero so that they cannot run
    /// together.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part).Append('\0');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
