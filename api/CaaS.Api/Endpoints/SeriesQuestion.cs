using CaaS.History;
using CaaS.Signals;

namespace CaaS.Api.Endpoints;

/// <summary>Reads from a query which series are asked for, and when.</summary>
internal static class SeriesQuestion
{
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(31);

    /// <summary>Reads it.</summary>
    /// <returns>The question, or null and why it makes no sense.</returns>
    public static (SeriesQuery? Query, string Why) Read(
        Scope scope, DateTimeOffset from, DateTimeOffset to, string? entity, string? metric, string[]? label, int? limit)
    {
        var labels = new List<Label>();
        foreach (var text in label ?? [])
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0)
            {
                return (null, $"A label is written name=value, not '{text}'.");
            }

            labels.Add(new Label(text[..cut], text[(cut + 1)..]));
        }

        var why = Against(scope, from, to, entity, out var wanted);
        return why.Length > 0
            ? (null, why)
            : (new SeriesQuery(scope, from, to, wanted, metric, labels, Answers.Limit(limit, 100, 1000)), "");
    }

    /// <summary>What speaks against a time and an entity; empty for nothing.</summary>
    public static string Against(
        Scope scope, DateTimeOffset from, DateTimeOffset to, string? entity, out EntityRef? wanted)
    {
        wanted = null;
        if (from >= to || to - from > WindowMax)
        {
            return $"'from' must be before 'to', by at most {WindowMax.TotalDays:0} days.";
        }

        if (entity is null)
        {
            return "";
        }

        if (!EntityRef.TryParse(scope, entity, out var parsed))
        {
            return $"An entity is written namespace/Kind/name, not '{entity}'.";
        }

        wanted = parsed;
        return "";
    }
}
