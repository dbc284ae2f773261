using System.Text;

namespace CaaS.Rca.Inquiry;

/// <summary>What a log line keeps from one request to the next: its first words without the ones that vary.</summary>
/// <remarks>
/// For lines that come without a template of a miner. Words are parted by white space and brackets; a word with a digit
/// varies, unless it is a place in code such as <c>OrderService#68</c> or <c>order.py:68</c>; eight words are enough to
/// tell lines of a service apart, and what follows is mostly values.
/// </remarks>
public static class LineTemplate
{
    private const int WordLimit = 8;

    /// <summary>The template of a line.</summary>
    /// <param name="line">The text of a line, without its time.</param>
    public static string Of(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var template = new StringBuilder();
        var words = 0;
        foreach (var range in line.AsSpan().SplitAny(" \t\r\n[]=,(){}"))
        {
            var word = line.AsSpan()[range].TrimEnd(':');
            if (word.Length == 0 || (word.IndexOfAnyInRange('0', '9') >= 0 && !IsPlace(word)))
            {
                continue;
            }

            template.Append(template.Length > 0 ? " " : string.Empty).Append(word);
            if (++words == WordLimit)
            {
                break;
            }
        }

        return template.ToString();
    }

    private static bool IsPlace(ReadOnlySpan<char> word)
    {
        var mark = word.LastIndexOfAny('#', ':');
        return mark > 0 && mark < word.Length - 1
            && word[(mark + 1)..].IndexOfAnyExceptInRange('0', '9') < 0
            && word[..mark].IndexOfAnyInRange('0', '9') < 0;
    }
}
