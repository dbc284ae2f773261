using System.Globalization;
using System.Text;

namespace CaaS.Ingest.ContainerLogs;

/// <summary>One line of a container log as runtimes write it: <c>time stream P|F text</c>.</summary>
/// <remarks>
/// Hot path: allocates nothing. Format: Kubernetes CRI logging, `&lt;RFC 3339 nano&gt; &lt;stdout|stderr&gt;
/// &lt;tags&gt; &lt;text&gt;`, where the tag <c>P</c> says that the text goes on in the next line of the same stream;
/// tags are joined by colons.
/// </remarks>
public readonly ref struct CriLine
{
    private CriLine(DateTimeOffset time, bool isError, bool isPartial, ReadOnlySpan<byte> text)
    {
        Time = time;
        IsError = isError;
        IsPartial = isPartial;
        Text = text;
    }

    /// <summary>When the line was written, UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>True for the stream stderr.</summary>
    public bool IsError { get; }

    /// <summary>True when the text goes on in the next line of the stream.</summary>
    public bool IsPartial { get; }

    /// <summary>What the process wrote.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Reads one line.</summary>
    /// <param name="line">Bytes without the newline.</param>
    /// <param name="parsed">The line; default when the answer is false.</param>
    /// <returns>False when the line has another format.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out CriLine parsed)
    {
        parsed = default;
        var rest = line;
        if (!TryWord(ref rest, out var time) || !TryWord(ref rest, out var stream))
        {
            return false;
        }

        var isError = stream.SequenceEqual("stderr"u8);
        if ((!isError && !stream.SequenceEqual("stdout"u8)) || !TryTime(time, out var instant))
        {
            return false;
        }

        // An empty text may come without its space.
        var space = rest.IndexOf((byte)' ');
        var tags = space < 0 ? rest : rest[..space];
        var isPartial = !tags.IsEmpty && tags[0] == (byte)'P';
        if (tags.IsEmpty || (!isPartial && tags[0] != (byte)'F') || (tags.Length > 1 && tags[1] != (byte)':'))
        {
            return false;
        }

        parsed = new CriLine(instant, isError, isPartial, space < 0 ? default : rest[(space + 1)..]);
        return true;
    }

    private static bool TryWord(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> word)
    {
        var space = rest.IndexOf((byte)' ');
        word = space < 0 ? default : rest[..space];
        rest = space < 0 ? default : rest[(space + 1)..];
        return space > 0;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < 20 or > 40 || !Ascii.IsValid(text))
        {
            return false;
        }

        // .NET reads at most seven digits of a second; runtimes write nine.
        Span<char> letters = stackalloc char[40];
        var length = 0;
        var fractionCount = -1;
        foreach (var letter in text)
        {
            var isDigit = char.IsAsciiDigit((char)letter);
            fractionCount = letter == (byte)'.' ? 0 : fractionCount >= 0 && isDigit ? fractionCount + 1 : -1;
            if (fractionCount <= 7)
            {
                letters[length++] = (char)letter;
            }
        }

        return DateTimeOffset.TryParse(
            letters[..length],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant);
    }
}
