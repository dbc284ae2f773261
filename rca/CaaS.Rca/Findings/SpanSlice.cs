using System.Numerics;

namespace CaaS.Rca.Findings;

/// <summary>The traces that began to arrive in one stretch of time, thinned until they fit.</summary>
/// <param name="from">When the stretch began, UTC.</param>
/// <param name="level">Leading zeros a trace's hash must have to be kept.</param>
internal sealed class SpanSlice(DateTimeOffset from, int level)
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    public DateTimeOffset From { get; } = from;

    public int Level { get; private set; } = level;

    public int SpanCount { get; private set; }

    /// <summary>Its traces in order of arrival.</summary>
    public List<SpanTrace> Traces { get; } = [];

    public bool Keeps(ulong hash) => BitOperations.LeadingZeroCount(hash) >= Level;

    /// <summary>Counts spans of its traces.</summary>
    /// <param name="count">How many more; below zero for fewer.</param>
    public void Count(int count) => SpanCount += count;

    /// <summary>One copy of a text that repeats.</summary>
    public string Share(string text)
    {
        if (!_texts.TryGetValue(text, out var shared))
        {
            _texts.Add(text);
            shared = text;
        }

        return shared;
    }

    /// <summary>Keeps every second trace of those it keeps.</summary>
    /// <returns>The traces it no longer keeps.</returns>
    public IReadOnlyList<SpanTrace> Thin()
    {
        Level++;
        SpanTrace[] left = [.. Traces.Where(trace => !Keeps(trace.Hash))];
        Traces.RemoveAll(trace => !Keeps(trace.Hash));
        _texts.Clear();
        SpanCount -= left.Sum(trace => trace.Spans.Count);
        return left;
    }
}
