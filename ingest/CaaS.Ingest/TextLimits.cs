using System.Text;

namespace CaaS.Ingest;

/// <summary>Makes bounded strings of untrusted bytes.</summary>
internal static class TextLimits
{
    /// <summary>Said at the end of a text that was cut.</summary>
    public const string CutMark = "…[cut]";

    /// <summary>Decodes UTF-8, replacing what is not, and cuts at a character when it is too long.</summary>
    public static string Read(ReadOnlySpan<byte> utf8, int maxBytes)
    {
        if (utf8.Length <= maxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var size = maxBytes;
        while (size > 0 && (utf8[size] & 0xC0) == 0x80)
        {
            size--;
        }

        return Encoding.UTF8.GetString(utf8[..size]) + CutMark;
    }

    /// <summary>Cuts a string to about the same limit.</summary>
    public static string Cut(string text, int maxLength) => text.Length <= maxLength
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength), CutMark);
}
