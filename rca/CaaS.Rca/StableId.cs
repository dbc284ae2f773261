using System.Security.Cryptography;
using System.Text;

namespace CaaS.Rca;

/// <summary>Ids derived from what they name, the same in every process.</summary>
internal static class StableId
{
    private const int LengthBytes = 6;

    /// <summary>Twelve lower-case hex digits of the SHA-256 of the parts, joined by a separator none of them
    /// holds.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part).Append('\u001f');
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(hash.AsSpan(0, LengthBytes));
    }
}
