using System.Globalization;
using System.Text;

namespace CaaS.Analytics.LogSequences;

/// <summary>How many lines of each template sessions have, and how many sessions have exactly that.</summary>
internal sealed class CountVector(LogSession session)
{
    private readonly KeyValuePair<string, int>[] _counts = [.. session.Counts];

    /// <summary>Sessions learned with these counts, or nearest to them.</summary>
    public int Sessions { get; set; } = 1;

    /// <summary>A text that only sessions with the same counts share.</summary>
    public static string KeyOf(LogSession session)
    {
        var key = new StringBuilder();
        foreach (var (template, count) in session.Counts)
        {
            key.Append(template).Append('\u0001').Append(count.ToString(CultureInfo.InvariantCulture)).Append('\u0002');
        }

        return key.ToString();
    }

    /// <summary>Weighted difference of counts by the weighted larger counts: 0 for equal ones, 1 for nothing in
    /// common (Ruzicka distance).</summary>
    public double DistanceTo(LogSession other, Func<string, double> weight)
    {
        double difference = 0;
        double larger = 0;
        foreach (var (template, count) in _counts)
        {
            var theirs = other.Counts.TryGetValue(template, out var known) ? known : 0;
            var w = weight(template);
            difference += w * Math.Abs(count - theirs);
            larger += w * Math.Max(count, theirs);
        }

        foreach (var (template, count) in other.Counts)
        {
            if (Array.FindIndex(_counts, pair => pair.Key == template) < 0)
            {
                var w = weight(template);
                difference += w * count;
                larger += w * count;
            }
        }

        return larger > 0 ? difference / larger : 0;
    }
}
