using System.Text;
using CaaS.Analytics.Text;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>A file of the library.</summary>
internal static class DocumentFile
{
    /// <summary>Whether a file is one that is read.</summary>
    public static bool IsOne(string path) => Extension(path) is ".md" or ".markdown" or ".html" or ".htm" or ".txt";

    /// <summary>Makes a document of a file's bytes.</summary>
    /// <param name="path">Path in the folder, with slashes.</param>
    /// <param name="bytes">UTF-8; other bytes become replacement characters.</param>
    public static TextDocument Read(string path, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        return Extension(path) switch
        {
            ".html" or ".htm" => HtmlReader.Read(path, text),
            ".txt" => PlainTextReader.Read(path, text),
            _ => MarkdownReader.Read(path, text),
        };
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
